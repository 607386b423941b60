"""Columns that HiGHS is not given: as long as none of them would pay, they stay at zero.

With the duals y of the program without them,

    c[j] - A[:, j]' y  >=  0   for every column j left out

proves its optimum for the whole program (weak duality). Where one would pay it is brought in, and the program
solved again, until none is left: nothing is approximated. The columns that a program calls rare are left out
wherever they may be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from planner.arrays import Array, Booleans, Floats, Integers
from planner.model import Program
from planner.solving.basis import LOWER, Basis, make_basis
from planner.solving.bridge import IDR, TONNES
from planner.solving.highs import add_columns
from planner.solving.result import SolverResult

TOLERANCE = 1e-2
"""A column left out whose reduced cost falls below zero by more would pay, IDR/t."""
DUAL, PRIMAL = 1, 4
"""Numbers of the option `simplex_strategy` of HiGHS."""
NOISE = 1e-3
"""Duals that differ by less are those at which every column left out was priced already, IDR/t."""


class PricedColumns:
    """Which columns of a program HiGHS has, and what the others would be worth.

    Parameters
    ----------
    program
        The whole program.
    basis
        Where HiGHS is to start; None where that is nowhere.
    more
        Which columns are left out beside the rare ones.

    Attributes
    ----------
    ids
        The columns left out.
    """

    def __init__(
        self, program: Program, basis: Basis | None = None, more: Booleans | None = None
    ) -> None:
        columns = program.rare if more is None else program.rare | more
        columns = columns & (program.lower == 0)
        if basis is not None:
            columns &= basis.columns == LOWER
        self.ids, self._inside = np.flatnonzero(columns), np.flatnonzero(~columns)
        self._place = np.full(len(columns), -1)
        self._place[self._inside] = np.arange(len(self._inside))
        self._terms = program.matrix[:, self.ids].T.tocsr()
        self._brought: list[Integers] = []
        self._priced_at: Floats | None = None

    def part(self, program: Program) -> Program:
        """Return the program without what is left out."""
        return program.with_columns(self._inside) if self.ids.size else program

    def basis(self, whole: Basis) -> Basis:
        """Return a basis of the whole program, in which nothing left out is basic, as one of the part."""
        if not self.ids.size:
            return whole
        return make_basis(whole.columns[self._inside], whole.rows, whole.guessed)

    def given(self, columns: Array) -> tuple[Array, Array]:
        """Return those of some columns that HiGHS has, and where it has them."""
        places = self._place[columns]
        here = places >= 0
        return columns[here], places[here].astype(np.int32)

    def changed(self, columns: Array) -> None:
        """Note that the costs or bounds of columns have changed."""
        if (self._place[columns] < 0).any():
            self._priced_at = None

    @property
    def here(self) -> Integers:
        """The columns that HiGHS has, in its order."""
        return np.concatenate([self._inside, *self._brought])

    def not_given(self) -> Integers:
        """Return the columns that HiGHS has not."""
        away: Integers = self.ids[self._place[self.ids] < 0]
        return away

    def solved(self, highs: Any, now: Program, run: Callable[[int], str], strategy: int) -> str:
        """Run HiGHS until none of the columns would pay, or with all of them where it has no plan without.

        Parameters
        ----------
        highs
            The solver, which has the part of the program.
        now
            The program with the figures as they are at the moment.
        run
            Runs the solver with a `simplex_strategy` and gives its status.
        strategy
            That of the first run.
        """
        status = run(strategy)
        if status == "kInfeasible" and (away := self.not_given()).size:
            self.bring_in(highs, now, away)
            status = run(DUAL)
        while status == "kOptimal" and self.ids.size:
            duals = np.array(highs.getSolution().row_dual) * (IDR / TONNES)
            paying = self.paying(now, duals)
            if not paying.size:
                break
            self.bring_in(highs, now, paying)
            status = run(PRIMAL)
        return status

    def stay(self) -> None:
        """Count what was brought in so far among what HiGHS has from the start."""
        self._inside = self.here
        self._brought.clear()

    def paying(self, now: Program, duals: Floats) -> Integers:
        """Return the columns that would pay."""
        known = self._priced_at
        if known is not None and np.abs(duals - known).max() < NOISE:
            return self.ids[:0]
        reduced = now.cost[self.ids] - self._terms @ duals
        pays = (reduced < -TOLERANCE) & (now.upper[self.ids] > 0) & (self._place[self.ids] < 0)
        if known is None and not pays.any():
            self._priced_at = duals
        paying: Integers = self.ids[pays]
        return paying

    def bring_in(self, highs: Any, now: Program, columns: Integers) -> None:
        """Add columns to those that HiGHS has."""
        terms = self._terms[np.searchsorted(self.ids, columns)]
        self._place[columns] = highs.getNumCol() + np.arange(len(columns))
        self._brought.append(columns)
        add_columns(highs, now, columns, terms)

    def leave_out_again(self, highs: Any) -> None:
        """Take every column that was brought in out of HiGHS."""
        if self._brought:
            count, first = highs.getNumCol(), len(self._inside)
            places = np.arange(first, count, dtype=np.int32)
            highs.deleteCols(len(places), places)
            self._place[np.concatenate(self._brought)] = -1
            self._brought.clear()

    def whole(self, now: Program, found: SolverResult) -> SolverResult:
        """Return what was found for the part as that of the whole program."""
        if not self.ids.size:
            return found
        return found.of_whole(self.here, now.cost - now.matrix.T @ found.duals)
