"""The Sankey diagram: tonnes from sending to receiving provinces as transparent ribbons."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.sankey_layout import OTHERS, Side, fold_small, rows_within, sides
from planner.charts.titles import (
    amount,
    largest_of,
    note,
    period_range,
    unit_of,
)
from planner.i18n import number, percent, text, tonnes

_MARGINS = (1.95, 0.62, 1.95, 0.95)
_BAR = 0.022
_CURVE = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]


def _moves(rows: Tables) -> bool:
    return bool((rows["flows"]["tonnes"] > 0).any())


@chart("flows", by_period=True, standard=each_commodity("sankey", _moves))
def sankey(
    canvas: Canvas,
    flows: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
) -> None:
    """Draw who sends one commodity to whom, as ribbons as thick as their tonnes.

    Parameters
    ----------
    flows
        Columns origin, destination, commodity, period, tonnes.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    """
    rows = flows.loc[(flows["commodity"] == commodity) & (flows["tonnes"] > 0)]
    pairs = rows.groupby(["origin", "destination"], as_index=False)[["tonnes"]].sum()
    language, good = canvas.language, canvas.good(commodity, commodities)
    ax = canvas.open(_MARGINS)
    canvas.empty()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    period = period_range(rows["period"], language)
    total = tonnes(float(pairs["tonnes"].sum()), language)
    none = text("chart.flow_map.none", language)
    words = canvas.say("subtitle", period=period, tonnes=total) if len(pairs) else none
    canvas.head(canvas.say("title", commodity=good), words, 24)
    canvas.describe(words)
    if pairs.empty:
        return
    folded = fold_small(pairs, *[rows_within(style.points(ax)[1])] * 2)
    known = canvas.names(provinces)
    colour = style.kinds({commodity: good})[commodity].colour
    _draw(ax, folded, known, colour, language)
    canvas.describe(_alt(pairs, known, language, commodity=good, period=period, tonnes=total))
    _note(ax, pairs, folded, language)


def _draw(
    ax: Axes, folded: pd.DataFrame, known: dict[str, str], colour: str, language: str
) -> None:
    senders, receivers = sides(folded, style.points(ax)[1])
    unit, size = unit_of(max([*senders.amounts.values(), *receivers.amounts.values()]))
    _ribbons(ax, folded, senders, receivers, colour)
    for side, left in ((senders, True), (receivers, False)):
        names_of = _node_names(side, known, size, language)
        _nodes(ax, side, names_of, left=left)
    heads = (("senders", _BAR, "right"), ("receivers", 1 - _BAR, "left"))
    for word, place, align in heads:
        words = text(f"chart.sankey.{word}", language, unit=text(f"unit.{unit}", language))
        ax.text(place, 1.012, words, ha=align, fontsize=8, weight="bold", va="bottom")


def _ribbons(ax: Axes, folded: pd.DataFrame, senders: Side, receivers: Side, colour: str) -> None:
    """Stack the ribbons of each node in the order of the nodes opposite: no needless crossing."""
    tones = {code: 0.42 if place % 2 else 0.66 for place, code in enumerate(senders.order)}
    rank = {code: place for place, code in enumerate(receivers.order)}
    begin, end = dict(senders.tops), dict(receivers.tops)
    lanes = [(str(r.origin), str(r.destination), float(str(r.tonnes))) for r in folded.itertuples()]
    lanes.sort(key=lambda lane: (senders.order.index(lane[0]), rank[lane[1]]))
    for origin, destination, carried in lanes:
        thick = carried * senders.scale
        top, foot = begin[origin], end[destination]
        begin[origin], end[destination] = top - thick, foot - thick
        ax.add_patch(
            PathPatch(
                _ribbon(top, foot, thick),
                facecolor=colour,
                alpha=tones[origin],
                edgecolor=style.SOFT_INK,
                linewidth=0.25,
                gid=f"ribbon-{origin}-{destination}",
            )
        )


def _ribbon(top: float, foot: float, thick: float) -> Path:
    left, right = _BAR, 1 - _BAR
    upper = [(left, top), (0.5, top), (0.5, foot), (right, foot)]
    lower = [(right, foot - thick), (0.5, foot - thick), (0.5, top - thick), (left, top - thick)]
    return Path([*upper, *lower, (left, top)], _CURVE)


def _node_names(side: Side, known: dict[str, str], size: float, language: str) -> dict[str, str]:
    """Write the name and amount of each node."""
    count = number(side.others, language)
    known = known | {OTHERS: text("chart.others_count", language, count=count)}
    return {
        code: f"{known.get(code, code)}  {amount(side.amounts[code], size, language)}"
        for code in side.order
    }


def _nodes(ax: Axes, side: Side, words: dict[str, str], *, left: bool) -> None:
    for code in side.order:
        height = side.amounts[code] * side.scale
        corner = (0.0 if left else 1 - _BAR, side.tops[code] - height)
        look: dict[str, Any] = {"facecolor": style.INK, "edgecolor": style.INK, "linewidth": 0.4}
        ax.add_patch(Rectangle(corner, _BAR, height, **look, gid=f"node-{code}"))
        ax.text(
            -0.012 if left else 1.012,
            side.tops[code] - height / 2,
            words[code],
            ha="right" if left else "left",
            va="center",
            fontsize=style.TINY,
            gid="name",
        )


def _note(ax: Axes, pairs: pd.DataFrame, folded: pd.DataFrame, language: str) -> None:
    """Return how much of the drawing stands under "others"."""
    merged = folded.loc[(folded["origin"] == OTHERS) | (folded["destination"] == OTHERS)]
    if len(merged) == 0:
        return
    carried = float(merged["tonnes"].sum())
    words = text(
        "chart.sankey.merged",
        language,
        tonnes=tonnes(carried, language),
        share=percent(carried / float(pairs["tonnes"].sum()), language, 1),
    )
    note(ax, words, 10)


def _alt(pairs: pd.DataFrame, known: dict[str, str], language: str, **words: str) -> str:
    """Return who sends most and who gets most."""
    for end, word in (("origin", "sender"), ("destination", "receiver")):
        sums = pairs.groupby(end)["tonnes"].sum()
        words[word] = largest_of(sums, known, lambda value: tonnes(value, language))
    return text("chart.sankey.alt", language, **words)
