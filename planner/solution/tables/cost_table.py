"""Costs: what the plan costs, by part; the parts add up to the objective."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats
from planner.model import Block
from planner.solution.plan_values import PlanValues


def cost_table(plan: PlanValues) -> pd.DataFrame:
    """Return the cost of the plan by part, commodity and mode.

    Returns
    -------
    Parts purchase, import, processing, freight, handling and holding are money; the parts that begin with
    `penalty_` only steer the plan. `mode` is blank except for freight and handling, `commodity` for
    `penalty_rule`. Together they are the objective: each block of columns tells which part it is.
    """
    blocks = [_block(plan, block) for block in plan.program.columns.values() if block.part]
    total = pd.concat(blocks, ignore_index=True)
    total = total.groupby(["part", "commodity", "mode"])["idr"].sum().reset_index()
    return total.loc[total["idr"] > 0].reset_index(drop=True)


def _block(plan: PlanValues, block: Block) -> pd.DataFrame:
    """Return what each column of a block costs; what goes by a lane has two parts, and a mode."""
    idr = plan.value(block.name) * plan.program.cost[block.span]
    if "lane" in block.index:
        return _by_lane(plan, block, idr)
    named = "commodity" in block.index
    commodity = plan.label("commodity", block.index["commodity"]) if named else ""
    return _rows(block.part, commodity, "", idr)


def _by_lane(plan: PlanValues, block: Block, idr: Floats) -> pd.DataFrame:
    network, lane = plan.network, block.index["lane"]
    mode = np.array(network.mode, dtype=object)[network.lane_arc[lane]]
    commodity = plan.label("commodity", network.lane_commodity[lane])
    handling = (np.minimum(network.handling, network.freight) / network.freight)[lane]
    parts = [
        _rows(block.part, commodity, mode, idr * (1 - handling)),
        _rows("handling", commodity, mode, idr * handling),
    ]
    return pd.concat(parts, ignore_index=True)


def _rows(part: str, commodity: Array | str, mode: Array | str, idr: Floats) -> pd.DataFrame:
    return pd.DataFrame({"part": part, "commodity": commodity, "mode": mode, "idr": idr})
