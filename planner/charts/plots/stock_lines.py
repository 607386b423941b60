"""Stock through the year: of the whole scenario and of some provinces, with the reserve to be kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.period_axis import period_ticks
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.titles import period_range, unit_of
from planner.i18n import month, number, text, tonnes

_MARGINS = (0.62, 0.95, 0.3, 0.85)
_PANEL = (122.0, 76.0)
"""Least width and height of a panel, points."""
_MOST = (4, 3)
"""Panels across and down that a reader takes in."""
_GAP = (38.0, 42.0)
"""Points between panels, across and down: room for the numbers and the name."""
_LEAST_STOCK = 0.1
"""So much of what is needed must be held on average for a chart in the standard set."""


def _holds_stock(rows: Tables) -> bool:
    nodes = rows["nodes"]
    return bool(nodes["opening"].sum() > _LEAST_STOCK * nodes["need"].sum() > 0)


@chart("nodes", standard=each_commodity("stock", _holds_stock))
def stock(
    canvas: Canvas,
    nodes: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    balance: pd.DataFrame | None = None,
    commodities: pd.DataFrame | None = None,
    focus: Collection[str] = (),
) -> None:
    """Draw the stock at the end of each period, a panel a place; every panel has its own scale.

    Parameters
    ----------
    nodes
        Columns province, commodity, period, opening, closing (t).
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    balance
        Columns province, commodity, period, reserve (t); without it no reserve is drawn.
    focus
        Provinces to show first; those that hold most follow.
    """
    held, language = _held(nodes, commodity), canvas.language
    reserve = _reserve(balance, commodity).reindex(held.index, fill_value=0.0)
    known, good = canvas.names(provinces), canvas.good(commodity, commodities)
    ax = canvas.open(_MARGINS)
    canvas.empty()
    unit, each = unit_of(float(held.sum().max()) if len(held) else 0.0)
    periods = nodes.loc[nodes["commodity"] == commodity, "period"]
    period, unit = period_range(periods, language), text(f"unit.{unit}", language)
    below = canvas.say("subtitle", period=period, unit=unit)
    canvas.head(canvas.say("title", commodity=good), below, 24)
    canvas.describe(_alt(held.sum(), language, commodity=good, period=period))
    panels = _panels(ax)
    rows = [(canvas.say("whole"), held.sum(), reserve.sum())]
    places = _places(held, focus, len(panels) - 1)
    rows += [(known.get(code, code), held.T[code], reserve[code]) for code in places]
    for panel, (name, line, kept) in zip(panels, rows, strict=False):
        _line(panel, line / each, kept / each)
        _axes(panel, name, list(held.columns[1:]), language)
    for panel in panels[len(rows) :]:
        panel.remove()
    if any(kept > 0 for _, _, kept in rows):
        canvas.note(canvas.say("reserve"), 34)


def _held(nodes: pd.DataFrame, commodity: str) -> pd.DataFrame:
    """Tabulate the stock: provinces down; across what was there at first, then the end of each period."""
    rows = nodes.loc[nodes["commodity"] == commodity]
    ends = rows.pivot_table("closing", "province", "period")
    first = rows.loc[rows["period"] == rows["period"].min()].set_index("province")["opening"]
    ends.insert(0, "", first)
    return ends


def _reserve(balance: pd.DataFrame | None, commodity: str) -> pd.Series[float]:
    """Return the reserve of each province, the same in all periods."""
    if balance is None or "reserve" not in balance:
        return pd.Series(dtype=float)
    rows = balance.loc[balance["commodity"] == commodity]
    return rows.groupby("province")["reserve"].max()


def _places(held: pd.DataFrame, focus: Collection[str], count: int) -> list[str]:
    largest = held.mean(axis="columns").sort_values(ascending=False, kind="stable")
    holders = [str(code) for code, mean in largest.items() if mean > 0]
    first = [code for code in focus if code in held.index]
    return [*first, *(code for code in holders if code not in first)][:count]


def _panels(ax: Axes) -> list[Axes]:
    """Divide the axes into panels, row by row from the top."""
    width, height = style.points(ax)
    across, down = (
        min(max(int((total + gap) / (least + gap)), 1), most)
        for total, least, gap, most in zip((width, height), _PANEL, _GAP, _MOST, strict=True)
    )
    wide = (width - _GAP[0] * (across - 1)) / across
    high = (height - _GAP[1] * (down - 1)) / down
    corners = [
        ((wide + _GAP[0]) * column, height - high - (high + _GAP[1]) * row)
        for row in range(down)
        for column in range(across)
    ]
    size = (wide / width, high / height)
    return [ax.inset_axes((left / width, foot / height, *size)) for left, foot in corners]


def _line(panel: Axes, line: pd.Series[float], kept: float) -> None:
    """Draw the stock from the start to the end of the horizon, and the reserve."""
    values = np.asarray(line, dtype=float)
    across = np.arange(len(values))
    look: dict[str, Any] = {"color": style.SURPLUS, "linewidth": 1.4, "clip_on": False}
    panel.plot(across, values, gid="stock", **look)
    panel.fill_between(across, values, color=style.SURPLUS, alpha=0.15, linewidth=0)
    if kept > 0:
        dashes: dict[str, Any] = {"linestyle": (0, (4, 2)), "linewidth": 1.0}
        panel.axhline(kept, color=style.INK, gid="reserve", **dashes)
    panel.set_xlim(0, max(len(values) - 1, 1))
    panel.set_ylim(0, max(float(values.max()), kept, 1e-9) * 1.08)


def _axes(panel: Axes, name: str, labels: list[str], language: str) -> None:
    places, said = period_ticks(labels, style.points(panel)[0], language)
    panel.set_xticks([place + 0.5 for place in places], said)
    panel.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    decimals = 0 if panel.get_ylim()[1] >= 4 else 1
    written = FuncFormatter(lambda value, _: number(value, language, decimals))
    panel.yaxis.set_major_formatter(written)
    panel.tick_params(labelsize=style.TINY, length=0, pad=3)
    panel.tick_params(axis="x", pad=6)
    panel.grid(axis="y", color=style.LAND, linewidth=0.6)
    panel.set_axisbelow(True)
    panel.set_title(name, fontsize=8, pad=5, gid="place")


def _alt(whole: pd.Series[float], language: str, **words: str) -> str:
    """Return when all stocks together are largest and smallest."""
    ends = whole.iloc[1:]
    if ends.empty:
        return text("chart.stock.title", language, **words)
    for word, when in (("most", str(ends.idxmax())), ("least", str(ends.idxmin()))):
        words[word] = f"{month(when, language)} ({tonnes(float(ends[when]), language)})"
    return text("chart.stock.alt", language, **words)
