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
from planner.charts.outlines import outlines, patch
from planner.language import text

JAVA = (104.55, -9.35, 117.45, -5.05)
"""West, south, east, north of the inset: Java, Bali and the west of Nusa Tenggara."""
_PANEL = 0.36
_PAD = 0.7
_FLATTEST = 0.36

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: an axes in degrees, and the provinces it answers for."""

    axes: Axes
    box: Box
    points_per_degree: float
    places: dict[str, tuple[float, float]]

    def points(self, province: str) -> np.ndarray:
        """Give the node of a province in points."""
        return np.array(self.places[province]) * self.points_per_degree


@dataclass(frozen=True, slots=True)
class Basemap:
    """The main map, the inset if there is one, and the box of the legend in axes fractions."""

    main: Panel
    inset: Panel | None
    legend: Box
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
    """Fit the provinces into the upper part of an axes and keep the lower for inset and legend.

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
    scale = min(width / (east - west), height * (1 - _PANEL) / (north - south))
    spare = (width / scale - (east - west)) / 2
    box = (west - spare, north - height / scale, east + spare, north)
    main = _panel(ax, box, scale, places)
    ax.set_axis_off()
    free = 1 - (north - south) * scale / height
    inset = _inset(main, free, language) if _is_crowded(places, east - west) else None
    legend = (0.70 if inset else 0.0, 0.0, 1.0, free)
    return Basemap(main, inset, legend, shapes)


def draw_land(
    base: Basemap, fills: Mapping[str, str] | None = None, focus: Collection[str] = ()
) -> None:
    """Draw every province on every panel, grey unless `fills` gives a colour."""
    for panel in base.panels:
        for code, shape in base.shapes.items():
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


def _panel(ax: Axes, box: Box, scale: float, places: dict[str, tuple[float, float]]) -> Panel:
    west, south, east, north = box
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect("equal", adjustable="box")
    return Panel(ax, box, scale * 72, places)


def _inset(main: Panel, free: float, language: str) -> Panel:
    """Enlarge the crowded islands below the main map."""
    west, south, east, north = JAVA
    width, height = _inches(main.axes)
    scale = min(0.69 * width / (east - west), (free - 0.005) * height / (north - south))
    share = ((east - west) * scale / width, (north - south) * scale / height)
    ax = main.axes.inset_axes((0.0, 0.0, *share), zorder=4)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set(visible=True, linewidth=0.8, color=style.SOFT_INK)
    frame: dict[str, Any] = {"fill": False, "edgecolor": style.SOFT_INK, "linewidth": 0.6}
    main.axes.add_artist(Rectangle((west, south), east - west, north - south, zorder=2, **frame))
    inside = {c: p for c, p in main.places.items() if _within(p, JAVA)}
    title = text("chart.map.inset", language)
    ax.text(
        0.01, 0.03, title, transform=ax.transAxes, fontsize=7.5, weight="bold", gid="inset-title"
    )
    return _panel(ax, JAVA, scale, inside)


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
