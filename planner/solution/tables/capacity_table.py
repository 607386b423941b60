"""Capacities: how far each limit is used, and what one more unit would save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.market.recipes import build_recipes
from planner.solution.tables import rule_table as rules

if TYPE_CHECKING:
    from planner.solution.solution import Solution

SAVED = ["congestion_rent", "feeds_t_per_unit", "gap_t_per_unit"]
COLUMNS = ["kind", "name", "period", "used", "capacity", "unit", *SAVED]


def capacity_table(solution: Solution) -> pd.DataFrame:
    """Return one row for each limited arc, leg of a service, port, store and recipe and each period.

    Returns
    -------
    Also one row for each rule and each cell of its `per`; see `planner.solution.tables.rule_table`.
    `used` and `capacity` in `unit` (t or TEU a period); `congestion_rent` in IDR per unit: what one
    more unit of capacity would save in money, 0 where there is room left, NaN where it would feed people:
    `feeds_t_per_unit` (weighted by priority); `gap_t_per_unit`: what less would be missing in stocks.
    """
    network, activity = solution.network, solution.program.matrix @ solution.values
    arcs = [
        f"{solution.balance.provinces[o]}-{solution.balance.provinces[d]} {mode}"
        for o, d, mode in zip(network.origin, network.destination, network.mode, strict=True)
    ]
    recipes = build_recipes(solution.scenario)
    mills = [
        f"{solution.balance.provinces[p]} {name}"
        for p, name in zip(recipes.province, recipes.names, strict=True)
    ]
    kinds = {
        "arc_capacity": ("arc", "arc", arcs, network.capacity_unit),
        "service_legs": ("service", "leg", network.legs.names, ["TEU"] * len(network.legs.names)),
        "port_throughput": ("port", "port", network.ports, ["t"] * len(network.ports)),
        "storage": (
            "storage",
            "province",
            solution.balance.provinces,
            ["t"] * len(solution.balance.provinces),
        ),
        "processing": ("recipe", "recipe", mills, ["t"] * len(mills)),
    }
    parts = [rules.rule_table(solution)[COLUMNS[1:]].assign(kind="rule")[COLUMNS]]
    for family, (kind, axis, names, units) in kinds.items():
        block = solution.row(family)
        place = block.index[axis]
        parts.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "name": np.array(names, dtype=object)[place],
                    "period": solution.label("period", block.index["period"]),
                    "used": activity[block.span] + 0.0,
                    "capacity": solution.program.row_upper[block.span],
                    "unit": np.array(units, dtype=object)[place],
                    **solution.parts.saved(block.span),
                }
            )
        )
    frame = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=COLUMNS)])
    return frame.sort_values(["kind", "name", "period"], ignore_index=True)
