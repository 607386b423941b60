"""Where the simplex method stands: which columns and rows are free, and at which bound the others lie."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np

from planner.arrays import Array, Floats
from planner.errors import SolverMissingError
from planner.model import Program

LOWER, BASIC, UPPER = 0, 1, 2
"""Numbers of `HighsBasisStatus`: at the lower bound, free to move, at the upper bound."""
NEAR = 1e-6
"""Tonnes, and share of a bound, within which a value printed with few digits lies at the bound."""


def highspy() -> Any:
    """Return the library of HiGHS, which is not loaded before it is needed.

    Raises
    ------
    SolverMissingError
        If it is not installed.
    """
    try:
        return import_module("highspy")
    except ImportError as error:
        raise SolverMissingError("solve.missing_solver", solver="highs", extra="highs") from error


class Basis:
    """A basis of HiGHS that can be kept, pickled and set again.

    Parameters
    ----------
    raw
        The `HighsBasis`; None where statuses are given.
    statuses
        Status of each column and of each row.
    guessed
        Whether it may not stand at a plan at all.
    """

    def __init__(
        self, raw: Any = None, *, statuses: tuple[Array, Array] | None = None, guessed: bool = False
    ) -> None:
        self._raw, self._statuses, self.guessed = raw, statuses, guessed

    def __reduce__(self) -> tuple[object, ...]:
        return make_basis, (self.columns, self.rows, self.guessed)

    @cached_property
    def raw(self) -> Any:
        """The `HighsBasis`, made when it is first asked for."""
        if self._statuses is None:
            return self._raw
        raw, status = highspy().HighsBasis(), highspy().HighsBasisStatus
        kinds = np.array(
            [status(number) for number in range(len(status.__members__))], dtype=object
        )
        raw.col_status, raw.row_status = (kinds[part].tolist() for part in self._statuses)
        raw.valid, raw.alien = True, True
        return raw

    @cached_property
    def columns(self) -> Array:
        """Status of each column: `LOWER`, `BASIC` or `UPPER`."""
        return _numbers(self._raw.col_status) if self._statuses is None else self._statuses[0]

    @cached_property
    def rows(self) -> Array:
        """Status of each row."""
        return _numbers(self._raw.row_status) if self._statuses is None else self._statuses[1]


def guess_basis(program: Program, values: Floats, duals: Floats) -> Basis:
    """Guess the basis of a plan that came without one, for HiGHS to mend.

    Parameters
    ----------
    program
        What was solved.
    values
        The plan, t.
    duals
        Duals of the rows, IDR/t: a row that has one lies at a bound.
    """
    upper = np.where(np.isfinite(program.upper), program.upper, np.inf)
    at_lower = values <= program.lower + NEAR * (1 + np.abs(values))
    at_upper = values >= upper - NEAR * (1 + np.abs(values))
    columns = np.select([at_lower, at_upper], [LOWER, UPPER], BASIC)
    rows = np.select([duals > 0, duals < 0], [LOWER, UPPER], BASIC)
    return make_basis(columns, rows, guessed=True)


def make_basis(columns: Array, rows: Array, guessed: bool = False) -> Basis:
    """Build a basis of the status of each column and row."""
    return Basis(statuses=(columns, rows), guessed=guessed)


def _numbers(statuses: Sequence[Any]) -> Array:
    return np.fromiter(map(int, statuses), dtype=np.int8, count=len(statuses))
