"""Capacities: how far each limit is used, and what one more unit would save."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.solution.plan_values import PlanValues
from planner.solution.tables import rule_table as rules

SAVED = ["congestion_rent", "feeds_t_per_unit", "gap_t_per_unit"]
COLUMNS = ["kind", "name", "period", "used", "capacity", "unit", *SAVED]


def capacity_table(plan: PlanValues) -> pd.DataFrame:
    """Return one row for each limited arc, leg of a service, port, store and recipe and each period.

    Returns
    -------
    Also one row for each rule and each cell of its `per`; see `planner.solution.tables.rule_table`.
    `used` and `capacity` in `unit` (t or TEU a period); `congestion_rent` in IDR per unit: what one
    more unit of capacity would save in money, 0 where there is room left, NaN where it would feed people:
    `feeds_t_per_unit` (weighted by priority); `gap_t_per_unit`: what less would be missing in stocks.
    """
    network, recipes, activity = (
        plan.network,
        plan.market.recipes,
        plan.program.matrix @ plan.values,
    )
    arcs = [
        f"{plan.balance.provinces[o]}-{plan.balance.provinces[d]} {mode}"
        for o, d, mode in zip(network.origin, network.destination, network.mode, strict=True)
    ]
    mills = [
        f"{plan.balance.provinces[p]} {name}"
        for p, name in zip(recipes.province, recipes.names, strict=True)
    ]
    kinds = {
        "arc_capacity": ("arc", "arc", arcs, network.capacity_unit),
        "service_legs": ("service", "leg", network.legs.names, ["TEU"] * len(network.legs.names)),
        "port_throughput": ("port", "port", network.ports, ["t"] * len(network.ports)),
        "storage": (
            "storage",
            "province",
            plan.balance.provinces,
            ["t"] * len(plan.balance.provinces),
        ),
        "processing": ("recipe", "recipe", mills, ["t"] * len(mills)),
    }
    parts = [rules.rule_table(plan)[COLUMNS[1:]].assign(kind="rule")[COLUMNS]]
    for family, (kind, axis, names, units) in kinds.items():
        block = plan.row(family)
        place = block.index[axis]
        parts.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "name": np.array(names, dtype=object)[place],
                    "period": plan.label("period", block.index["period"]),
                    "used": activity[block.span] + 0.0,
                    "capacity": plan.program.row_upper[block.span],
                    "unit": np.array(units, dtype=object)[place],
                    **plan.parts.saved(block.span),
                }
            )
        )
    frame = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=COLUMNS)])
    return frame.sort_values(["kind", "name", "period"], ignore_index=True)
