"""Calm: of the plans that cost hardly more than the cheapest, one that changes the fewest lanes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Floats
from planner.market.market import Market
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solution.stage_results import StabilityResult
from planner.solution.totals import compute_money
from planner.solving.result import SolverResult
from planner.solving.stages.change_search import Changes, ChangeSearch
from planner.solving.stages.need_cells import LEEWAY
from planner.solving.stages.signed_lanes import SignedLanes, compare_with_signed


@dataclass(frozen=True, slots=True)
class StableProgram:
    """The program in which only these lanes change, and what is to be told of it.

    Parameters
    ----------
    program
        An ordinary program: its duals are prices on the lanes of the calm plan.
    cheapest
        The cheapest plan, within the program before.
    lanes
        All lanes, and what is signed of each.
    changes
        What was found.
    """

    program: Program
    cheapest: SolverResult
    lanes: SignedLanes
    changes: Changes

    def reached(self, found: SolverResult) -> StabilityResult:
        """Return what became of every lane in the final plan."""
        lanes, plan, cheapest = self.lanes, found.values, self.cheapest.values
        new, given_up = lanes.new(plan), lanes.given_up(plan)
        table = lanes.labels.to_frame(index=False).assign(
            signed_t=lanes.signed,
            planned_t=lanes.tonnes(plan),
            change=np.select([new, given_up], ["new", "given_up"], "kept"),
            keeping_idr_per_t=self._keeping(found.duals),
        )
        return StabilityResult(
            lanes=table.loc[(lanes.signed > 0) | new].reset_index(drop=True),
            bound=min(self.changes.bound, int((new | given_up).sum())),
            cheapest_changes=int((lanes.new(cheapest) | lanes.given_up(cheapest)).sum()),
            rise=compute_money(self.program, plan) - compute_money(self.program, cheapest),
            finished=self.changes.finished,
        )

    def _keeping(self, duals: Floats) -> Floats:
        """Return what it costs to keep each signed lane going, IDR/t; NaN for those that are not kept."""
        cost, rows = np.full(len(self.lanes.signed), np.nan), self.program.rows["calm_kept"]
        cost[rows.index["lane"]] = np.maximum(duals[rows.span], 0.0)
        return cost


def stabilise(program: Program, market: Market, cheapest: SolverResult) -> StableProgram:
    """Find the fewest changes against the signed plan within the slack, and close what is not used.

    minimise      number of lanes newly used + number of signed lanes given up
    where         cost with penalties  <=  cost of the cheapest plan + slack * its money
    calm_kept:    sum over t of flow[l,t]  >=  half of what is signed     for every lane l that is kept

    Lanes that are neither signed nor newly used are closed; on the others the cost decides.

    Dual: what it costs to keep a signed lane going (IDR/t).
    """
    lanes = compare_with_signed(program, market)
    room = market.scenario.settings.policy.slack * compute_money(program, cheapest.values)
    changes = ChangeSearch(program, cheapest, lanes, room).fewest()
    return StableProgram(_closed(program, lanes, changes), cheapest, lanes, changes)


def _closed(program: Program, lanes: SignedLanes, changes: Changes) -> Program:
    """Close every unsigned lane and keep every signed one that does not change."""
    upper = program.upper.copy()
    upper[lanes.columns((lanes.signed == 0) & ~changes.lanes)] = 0.0
    kept = np.flatnonzero((lanes.signed > 0) & ~changes.lanes)
    builder = ProgramBuilder(replace(program, upper=upper))
    least = lanes.least[kept] - LEEWAY
    builder.rows("calm_kept", {"lane": kept}, [lanes.term(kept)], lower=least)
    return builder.build()
