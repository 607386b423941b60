"""Draws the arrows of a panel: body, head, and the number that names its commodity or mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.patches import Patch, PathPatch, Polygon
from matplotlib.path import Path

from planner.charts.arrow_curves import NODE, Arrow, along, bows, head_size, trimmed
from planner.charts.arrow_labels import number_arrows
from planner.charts.basemap import Panel
from planner.charts.place_labels import Obstacles
from planner.charts.style import Kind

WIDEST = 8.0
"""Width of the largest lane, points."""
THINNEST = 0.7
_HAIRLINE = 0.5
_CURVE = [Path.MOVETO, Path.CURVE3, Path.CURVE3]
_NO_POINTS = np.empty((0, 2))


@dataclass(frozen=True, slots=True)
class Scale:
    """Tonnes to points: in proportion, but never thinner than the eye can see."""

    largest: float

    def width(self, tonnes: float) -> float:
        """Return the width of a lane in points."""
        return max(WIDEST * tonnes / self.largest, THINNEST) if self.largest > 0 else THINNEST

    @property
    def thinnest(self) -> float:
        """Tonnes below which all lanes are equally thin."""
        return self.largest * THINNEST / WIDEST


def draw_arrows(
    panel: Panel,
    lanes: pd.DataFrame,
    kinds: dict[str, Kind],
    scale: Scale,
    *,
    shrunk: float = 1.0,
) -> Obstacles:
    """Draw the lanes of a panel, large ones below small ones.

    Parameters
    ----------
    panel, lanes, kinds, scale
        Where, what, how it looks, how wide it is.
    shrunk
        How many times smaller than its points say the panel is printed; arrows on such a small map
        carry no numbers.

    Returns
    -------
    Obstacles
        What names have to keep off.
    """
    nodes = np.array([panel.points(code) for code in panel.places])
    arrows = [
        _arrow(panel, str(row.origin), str(row.destination), scale.width(float(str(row.tonnes))))
        for row in lanes.itertuples()
    ]
    chosen = bows(arrows, nodes, np.array(panel.box) * panel.points_per_degree)
    bent = [arrow.bent(bow) for arrow, bow in zip(arrows, chosen, strict=True)]
    looks = [kinds[str(kind)] for kind in lanes["kind"]]
    parts = zip(arrows, bent, looks, lanes.itertuples(), strict=True)
    for depth, (arrow, controls, look, row) in enumerate(parts):
        gid = f"lane-{row.origin}-{row.destination}-{row.kind}"
        for artist in _draw(panel, arrow, controls, look, gid):
            artist.set_zorder(3 + depth / 100)
            artist.set_linewidth(max(artist.get_linewidth() / shrunk, _HAIRLINE))
    numbered = len(kinds) > 1 and shrunk == 1
    badges = number_arrows(panel, bent, looks, nodes) if numbered else np.empty((0, 4))
    lines = [along(controls, np.linspace(0, 1, 160)) for controls in bent]
    heads = [np.full(160, arrow.width / 2 + 0.8) for arrow in arrows]
    thinned = [_spaced(line) for line in lines]
    return Obstacles(
        nodes.reshape(-1, 2),
        np.concatenate(
            [line[keep] for line, keep in zip(lines, thinned, strict=True)] or [_NO_POINTS]
        ),
        np.concatenate(
            [room[keep] for room, keep in zip(heads, thinned, strict=True)] or [np.empty(0)]
        ),
        badges,
    )


def _spaced(line: np.ndarray) -> np.ndarray:
    """Pick points of a curve about three points apart."""
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    return np.unique(np.searchsorted(walked, np.arange(0.0, walked[-1], 3.0)))


def draw_nodes(panel: Panel, fills: dict[str, str] | None = None) -> None:
    """Mark every province of a panel with a dot, white unless `fills` gives a colour."""
    spots = np.array(list(panel.places.values())).reshape(-1, 2)
    colours = [(fills or {}).get(code, "white") for code in panel.places]
    size = (2 * NODE) ** 2 * (1.0 if fills else 0.72)
    look: dict[str, Any] = {"edgecolors": "black", "linewidths": 0.8, "zorder": 6, "gid": "nodes"}
    if len(spots):
        panel.axes.scatter(spots[:, 0], spots[:, 1], s=size, c=colours, **look)


def _arrow(panel: Panel, origin: str, destination: str, width: float) -> Arrow:
    return Arrow(panel.points(origin), panel.points(destination), width, head_size(width))


def _draw(panel: Panel, arrow: Arrow, controls: np.ndarray, look: Kind, gid: str) -> list[Patch]:
    """Draw a white casing, the body and the head; the casing keeps crossings readable."""
    body, head = trimmed(arrow, controls)
    scale = panel.points_per_degree
    path = Path(body / scale, _CURVE)
    plain: dict[str, Any] = {"fill": False, "capstyle": "butt", "joinstyle": "round"}
    edge: dict[str, Any] = {"edgecolor": look.colour, "linestyle": look.dashes}
    tip: dict[str, Any] = {"facecolor": look.colour, "edgecolor": "white", "linewidth": 0.4}
    artists: list[Patch] = [
        PathPatch(path, edgecolor="white", alpha=0.85, linewidth=arrow.width + 1.1, **plain),
        PathPatch(path, linewidth=arrow.width, gid=gid, **edge, **plain),
        Polygon(head / scale, gid=f"head-{gid}", **tip),
    ]
    for artist in artists:
        panel.axes.add_artist(artist)
    return artists
