"""How much of a plan could go another way: at no cost, or for a little more.

minimise     sum over the lanes of the plan that can lose cargo of  weight * tonnes        where
within 0 %   nothing else than an optimum is allowed (see `planner.solving.canonical`)
within x %   money cost <= (1 + x %) of the plan's,  and nobody is worse covered:
             unmet, gaps and discarded <= those of the plan
other ways   sum over lanes of  max(0, tonnes in the plan - tonnes)

The weights (1 to 2) are those of the canonical plan turned round: what it chose shall give way. A lane that
rises in a round is no longer asked to fall in the next. The tonnes found can move; whether still more could is
not proven, so they are told as "at least".
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.arrays import Floats, Integers
from planner.given import require_kind
from planner.model import PENALTIES, Program
from planner.model.program import ProgramBuilder
from planner.solution import Solution
from planner.solution.tables.flow_table import LANE, lane_labels
from planner.solving import LpSession
from planner.solving.canonical import optimal_face, weights

ROUNDS = 3
STEER = 1e3
"""IDR/t by which a lane is steered; any figure would do that the solver can tell from nothing."""
MILLION = 1e6
LEAST = 0.5
"""Less than this is no change of a lane, t."""


def alternative_lanes(solution: Solution, within: float = 0.0) -> pd.DataFrame:
    """Return which lanes of a plan could be swapped for others.

    Parameters
    ----------
    solution
        The plan.
    within
        What the other plan may cost more, as a share of the money cost; 0 for an equally cheap one.

    Returns
    -------
    One row for each lane that another plan uses less or more over the horizon, the largest change
    first: `plan_t`, `other_t` and `change_t`; and `within`. Lanes that lose cargo add up to the tonnes
    that could go another way.
    """
    require_kind(solution, Solution, "planner.analysis.alternative_lanes")
    program = _dearer(solution, within) if within else _as_cheap(solution)
    kept = LpSession(program, None if within else solution.basis)
    kept.change_costs(np.arange(len(program.cost)), 0.0)
    flow = solution.column("flow")
    lane = flow.index["lane"]
    plan = np.bincount(lane, solution.value("flow"))
    other, falling = plan, plan > 0
    steer = STEER * (3 - weights(solution.program.ranks()))[flow.span]
    for _ in range(ROUNDS):
        kept.change_costs(flow.ids, np.where(falling[lane], steer, 0.0))
        kept.solve()
        tonnes = np.bincount(lane, np.maximum(kept.found().values[flow.span], 0.0))
        if _moved(plan, tonnes) <= _moved(plan, other) + LEAST:
            break
        other, falling = tonnes, tonnes < plan
    return _table(solution, plan, other, within)


def movable_tonnes(table: pd.DataFrame) -> float:
    """Return the tonnes that could go another way."""
    return float(-table.loc[table["change_t"] < 0, "change_t"].sum())


def _moved(plan: Floats, other: Floats) -> float:
    return float(np.maximum(plan - other, 0.0).sum())


def _as_cheap(solution: Solution) -> Program:
    plan = solution.values, solution.reduced_costs, solution.duals
    return optimal_face(solution.program, *plan, noisy=True)


def _dearer(solution: Solution, within: float) -> Program:
    """Return the program in which money may grow by a share, and nothing that is short."""
    program, values = solution.program, np.maximum(solution.values, 0.0)
    upper, money = program.upper.copy(), program.cost.copy()
    for block in program.having(*PENALTIES):
        upper[block.span], money[block.span] = values[block.span], 0.0
    budget = float(money @ values) * (1 + within) / MILLION
    builder, only = ProgramBuilder(replace(program, upper=upper)), np.zeros(1, dtype=np.int64)
    all_money = (only, np.arange(len(money)), money / MILLION)
    builder.rows("money", {"row": only}, [all_money], upper=budget, unit="million IDR")
    return builder.build()


def _table(solution: Solution, plan: Floats, other: Floats, within: float) -> pd.DataFrame:
    changed: Integers = np.flatnonzero(np.abs(plan - other) > LEAST)
    frame = pd.DataFrame(
        {
            "within": within,
            **lane_labels(solution.balance, solution.network, changed),
            "plan_t": plan[changed],
            "other_t": other[changed],
        }
    )
    lanes = frame.groupby(["within", *LANE], as_index=False)[["plan_t", "other_t"]].sum()
    lanes["change_t"] = lanes["other_t"] - lanes["plan_t"]
    order = lanes["change_t"].abs().round(3)
    return (
        lanes.assign(_size=-order)
        .sort_values(["_size", *LANE], ignore_index=True)
        .drop(columns="_size")
    )
