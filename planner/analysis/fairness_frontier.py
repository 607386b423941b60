"""The price of fairness: what it costs to raise the lowest coverage, while no more goes unmet in all.

unmet     sum of priority * unmet  <=  (1 + tolerance) * least            in every plan
floor     from the lowest coverage of the cheapest plan, in equal steps, to the highest there is,
          1 - (1 + tolerance) * (1 - highest)
plan      the cheapest in which no province and commodity is covered below the floor, and then the least goes unmet
rise      its cost in money, penalties apart, less that of the first plan

Coverage is over the horizon. What no plan can reach is set aside. The penalties still steer every plan: a
reserve or closing stock that a fairer plan cannot keep is counted in tonnes, not in rupiah.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.arrays import Array, Booleans, Floats
from planner.errors import OptionError
from planner.given import described, require_kind
from planner.market.market import Market
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.scenario import Scenario
from planner.solution.stage_results import SET_ASIDE
from planner.solution.tables.flow_table import LANE, lane_labels
from planner.solution.totals import compute_money
from planner.solving.canonical import canonicalize
from planner.solving.coverage_first import solve_least_unmet, with_row
from planner.solving.session import LpSession
from planner.solving.solve import Clock, build_program
from planner.solving.stages.fairness import Floors
from planner.solving.stages.least_unmet_need import coverage
from planner.solving.stages.need_cells import LEEWAY, find_need_cells

POINTS = [
    "point", "floor", "lowest_coverage", "province", "commodity", "lowest_cells", "short_cells", "unmet_t",
    "closing_gap_t", "reserve_gap_t", "cost_idr", "rise_idr", "shifted_t", "rise_idr_per_t",
]  # fmt: skip
WHOLE = 1 - 1e-6
"""A coverage from here on is whole."""
AS_LOW = 1e-4
"""Coverages that differ by less count as equally low: the last digit shown."""
LEAST_SHIFTED = 0.5
"""Fewer tonnes than this are no change, t."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """The price of fairness, point by point.

    Parameters
    ----------
    points
        One row a point. `floor` is what was asked for, `lowest_coverage` what the lowest cell has,
        `province` and `commodity` which that is (the first of the `lowest_cells` that are as low);
        `short_cells` how many are not wholly covered;
        `shifted_t` the tonnes by which cells lack less than at the first point, `rise_idr_per_t` the rise
        for each of them. No row where nothing is short.
    coverage
        Coverage of each cell that is short anywhere, at each point.
    lanes
        What each lane carries at the first and the last point, where that differs.
    seconds
        Wall-clock seconds by phase.
    """

    points: pd.DataFrame
    coverage: pd.DataFrame
    lanes: pd.DataFrame
    seconds: dict[str, float]


def frontier(
    scenario: Scenario, *, points: int = 11, progress: Callable[[str], None] | None = None
) -> Frontier:
    """Raise the lowest coverage step by step, and tell what each step costs.

    Parameters
    ----------
    scenario
        The input; its `[policy] tolerance` holds, its stages do not matter.
    points
        Number of points, two or more.
    progress
        Called with the name of each phase as it starts.

    Raises
    ------
    OptionError
        If this is no scenario, or there are fewer than two points.
    InputError, SolveError
        As `planner.solve`.
    """
    require_kind(scenario, Scenario, "planner.analysis.frontier")
    if not isinstance(points, int):
        raise OptionError("given.whole", what="points", given=described(points))
    if points < 2:
        raise OptionError("frontier.points", points=points)
    clock = Clock(progress)
    market, program = build_program(scenario, clock)
    with clock("coverage"):
        program, _ = coverage(program, market)
    model = _MovingFloors(market, program)
    with clock("solve"):
        first = model.plan(0.0)
    plans, floors = np.zeros((0, len(first))), np.zeros(0)
    if model.coverage(first).min() < WHOLE:
        with clock("fairness"):
            highest = model.highest()
        low = model.coverage(first).min()
        if low < WHOLE:
            top = 1 - (1 + scenario.settings.policy.tolerance) * (1 - highest)
            floors = np.linspace(low, max(top, low), points)
            with clock("frontier"):
                plans = np.array([first, *(model.plan(floor) for floor in floors[1:])])
    tables = model.points(floors, plans), model.shares(plans), model.lanes(plans)
    return Frontier(*tables, clock.seconds)


class _MovingFloors:
    """One model whose floors move, and the tables of its plans (one row of values a plan)."""

    def __init__(self, market: Market, program: Program) -> None:
        self._balance, self._network, self._base = market.balance, market.network, program
        self._cells = find_need_cells(program, market.balance)
        self._reached: Booleans = np.ones(len(self._cells.need), dtype=bool)
        builder = ProgramBuilder(program)
        index, need = self._cells.index, self._cells.need
        self._rows = builder.rows("fairness_floor", index, [self._cells.term], upper=need)
        self._program = with_row(builder.build())
        self._kept = LpSession(self._program)

    def plan(self, floor: float) -> Floats:
        """Return the cheapest plan with no coverage below the floor, of several the canonical one."""
        kept = self._kept
        most = (1 - floor * self._reached) * self._cells.need + LEEWAY
        kept.change_rows(self._rows.ids, -np.inf, most)
        solve_least_unmet(kept)
        return canonicalize(kept.copy_of_now(), kept.found()).values

    def highest(self) -> float:
        """Return the highest floor under all coverages, and set aside what no plan can reach."""
        floors = Floors(self._base, self._cells)
        level = 0.0
        while level <= SET_ASIDE and floors.unsettled.any():
            self._reached = floors.unsettled
            level = floors.settle()
        return level

    def coverage(self, values: Floats) -> Floats:
        """Return the coverage of each cell, 1 where it is set aside."""
        return np.where(self._reached, self._cells.coverage(values), 1.0)

    def points(self, floors: Floats, plans: Floats) -> pd.DataFrame:
        """Return `frontier.csv`."""
        cells, first = self._cells, self._cells.missing(plans[0]) if len(plans) else np.zeros(0)
        rows = []
        for place, (floor, plan) in enumerate(zip(floors, plans, strict=True)):
            share, missing = self.coverage(plan), cells.missing(plan)
            as_low = np.flatnonzero(share <= share.min() + AS_LOW)
            lowest, shifted = as_low[0], np.maximum(first - missing, 0.0).sum()
            rise = compute_money(self._program, plan) - compute_money(self._program, plans[0])
            rows.append(
                {
                    "point": place + 1,
                    "floor": floor,
                    "lowest_coverage": share.min(),
                    "province": self._balance.provinces[cells.province[lowest]],
                    "commodity": self._balance.commodities[cells.commodity[lowest]],
                    "lowest_cells": len(as_low),
                    "short_cells": int((share < WHOLE).sum()),
                    "unmet_t": missing.sum(),
                    "closing_gap_t": self._sum(plan, "closing_gap"),
                    "reserve_gap_t": self._sum(plan, "reserve_gap"),
                    "cost_idr": compute_money(self._program, plan),
                    "rise_idr": rise,
                    "shifted_t": shifted,
                    "rise_idr_per_t": rise / shifted if shifted >= LEAST_SHIFTED else np.nan,
                }
            )
        return pd.DataFrame(rows, columns=POINTS)

    def shares(self, plans: Floats) -> pd.DataFrame:
        """Return `frontier_coverage.csv`."""
        cells = self._cells
        share = np.array([cells.coverage(plan) for plan in plans]).reshape(-1, len(cells.need))
        short = np.flatnonzero((share < WHOLE).any(axis=0))
        places = self._labels(self._balance.provinces, cells.province[short])
        goods = self._labels(self._balance.commodities, cells.commodity[short])
        parts = [
            pd.DataFrame({"point": i + 1, "province": places, "commodity": goods, "coverage": row})
            for i, row in enumerate(share[:, short])
        ]
        names = ["point", "province", "commodity", "coverage"]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)

    def lanes(self, plans: Floats) -> pd.DataFrame:
        """Return `frontier_lanes.csv`, the largest change first."""
        network, flow = self._network, self._program.columns["flow"]
        if not len(plans):
            return pd.DataFrame(columns=[*LANE, "first_t", "last_t", "change_t"])
        lane, size = flow.index["lane"], len(network.freight)
        first, last = (np.bincount(lane, plans[i][flow.span], size) for i in (0, -1))
        used = np.flatnonzero((first > 0) | (last > 0))
        labels = lane_labels(self._balance, network, used)
        frame = pd.DataFrame({**labels, "first_t": first[used], "last_t": last[used]})
        lanes = frame.groupby(LANE, as_index=False).sum()
        lanes["change_t"] = lanes["last_t"] - lanes["first_t"]
        moved = lanes.loc[lanes["change_t"].abs() >= LEAST_SHIFTED]
        return moved.sort_values("change_t", key=lambda t: -t.abs(), ignore_index=True)

    def _sum(self, plan: Floats, name: str) -> float:
        return float(plan[self._program.columns[name].span].sum())

    @staticmethod
    def _labels(names: list[str], positions: Array) -> Array:
        return np.array(names, dtype=object)[positions]
