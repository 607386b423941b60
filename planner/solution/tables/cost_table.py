"""Costs: what the plan costs, by part; the parts add up to the objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats
from planner.solution.totals import PENALTIES

if TYPE_CHECKING:
    from planner.solution.solution import Solution

_MONEY = {
    "supplied": "purchase",
    "imported": "import",
    "processed": "processing",
    "stock": "holding",
}


def cost_table(solution: Solution) -> pd.DataFrame:
    """Return the cost of the plan by part, commodity and mode.

    Returns
    -------
    Parts purchase, import, processing, freight, handling and holding are rupiah; the parts that begin with
    `penalty_` only steer the plan. `mode` is blank except for freight and handling, `commodity` for
    `penalty_rule`. Together they are the objective.
    """
    parts = [_freight(solution)]
    parts += [_block(solution, name, part) for name, part in (_MONEY | PENALTIES).items()]
    frame = pd.concat(parts, ignore_index=True)
    total = frame.groupby(["part", "commodity", "mode"])["idr"].sum().reset_index()
    return total.loc[total["idr"] > 0].reset_index(drop=True)


def _block(solution: Solution, name: str, part: str) -> pd.DataFrame:
    block = solution.column(name)
    idr = solution.value(name) * solution.program.cost[block.span]
    named = "commodity" in block.index
    commodity = solution.label("commodity", block.index["commodity"]) if named else ""
    return _rows(part, commodity, "", idr)


def _freight(solution: Solution) -> pd.DataFrame:
    network, tonnes = solution.network, solution.value("flow")
    lane = solution.column("flow").index["lane"]
    mode = np.array(network.mode, dtype=object)[network.lane_arc[lane]]
    commodity = solution.label("commodity", network.lane_commodity[lane])
    handling = np.minimum(network.handling, network.freight)[lane]
    parts = [
        _rows("freight", commodity, mode, tonnes * (network.freight[lane] - handling)),
        _rows("handling", commodity, mode, tonnes * handling),
    ]
    return pd.concat(parts, ignore_index=True)


def _rows(part: str, commodity: Array | str, mode: Array | str, idr: Floats) -> pd.DataFrame:
    return pd.DataFrame({"part": part, "commodity": commodity, "mode": mode, "idr": idr})
