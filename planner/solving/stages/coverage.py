"""Coverage: as little need goes unmet as can be, whatever that costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.balance import Balance
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.scenario import Scenario
from planner.solution.stages import CoverageReached
from planner.solving.kept import KeptModel
from planner.solving.stages.cells import LEEWAY, UNIT


def coverage(
    program: Program, scenario: Scenario, _balance: Balance
) -> tuple[Program, CoverageReached]:
    """Find the least weighted need unmet, and hold the later stages to it.

    least           =  minimise  sum of  priority * unmet
    coverage_stage:    sum of  priority * unmet  <=  (1 + tolerance) * least

    The tolerance is there because the last tonnes cost out of all proportion: to lose less on the
    way, the lanes with the least loss are taken at any freight.

    Dual: what one weighted tonne more of unmet need would save (IDR/t), sign reversed.
    """
    priority = scenario.tables["commodities"]["priority"].to_numpy(dtype=float)
    unmet = program.columns["unmet"]
    weight = priority[unmet.index["commodity"]]
    cost = np.zeros(len(program.cost))
    cost[unmet.span] = weight * UNIT
    least = max(KeptModel(replace(program, cost=cost)).solve() / UNIT, 0.0)
    held = (1 + scenario.settings.policy.tolerance) * least
    builder = ProgramBuilder(program)
    row = np.zeros(1, dtype=np.int64)
    term = (np.zeros(unmet.size, dtype=np.int64), unmet.ids, weight)
    builder.rows("coverage_stage", {"stage": row}, [term], upper=held + LEEWAY)
    return builder.build(program.short_price), CoverageReached(least, held)
