"""Fairness: the lowest coverage as high as can be, then the next lowest, until every cell is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Booleans, Floats
from planner.market.market import Market
from planner.model import Program
from planner.model.program import ProgramBuilder, Role
from planner.solution.certificate import certify
from planner.solution.stage_results import FairnessResult
from planner.solving.session import LpSession
from planner.solving.stages.need_cells import LEEWAY, UNIT, NeedCells, find_need_cells

NOISE = 1e-6
"""Share of the largest dual of a cut up to which a dual is nothing."""
MOST_RELATIVE_GAP = 1e-3
"""HiGHS measures the gap against the objective, which here ends at zero; the cuts are our own arithmetic."""


def fairness(program: Program, market: Market) -> tuple[Program, FairnessResult]:
    """Find how far each province and commodity can be covered, and hold the cost to it.

    coverage[p,k]    =  1 - sum over t of unmet[p,k,t] / sum over t of need[p,k,t]
    highest[p,k]     =  its place in the lexicographic max-min of all coverages
    fairness_floor:     sum over t of unmet[p,k,t]  <=  (1 + tolerance) * (1 - highest[p,k]) * need[p,k] + leeway

    The leeway is 0.0004 t, less than the last digit written; where a cell lacks more than the bound in the fairest
    plan found, by what the solver may miss a row, that stands in place of the bound.

    Dual: what one tonne more that may go unmet there would save (IDR/t), sign reversed.
    """
    balance, cells = market.balance, find_need_cells(program, market.balance)
    floors = Floors(program, cells)
    rounds = 0
    while floors.unsettled.any():
        floors.settle()
        rounds += 1
    widened = (1 + market.scenario.settings.policy.tolerance) * (1 - floors.levels) * cells.need
    builder = ProgramBuilder(program)
    most = np.maximum(widened, floors.missing) + LEEWAY
    builder.rows("fairness_floor", cells.index, [cells.term], upper=most)
    reached = FairnessResult(
        np.array(balance.provinces, dtype=object)[cells.province],
        np.array(balance.commodities, dtype=object)[cells.commodity],
        floors.levels,
        rounds,
    )
    return builder.build(), reached


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is missing under any floors f is at least  missing + slope @ (f - floors)."""

    missing: float
    slope: Floats
    floors: Floats


class Floors:
    """Raises a floor under all coverages, and settles those that stop it.

    missing(f)  =  minimise  sum of short[p,k]
                   sum over t of unmet[p,k,t] - short[p,k]  <=  (1 - f[p,k]) need[p,k]

    is convex in the floors f, and its duals y (between 0 and 1) say for all floors g:

    missing(g)  >=  missing(f) + sum of  y need (g - f)

    The common floor of all unsettled cells starts at 1 and comes down to where these cuts allow it, until
    nothing is missing: the highest level there is. In the cut that stopped it no cell with y > 0 can rise
    unless another with y > 0 falls below its floor: these cells are settled, and the rest goes on. As the
    floor came down, some y is above 0, and so every round settles a cell. Floors at 0 can always be kept:
    cells that no plan can reach are settled there first, and set aside.

    Parameters
    ----------
    program
        The program, with the rows of earlier stages.
    cells
        Its cells.
    """

    def __init__(self, program: Program, cells: NeedCells) -> None:
        builder = ProgramBuilder(replace(program, cost=np.zeros(len(program.cost))))
        short = builder.columns(
            "short", cells.index, cost=UNIT, role=Role.UNMET, part="penalty_unmet"
        )
        terms = [cells.term, (np.arange(short.size), short.ids, -1.0)]
        self._rows = builder.rows("floor", cells.index, terms, upper=0.0)
        self._kept = LpSession(builder.build())
        self._kept.highs.setOptionValue("optimality_tolerance", MOST_RELATIVE_GAP)
        self._cells = cells
        self._cuts: list[_Cut] = []
        self.levels: Floats = np.full(len(cells.need), np.nan)
        self.missing: Floats = np.zeros(len(cells.need))

    @property
    def unsettled(self) -> Booleans:
        """Return which cells may still rise."""
        return np.isnan(self.levels)

    def settle(self) -> float:
        """Raise the common floor as high as can be, settle the cells that stop it, and give its level."""
        free = self.unsettled
        level, stopped = self._allowed(free)
        while not self._kept_at(np.where(free, level, self.levels)):
            lower, stops = self._allowed(free)
            if lower >= level:  # what is missing is noise
                break
            level, stopped = lower, stops
        self.levels[stopped] = level
        return level

    def _allowed(self, free: Booleans) -> tuple[float, Booleans]:
        """Return the highest common floor that the cuts allow, and the cells that stop it there."""
        level, stopped = 1.0, free
        for cut in self._cuts:
            stops = free & (cut.slope > NOISE * cut.slope.max())
            if not stops.any():
                continue
            settled = cut.slope[~free] @ (self.levels - cut.floors)[~free]
            rising = cut.slope[free]
            zero = float((rising @ cut.floors[free] - cut.missing - settled) / rising.sum())
            if zero < level:
                level, stopped = zero, stops
        return max(level, 0.0), stopped

    def _kept_at(self, floors: Floats) -> bool:
        """Return whether nothing is missing under these floors; else add a cut."""
        kept, rows, need = self._kept, self._rows, self._cells.need
        most = (1 - floors) * need
        kept.change_rows(rows.ids, -np.inf, most)
        kept.solve()
        found = kept.found()
        self.missing = self._cells.missing(found.values)
        bounds = kept.program.row_upper.copy()
        bounds[rows.span] = most
        proof = certify(replace(kept.program, row_upper=bounds), found.values, found.duals)
        if proof.cost <= LEEWAY * UNIT:
            return True
        slope = np.maximum(-found.duals[rows.span] / UNIT, 0.0) * need
        self._cuts.append(_Cut(proof.bound / UNIT, slope, floors))
        return False
