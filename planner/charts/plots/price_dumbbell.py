"""The dumbbell of prices: the local price before and after, one line a province."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.money import Money, decimals
from planner.charts.plots.price_map import STAR
from planner.charts.registry import chart
from planner.charts.titles import left_edge
from planner.i18n import number, signed, text

_ROW, _ABOVE, _BELOW = 0.205, 0.95, 1.17
_NAMES, _FIGURES = 1.85, 2.05
_SIDES = ("before", "after")


@chart("compared_prices", of="compare")
def price_dumbbell(
    canvas: Canvas,
    prices: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
) -> None:
    """Draw the local prices of two runs, the largest rise at the top; a note counts the others.

    Parameters
    ----------
    prices
        The table of prices of a comparison: province, commodity, idr_per_t_before, idr_per_t_after,
        idr_per_t_difference (blank where either run is short all the time), short_before and
        short_after (periods without a price), stock_before and stock_after (periods in which a reserve or
        closing stock gives way: a star says that the price is money alone).
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    """
    rows, language = prices.loc[prices["commodity"] == commodity], canvas.language
    known, good = canvas.names(provinces), canvas.good(commodity, commodities)
    room = canvas.open_rows(len(rows), _ROW, (_NAMES, _BELOW, _FIGURES, _ABOVE))
    ax, drawn, summary = canvas.ax, _chosen(rows, room), _summary(rows, language)
    canvas.head(canvas.say("title", commodity=good), summary, 22)
    canvas.describe(_alt(canvas, drawn, known, commodity=good, summary=summary))
    if drawn.empty:
        canvas.empty()
        return
    _dumbbells(ax, drawn)
    for row, price in enumerate(drawn.to_dict("records")):
        _figures(canvas, row, price, _places(drawn))
    ax.set_yticks(range(len(drawn)), [known.get(c, c) for c in drawn["province"]])
    _axis(canvas, drawn)
    _legend(ax, language)
    canvas.note(_note(rows, drawn, language), 34)


def _chosen(rows: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Keep the largest changes, and sort them from the largest rise to the largest fall."""
    change = rows["idr_per_t_difference"].astype(float)
    kept = rows.assign(change=change, size=change.abs().fillna(float("inf")))
    kept = kept.nlargest(limit, "size", keep="first")
    return kept.sort_values(["change", "province"], ascending=[False, True], na_position="first")


def _dumbbells(ax: Axes, drawn: pd.DataFrame) -> None:
    """Draw a line from the price before, an open mark, to the price after, a filled one."""
    before, after = (drawn[f"idr_per_t_{side}"].astype(float) / 1000 for side in _SIDES)
    places = range(len(drawn))
    rises = (after >= before).tolist()
    colours = [style.SHORTAGE if rise else style.SURPLUS for rise in rises]
    lines = ax.hlines(places, before, after, colors=colours, linewidth=3.0, zorder=2)
    lines.set_gid("change")
    look: dict[str, Any] = {"edgecolors": style.INK, "linewidths": 0.9, "s": 26, "zorder": 3}
    for side, values, fill in (("before", before, "white"), ("after", after, style.INK)):
        ax.scatter(values, places, c=fill, gid=side, **look)


def _figures(canvas: Canvas, row: int, price: dict[Any, Any], places: int) -> None:
    """Write both prices and the change beside a row, or that there is none."""
    scarce, money = text("chart.price_map.short", canvas.language), canvas.money
    sides = [float(price[f"idr_per_t_{side}"]) / 1000 for side in _SIDES]
    months = [int(price[f"short_{side}"]) for side in _SIDES]
    said = [
        scarce
        if missing and isnan(value)
        else _price(value, money, places) + (STAR if stock else "")
        for value, missing, stock in zip(sides, months, _from_stock(price), strict=True)
    ]
    change = sides[1] - sides[0]
    words = " → ".join(said)
    if not isnan(change):
        words += f"  ({signed(number(abs(change), canvas.language, places), change)})"
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center"}
    canvas.ax.annotate(words, (1, row), (6, 0), textcoords="offset points", gid="figures", **place)


def _from_stock(price: Mapping[Any, Any]) -> list[bool]:
    """Return of each side whether a reserve or closing stock gives way beside the price that stands there."""
    return [price[f"stock_{side}"] > 0 and not isnan(price[f"idr_per_t_{side}"]) for side in _SIDES]


def _price(value: float, money: Money, places: int) -> str:
    return money.price(value, places) if not isnan(value) else "-"


def _places(drawn: pd.DataFrame) -> int:
    """Return the decimals that tell the prices apart."""
    both = drawn[[f"idr_per_t_{side}" for side in _SIDES]].astype(float)
    largest = float(both.max().max()) / 1000
    return 0 if isnan(largest) else decimals(largest)


def _axis(canvas: Canvas, drawn: pd.DataFrame) -> None:
    ax, places = canvas.ax, _places(drawn)
    ax.set_ylim(len(drawn) - 0.4, -0.6)
    ax.margins(x=0.06)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: number(value, canvas.language, places))
    )
    label = text("chart.price_map.legend", canvas.language, money=canvas.money.heading)
    ax.set_xlabel(label)
    ax.grid(axis="x", color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.xaxis.set_visible(bool(drawn["change"].notna().any()))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _legend(ax: Axes, language: str) -> None:
    """Report the marks and the colours of the lines, in one row above the chart."""
    mark: dict[str, Any] = {"linestyle": "none", "marker": "o", "markeredgecolor": style.INK}
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("before", mark | {"markerfacecolor": "white"}),
        ("after", mark | {"markerfacecolor": style.INK}),
        ("rise", {"color": style.SHORTAGE, "linewidth": 3.0}),
        ("fall", {"color": style.SURPLUS, "linewidth": 3.0}),
    )
    handles = [
        Line2D([], [], markersize=5, label=text(f"chart.price_dumbbell.{key}", language), **look)
        for key, look in looks
    ]
    ax.legend(
        handles=handles, ncols=4, loc="lower left", bbox_to_anchor=(left_edge(ax), 1.0),
        frameon=False, borderaxespad=0.2, borderpad=0.0, handletextpad=0.4, columnspacing=1.4,
        handlelength=1.6,
    )  # fmt: skip


def _summary(rows: pd.DataFrame, language: str) -> str:
    """Count the provinces where the price rises, falls, or cannot be compared."""
    change = rows["idr_per_t_difference"].astype(float)
    if rows.empty:
        return text("chart.price_dumbbell.none", language)
    counts = {"rises": (change > 0).sum(), "falls": (change < 0).sum()}
    words = {name: number(int(count), language) for name, count in counts.items()}
    told = text("chart.price_dumbbell.summary", language, **words)
    if lost := int(change.isna().sum()):
        told += text("chart.price_dumbbell.lost", language, count=number(lost, language))
    return told


def _note(rows: pd.DataFrame, drawn: pd.DataFrame, language: str) -> str:
    """Return what is not drawn, and what a star means."""
    parts = [text("chart.price_dumbbell.note", language)]
    if len(drawn) < len(rows):
        count = number(len(rows) - len(drawn), language)
        parts.append(text("chart.price_dumbbell.rest", language, count=count))
    lines = [" ".join(parts)]
    if any(any(_from_stock(price)) for price in drawn.to_dict("records")):
        lines.append(text("chart.price_map.stock_note", language))
    return "\n".join(lines)


def _alt(canvas: Canvas, drawn: pd.DataFrame, known: dict[str, str], **words: str) -> str:
    """Return where the price changes most."""
    changes = drawn.set_index("province")["change"].dropna() / 1000
    if changes.empty:
        return words["summary"]
    place = str(changes.abs().idxmax())
    value = float(changes[place])
    words["place"] = known.get(place, place)
    words["change"] = signed(canvas.money.each(abs(value), _places(drawn)), value)
    return canvas.say("alt", **words)
