"""Prices that stand for "never": above a million rupiah a kilogram nothing is paid, and the way is closed.

arcs, services    the lane is left out of the network, whichever rate makes it so dear
imports           nothing is let in at that price
prices            nothing is bought at that producer price
commodities       what is so dear to hold is not stored
recipes           the recipe is not used
rules             a penalty so high is that of a rule that may not be broken; it stays what it is

A price of this size is no price: it would be taken into every sum, and drown all others. It is told with its place,
by `planner check` and by the run.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.errors import Problem
from planner.scenario.checks import Frames, cells_of

NEVER = 1e9
"""IDR/t: a million rupiah a kilogram."""
CLOSED = {
    ("arcs", "idr_per_t"): "never_arc",
    ("imports", "idr_per_t"): "never_import",
    ("commodities", "holding_idr_per_t"): "never_holding",
    ("recipes", "fee_idr_per_t"): "never_recipe",
    ("rules", "penalty_idr"): "never_rule",
}
"""Columns whose cells are told by themselves, and the sentence for each."""


def never_paid(frames: Frames) -> Iterator[Problem]:
    """Find prices that stand for never; a remark for each, with the remedy that says the same openly.

    Parameters
    ----------
    frames
        Typed tables.
    """
    for (table, column), key in CLOSED.items():
        yield from _remarks(key, frames[table], frames[table][column] > NEVER, column)
    prices = frames["prices"]
    dear = (prices["level"] == "producer") & (prices["idr_per_kg"] * 1000 > NEVER)
    yield from _remarks("never_price", prices, dear, "idr_per_kg")
    yield from _by_rates(frames, "arcs")
    yield from _by_rates(frames, "services")


def _by_rates(frames: Frames, table: str) -> Iterator[Problem]:
    """Find arcs and services that the rates of their mode make so dear, for the good that is cheapest to carry."""
    ways, modes = frames[table], frames["modes"].drop_duplicates("mode").set_index("mode")
    goods = frames["commodities"]
    rates = modes[["idr_per_t_km", "idr_fixed_per_teu", "idr_per_teu_nm", "handling_idr_per_t"]]
    per_km, fixed, per_nm, handling = (ways["mode"].map(rates[name]) for name in rates)
    payload = goods["tonnes_per_teu"].where(goods["tonnes_per_teu"] > 0)
    box = (goods["reefer_factor"] / payload).min()
    km, nm = (_distance(ways, name) for name in ("distance_km", "distance_nm"))
    rate = per_km * km + (fixed + per_nm * nm) * (0.0 if np.isnan(box) else box)
    own = "idr_per_t" in ways
    dear = rate.where(ways["idr_per_t"].isna(), 0.0) if own else rate
    told = ways["idr_per_t"] > NEVER if own else pd.Series(data=False, index=ways.index)
    yield from _remarks(f"never_{table}_rate", ways, (dear + handling > NEVER) & ~told, "mode")


def _distance(ways: pd.DataFrame, name: str) -> pd.Series[float]:
    """Give a distance of each way; of a service, which has none of its own, a mile."""
    return ways[name] if name in ways else pd.Series(1.0, index=ways.index)


def _remarks(
    key: str, frame: pd.DataFrame, rows: pd.Series[bool], column: str
) -> Iterator[Problem]:
    for file, line, value in cells_of(frame, rows, column):
        shown = f"{value:.15g}" if isinstance(value, float) else value
        yield Problem(key, file, line, column, {"value": shown}, blocking=False)
