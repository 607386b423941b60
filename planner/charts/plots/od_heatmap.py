"""The origin-destination heat map: senders down, receivers across, tonnes in the cells."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.patches import Rectangle

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.heat_cells import draw_cells
from planner.charts.registry import Tables, chart, whole_plan
from planner.charts.sankey_layout import OTHERS, fold_small
from planner.charts.text_metrics import width_of
from planner.charts.titles import (
    amount,
    period_range,
    unit_of,
)
from planner.i18n import number, percent, text, tonnes

_COLUMN, _ROW = 23.0, 13.5
"""Least width and height of a cell, points: so much a number needs."""
_MARGINS = (2.1, 0.75, 0.3, 2.4)
_SHADES = LinearSegmentedColormap.from_list("tonnes", ["#eaf0f7", "#7ea3cd", "#1b4f8a", "#0a1f3a"])
_STRETCH = 0.5
"""Small flows shall be seen beside large ones: shades follow the root of the tonnes."""


def _moves(rows: Tables) -> bool:
    return bool((rows["flows"]["tonnes"] > 0).any())


@chart("flows", size="page", by_period=True, standard=whole_plan("od_heatmap", _moves))
def od_heatmap(
    canvas: Canvas,
    flows: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str = "",
    commodities: pd.DataFrame | None = None,
) -> None:
    """Draw how much each province sends to each other, both sides in the order of the islands.

    Parameters
    ----------
    flows
        Columns origin, destination, commodity, period, tonnes; periods are added up.
    provinces, commodities
        The tables of the scenario; provinces keep their order there, group by group.
    commodity
        Which commodity; all of them added up if blank.
    """
    rows = flows.loc[flows["tonnes"] > 0]
    rows = rows.loc[rows["commodity"] == commodity] if commodity else rows
    pairs = rows.groupby(["origin", "destination"], as_index=False)[["tonnes"]].sum()
    groups, known, language = _groups(provinces), canvas.names(provinces), canvas.language
    ax = canvas.open(_MARGINS)
    width, height = style.points(ax)
    room = (int(side / least) - 1 for side, least in ((height, _ROW), (width, _COLUMN)))
    folded = fold_small(pairs, *(max(count, 1) for count in room))
    title = canvas.say("title_one", commodity=canvas.good(commodity, commodities))
    said = title if commodity else canvas.say("title"), _line(rows, language)
    canvas.describe(_alt(pairs, known, language, line=said[1]))
    if pairs.empty:
        canvas.head(*said)
        canvas.empty()
        return
    cells = _laid_out(folded, groups)
    unit, each = unit_of(float(pairs["tonnes"].max()))
    values = cells.to_numpy(float)
    norm = PowerNorm(_STRETCH, 0, values.max())
    draw_cells(ax, values, _SHADES, norm, lambda value: _written(value, each, language))
    _blocks(ax, cells, groups)
    sums = (("origin", cells.sum(axis="columns")), ("destination", cells.sum()))
    ends = [_named(t, known, folded.attrs[side], each, language) for side, t in sums]
    _labels(ax, *ends)
    canvas.head(*said, max(width_of(words, style.TINY) for words in ends[1]) + 10)
    _heads(ax, unit, language)
    canvas.note(_note(pairs, folded, groups, language), 8)


def _groups(provinces: pd.DataFrame) -> dict[str, str]:
    """Return the group of islands of each province, in the order of the groups."""
    table = provinces.assign(group=provinces["island_group"].astype(str))
    first = {name: rank for rank, name in enumerate(dict.fromkeys(table["group"]))}
    table = table.sort_values("group", key=lambda column: column.map(first), kind="stable")
    return dict(zip(table["province"].astype(str), table["group"], strict=True))


def _laid_out(folded: pd.DataFrame, groups: dict[str, str]) -> pd.DataFrame:
    """Lay senders down and receivers across, without those that have nothing, 0 where nothing moves."""
    cells = folded.pivot_table("tonnes", "origin", "destination", fill_value=0.0)
    order = [*groups, OTHERS]
    return cells.loc[
        [code for code in order if code in cells.index],
        [code for code in order if code in cells.columns],
    ]


def _written(value: float, each: float, language: str) -> str:
    """Write an amount; what would round to nothing is no zero."""
    least = 0.1 if each > 1 else 1.0
    if value / each < least / 2:
        return f"<{number(least, language, 1 if each > 1 else 0)}"
    return amount(value, each, language)


def _blocks(ax: Axes, cells: pd.DataFrame, groups: dict[str, str]) -> None:
    """Frame the cells where sender and receiver lie in the same group of islands."""
    down, across = (
        [groups.get(code, "") for code in axis] for axis in (cells.index, cells.columns)
    )
    for group in dict.fromkeys(groups.values()):
        if group in down and group in across:
            corner = (across.index(group) - 0.5, down.index(group) - 0.5)
            span = (across.count(group), down.count(group))
            ax.add_patch(Rectangle(corner, *span, fill=False, linewidth=1.2, gid=f"block-{group}"))


def _labels(ax: Axes, rows: list[str], columns: list[str]) -> None:
    for axis, said in ((ax.yaxis, rows), (ax.xaxis, columns)):
        axis.set_ticks(range(len(said)), said, fontsize=style.TINY)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", rotation=90)
    ax.tick_params(length=0, pad=3)


def _named(
    sums: pd.Series[float], known: dict[str, str], others: int, each: float, language: str
) -> list[str]:
    """Name the rows or columns, with their sums."""
    count = text("chart.others_count", language, count=number(others, language))
    every = known | {OTHERS: count}
    return [
        f"{every.get(code, code)}  {_written(total, each, language)}".replace("Kepulauan", "Kep.")
        for code, total in zip(map(str, sums.index), sums, strict=True)
    ]


def _heads(ax: Axes, unit: str, language: str) -> None:
    """Return above the names of the rows which side is which, and in what unit."""
    words = text("chart.od_heatmap.sides", language, unit=text(f"unit.{unit}", language))
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    ax.annotate(words, (0, 1), (-5, 6), ha="right", weight="bold", gid="sides", **look)


def _line(rows: pd.DataFrame, language: str) -> str:
    if rows.empty:
        return text("chart.flow_map.none", language)
    total = tonnes(float(rows["tonnes"].sum()), language)
    period = period_range(rows["period"], language)
    return text("chart.sankey.subtitle", language, period=period, tonnes=total)


def _note(pairs: pd.DataFrame, folded: pd.DataFrame, groups: dict[str, str], language: str) -> str:
    """Return what the frames are, and how much stands under "others"."""
    total = float(pairs["tonnes"].sum())
    ends = [pairs[side].map(groups) for side in ("origin", "destination")]
    inside = float(pairs.loc[ends[0] == ends[1], "tonnes"].sum())
    parts = [text("chart.od_heatmap.blocks", language, share=percent(inside / total, language))]
    merged = folded.loc[(folded["origin"] == OTHERS) | (folded["destination"] == OTHERS), "tonnes"]
    if len(merged):
        carried = float(merged.sum())
        words = {
            "tonnes": tonnes(carried, language),
            "share": percent(carried / total, language, 1),
        }
        parts.append(text("chart.od_heatmap.merged", language, **words))
    return " ".join(parts)


def _alt(pairs: pd.DataFrame, known: dict[str, str], language: str, **words: str) -> str:
    """Return which pair of provinces has the largest flow."""
    if pairs.empty:
        return words["line"]
    lane = pairs.nlargest(1, "tonnes").to_dict("records")[0]
    words |= {side: known.get(lane[side], lane[side]) for side in ("origin", "destination")}
    words["largest"] = tonnes(lane["tonnes"], language)
    return text("chart.od_heatmap.alt", language, **words)
