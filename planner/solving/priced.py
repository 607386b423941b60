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
from planner.errors import InfeasibleError
from planner.solution import Solution
from planner.solving.basis import basis_of
from planner.solving.kept import KeptModel, keep

NEAR = 1e4
"""Reduced cost up to which a column is solved with, IDR/t."""
TOLERANCE = 1e-2
"""A column left out whose reduced cost falls below zero by more would pay, IDR/t."""

NOISE = 1e-3
"""Duals that differ by less are those of the plan, at which every column is priced already, IDR/t."""


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the bounds of some rows, and the upper bounds of some columns, move; ids and tonnes."""

    rows: Array
    by: Floats
    columns: Array
    uppers: Floats

    def times(self, factor: float) -> Shift:
        """Give so many times the same shift."""
        return Shift(self.rows, self.by * factor, self.columns, self.uppers * factor)


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
        self._near, self._far = np.flatnonzero(~far), np.flatnonzero(far)
        self._far_terms = program.matrix[:, self._far].T.tocsr()
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

    def solve(self, shift: Shift) -> tuple[float, Floats]:
        """Give the least cost, IDR, and duals of the rows, IDR/t, with right-hand sides moved.

        Raises
        ------
        InfeasibleError
            If no plan is left.
        """
        try:
            with self._small.trial():
                self._move(self._small, shift, self._place[shift.columns])
                cost, duals = self._small.solve(), self._small.duals()
        except InfeasibleError:
            return self._solve_whole(shift)
        if self._left_out_would_pay(duals):
            return self._solve_whole(shift)
        return cost, duals

    def _move(self, kept: KeptModel, shift: Shift, columns: Array) -> None:
        program, rows = self._solution.program, shift.rows
        there = columns >= 0
        upper = (program.upper[shift.columns] + shift.uppers)[there]
        kept.change_columns(columns[there], program.lower[shift.columns][there], upper)
        kept.change_rows(
            rows, program.row_lower[rows] + shift.by, program.row_upper[rows] + shift.by
        )

    def _left_out_would_pay(self, duals: Floats) -> bool:
        if np.abs(duals - self._solution.duals).max() < NOISE:
            return False
        earned = self._far_terms @ duals
        return bool((self._solution.program.cost[self._far] - earned < -TOLERANCE).any())

    def _solve_whole(self, shift: Shift) -> tuple[float, Floats]:
        self._whole = self._whole or keep(self._solution)
        with self._whole.trial():
            self._move(self._whole, shift, shift.columns)
            return self._whole.solve(), self._whole.duals()
