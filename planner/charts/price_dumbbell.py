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
from planner.charts.captions import describe
from planner.charts.price_map import STAR
from planner.charts.style import Size
from planner.charts.words import good_in_sentence, heading, left_edge, names, note
from planner.i18n import number, signed, text

_ROW, _ABOVE, _BELOW = 0.205, 0.95, 1.17
_NAMES, _FIGURES = 1.85, 2.05
_SIDES = ("before", "after")


def price_dumbbell(
    prices: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
    ax: Axes | None = None,
    size: Size = "half",
    title: str | None = None,
    language: str = "id",
) -> Axes:
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
    ax
        Where to draw; a figure of its own if None.
    size
        Of a figure of its own: A4 ``"half"`` or full ``"page"``, or 16:9 ``"slide"``.
    title
        Instead of the title from the catalogue.
    language
        ``"id"`` or ``"en"``.
    """
    rows = prices.loc[prices["commodity"] == commodity]
    known = names(provinces, "province", language)
    good = good_in_sentence(names(commodities, "commodity", language).get(commodity, commodity))
    with style.sheet():
        if ax is None:
            height = _ABOVE + _BELOW + _ROW * max(len(rows), 4)
            margins = (_NAMES, _BELOW, _FIGURES, _ABOVE)
            ax = style.sized_axes(size, margins, height=height, upright=True)
        drawn = _chosen(rows, max(int(style.points(ax)[1] / 72 / _ROW + 0.01), 1))
        summary = _summary(rows, language)
        words = text("chart.price_dumbbell.title", language, commodity=good)
        heading(ax, title or words, summary, 22)
        describe(ax, _alt(drawn, known, language, commodity=good, summary=summary))
        if drawn.empty:
            ax.set_axis_off()
            return ax
        _dumbbells(ax, drawn)
        for row, price in enumerate(drawn.to_dict("records")):
            _figures(ax, row, price, language)
        ax.set_yticks(range(len(drawn)), [known.get(c, c) for c in drawn["province"]])
        _axis(ax, len(drawn), language, priced=bool(drawn["change"].notna().any()))
        _legend(ax, language)
        note(ax, _note(rows, drawn, language), 34)
    return ax


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


def _figures(ax: Axes, row: int, price: dict[Any, Any], language: str) -> None:
    """Write both prices and the change beside a row, or that there is none."""
    scarce = text("chart.price_map.short", language)
    sides = [float(price[f"idr_per_t_{side}"]) / 1000 for side in _SIDES]
    months = [int(price[f"short_{side}"]) for side in _SIDES]
    said = [
        scarce if missing and isnan(value) else _rupiah(value, language) + (STAR if stock else "")
        for value, missing, stock in zip(sides, months, _from_stock(price), strict=True)
    ]
    change = sides[1] - sides[0]
    words = " → ".join(said)
    if not isnan(change):
        words += f"  ({signed(number(abs(change), language), change)})"
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center"}
    ax.annotate(words, (1, row), (6, 0), textcoords="offset points", gid="figures", **place)


def _from_stock(price: Mapping[Any, Any]) -> list[bool]:
    """Return of each side whether a reserve or closing stock gives way beside the price that stands there."""
    return [price[f"stock_{side}"] > 0 and not isnan(price[f"idr_per_t_{side}"]) for side in _SIDES]


def _rupiah(value: float, language: str) -> str:
    return f"Rp{number(value, language)}" if not isnan(value) else "-"


def _axis(ax: Axes, rows: int, language: str, *, priced: bool) -> None:
    ax.set_ylim(rows - 0.4, -0.6)
    ax.margins(x=0.06)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    ax.set_xlabel(text("chart.price_map.legend", language))
    ax.grid(axis="x", color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.xaxis.set_visible(priced)
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


def _alt(drawn: pd.DataFrame, known: dict[str, str], language: str, **words: str) -> str:
    """Return where the price changes most."""
    changes = drawn.set_index("province")["change"].dropna() / 1000
    if changes.empty:
        return words["summary"]
    place = str(changes.abs().idxmax())
    value = float(changes[place])
    words["place"] = known.get(place, place)
    words["change"] = signed(f"Rp{number(abs(value), language)}", value)
    return text("chart.price_dumbbell.alt", language, **words)
