"""Looks at prices, at the cost of keeping goods, and at freight of the modes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import OTHERS, remarks, shown_figures
from planner.scenario.checks.plausibility.views import View

LOWEST_PRICE, HIGHEST_PRICE = 500, 1_000_000
"""IDR/kg: no staple food is cheaper, or dearer, in a whole market."""
USUAL_RATES = {
    "idr_per_t_km": (100, 4_000),
    "idr_fixed_per_teu": (400_000, 15_000_000),
    "idr_per_teu_nm": (600, 20_000),
    "handling_idr_per_t": (15_000, 1_000_000),
    "km_per_day": (100, 2_000),
    "idr_low": (0.25, 1.0),
    "idr_high": (1.0, 4.0),
}
"""Within what a mode moves goods in Indonesia; an assumption, wide on purpose: from about a quarter of the
lowest published quotation to about five times the highest (trucks 360-800 IDR/t/km, sea toll 1.7 million and
2,394 a mile, ships twice that, both ports 80,000-260,000 IDR/t)."""
FREE_OF_MONEY = ("km_per_day", "idr_low", "idr_high")
"""Of these, what is the same in every currency: a speed, and factors."""
KEPT = 5.0
"""Factor within which goods of one value cost the same to keep."""


def _prices(view: View) -> Iterator[Problem]:
    """Find prices far from those of other provinces, or of other months of the same province."""
    prices = view["prices"]
    price, good = prices["idr_per_kg"], [prices["commodity"], prices["level"]]
    usual = price.groupby(good).transform("median")
    enough = price.groupby(good).transform("count") >= OTHERS
    far = enough & ((price > 5 * usual) | (price < usual / 5))
    yield from remarks("price_unlike", prices, far, "idr_per_kg", usual=shown_figures(usual[far]))
    expected = _expected(prices)
    odd = enough & ~far & ((price > 2.2 * expected) | (price < expected / 2.2))
    yield from remarks(
        "price_of_month", prices, odd, "idr_per_kg", usual=shown_figures(expected[odd])
    )


def _expected(prices: pd.DataFrame) -> pd.Series[float]:
    """Return what the usual level of the province, and the month elsewhere, let expect; NaN where unknown."""
    price, good = prices["idr_per_kg"], [prices["commodity"], prices["level"]]
    own = price.groupby([prices["province"], *good])
    month = price.groupby([prices["period"], *good])
    known = (own.transform("count") >= 4) & (month.transform("count") >= OTHERS)
    usual = price.groupby(good).transform("median")
    return (own.transform("median") * month.transform("median") / usual).where(known)


def _whole_goods(view: View) -> Iterator[Problem]:
    """Find goods whose prices as a whole are those of a tonne, or of a gram."""
    prices = view["prices"] if view.in_rupiah else view["prices"].iloc[:0]
    for commodity, rows in prices.groupby("commodity", sort=False):
        middle = rows["idr_per_kg"].median()
        if len(rows) >= OTHERS and not LOWEST_PRICE <= middle <= HIGHEST_PRICE:
            first = rows.iloc[0]
            values = {"value": commodity, "usual": f"{middle:.0f}"}
            place = str(first["_file"]), int(first["_line"]), "idr_per_kg"
            yield Problem("prices_of_a_good", *place, values, blocking=False)


def _keeping(view: View) -> Iterator[Problem]:
    """Find costs of keeping a good that do not fit its value, as those of other goods do."""
    goods = view["commodities"]
    holding = goods["holding_idr_per_t"]
    value = goods["commodity"].map(view.price) * 1000
    if view.in_rupiah:
        value = value.where(value.between(1000 * LOWEST_PRICE, 1000 * HIGHEST_PRICE))
    if (holding > 0).sum() < 4:
        return
    share = (holding / value).where(holding > 0)
    usual = share.median() * value if share.count() >= 4 else pd.Series(np.nan, goods.index)
    usual = usual.fillna(holding[holding > 0].median())
    rows = (holding > 0) & ((holding > KEPT * usual) | (holding < usual / KEPT))
    yield from remarks(
        "holding_unlike", goods, rows, "holding_idr_per_t", usual=shown_figures(usual[rows])
    )


def _rates(view: View) -> Iterator[Problem]:
    """Find rates of modes outside of what moving goods costs, where a market is large enough to be real."""
    modes = view["modes"]
    used = modes["mode"].map(view["arcs"]["mode"].value_counts()) >= OTHERS
    for column, (low, high) in USUAL_RATES.items():
        if not view.in_rupiah and column not in FREE_OF_MONEY:
            continue
        rate = modes[column]
        rows = used & (rate > 0) & ((rate < low) | (rate > high))
        bounds = {"low": f"{low:g}", "high": f"{high:g}"}
        yield from remarks("rate_unlike", modes, rows, column, **bounds)


LOOKS_AT_MONEY = (_prices, _whole_goods, _keeping, _rates)
