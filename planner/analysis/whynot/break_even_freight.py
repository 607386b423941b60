"""The freight at which a lane would carry cargo, by solving again.

    v(F)  =  the least cost when the freight of the lane is F, IDR/t: concave, its slope is the cargo carried
    flip  =  the largest F with  v(F) < v(freight):   below it cargo moves, above it none

The reduced cost d of the plan bounds it,  flip <= freight - d,  and where the plan is not degenerate it is just
that. So the bound is tried first, else halved down from; either way cargo moves a rupiah below the answer and
none a rupiah above, as both were solved again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Integers
from planner.errors import SolveError
from planner.solution.solution import LEAST_TONNES
from planner.solving import LpSession

STEP = 1.0
"""Just below and just above, IDR/t."""


@dataclass(frozen=True, slots=True)
class BreakEvenFreight:
    """The freight below which a lane carries cargo, IDR/t, and how much just below it, t.

    Both are NaN where not even free freight would do.
    """

    idr_per_t: float
    tonnes: float


def break_even_freight(
    kept: LpSession, columns: Integers, freight: float, reduced_cost: float
) -> BreakEvenFreight:
    """Find the flip freight of a lane that carries nothing.

    Parameters
    ----------
    kept
        The plan, kept.
    columns
        Flow columns of the lane, one for each period that is asked for.
    freight
        What the lane costs, IDR/t.
    reduced_cost
        Least reduced cost of the columns, IDR/t.

    Raises
    ------
    SolveError
        If solving again does not confirm it.
    """
    low, high = 0.0, freight - reduced_cost
    below = _carried(kept, columns, low)
    if not below:
        return BreakEvenFreight(np.nan, np.nan)
    tried = high - STEP
    while high - low > STEP:
        carried = _carried(kept, columns, tried)
        low, high, below = (tried, high, carried) if carried else (low, tried, below)
        tried = (low + high) / 2
    if _carried(kept, columns, high + STEP):
        raise SolveError("why.not_confirmed", freight=f"{high:.0f}")
    return BreakEvenFreight(high, below)


def _carried(kept: LpSession, columns: Integers, idr_per_t: float) -> float:
    """Return what the lane carries at a freight, t."""
    with kept.trial():
        kept.change_costs(columns, idr_per_t)
        kept.solve()
        tonnes = float(kept.found().values[columns].sum())
    return tonnes if tonnes >= LEAST_TONNES else 0.0
