"""What a plan costs where right-hand sides are moved along a line, and how fast that rises.

The cost is that which the solver sees, penalties included: it is convex. What of it is money is told apart.

rate  =  sum over the rows of  by * dual  +  sum over the columns of  by * min(reduced cost, 0)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Floats
from planner.solution import Solution
from planner.solution.price_parts import costs_in_parts
from planner.solving.what_if import open_session


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the bounds of rows, and upper bounds of columns other than flows, move; ids and tonnes."""

    rows: Array
    by: Floats
    columns: Array
    uppers: Floats


class ParametricModel:
    """A plan that is solved again many times with a few right-hand sides moved.

    Parameters
    ----------
    solution
        The plan.
    """

    def __init__(self, solution: Solution) -> None:
        self._program, self._kept = solution.program, open_session(solution)
        self._costs = costs_in_parts(solution.program)
        self._columns = solution.program.matrix.tocsc()
        self.cost = self._kept.solve()
        self._plan = self._kept.found().values

    def solve(self, shift: Shift, times: float) -> tuple[float, float]:
        """Move right-hand sides so many times a shift and solve again.

        Returns
        -------
        The least cost with penalties, and how fast it rises along the shift, for each time: IDR, not money.

        Raises
        ------
        InfeasibleError
            If no plan is left.
        """
        with self._moved(shift, times) as cost:
            return cost, self._rate(shift, self._kept.duals())

    def rise(self, shift: Shift, times: float) -> tuple[float, float]:
        """Move right-hand sides so many times a shift and solve again.

        Returns
        -------
        What the plan costs more in money, IDR, and what more goes unmet, t weighted.

        Raises
        ------
        InfeasibleError
            If no plan is left.
        """
        with self._moved(shift, times):
            more = self._kept.found().values - self._plan
        return float(self._costs.money @ more), float(self._costs.unmet @ more)

    @contextmanager
    def _moved(self, shift: Shift, times: float) -> Iterator[float]:
        """Stand for a while at the plan with right-hand sides moved; gives its cost with penalties, IDR."""
        program, kept, rows, by = self._program, self._kept, shift.rows, shift.by * times
        upper = program.upper[shift.columns] + shift.uppers * times
        with kept.trial():
            kept.change_columns(shift.columns, program.lower[shift.columns], upper)
            kept.change_rows(rows, program.row_lower[rows] + by, program.row_upper[rows] + by)
            yield kept.solve()

    def _rate(self, shift: Shift, duals: Floats) -> float:
        """Return what moves the cost: duals of rows, and reduced costs below zero of columns at their upper bound."""
        earned = self._columns[:, shift.columns].T @ duals
        reduced = self._program.cost[shift.columns] - earned
        return float(shift.by @ duals[shift.rows] + shift.uppers @ np.minimum(reduced, 0.0))
