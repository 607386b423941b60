"""The map of local prices: what one more kilogram is worth in each province."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.ticker import MaxNLocator

from planner.charts import style
from planner.charts.arrows import draw_nodes
from planner.charts.basemap import Basemap, basemap, draw_land
from planner.charts.captions import describe
from planner.charts.legend import Legend
from planner.charts.shading import hatch, write_labels
from planner.charts.style import Size
from planner.charts.words import good_in_sentence, heading, names, period_range
from planner.i18n import number, text

_SHORT, _UNKNOWN = "//////", "....."
STAR = "*"
"""Beside a price that is money alone, because a reserve or closing stock gives way."""
_SEQUENCE = ("#f3e9d2", "#e8c98b", "#d79a55", "#b5673a", "#80402f", "#45201f")


def price_map(  # noqa: PLR0913
    prices: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
    period: str | None = None,
    ax: Axes | None = None,
    size: Size = "page",
    title: str | None = None,
    language: str = "id",
    focus: Collection[str] = (),
) -> Axes:
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
    ax
        Where to draw; a figure of its own if None.
    size
        Of a figure of its own: A4 ``"half"`` or full ``"page"``, or 16:9 ``"slide"``.
    title
        Instead of the title from the catalogue.
    language
        ``"id"`` or ``"en"``.
    focus
        Provinces to point out.
    """
    rows = prices.loc[prices["commodity"] == commodity]
    rows = rows.loc[rows["period"] == period] if period else rows
    local = rows.loc[rows["kind"] != "short"].groupby("province")["idr_per_t"].mean() / 1000
    short, stock = (set(rows.loc[rows["kind"] == kind, "province"]) for kind in ("short", "stock"))
    stock -= short
    edges = _edges(local)
    with style.sheet():
        ax = ax or style.map_axes(size)
        base = basemap(ax, provinces, language)
        fills = {str(code): _colour(value, edges) for code, value in local.items()}
        every = dict.fromkeys(map(str, provinces["province"]), "#ffffff") | fills
        draw_land(base, every, focus)
        hatch(base, short, _SHORT, {code for code in fills if fills[code] in _SEQUENCE[3:]})
        unknown = set(every) - set(fills) - short
        hatch(base, unknown, _UNKNOWN)
        for panel in base.panels:
            draw_nodes(panel, every)
        known = names(provinces, "province", language)
        write_labels(base, known, _values(local, short, stock, language))
        _legend(base, edges, language, unknown=bool(unknown), stock=bool(stock))
        good = good_in_sentence(names(commodities, "commodity", language).get(commodity, commodity))
        when = period_range(rows["period"], language)
        below = text("chart.price_map.subtitle", language, period=when)
        heading(ax, title or text("chart.price_map.title", language, commodity=good), below)
        describe(ax, _alt(local, short, stock, known, language, commodity=good, period=when))
    return ax


def _edges(local: pd.Series) -> np.ndarray:
    """Return round class limits around all prices, at most six classes."""
    if len(local) == 0:
        return np.zeros(1)
    low, high = float(local.min()), float(local.max())
    locator = MaxNLocator(nbins=len(_SEQUENCE), steps=[1, 2, 2.5, 5, 10])
    return np.asarray(locator.tick_values(low, max(high, low + 1.0)))


def _colour(value: float, edges: np.ndarray) -> str:
    return _shades(edges)[_class(value, edges)]


def _class(value: float, edges: np.ndarray) -> int:
    return int(np.clip(np.searchsorted(edges, value, side="right") - 1, 0, len(edges) - 2))


def _shades(edges: np.ndarray) -> list[str]:
    """Spread the classes over the whole sequence from light to dark."""
    places = np.linspace(0, len(_SEQUENCE) - 1, max(len(edges) - 1, 2)).round().astype(int)
    return [to_hex(_SEQUENCE[place]) for place in places]


def _values(
    local: pd.Series[float], short: Collection[str], stock: Collection[str], language: str
) -> dict[str, str]:
    """Write the price of every province, with a star beside money alone, or that it runs short."""
    values = {
        str(code): f"Rp{number(float(price), language)}{STAR if code in stock else ''}"
        for code, price in local.items()
    }
    return values | dict.fromkeys(short, text("chart.price_map.short", language))


def _legend(base: Basemap, edges: np.ndarray, language: str, *, unknown: bool, stock: bool) -> None:
    legend = Legend(base)
    legend.head(text("chart.price_map.legend", language))
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{number(low, language)}–{number(high, language)}",
            {"facecolor": shade, "edgecolor": style.SOFT_INK},
        )
        for low, high, shade in zip(edges[:-1], edges[1:], _shades(edges), strict=False)
    ]
    hatched = {"facecolor": "white", "edgecolor": style.INK, "hatch": _SHORT}
    rows.append((text("chart.price_map.short_legend", language), hatched))
    if unknown:
        plain = {"facecolor": "white", "edgecolor": style.SOFT_INK, "hatch": _UNKNOWN}
        rows.append((text("chart.price_map.none", language), plain))
    legend.swatches(rows)
    legend.note(text("chart.price_map.note", language))
    if stock:
        legend.note(text("chart.price_map.stock_note", language))


def _alt(
    local: pd.Series[float],
    short: Collection[str],
    stock: Collection[str],
    known: dict[str, str],
    language: str,
    **words: str,
) -> str:
    """Return where the price is lowest and highest, where it is money alone, and where there is none."""
    sorted_by_price = local.sort_values(kind="stable")
    for word, ends in (("low", sorted_by_price.head(1)), ("high", sorted_by_price.tail(1))):
        said = [f"{known[str(c)]} (Rp{number(float(p), language)})" for c, p in ends.items()]
        words[word] = said[0] if said else "-"
    parts = [text("chart.price_map.alt", language, **words)]
    for key, codes in (("alt_stock", stock), ("alt_short", short)):
        places = ", ".join(known[code] for code in sorted(codes))
        parts += [text(f"chart.price_map.{key}", language, places=places)] if codes else []
    return " ".join(parts)
