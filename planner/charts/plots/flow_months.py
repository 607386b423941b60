"""Flow maps side by side, one a period: what moves when."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from shapely.geometry.base import BaseGeometry

from planner.charts import style
from planner.charts.arrows import Scale, draw_arrows
from planner.charts.basemap import Panel
from planner.charts.canvas import Canvas
from planner.charts.flow_selection import Lanes, merge
from planner.charts.legend import round_sizes
from planner.charts.patches import patch
from planner.charts.plots.flow_map import chosen, kinds_of, title_of
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.style import Kind
from planner.charts.titles import note, period_range
from planner.geography import outlines
from planner.i18n import month, percent, text, tonnes

LANES = 14
"""Lanes that a reader can follow on a small map."""
_MARGINS = (0.25, 0.75, 0.25, 1.05)
_GAP, _TITLE = 12.0, 15.0
"""Points between maps, and for the title of each."""
_LEAST, _LEAST_RANGE = (100.0, 62.0), 150.0
"""Least width and height of a map that can be read, and its width if a first and a last period head it."""
_SHRUNK = 1.6
"""Arrows are drawn as on a map so many times as large, and shrunk: short lanes stay visible."""
_COARSE = 0.05
"""Degrees to which coasts are simplified: less than the print can show at this size."""


def _is_short(rows: Tables) -> bool:
    return bool((rows["coverage"]["unmet_t"] > 0).any())


@chart("flows", size="page", standard=each_commodity("flow_months", _is_short))
def flow_months(  # noqa: PLR0913
    canvas: Canvas,
    flows: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodities: pd.DataFrame | None = None,
    modes: pd.DataFrame | None = None,
    commodity: str = "",
    origin: str = "",
    colour: Literal["commodity", "mode"] = "mode",
    limit: int = LANES,
) -> None:
    """Draw a small flow map for every period; a width means the same on all of them.

    Parameters
    ----------
    flows
        Columns origin, destination, commodity, mode, period (of dispatch), tonnes.
    provinces, commodities, modes
        The tables of the scenario; without the last two the codes serve as names.
    commodity, origin
        Only the flows of this one, only those from there; all if blank.
    colour
        Whether colours tell commodities or modes apart.
    limit
        Largest number of arrows on a map; a note says how much is not drawn.
    """
    flows, language = chosen(flows, commodity, origin), canvas.language
    flows = flows.loc[flows["tonnes"] > 0]
    ax = canvas.open(_MARGINS)
    spans = _spans(sorted(set(flows["period"].astype(str))), style.points(ax))
    months = {
        span: merge(rows, colour, limit)
        for span, rows in flows.groupby(flows["period"].astype(str).map(spans), sort=False)
    }
    months = {span: months[span] for span in dict.fromkeys(spans.values())}
    looks = kinds_of(
        flows, canvas.names(commodities if colour == "commodity" else modes, colour), colour
    )
    ax.set_axis_off()
    total = tonnes(float(flows["tonnes"].sum()), language)
    none = text("chart.flow_map.none", language)
    below = canvas.say("subtitle", tonnes=total) if months else none
    place = canvas.names(provinces).get(origin, origin)
    title = title_of(flows, canvas.names(commodities, "commodity"), language, place)
    canvas.head(title, below, 30 if months else 10)
    canvas.describe(_alt(flows, language) if months else below)
    if not months:
        return
    scale = Scale(max(lanes.largest for lanes in months.values()))
    panels = _panels(ax, provinces, len(months))
    for panel, (period, lanes) in zip(panels, months.items(), strict=True):
        draw_arrows(panel, lanes.drawn, looks, scale, shrunk=_SHRUNK)
        when = f"{period_range(pd.Series([period]), language)}  {tonnes(lanes.total, language)}"
        panel.axes.set_title(when, fontsize=style.SMALL, pad=2, gid="period")
    _legend(ax, list(looks.values()), scale, language)
    _note(ax, list(months.values()), limit, language)


def _spans(periods: Sequence[str], room: tuple[float, float]) -> dict[str, str]:
    """Return under which heading each period is drawn: with its neighbours where there are too many maps."""
    fit = [int(room[0] / wide) * int(room[1] / _LEAST[1]) for wide in (_LEAST[0], _LEAST_RANGE)]
    if len(periods) <= fit[0]:
        return {period: period for period in periods}
    step = math.ceil(len(periods) / max(fit[1], 1))
    parts = [periods[first : first + step] for first in range(0, len(periods), step)]
    return {period: f"{part[0]}/{part[-1]}" for part in parts for period in part}


def _panels(ax: Axes, provinces: pd.DataFrame, count: int) -> list[Panel]:
    """Divide the axes into equal maps, as large as fit, row by row from the top."""
    shapes = {code: shape.simplify(_COARSE) for code, shape in outlines(provinces).items()}
    places = {
        str(code): (float(lon), float(lat))
        for code, lon, lat in provinces[["province", "lon", "lat"]].itertuples(index=False)
    }
    corners = np.array([*(s.bounds for s in shapes.values()), *((*p, *p) for p in places.values())])
    low, high = corners[:, :2].min(axis=0) - 0.7, corners[:, 2:].max(axis=0) + 0.7
    width, height = style.points(ax)
    scale, across = _grid((width, height), high - low, count)
    size = (high - low) * scale
    step = np.array([width / across, height / math.ceil(count / across)])
    panels = []
    for place in range(count):
        row, column = divmod(place, across)
        corner = (column * step[0], height - row * step[1] - _TITLE - size[1])
        box = (corner[0] / width, corner[1] / height, size[0] / width, size[1] / height)
        panel = Panel(ax.inset_axes(box), (*low, *high), scale * _SHRUNK, places)
        _land(panel, shapes)
        panels.append(panel)
    return panels


def _grid(room: tuple[float, float], span: np.ndarray, count: int) -> tuple[float, int]:
    """Find how many maps side by side give the largest: points a degree, and how many."""
    width, height = room
    sizes = []
    for across in range(1, count + 1):
        wide = (width / across - _GAP) / span[0]
        high = (height / math.ceil(count / across) - _TITLE - _GAP / 2) / span[1]
        sizes.append((float(min(wide, high)), across))
    return max(sizes)


def _land(panel: Panel, shapes: Mapping[str, BaseGeometry]) -> None:
    """Draw the provinces and their nodes, small."""
    west, south, east, north = panel.box
    panel.axes.set(xlim=(west, east), ylim=(south, north))
    panel.axes.set_axis_off()
    look: dict[str, Any] = {"facecolor": style.LAND, "edgecolor": style.BORDER, "linewidth": 0.25}
    for code, shape in shapes.items():
        panel.axes.add_artist(patch(shape, gid=f"province-{code}", **look))
    spots = np.array(list(panel.places.values()))
    dots: dict[str, Any] = {"s": 2.0, "c": style.SOFT_INK, "linewidths": 0, "zorder": 2}
    panel.axes.scatter(spots[:, 0], spots[:, 1], gid="nodes", **dots)


def _legend(ax: Axes, looks: Sequence[Kind], scale: Scale, language: str) -> None:
    """Report colours and widths of a real size, in one row above the maps."""
    lines: dict[str, Any] = {"solid_capstyle": "butt", "dash_capstyle": "butt"}
    colours: list[dict[str, Any]] = [
        {"color": k.colour, "linestyle": k.dashes, "label": k.name} for k in looks
    ]
    handles = [Line2D([], [], linewidth=3, **colour, **lines) for colour in colours]
    handles += [
        Line2D(
            [],
            [],
            color=style.SOFT_INK,
            linewidth=scale.width(t) / _SHRUNK,
            label=tonnes(t, language),
            **lines,
        )
        for t in round_sizes(scale.largest)[:2]
    ]
    ax.legend(
        handles=handles, ncols=6, loc="lower left", bbox_to_anchor=(0, 1.0), frameon=False,
        borderaxespad=0.2, borderpad=0.0, handletextpad=0.5, columnspacing=1.3,
    )  # fmt: skip


def _note(ax: Axes, months: Sequence[Lanes], limit: int, language: str) -> None:
    hidden = sum(lanes.merged_tonnes for lanes in months)
    if hidden:
        share = percent(hidden / sum(lanes.total for lanes in months), language, 1)
        note(ax, text("chart.flow_months.merged", language, limit=limit, share=share), 8)


def _alt(flows: pd.DataFrame, language: str) -> str:
    """Return in which period most moves, and in which least."""
    sums = flows.groupby("period")["tonnes"].sum()
    words = {"period": period_range(flows["period"], language)}
    words["tonnes"] = tonnes(float(sums.sum()), language)
    for word, when in (("most", str(sums.idxmax())), ("least", str(sums.idxmin()))):
        words[word] = f"{month(when, language)} ({tonnes(float(sums[when]), language)})"
    return text("chart.flow_months.alt", language, **words)
