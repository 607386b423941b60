"""Diverging bars: the lanes whose tonnes change most between two runs, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.registry import chart
from planner.charts.titles import (
    amount,
    good_in_sentence,
    note,
    period_range,
    unit_of,
)
from planner.i18n import number, signed, text, tonnes

_ROW = 0.3
_ABOVE, _BELOW = 1.0, 0.85
_NAMES, _FIGURES = 2.45, 1.45
"""Room left of the bars for the names of lanes, right of them for their figures, inches."""


@chart("compared_lanes", of="compare")
def comparison(
    canvas: Canvas,
    lanes: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodities: pd.DataFrame | None = None,
    modes: pd.DataFrame | None = None,
    periods: Sequence[str] = (),
    limit: int | None = None,
) -> None:
    """Draw the lanes that change most.

    Parameters
    ----------
    lanes
        `lanes.csv` of a comparison, the largest change first.
    provinces, commodities, modes
        The tables of the scenario.
    periods
        Periods of the runs, for the line under the title.
    limit
        How many lanes to draw, as many as find room if None; a note counts the others.
    """
    wanted, language = min(limit or len(lanes), len(lanes)), canvas.language
    room = canvas.open_rows(wanted, _ROW, (_NAMES, _BELOW, _FIGURES, _ABOVE))
    ax, limit = canvas.ax, limit or room
    drawn, rest = lanes.head(limit), lanes.iloc[limit:]
    unit, each = unit_of(float(drawn["tonnes_difference"].abs().max()) if len(drawn) else 0.0)
    _bars(ax, drawn["tonnes_difference"], each, language)
    _axis(ax, len(drawn), unit, language)
    tables = {"province": provinces, "commodity": commodities, "mode": modes}
    known = {key: canvas.names(table, key) for key, table in tables.items()}
    for row, lane in enumerate(drawn.to_dict("records")):
        _name(ax, row, lane, known, language)
        _figures(canvas, row, lane, each)
    _heads(ax, language)
    canvas.head(canvas.say("title"), _when(periods, language), 22)
    _note(ax, drawn, rest, language)
    canvas.describe(_alt(drawn, known, language))


def _bars(ax: Axes, change: pd.Series[float], size: float, language: str) -> None:
    sides = (("more", 1, style.SURPLUS, None), ("less", -1, style.SHORTAGE, "////"))
    for gid, sign, colour, hatch in sides:
        side = change.where(change * sign > 0, 0.0)
        bars = ax.barh(
            range(len(change)),
            side / size,
            height=0.6,
            color=colour,
            hatch=hatch,
            edgecolor=style.INK if hatch else colour,
            linewidth=0.4,
            gid=gid,
        )
        words = [signed(amount(abs(t), size, language), t) if t else "" for t in side]
        ax.bar_label(bars, words, padding=3, fontsize=style.TINY)


def _axis(ax: Axes, rows: int, unit: str, language: str) -> None:
    low, high = ax.get_xlim()
    room = 0.2 * max(high - low, 1e-9)
    ax.set_xlim(min(low, 0) - room, max(high, 0) + room)
    ax.set_ylim(max(rows, 4) - 0.4, -0.6)
    ax.set_yticks([])
    ax.axvline(0, color=style.INK, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    ax.set_xlabel(text(f"unit.{unit}", language))
    ax.grid(axis="x", color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)


def _name(
    ax: Axes,
    row: int,
    lane: Mapping[Any, Any],
    known: Mapping[str, Mapping[str, str]],
    language: str,
) -> None:
    """Name a lane: the provinces, and below them what goes by what."""
    ends = {
        end: known["province"].get(lane[end], lane[end]).replace("Kepulauan ", "Kep. ")
        for end in ("origin", "destination")
    }
    ways = [known[key].get(lane[key], lane[key]) for key in ("commodity", "mode")]
    ways = [*map(good_in_sentence, ways), lane["service"]]
    _beside(ax, 0, row, text("chart.comparison.lane", language, **ends), above=True)
    _beside(ax, 0, row, " · ".join(part for part in ways if part), above=False)


def _figures(canvas: Canvas, row: int, lane: Mapping[Any, Any], size: float) -> None:
    """Write the tonnes before and after, and below them what freight costs more or less."""
    ax, language = canvas.ax, canvas.language
    old, new = (amount(lane[f"tonnes_{side}"], size, language) for side in ("before", "after"))
    idr = float(lane["idr_difference"])
    _beside(ax, 1, row, f"{old} → {new}", above=True)
    _beside(ax, 1, row, signed(canvas.money.whole(abs(idr)), idr), above=False)


def _beside(ax: Axes, side: int, row: int, words: str, *, above: bool) -> None:
    """Write one of the two lines at the left or the right end of a row."""
    ax.annotate(
        words,
        (side, row),
        (8 if side else -8, 0.5 if above else -0.5),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="left" if side else "right",
        va="bottom" if above else "top",
        fontsize=style.TINY,
        color=style.INK if above else style.SOFT_INK,
        gid="beside",
    )


def _heads(ax: Axes, language: str) -> None:
    """Name both sides of the zero line, and the figures at the right."""
    zero = ax.transAxes.inverted().transform(ax.transData.transform((0, 0)))[0]
    heads = (("less", zero, "right", -6), ("more", zero, "left", 6), ("figures", 1, "left", 8))
    for key, place, align, shift in heads:
        ax.annotate(
            text(f"chart.comparison.{key}", language),
            (place, 1),
            (shift, 5),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=align,
            weight="bold",
            fontsize=7.5,
        )


def _when(periods: Sequence[str], language: str) -> str:
    words = [period_range(pd.Series(periods, dtype=object), language)]
    return " · ".join(
        part for part in [*words, text("chart.comparison.subtitle", language)] if part
    )


def _note(ax: Axes, drawn: pd.DataFrame, rest: pd.DataFrame, language: str) -> None:
    """Return what is not drawn."""
    if len(drawn) and rest.empty:
        return
    change = rest["tonnes_difference"]
    sums = {"more": change.clip(lower=0).sum(), "less": -change.clip(upper=0).sum()}
    words = {side: tonnes(float(total), language) for side, total in sums.items()}
    key = "rest" if len(drawn) else "none"
    count = number(len(rest), language)
    note(ax, text(f"chart.comparison.{key}", language, count=count, **words), 32)


def _alt(drawn: pd.DataFrame, known: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return which lane changes most."""
    if drawn.empty:
        return text("chart.comparison.none", language)
    lane, places = drawn.iloc[0], known["province"]
    change = float(lane["tonnes_difference"])
    largest = text(
        "chart.alt.lane",
        language,
        origin=places.get(lane["origin"], lane["origin"]),
        destination=places.get(lane["destination"], lane["destination"]),
        kind=good_in_sentence(known["commodity"].get(lane["commodity"], lane["commodity"])),
        tonnes=signed(tonnes(abs(change), language), change),
    )
    count = number(len(drawn), language)
    return text("chart.comparison.alt", language, count=count, largest=largest)
