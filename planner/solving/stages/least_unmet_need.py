"""Coverage: as little need goes unmet as can be, whatever that costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.market.market import Market
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solution.stage_results import CoverageResult
from planner.solving.session import LpSession
from planner.solving.stages.need_cells import LEEWAY, UNIT


def coverage(program: Program, market: Market) -> tuple[Program, CoverageResult]:
    """Find the least weighted need unmet, and hold the later stages to it.

    least           =  minimise  sum of  weight * unmet             weight = priority / least priority
    coverage_stage:    sum of  weight * unmet  <=  (1 + tolerance) * least + 0.0004

    The tolerance is the room in which a later `fairness` may shift shortage to those who are better off, though
    more is lost on the way. The cost takes none of it: see coverage first.

    Dual: what one weighted tonne more of unmet need would save (IDR/t), sign reversed.
    """
    scenario = market.scenario
    least = max(LpSession(replace(program, cost=program.weight * UNIT)).solve() / UNIT, 0.0)
    held = (1 + scenario.settings.policy.tolerance) * least
    builder, need = ProgramBuilder(program), np.flatnonzero(program.weight)
    only = np.zeros(1, dtype=np.int64)
    term = (np.zeros_like(need), need, program.weight[need])
    builder.rows("coverage_stage", {"stage": only}, [term], upper=held + LEEWAY)
    counted = float(scenario.tables["commodities"]["priority"].min())
    return builder.build(), CoverageResult(counted * least, counted * held)
