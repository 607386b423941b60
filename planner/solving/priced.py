"""What a plan costs where right-hand sides are moved along a line, and how fast that rises.

rate  =  sum over the rows of  by * dual  +  sum over the columns of  by * min(reduced cost, 0)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Floats
from planner.solution import Solution
from planner.solving.kept_plan import keep


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
        self._program, self._kept = solution.program, keep(solution)
        self._columns = solution.program.matrix.tocsc()
        self.cost = self._kept.solve()

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
        program, kept, rows, by = self._program, self._kept, shift.rows, shift.by * times
        upper = program.upper[shift.columns] + shift.uppers * times
        with kept.trial():
            kept.change_columns(shift.columns, program.lower[shift.columns], upper)
            kept.change_rows(rows, program.row_lower[rows] + by, program.row_upper[rows] + by)
            return kept.solve(), self._rate(shift, kept.duals())

    def _rate(self, shift: Shift, duals: Floats) -> float:
        """Give what moves the cost: duals of rows, and reduced costs below zero of columns at their upper bound."""
        earned = self._columns[:, shift.columns].T @ duals
        reduced = self._program.cost[shift.columns] - earned
        return float(shift.by @ duals[shift.rows] + shift.uppers @ np.minimum(reduced, 0.0))
