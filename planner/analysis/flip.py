"""The freight at which a lane would carry cargo, by solving again.

With v(F) the least cost when the freight of the lane is F, IDR/t:

    v is concave and piecewise linear, and its slope is the cargo on the lane
    flip  =  the largest F with  v(F) < v(freight)          below it cargo moves, above it none

The reduced cost d of the plan bounds it,  flip <= freight - d,  and where the plan is not degenerate it is just
that. So this is tried first; else v is walked up from free freight (`kink.py`). Either way the answer is solved
again a rupiah below, where cargo must move, and a rupiah above, where none may.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.kink import kink
from planner.arrays import Integers
from planner.errors import SolveError
from planner.solution.solution import LEAST_TONNES
from planner.solving import KeptModel

STEP = 1.0
"""Just below and just above, IDR/t."""
DIGITS = 1e-13
"""Share of the whole cost that solving again cannot tell apart."""


@dataclass(frozen=True, slots=True)
class Flip:
    """The freight below which a lane carries cargo, IDR/t, and how much just below it, t.

    Not even free freight would do where both are NaN.
    """

    idr_per_t: float
    tonnes: float


class Repriced:
    """A lane whose freight is changed, to solve again.

    Parameters
    ----------
    kept
        The plan, kept.
    columns
        Flow columns of the lane, one for each period that is asked for.
    """

    def __init__(self, kept: KeptModel, columns: Integers) -> None:
        self._kept, self._columns = kept, columns
        self._cost = kept.solve()

    def at(self, idr_per_t: float) -> tuple[float, float]:
        """Give what a freight saves, IDR, and what the lane then carries, t."""
        with self._kept.trial():
            self._kept.change_costs(self._columns, idr_per_t)
            saving = self._cost - self._kept.solve()
            carried = float(self._kept.found().values[self._columns].sum())
        return saving, carried if carried >= LEAST_TONNES else 0.0

    def flip(self, freight: float, reduced_cost: float) -> Flip:
        """Find the flip freight of a lane that carries nothing.

        Parameters
        ----------
        freight
            What the lane costs, IDR/t.
        reduced_cost
            Least reduced cost of its columns, IDR/t.

        Raises
        ------
        SolveError
            If solving again does not confirm it.
        """
        if not self.at(0.0)[1]:
            return Flip(np.nan, np.nan)
        best = freight - reduced_cost
        _, below = self.at(best - STEP)
        if not below:
            best = kink(self._height, 0.0)
            _, below = self.at(best - STEP)
        _, above = self.at(best + STEP)
        if above or not below:
            raise SolveError("why.not_confirmed", freight=f"{best:.0f}")
        return Flip(best, below)

    def _height(self, freight: float) -> tuple[float, float]:
        saving, carried = self.at(freight)
        return (saving if saving > DIGITS * abs(self._cost) and carried else 0.0), -carried
