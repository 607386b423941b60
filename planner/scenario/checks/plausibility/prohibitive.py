"""Looks at prices that stand for never: see `planner.scenario.closed_prices`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import whole_remarks
from planner.scenario.checks.plausibility.views import View
from planner.scenario.closed_prices import NEVER

CLOSED = {
    ("arcs", "idr_per_t"): "never_arc",
    ("imports", "idr_per_t"): "never_import",
    ("commodities", "holding_idr_per_t"): "never_holding",
    ("recipes", "fee_idr_per_t"): "never_recipe",
    ("rules", "penalty_idr"): "never_rule",
}
"""Columns whose cells are told by themselves, and the sentence for each."""


def _cells(view: View) -> Iterator[Problem]:
    """Find cells that stand for never, with the remedy that says the same openly."""
    for (table, column), key in CLOSED.items():
        yield from whole_remarks(key, view[table], view[table][column] > NEVER, column)
    prices = view["prices"]
    dear = (prices["level"] == "producer") & (prices["idr_per_kg"] * 1000 > NEVER)
    yield from whole_remarks("never_price", prices, dear, "idr_per_kg")


def _rates(view: View) -> Iterator[Problem]:
    """Find ways that their rates make so dear, where all rates can be read."""
    if not view.spoilt & {"modes", "commodities"}:
        yield from _by_rates(view, "arcs")
        yield from _by_rates(view, "services")


def _by_rates(view: View, table: str) -> Iterator[Problem]:
    """Find arcs and services that the rates of their mode make so dear, for the good that is cheapest to carry."""
    ways, modes = view[table], view["modes"].drop_duplicates("mode").set_index("mode")
    goods = view["commodities"]
    rates = modes[["idr_per_t_km", "idr_fixed_per_teu", "idr_per_teu_nm", "handling_idr_per_t"]]
    per_km, fixed, per_nm, handling = (ways["mode"].map(rates[name]) for name in rates)
    payload = goods["tonnes_per_teu"].where(goods["tonnes_per_teu"] > 0)
    box = (goods["reefer_factor"] / payload).min()
    km, nm = (_distance(ways, name) for name in ("distance_km", "distance_nm"))
    rate = per_km * km + (fixed + per_nm * nm) * (0.0 if np.isnan(box) else box)
    own = "idr_per_t" in ways
    dear = rate.where(ways["idr_per_t"].isna(), 0.0) if own else rate
    told = ways["idr_per_t"] > NEVER if own else pd.Series(data=False, index=ways.index)
    yield from whole_remarks(f"never_{table}_rate", ways, (dear + handling > NEVER) & ~told, "mode")


def _distance(ways: pd.DataFrame, name: str) -> pd.Series[float]:
    """Return a distance of each way; of a service, which has none of its own, a mile."""
    return ways[name] if name in ways else pd.Series(1.0, index=ways.index)


LOOKS_AT_CLOSED = (_cells, _rates)
