"""The map of a scenario: land, an inset where it is crowded, and room for a legend below."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from shapely.geometry.base import BaseGeometry

from planner.charts import style
from planner.charts.patches import patch
from planner.charts.text_metrics import width_of
from planner.geography import is_indonesian, outlines
from planner.i18n import text

JAVA = (104.55, -9.35, 117.45, -5.05)
"""West, south, east, north of the inset: Java, Bali and the west of Nusa Tenggara."""
_PANEL, _INSET = 0.36, 0.69
"""Shares of the height for what lies below the map, and of the width for the inset."""
_WIDE, _COLUMN = 1.8, 1.75
"""From this ratio of width to height on the legend stands beside the map, so many inches wide."""
_SMALL, _FOOT = 4.6, 0.42
"""Below so many inches of height paragraphs lie at the foot, so many inches high."""
_PAD = 0.7
_FLATTEST = 0.36

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: an axes in degrees, and the provinces it answers for.

    Parameters
    ----------
    axes
        Where it is drawn.
    box
        West, south, east, north of where names may stand.
    points_per_degree
        Its scale.
    places
        Longitude and latitude of each province.
    title
        Left, bottom, right, top of its title in points, which no name may cover.
    """

    axes: Axes
    box: Box
    points_per_degree: float
    places: dict[str, tuple[float, float]]
    title: Box | None = None

    def points(self, province: str) -> np.ndarray:
        """Return the node of a province in points."""
        return np.array(self.places[province]) * self.points_per_degree

    def shows(self, shape: BaseGeometry) -> bool:
        """Return whether a shape reaches into the map."""
        west, south, east, north = shape.bounds
        return (
            west < self.box[2]
            and east > self.box[0]
            and south < self.box[3]
            and north > self.box[1]
        )


@dataclass(frozen=True, slots=True)
class Basemap:
    """The main map, the inset if there is one (in Indonesia only), and the boxes of the legend in axes fractions.

    Parameters
    ----------
    main, inset
        The maps.
    legend, notes
        Room for the legend, and for its paragraphs where they do not stand with it.
    shapes
        Outlines by province.
    """

    main: Panel
    inset: Panel | None
    legend: Box
    notes: Box | None
    shapes: dict[str, BaseGeometry]

    @property
    def panels(self) -> list[Panel]:
        """The main map first."""
        return [self.main, *([self.inset] if self.inset else [])]

    @property
    def inside(self) -> set[str]:
        """Provinces whose node lies in the inset."""
        return set(self.inset.places) if self.inset else set()


def basemap(ax: Axes, provinces: pd.DataFrame, language: str) -> Basemap:
    """Fit the provinces into an axes and keep room for the inset and the legend.

    Both lie below the map; in a wide axes the legend stands beside it, and in a small one its
    paragraphs lie at the foot.

    Parameters
    ----------
    ax
        Where to draw; its limits become degrees.
    provinces
        The table `provinces`; without outlines only the nodes count.
    language
        Language of the words on the map.
    """
    shapes = outlines(provinces)
    places = {
        str(code): (float(lon), float(lat))
        for code, lon, lat in provinces[["province", "lon", "lat"]].itertuples(index=False)
    }
    west, south, east, north = _bounds(shapes, places)
    width, height = _inches(ax)
    crowded = is_indonesian(provinces) and _is_crowded(places, east - west)
    column = 0.0 if width / height < _WIDE else _COLUMN / width
    foot = _FOOT / height if crowded and not column and height < _SMALL else 0.0
    above = 1 - _PANEL if crowded or not column else 1.0
    scale = min(width * (1 - column) / (east - west), height * above / (north - south))
    spare = (width * (1 - column) / scale - (east - west)) / 2
    left, free = west - spare, 1 - (north - south) * scale / height
    _limits(ax, (left, north - height / scale, left + width / scale, north))
    ax.set_axis_off()
    main = Panel(ax, (left, south, east + spare, north), scale * 72, places)
    inset, beside = (
        _inset(main, (0.0, foot, (1 - column), free), language) if crowded else (None, 0.0)
    )
    legend = (1 - column, 0.0, 1.0, 1.0) if column else (beside, foot, 1.0, free)
    return Basemap(main, inset, legend, (0.0, 0.0, 1.0, foot) if foot else None, shapes)


def draw_land(
    base: Basemap, fills: Mapping[str, str] | None = None, focus: Collection[str] = ()
) -> None:
    """Draw every province on every panel, grey unless `fills` gives a colour."""
    for panel in base.panels:
        for code, shape in base.shapes.items():
            if not panel.shows(shape):
                continue
            fill = style.FOCUS_LAND if code in focus else style.LAND
            island = patch(
                shape,
                facecolor=(fills or {}).get(code, fill),
                edgecolor=style.SOFT_INK if code in focus else style.BORDER,
                linewidth=0.8 if code in focus else 0.4,
                zorder=1.5 if code in focus else 1.0,
                gid=f"province-{code}",
            )
            panel.axes.add_artist(island)


def _limits(ax: Axes, box: Box) -> None:
    west, south, east, north = box
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect("equal", adjustable="box")


def _inset(main: Panel, room: Box, language: str) -> tuple[Panel, float]:
    """Enlarge the crowded islands in a box in axes fractions; tell where the inset ends."""
    west, south, east, north = JAVA
    width, height = _inches(main.axes)
    widest = min(room[2], _INSET)
    high = room[3] - room[1] - 0.005
    scale = min(widest * width / (east - west), high * height / (north - south))
    share = ((east - west) * scale / width, (north - south) * scale / height)
    ax = main.axes.inset_axes((room[0], room[1], *share), zorder=4)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set(visible=True, linewidth=0.8, color=style.SOFT_INK)
    frame: dict[str, Any] = {"fill": False, "edgecolor": style.SOFT_INK, "linewidth": 0.6}
    main.axes.add_artist(Rectangle((west, south), east - west, north - south, zorder=2, **frame))
    inside = {c: p for c, p in main.places.items() if _within(p, JAVA)}
    title = text("chart.map.inset", language)
    corner = (west * scale * 72 + 3, south * scale * 72 + 3)
    look: dict[str, Any] = {"fontsize": style.SMALL, "weight": "bold", "gid": "inset-title"}
    ax.text(corner[0] / scale / 72, corner[1] / scale / 72, title, va="bottom", **look)
    end = (corner[0] + width_of(title, style.SMALL, "bold"), corner[1] + 1.3 * style.SMALL)
    _limits(ax, JAVA)
    return Panel(ax, JAVA, scale * 72, inside, (*corner, *end)), share[0] + 0.01


def _is_crowded(places: dict[str, tuple[float, float]], width: float) -> bool:
    return width > 25 and sum(_within(place, JAVA) for place in places.values()) >= 4


def _within(place: tuple[float, float], box: Box) -> bool:
    return box[0] < place[0] < box[2] and box[1] < place[1] < box[3]


def _bounds(shapes: dict[str, BaseGeometry], places: dict[str, tuple[float, float]]) -> Box:
    corners = [shape.bounds for shape in shapes.values()]
    corners += [(*place, *place) for place in places.values()]
    edges = np.array(corners)
    low, high = edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)
    widest = float((high - low).max())
    pad = _PAD if shapes else max(_PAD, 0.15 * widest)
    lift = max(0.0, _FLATTEST * widest - float(high[1] - low[1])) / 2
    low[1], high[1] = low[1] - lift, high[1] + lift
    return (low[0] - pad, low[1] - pad, high[0] + pad, high[1] + pad)


def _inches(ax: Axes) -> tuple[float, float]:
    width, height = style.points(ax)
    return width / 72, height / 72
