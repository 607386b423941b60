"""Names beside nodes: clear of each other, of nodes and, where there is room, of arrows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.text import Text

from planner.charts import style
from planner.charts.basemap import Panel
from planner.charts.text_metrics import width_of
from planner.charts.titles import folded, shortened

_ANGLES = np.radians(np.arange(0, 360, 22.5))
_RADII = (4.8, 7.0, 10.0, 14.0, 19.0, 26.0, 34.0, 44.0, 56.0)
_LEADER = 8.5
_LINE = 1.25
"""Height of a line, in font sizes."""
_ROOMY = 15.0
"""Points a degree from which on names are written out."""
_BLOCKED = 1000.0
_TRIALS = 6
_ON_ARROW = 22.0
"""What it costs to cover three points of an arrow: more than to stand far away with a leader."""
_POOR = 40.0
"""From this cost on a name covers something."""

MANY = 100
"""More names than this cannot all stand on a map: those that find no room are left out, their nodes stay."""

Rectangles = np.ndarray
"""Rows of left, bottom, right, top in points."""


@dataclass(slots=True)
class Obstacles:
    """What a name should not cover, in points of a panel.

    Parameters
    ----------
    nodes
        Centres of nodes, one a row.
    lines
        Points along arrows, about three points apart, and the room each needs around it.
    boxes
        Rectangles that must stay free: numbers on arrows, a title.
    """

    nodes: np.ndarray
    lines: np.ndarray = field(default_factory=lambda: np.empty((0, 2)))
    room: np.ndarray = field(default_factory=lambda: np.empty(0))
    boxes: Rectangles = field(default_factory=lambda: np.empty((0, 4)))


def map_names(panel: Panel, known: Mapping[str, str], width: int = 13) -> dict[str, str]:
    """Write names as there is room for them on a panel: folded, and shortened on a small one."""
    small = panel.points_per_degree < _ROOMY
    return {c: folded(shortened(name) if small else name, width) for c, name in known.items()}


def place_names(
    panel: Panel,
    names: dict[str, str],
    obstacles: Obstacles,
    size: float = style.TINY,
    optional: Collection[str] = (),
) -> list[Text]:
    """Write the names of provinces on a panel.

    Parameters
    ----------
    panel
        The map.
    names
        Name by province, line breaks included.
    obstacles
        What to keep off.
    size
        Font size in points.
    optional
        Provinces whose name is left out if it finds no room; where there are very `MANY`, all of them.
    """
    anchors = {code: panel.points(code) for code in names}
    choices = {code: _choices(anchors[code], _span(name, size)) for code, name in names.items()}
    costs = {
        code: _costs(panel, boxes, anchors[code], obstacles) for code, boxes in choices.items()
    }
    order = sorted(names, key=lambda code: code in optional)
    if len(names) > MANY:
        chosen = _those_with_room(choices, costs, order)
        return [_write(panel, names[c], box, anchors[c], size) for c, box in chosen.items()]
    chosen = _best(choices, costs, order)
    for code in [code for code in chosen if code in optional]:
        rivals = np.array([box for other, box in chosen.items() if other != code])
        place = int(np.flatnonzero((choices[code] == chosen[code]).all(axis=1))[0])
        if costs[code][place] >= _POOR or _overlaps(chosen[code][None], rivals, 1.5)[0]:
            del chosen[code]
    return [_write(panel, names[code], box, anchors[code], size) for code, box in chosen.items()]


def _those_with_room(
    choices: dict[str, Rectangles], costs: dict[str, np.ndarray], order: list[str]
) -> dict[str, np.ndarray]:
    """Let each name take the best place that is still free and covers nothing."""
    chosen: dict[str, np.ndarray] = {}
    for code in order:
        rivals = np.array([*chosen.values()]).reshape(-1, 4)
        cost = costs[code] + _BLOCKED * _overlaps(choices[code], rivals, 1.5)
        place = int(np.argmin(cost))
        if cost[place] < _POOR:
            chosen[code] = choices[code][place]
    return chosen


def _best(
    choices: dict[str, Rectangles], costs: dict[str, np.ndarray], order: list[str]
) -> dict[str, np.ndarray]:
    """Settle in several orders, as who chooses first decides much; keep the cheapest outcome."""
    first, *others = [order, order[::-1], *(_shuffled(order, seed) for seed in range(_TRIALS))]
    best, least = _settle(choices, costs, first)
    for turns in others:
        chosen, cost = _settle(choices, costs, turns)
        if cost < least - 1e-9:
            best, least = chosen, cost
    return best


def _shuffled(order: list[str], seed: int) -> list[str]:
    return [order[place] for place in np.random.default_rng(seed).permutation(len(order))]


def _settle(
    choices: dict[str, Rectangles], costs: dict[str, np.ndarray], order: list[str]
) -> tuple[dict[str, np.ndarray], float]:
    """Let each name choose its place, then choose again knowing the others; give the cost too."""
    chosen: dict[str, np.ndarray] = {}
    paid: dict[str, float] = {}
    for _ in range(5):
        before = list(paid.values())
        for code in order:
            rivals = np.array([box for other, box in chosen.items() if other != code])
            cost = costs[code] + _BLOCKED * _overlaps(choices[code], rivals.reshape(-1, 4), 1.5)
            place = int(np.argmin(cost))
            chosen[code], paid[code] = choices[code][place], float(cost[place])
        if list(paid.values()) == before:
            break
    return chosen, sum(paid.values())


def _choices(anchor: np.ndarray, span: np.ndarray) -> Rectangles:
    """Return rectangles around a node at every angle and radius, measured from the nearest side."""
    radii, angles = (grid.ravel()[:, None] for grid in np.meshgrid(_RADII, _ANGLES, indexing="ij"))
    direction = np.hstack([np.cos(angles), np.sin(angles)])
    centres = anchor + direction * (radii + np.abs(direction) * span / 2)
    return np.hstack([centres - span / 2, centres + span / 2])


def _costs(panel: Panel, boxes: Rectangles, anchor: np.ndarray, obstacles: Obstacles) -> np.ndarray:
    """Price every rectangle by what it covers and by its distance from the node."""
    edge = np.array(panel.box) * panel.points_per_degree
    outside = (boxes[:, :2] < edge[:2] + 1).any(axis=1) | (boxes[:, 2:] > edge[2:] - 1).any(axis=1)
    angles = np.tile(_ANGLES, len(_RADII))
    cost = 0.5 * np.repeat(_RADII, len(_ANGLES)) + 0.8 * np.abs(np.sin(angles))
    cost += 0.3 * (np.cos(angles) < -0.1)
    cost += 25.0 * _nearer_to_another(boxes, anchor, obstacles.nodes)
    taken = np.vstack([obstacles.boxes, *([panel.title] if panel.title else [])])
    cost += _BLOCKED * (outside + _overlaps(boxes, taken, 1.5))
    cost += 120.0 * _covered(boxes, obstacles.nodes, np.full(len(obstacles.nodes), 3.2))
    return np.asarray(cost + _ON_ARROW * _covered(boxes, obstacles.lines, obstacles.room))


def _overlaps(boxes: Rectangles, others: Rectangles, gap: float) -> np.ndarray:
    """Count for each rectangle the others that it touches."""
    if len(others) == 0:
        return np.zeros(len(boxes))
    left, low, right, high = boxes.T[:, :, None]
    west, south, east, north = others.T[:, None, :]
    beside = (west > right + gap) | (east < left - gap)
    above = (south > high + gap) | (north < low - gap)
    return np.asarray((~(beside | above)).sum(axis=1))


def _nearer_to_another(boxes: Rectangles, anchor: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """Return which rectangles stand closer to some other node than to their own."""
    others = nodes[np.hypot(*(nodes - anchor).T) > 0.1]
    places = np.vstack([anchor[None, :], others])
    near = np.clip(places[None], boxes[:, None, :2], boxes[:, None, 2:])
    gaps = np.hypot(*np.moveaxis(near - places[None], -1, 0))
    return np.asarray((gaps[:, 1:] < 1.1 * gaps[:, :1]).any(axis=1))


def _covered(boxes: Rectangles, points: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Count for each rectangle the points that lie in it or too close."""
    reach = room[:, None]
    near = (points > boxes[:, :2].min(axis=0) - reach) & (points < boxes[:, 2:].max(axis=0) + reach)
    close = near.all(axis=1)
    around = np.hstack([points - reach, points + reach])[close]
    return _overlaps(boxes, around, 0.0)


def _span(name: str, size: float) -> np.ndarray:
    """Measure a name in points."""
    lines = name.split("\n")
    return np.array([max(width_of(line, size) for line in lines), _LINE * size * len(lines)])


def _write(panel: Panel, name: str, box: np.ndarray, anchor: np.ndarray, size: float) -> Text:
    """Write a name, with a thin line to its node when it stands away from it."""
    scale = panel.points_per_degree
    near = np.clip(anchor, box[:2], box[2:])
    if np.hypot(*(near - anchor)) > _LEADER:
        ends = np.array([anchor, near]) / scale
        leader = Line2D(*ends.T, color=style.SOFT_INK, linewidth=0.4, zorder=5.5)
        panel.axes.add_artist(leader)
    centre = (box[:2] + box[2:]) / 2 / scale
    return panel.axes.text(
        float(centre[0]),
        float(centre[1]),
        name,
        fontsize=size,
        ha="center",
        va="center",
        linespacing=1.1,
        zorder=8,
        gid="name",
        bbox={"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.4},
    )
