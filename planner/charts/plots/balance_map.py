"""The map of surplus and shortage: shades that part at zero, a triangle for every province."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from planner.charts import arguments, style
from planner.charts.basemap import Basemap, basemap, draw_land
from planner.charts.canvas import Canvas
from planner.charts.choropleth import hatch, write_labels
from planner.charts.legend import Legend, round_down
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.titles import (
    amount,
    largest_of,
    period_range,
    unit_of,
)
from planner.i18n import number, signed, text, tonnes

SURPLUS = ("#cfdcec", "#7ea3cd", style.SURPLUS)
SHORTAGE = ("#fbe6cb", style.SHORTAGE, "#a9590f")
"""Shades of both sides, small amounts first; shortage is hatched as well."""
_HATCH = "////"
_MARK = 34.0
"""Size of a triangle in square points: even an island of one pixel shows its colour."""
_SMALL, _MIDDLE = 1 / 20, 1 / 4


def _has_rows(rows: Tables) -> bool:
    return len(rows["balance_totals"]) > 0


@chart(
    "balance_totals",
    size="page",
    by_period="balance",
    standard=each_commodity("balance_map", _has_rows),
)
def balance_map(
    canvas: Canvas,
    balance: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
    focus: Collection[str] = (),
) -> None:
    """Colour provinces by what they have over or lack.

    Parameters
    ----------
    balance
        Columns province, commodity, surplus, shortage (t), as of `balance_bars`.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    focus
        Provinces to point out.
    """
    rows, language = arguments.one_period(balance, commodity, canvas.chart), canvas.language
    sums = rows.groupby("province")[["surplus", "shortage"]].sum()
    net = sums["surplus"] - sums["shortage"]
    limits = _limits(float(net.abs().max()) if len(net) else 0.0)
    known, good = canvas.names(provinces), canvas.good(commodity, commodities)
    base = basemap(canvas.open(), provinces, language)
    fills = {str(code): _colour(value, limits) for code, value in net.items()}
    draw_land(base, dict.fromkeys(known, "#ffffff") | fills, focus)
    dark = {code for code, fill in fills.items() if fill == SHORTAGE[2]}
    hatch(base, [str(code) for code in net.index[net < 0]], _HATCH, dark)
    _marks(base, net, fills)
    unit, each = unit_of(limits[-1])
    write_labels(base, known, _values(net, each, language))
    _legend(base, limits, unit, language)
    period = period_range(rows["period"], language)
    said = {str(name): tonnes(float(total), language) for name, total in sums.sum().items()}
    below = canvas.say("subtitle", period=period, **said)
    canvas.head(canvas.say("title", commodity=good), below)
    canvas.describe(_alt(net, known, language, commodity=good, below=below))


def _limits(largest: float) -> list[float]:
    """Return round limits of the three classes of each side, the last the largest amount."""
    return [round_down(largest * _SMALL), round_down(largest * _MIDDLE), largest]


def _colour(net: float, limits: list[float]) -> str:
    shades = SURPLUS if net > 0 else SHORTAGE
    return "#ffffff" if net == 0 else shades[int(np.searchsorted(limits[:2], abs(net)))]


def _marks(base: Basemap, net: pd.Series[float], fills: dict[str, str]) -> None:
    """Put a triangle on every node: up where there is surplus, down where there is shortage."""
    look: dict[str, Any] = {"edgecolors": "black", "linewidths": 0.8, "zorder": 6}
    sides = {"surplus": ("^", net > 0), "shortage": ("v", net < 0), "even": ("o", net == 0)}
    for panel in base.panels:
        for name, (marker, chosen) in sides.items():
            codes = [str(code) for code in net.index[chosen] if code in panel.places]
            spots = np.array([panel.places[code] for code in codes]).reshape(-1, 2)
            colours = [fills[code] for code in codes]
            panel.axes.scatter(
                spots[:, 0], spots[:, 1], s=_MARK, c=colours, marker=marker, gid=name, **look
            )


def _values(net: pd.Series[float], each: float, language: str) -> dict[str, str]:
    """Write the signed amount of every province."""
    return {str(c): signed(amount(abs(value), each, language), value) for c, value in net.items()}


def _legend(base: Basemap, limits: list[float], unit: str, language: str) -> None:
    legend = Legend(base)
    legend.head(text("chart.balance_map.legend", language, unit=text(f"unit.{unit}", language)))
    edges = [0.0, *limits]
    each = unit_of(limits[-1])[1]
    said = [
        f"{number(low / each, language)}–{number(high / each, language)}"
        for low, high in pairwise(edges)
    ]
    ink = {"edgecolor": style.SOFT_INK}
    for key, shades, more in (
        ("surplus", SURPLUS, ink),
        ("shortage", SHORTAGE, ink | {"hatch": _HATCH}),
    ):
        words = text(f"chart.balance_map.{key}", language)
        rows = zip(said[::-1], shades[::-1], strict=True)
        legend.swatches([(f"{words} {span}", {"facecolor": fill, **more}) for span, fill in rows])


def _alt(net: pd.Series[float], known: dict[str, str], language: str, **words: str) -> str:
    """Return where most is over, and where most is lacking."""
    for word, side in (("most", net), ("least", -net)):
        words[word] = largest_of(side, known, lambda value: tonnes(value, language))
    return text("chart.balance_map.alt", language, **words)
