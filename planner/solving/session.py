"""A program kept in HiGHS, to be changed and solved again from where it stood.

Only bounds, right-hand sides and costs change; a trial starts from the basis of the plan and is undone
afterwards, so that no answer hangs on the order of the questions. A plan whose costs alone change is
still possible: primal simplex goes on from it. After any other change dual simplex does. Columns may be left
out, which makes every answer faster: see `left_out`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from planner.arrays import Array, Booleans, Floats, Integers
from planner.errors import InfeasibleError, OptionError, SolveError
from planner.model import Program
from planner.solving.basis import BASIC, Basis, make_basis
from planner.solving.bridge import IDR, TONNES
from planner.solving.highs import empty_highs, hand_over, read_back, run
from planner.solving.partial_pricing import DUAL, PRIMAL, PricedColumns
from planner.solving.result import SolverResult

RETRIES: tuple[dict[str, Any], ...] = (
    {"simplex_strategy": DUAL},
    {"simplex_strategy": PRIMAL, "presolve": "on"},
    {"solver": "ipm"},
)
"""Ways to solve from nothing, in turn, where HiGHS comes to no end."""


class LpSession:
    """A program that is solved many times with a few figures changed.

    Parameters
    ----------
    program
        The program, in tonnes and IDR.
    basis
        Where to start: that of an earlier solution of it; None starts from nothing.
    left_out
        Which columns HiGHS is not given before they would pay, beside those that the program calls rare.

    Attributes
    ----------
    now
        The program with the figures as they are at the moment.
    """

    def __init__(
        self, program: Program, basis: Basis | None = None, left_out: Booleans | None = None
    ) -> None:
        self.program = program
        self.now = _copied(program)
        self._highs = empty_highs()
        self._left_out = PricedColumns(program, basis, left_out)
        self._start = None if basis is None else self._left_out.basis(basis)
        self._moved = False
        self._duals: Floats | None = None
        self._possible = basis is not None and not basis.guessed
        self._touched: dict[str, list[Integers]] = {"costs": [], "columns": [], "rows": []}
        hand_over(self._highs, self._left_out.part(program))
        if self._start is not None:
            self._highs.setBasis(self._start.raw)

    def change_costs(self, columns: Array, cost: Floats | float) -> None:
        """Return columns (ids) other costs, IDR/t; a rule that counts freight goes on counting the old one.

        Raises
        ------
        OptionError
            If a cost is no finite number.
        """
        _require(np.isfinite(cost))
        self.now.cost[columns] = cost
        self._touched["costs"].append(columns)
        self._left_out.changed(columns)
        here, ids = self._left_out.given(columns)
        self._highs.changeColsCost(len(ids), ids, self.now.cost[here] * (TONNES / IDR))

    def change_columns(self, columns: Array, lower: Floats | float, upper: Floats | float) -> None:
        """Return columns (ids) other bounds, t.

        Raises
        ------
        OptionError
            If a bound is NaN, or infinite on the wrong side.
        """
        _require(np.less(lower, np.inf) & np.greater(upper, -np.inf))
        self._possible = False
        self.now.lower[columns], self.now.upper[columns] = lower, upper
        self._touched["columns"].append(columns)
        self._left_out.changed(columns)
        here, ids = self._left_out.given(columns)
        bounds = self.now.lower[here] / TONNES, self.now.upper[here] / TONNES
        self._highs.changeColsBounds(len(ids), ids, *bounds)
        if len(here) < len(columns):
            away = self._left_out.not_given()
            self._bring_in(away[self.now.lower[away] > 0])

    def change_rows(self, rows: Array, lower: Floats | float, upper: Floats | float) -> None:
        """Return rows (ids) other bounds, in the unit of the row.

        Raises
        ------
        OptionError
            If a bound is NaN, or infinite on the wrong side.
        """
        _require(np.less(lower, np.inf) & np.greater(upper, -np.inf))
        self._possible = False
        self.now.row_lower[rows], self.now.row_upper[rows] = lower, upper
        bounds = self.now.row_lower[rows] / TONNES, self.now.row_upper[rows] / TONNES
        self._highs.changeRowsBounds(len(rows), rows.astype(np.int32), *bounds)
        self._touched["rows"].append(rows)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Undo on leaving every change made inside, and stand where the plan stood."""
        if self._start is None:
            self.solve()
        try:
            yield
        finally:
            self._restore()

    def solve(self, *, near: bool = False) -> float:
        """Solve again and give the objective, IDR.

        Parameters
        ----------
        near
            Whether the last plan all but keeps the figures as they are now, whatever its costs: primal simplex
            then goes on from it even where bounds have changed.

        Raises
        ------
        InfeasibleError
            If nothing satisfies the figures as they are now.
        SolveError
            If HiGHS stops without a proven optimum.
        """
        self._run(PRIMAL if self._possible or near else DUAL)
        if self._start is None:
            self._left_out.stay()
            self._start = Basis(self._highs.getBasis())
        return float(self._highs.getInfo().objective_function_value) * IDR

    def _run(self, strategy: int) -> None:
        """Find the optimum, and refuse to go on without."""
        status = self._left_out.solved(self._highs, self.now, self._status, strategy)
        self._possible = status == "kOptimal"
        if status == "kInfeasible":
            raise InfeasibleError("solve.infeasible")
        if status != "kOptimal":
            raise SolveError("solve.not_optimal", solver="highs", status=status[1:])

    def _status(self, strategy: int) -> str:
        self._highs.setOptionValue("simplex_strategy", strategy)
        self._duals = None
        run(self._highs)
        status = str(self._highs.getModelStatus().name)
        self._moved |= self._highs.getInfo().simplex_iteration_count > 0 or status != "kOptimal"
        for other_way in RETRIES:
            if status in {"kOptimal", "kInfeasible"}:
                break
            status = self._from_nothing(other_way)  # a basis that HiGHS could not go on from
        return status

    def _from_nothing(self, options: Mapping[str, Any]) -> str:
        """Solve with other options, forgetting where HiGHS stood."""
        before = {name: self._highs.getOptionValue(name)[1] for name in options}
        self._highs.clearSolver()
        self._set(options)
        run(self._highs)
        status = str(self._highs.getModelStatus().name)
        self._set(before)
        return status

    def _set(self, options: Mapping[str, Any]) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def _bring_in(self, columns: Integers) -> None:
        if columns.size:
            self._left_out.bring_in(self._highs, self.now, columns)
            self._moved = True

    def found(self) -> SolverResult:
        """Return values, reduced costs and duals of the last solution."""
        return self._left_out.whole(self.now, read_back(self._highs))

    def duals(self) -> Floats:
        """Return the duals of the rows of the last solution alone, IDR/t."""
        if self._duals is None:
            self._duals = np.array(self._highs.getSolution().row_dual) * (IDR / TONNES)
        return self._duals

    def copy_of_now(self) -> Program:
        """Return the program with the figures as they are now, which later changes leave alone."""
        return _copied(self.now)

    def be_fine(self, tolerance: float) -> None:
        """Let HiGHS break bounds by no more than so many thousand tonnes, from now on."""
        self._highs.setOptionValue("primal_feasibility_tolerance", tolerance)

    def stand_at(self, basis: Basis) -> None:
        """Go on from a basis of the whole program."""
        away = self._left_out.not_given()
        self._bring_in(away[basis.columns[away] == BASIC])
        here = self._left_out.here
        self._highs.setBasis(make_basis(basis.columns[here], basis.rows, basis.guessed).raw)
        self._moved, self._duals = True, None

    @property
    def highs(self) -> Any:
        """The live `highspy.Highs`, for what it alone can tell; it counts in 1,000 t and million IDR."""
        return self._highs

    def _restore(self) -> None:
        program, touched = self.program, self._touched
        self._left_out.leave_out_again(self._highs)
        costs, columns, rows = (_unique(touched[kind]) for kind in ("costs", "columns", "rows"))
        if len(costs):
            self.change_costs(costs, program.cost[costs])
        if len(columns):
            self.change_columns(columns, program.lower[columns], program.upper[columns])
        if len(rows):
            self.change_rows(rows, program.row_lower[rows], program.row_upper[rows])
        for kind in touched.values():
            kind.clear()
        if self._start is not None and (self._moved or len(costs)):
            self._highs.setBasis(self._start.raw)
        self._moved, self._possible = False, self._start is not None


def _require(sound: Array) -> None:
    """Refuse figures that a solver might never come back from."""
    if not np.all(sound):
        raise OptionError("change.not_finite")


def _copied(program: Program) -> Program:
    names = ("cost", "lower", "upper", "row_lower", "row_upper")
    return replace(program, **{name: getattr(program, name).copy() for name in names})


def _unique(parts: list[Integers]) -> Integers:
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
