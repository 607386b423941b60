"""The same optimum from far fewer columns: lanes that a plan leaves alone are priced, not solved.

Flows that are zero in the plan and cost more than NEAR above what they earn are left out. With the duals y of
the small program they are priced:

    c[j] - A[:, j]' y  >=  0   for every flow j left out

Then they stay at zero, and the optimum of the small program is that of the whole (weak duality). Where one of
them would pay, or the small program has no plan, the whole program is solved: nothing is approximated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Array, Floats
from planner.errors import SolveError
from planner.solution import Solution
from planner.solving.basis import basis_of
from planner.solving.kept import KeptModel
from planner.solving.kept_plan import keep

NEAR = 1e4
"""Reduced cost up to which a column is solved with, IDR/t."""
TOLERANCE = 1e-2
"""A column left out whose reduced cost falls below zero by more would pay, IDR/t."""
NOISE = 1e-3
"""Duals that differ by less are those of the plan, at which every column is priced already, IDR/t."""


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the bounds of rows, and upper bounds of columns other than flows, move; ids and tonnes."""

    rows: Array
    by: Floats
    columns: Array
    uppers: Floats


class PricedModel:
    """A plan that is solved again many times with a few right-hand sides moved.

    Parameters
    ----------
    solution
        The plan.
    """

    def __init__(self, solution: Solution) -> None:
        self._solution, program = solution, solution.program
        far = (solution.reduced_costs > NEAR) & (program.lower == 0)
        flow = solution.column("flow")
        far[: flow.start], far[flow.start + flow.size :] = False, False
        self._near, self._far = np.flatnonzero(~far), np.flatnonzero(far & (program.upper > 0))
        self._columns = program.matrix.tocsc()
        self._far_terms = self._columns[:, self._far].T
        small = replace(
            program,
            cost=program.cost[self._near],
            lower=program.lower[self._near],
            upper=program.upper[self._near],
            matrix=program.matrix[:, self._near],
        )
        self._place = np.full(len(far), -1)
        self._place[self._near] = np.arange(len(self._near))
        basis = solution.basis
        self._small = KeptModel(small, basis_of(basis.columns[self._near], basis.rows))
        self._whole: KeptModel | None = None
        self.cost = self._small.solve()

    def solve(self, shift: Shift, times: float) -> tuple[float, float]:
        """Move right-hand sides so many times a shift and solve again.

        Returns
        -------
        The least cost, IDR, and how fast it rises along the shift, IDR for each time.

        Raises
        ------
        InfeasibleError
            If no plan is left.
        """
        try:
            cost, duals = self._solved(self._small, shift, times, self._place[shift.columns])
        except SolveError:
            return self._solve_whole(shift, times)
        if self._left_out_would_pay(duals):
            return self._solve_whole(shift, times)
        return cost, self._rate(shift, duals)

    def _solve_whole(self, shift: Shift, times: float) -> tuple[float, float]:
        self._whole = self._whole or keep(self._solution)
        cost, duals = self._solved(self._whole, shift, times, shift.columns)
        return cost, self._rate(shift, duals)

    def _solved(
        self, kept: KeptModel, shift: Shift, times: float, columns: Array
    ) -> tuple[float, Floats]:
        """Solve a trial; `columns` are those of the shift, as the kept model counts them."""
        program, rows, by = self._solution.program, shift.rows, shift.by * times
        upper = program.upper[shift.columns] + shift.uppers * times
        with kept.trial():
            kept.change_columns(columns, program.lower[shift.columns], upper)
            kept.change_rows(rows, program.row_lower[rows] + by, program.row_upper[rows] + by)
            return kept.solve(), kept.duals()

    def _left_out_would_pay(self, duals: Floats) -> bool:
        if np.abs(duals - self._solution.duals).max() < NOISE:
            return False
        earned = self._far_terms @ duals
        return bool((self._solution.program.cost[self._far] - earned < -TOLERANCE).any())

    def _rate(self, shift: Shift, duals: Floats) -> float:
        """Give what moves the cost: duals of rows, and reduced costs below zero of columns at their upper bound."""
        earned = self._columns[:, shift.columns].T @ duals
        reduced = self._solution.program.cost[shift.columns] - earned
        return float(shift.by @ duals[shift.rows] + shift.uppers @ np.minimum(reduced, 0.0))
