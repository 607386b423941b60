"""Congestion: how full arcs, ships, ports, stores and mills are, and what one more unit would save."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.registry import Tables, chart, whole_plan
from planner.charts.text_metrics import width_of
from planner.charts.titles import good_in_sentence, left_edge, period_range
from planner.i18n import number, percent, text

_ROW, _ABOVE, _BELOW = 0.205, 0.95, 1.05
_NAMES, _RIGHT = 2.5, 0.3
_USE, _RENT = (0.0, 0.0, 0.27, 1.0), (0.34, 0.0, 0.66, 1.0)
"""The two panels: share used, and what one more unit would save."""
_FULL = 0.999
"""From this share on a limit counts as used up."""
_LEG = re.compile(r"(?P<service>.+) leg \d+ (?P<origin>[^-]+)-(?P<destination>[^-]+)")
_ARC = re.compile(r"(?P<origin>[^- ]+)-(?P<destination>[^- ]+) (?P<mode>.+)")


def _has_limits(rows: Tables) -> bool:
    return bool((rows["capacities"]["kind"] != "rule").any())


@chart("capacities", standard=whole_plan("congestion", _has_limits))
def congestion(
    canvas: Canvas,
    capacities: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    ports: pd.DataFrame | None = None,
    modes: pd.DataFrame | None = None,
) -> None:
    """Draw the share of each capacity that is used, the most precious at the top.

    Parameters
    ----------
    capacities
        Columns kind, name, period, used, capacity, unit, congestion_rent (IDR a unit, blank where more room would
        feed people: feeds_t_per_unit). Use and
        capacity are added up over the periods, the rent is the mean. Rules are not drawn: they are
        agreements, not room.
    provinces, ports, modes
        The tables of the scenario; without the last two the codes serve as names.
    """
    limits = _limits(capacities)
    tables = {"province": provinces, "port": ports, "mode": modes}
    known = {key: canvas.names(table, key) for key, table in tables.items()}
    room = canvas.open_rows(len(limits), _ROW, (_NAMES, _BELOW, _RIGHT, _ABOVE))
    ax, drawn, language = canvas.ax, limits.head(room), canvas.language
    said = [_named(row, known, language) for row in drawn.to_dict("records")]
    summary = _summary(capacities, limits, language)
    canvas.head(canvas.say("title"), summary, 22)
    canvas.describe(_alt(drawn, said, canvas, summary=summary))
    canvas.empty()
    if drawn.empty:
        return
    _use(ax.inset_axes(_USE), drawn, said, language)
    _rent(ax.inset_axes(_RENT), drawn, canvas)
    _legend(ax, language)
    canvas.note(_note(limits, drawn, language), 34)


def _limits(capacities: pd.DataFrame) -> pd.DataFrame:
    """Add up each limit over the periods; the most precious first, then the fullest."""
    rows = capacities.loc[capacities["kind"] != "rule"]
    rows = rows.assign(feeds_t_per_unit=rows.get("feeds_t_per_unit", 0.0))
    rows = rows.assign(full=rows["used"] >= _FULL * rows["capacity"])
    groups = rows.groupby(["kind", "name", "unit"], sort=False)
    sums = groups.agg(
        used=("used", "sum"),
        capacity=("capacity", "sum"),
        rent=("congestion_rent", "mean"),
        feeds=("feeds_t_per_unit", "mean"),
        full=("full", "sum"),
        periods=("period", "size"),
    ).reset_index()
    sums["share"] = (sums["used"] / sums["capacity"].where(sums["capacity"] > 0)).fillna(0.0)
    sums["rent"] = sums["rent"].fillna(0.0)
    sums["binds"] = (sums["rent"] > 0) | (sums["feeds"] > 0)
    order = ["feeds", "rent", "share", "name"]
    return sums.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def _named(row: Mapping[Any, Any], known: Mapping[str, dict[str, str]], language: str) -> str:
    """Return in words what a limit is of."""
    kind, name = str(row["kind"]), str(row["name"])
    if kind == "arc" and (arc := _ARC.fullmatch(name)):
        ends = "–".join(known["province"].get(c, c) for c in arc.group("origin", "destination"))
        mode = good_in_sentence(known["mode"].get(arc["mode"], arc["mode"]))
        return f"{ends}, {mode}".replace("Kepulauan", "Kep.")
    if kind == "service" and (leg := _LEG.fullmatch(name)):
        ends = "–".join(known["port"].get(c, c) for c in leg.group("origin", "destination"))
        return f"{leg['service']}: {ends}"
    place, _, rest = name.partition(" ")
    of = {"port": known["port"].get(name, name), "storage": known["province"].get(name, name)}
    of["recipe"] = f"{known['province'].get(place, place)} {rest}"
    return text(f"chart.congestion.{kind}", language, name=of[kind]) if kind in of else name


def _use(panel: Axes, drawn: pd.DataFrame, said: list[str], language: str) -> None:
    """Draw the share used, hatched where one more unit would save something."""
    _bars(panel, drawn["share"], drawn["binds"], "use")
    panel.set_yticks(range(len(drawn)), said)
    panel.set_xlim(0, 1)
    panel.set_xticks([0, 0.5, 1])
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))
    panel.set_xlabel(text("chart.congestion.share_used", language))


def _rent(panel: Axes, drawn: pd.DataFrame, canvas: Canvas) -> None:
    """Draw what one more unit would save, and write it with the periods that have no room left."""
    _bars(panel, drawn["rent"], drawn["binds"], "rent")
    panel.set_yticks([])
    said = [_figures(limit, canvas) for limit in drawn.to_dict("records")]
    room = style.points(panel)[0]
    share = 1 - (max(width_of(words, style.SMALL) for words in said) + 8) / room
    panel.set_xlim(0, max(float(drawn["rent"].max()), 1.0) / max(share, 0.2))
    panel.set_xticks([])
    panel.spines["bottom"].set_visible(False)
    panel.set_xlabel(canvas.say("rent"), loc="left")
    place: dict[str, Any] = {"textcoords": "offset points", "va": "center", "gid": "figures"}
    for row, (words, rent) in enumerate(zip(said, drawn["rent"], strict=True)):
        panel.annotate(words, (rent, row), (5, 0), fontsize=style.SMALL, **place)


def _bars(panel: Axes, lengths: pd.Series[float], short: pd.Series[bool], gid: str) -> None:
    for row, (length, scarce) in enumerate(zip(lengths, short, strict=True)):
        panel.barh(row, length, height=0.7, gid=gid, **_look(short=scarce))
    panel.set_ylim(len(lengths) - 0.4, -0.6)
    panel.grid(axis="x", color=style.LAND, linewidth=0.6)
    panel.set_axisbelow(True)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)


def _look(*, short: bool) -> dict[str, Any]:
    ink: dict[str, Any] = {"edgecolor": style.INK, "linewidth": 0.4}
    if short:
        return {"facecolor": style.SHORTAGE, "hatch": "//////", **ink}
    return {"facecolor": style.SURPLUS, **ink}


def _figures(limit: Mapping[Any, Any], canvas: Canvas) -> str:
    """Return what one more unit would save, and how often there is no room left."""
    unit, language = str(limit["unit"]), canvas.language
    words = {
        "rent": canvas.money.whole(float(limit["rent"])),
        "unit": text("unit.tonnes", language) if unit == "t" else unit,
        "full": number(int(limit["full"]), language),
        "periods": number(int(limit["periods"]), language),
    }
    if limit["feeds"] > 0:
        words["feeds"] = number(float(limit["feeds"]), language, 2)
        return text("chart.congestion.feeds", language, **words)
    key = "value" if limit["rent"] > 0 else "free" if limit["capacity"] > 0 else "closed"
    return text(f"chart.congestion.{key}", language, **words)


def _legend(ax: Axes, language: str) -> None:
    handles = [
        Patch(label=text(f"chart.congestion.{key}", language), **_look(short=short))
        for key, short in (("scarce", True), ("roomy", False))
    ]
    ax.legend(
        handles=handles, ncols=2, loc="lower left", bbox_to_anchor=(left_edge(ax), 1.0),
        frameon=False, borderaxespad=0.2, borderpad=0.0, handletextpad=0.5, columnspacing=1.4,
    )  # fmt: skip


def _summary(capacities: pd.DataFrame, limits: pd.DataFrame, language: str) -> str:
    if limits.empty:
        return text("chart.congestion.none", language)
    return text(
        "chart.congestion.summary",
        language,
        period=period_range(capacities["period"], language),
        count=number(len(limits), language),
        short=number(int(limits["binds"].sum()), language),
    )


def _note(limits: pd.DataFrame, drawn: pd.DataFrame, language: str) -> str:
    """Return what the rupiah mean, and what is not drawn."""
    parts = [text("chart.congestion.note", language)]
    rest = limits.iloc[len(drawn) :]
    if len(rest):
        words = {"count": len(rest), "short": rest["binds"].sum()}
        said = {name: number(int(value), language) for name, value in words.items()}
        parts.append(text("chart.congestion.rest", language, **said))
    return " ".join(parts)


def _alt(drawn: pd.DataFrame, said: list[str], canvas: Canvas, **words: str) -> str:
    """Return which limit is the most precious."""
    if drawn.empty or not drawn["binds"].iloc[0]:
        return words["summary"]
    first = drawn.loc[drawn["rent"] > 0].head(1)
    if first.empty or drawn["feeds"].iloc[0] > 0:
        return f"{words['summary']}. {said[0]}: {_figures(drawn.iloc[0].to_dict(), canvas)}."
    rent = canvas.money.whole(float(drawn["rent"].iloc[0]))
    unit = str(drawn["unit"].iloc[0])
    return canvas.say("alt", name=said[0], rent=rent, unit=unit, **words)
