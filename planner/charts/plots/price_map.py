"""The map of local prices: what one more kilogram is worth in each province."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.ticker import MaxNLocator

from planner.charts import style
from planner.charts.arrows import draw_nodes
from planner.charts.basemap import Basemap, basemap, draw_land
from planner.charts.canvas import Canvas
from planner.charts.choropleth import hatch, write_labels
from planner.charts.legend import Legend
from planner.charts.money import decimals
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.titles import period_range
from planner.i18n import number

_SHORT, _UNKNOWN = "//////", "....."
STAR = "*"
"""Beside a price that is money alone, because a reserve or closing stock gives way."""
_SEQUENCE = ("#f3e9d2", "#e8c98b", "#d79a55", "#b5673a", "#80402f", "#45201f")


def _has_prices(rows: Tables) -> bool:
    return bool((rows["prices"]["kind"] != "short").any())


@chart("prices", size="page", by_period=True, standard=each_commodity("price_map", _has_prices))
def price_map(
    canvas: Canvas,
    prices: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
    period: str | None = None,
    focus: Collection[str] = (),
) -> None:
    """Colour provinces by local price; hatch those that run short.

    Parameters
    ----------
    prices
        Columns province, commodity, period, kind (delivered, stock, short), idr_per_t. A short province
        has no price; a star stands where a reserve or closing stock gives way, and the price is money alone.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    period
        One period; the plain mean over periods with a price if None.
    focus
        Provinces to point out.
    """
    rows = prices.loc[prices["commodity"] == commodity]
    rows = rows.loc[rows["period"] == period] if period else rows
    local = rows.loc[rows["kind"] != "short"].groupby("province")["idr_per_t"].mean() / 1000
    short, stock = (set(rows.loc[rows["kind"] == kind, "province"]) for kind in ("short", "stock"))
    stock -= short
    edges = _edges(local)
    base = basemap(canvas.open(), provinces, canvas.language)
    fills = {str(code): _colour(value, edges) for code, value in local.items()}
    every = dict.fromkeys(map(str, provinces["province"]), "#ffffff") | fills
    draw_land(base, every, focus)
    hatch(base, short, _SHORT, {code for code in fills if fills[code] in _SEQUENCE[3:]})
    unknown = set(every) - set(fills) - short
    hatch(base, unknown, _UNKNOWN)
    for panel in base.panels:
        draw_nodes(panel, every)
    known = canvas.names(provinces)
    places = decimals(float(local.max())) if len(local) else 0
    written = {str(code): canvas.money.price(float(price), places) for code, price in local.items()}
    starred = {code: f"{price}{STAR}" for code, price in written.items() if code in stock}
    write_labels(base, known, written | starred | dict.fromkeys(short, canvas.say("short")))
    _legend(canvas, base, edges, unknown=bool(unknown), stock=bool(stock))
    good, when = canvas.good(commodity, commodities), period_range(rows["period"], canvas.language)
    below = canvas.say("subtitle", period=when, money=canvas.money.name)
    canvas.head(canvas.say("title", commodity=good), below)
    order = [str(code) for code in local.sort_values(kind="stable").index]
    ends = {"low": order[:1], "high": order[-1:]}
    said = {
        end: "".join(f"{known[c]} ({written[c]})" for c in codes) or "-"
        for end, codes in ends.items()
    }
    canvas.describe(_alt(canvas, known, short, stock, commodity=good, period=when, **said))


def _edges(local: pd.Series) -> np.ndarray:
    """Return round class limits around all prices, at most six classes."""
    if len(local) == 0:
        return np.zeros(1)
    low, high = float(local.min()), float(local.max())
    locator = MaxNLocator(nbins=len(_SEQUENCE), steps=[1, 2, 2.5, 5, 10])
    # prices that are all alike still need two bounds; a currency of large units has prices below one
    least = min(1.0, 0.1 * abs(high)) or 1.0
    return np.asarray(locator.tick_values(low, max(high, low + least)))


def _colour(value: float, edges: np.ndarray) -> str:
    return _shades(edges)[_class(value, edges)]


def _class(value: float, edges: np.ndarray) -> int:
    return int(np.clip(np.searchsorted(edges, value, side="right") - 1, 0, len(edges) - 2))


def _shades(edges: np.ndarray) -> list[str]:
    """Spread the classes over the whole sequence from light to dark."""
    places = np.linspace(0, len(_SEQUENCE) - 1, max(len(edges) - 1, 2)).round().astype(int)
    return [to_hex(_SEQUENCE[place]) for place in places]


def _legend(
    canvas: Canvas, base: Basemap, edges: np.ndarray, *, unknown: bool, stock: bool
) -> None:
    legend, language = Legend(base), canvas.language
    legend.head(canvas.say("legend", money=canvas.money.heading))
    # as many decimals as tell one bound from the next, 2.5 from 2 too
    places = (
        decimals(float(edges[1] - edges[0])) if len(edges) > 1 and edges[1] - edges[0] < 1 else 0
    )
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{number(low, language, places)}–{number(high, language, places)}",
            {"facecolor": shade, "edgecolor": style.SOFT_INK},
        )
        for low, high, shade in zip(edges[:-1], edges[1:], _shades(edges), strict=False)
    ]
    hatched = {"facecolor": "white", "edgecolor": style.INK, "hatch": _SHORT}
    rows.append((canvas.say("short_legend"), hatched))
    if unknown:
        plain = {"facecolor": "white", "edgecolor": style.SOFT_INK, "hatch": _UNKNOWN}
        rows.append((canvas.say("none"), plain))
    legend.swatches(rows)
    legend.note(canvas.say("note"))
    if stock:
        legend.note(canvas.say("stock_note"))


def _alt(
    canvas: Canvas,
    known: dict[str, str],
    short: Collection[str],
    stock: Collection[str],
    **words: str,
) -> str:
    """Return where the price is lowest and highest, where it is money alone, and where there is none."""
    parts = [canvas.say("alt", **words)]
    for key, codes in (("alt_stock", stock), ("alt_short", short)):
        places = ", ".join(known[code] for code in sorted(codes))
        parts += [canvas.say(key, places=places)] if codes else []
    return " ".join(parts)
