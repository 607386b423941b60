"""Curved arrows between nodes, in points: bowed so that they keep off nodes and each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Points = np.ndarray
_BOWS = (0.10, -0.10, 0.16, -0.16, 0.23, -0.23, 0.31, -0.31, 0.40, -0.40)
_SAMPLES = np.linspace(0.0, 1.0, 24)
_GAP = 1.2
_ROUNDS = 3
NODE = 2.6
"""Radius of a node."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One lane to be bent, in points.

    Parameters
    ----------
    start, end
        The nodes.
    width
        Width of the body.
    head
        Length of the head.
    """

    start: Points
    end: Points
    width: float
    head: float

    def bent(self, bow: float) -> Points:
        """Return the three control points of the arc; the bow is height over length."""
        run = self.end - self.start
        across = np.array([-run[1], run[0]])
        return np.array([self.start, (self.start + self.end) / 2 + 2 * bow * across, self.end])


def head_size(width: float) -> float:
    """Return the length of an arrowhead: visible on hairlines, not clumsy on thick lines."""
    return 4.2 + 1.05 * width


def along(controls: Points, places: Points) -> Points:
    """Return points of a quadratic curve at parameters between 0 and 1."""
    t = np.asarray(places)[:, None]
    start, middle, end = controls
    return np.asarray((1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end)


def part(controls: Points, first: float, last: float) -> Points:
    """Cut the piece of a quadratic curve between two parameters."""
    start, end = along(controls, np.array([first, last]))
    leave = (1 - first) * (controls[1] - controls[0]) + first * (controls[2] - controls[1])
    return np.array([start, start + leave * (last - first), end])


def trimmed(arrow: Arrow, controls: Points) -> tuple[Points, Points]:
    """Cut a curve clear of its nodes into a body and a head (three corners, tip first)."""
    places = np.linspace(0, 1, 200)
    line = along(controls, places)
    first = int(np.argmax(_far(line, controls[0]) > NODE + 0.6))
    tip = int(np.argmax(_far(line, controls[2]) <= NODE + 0.8)) - 1
    to_tip = _far(line, line[tip])
    length = min(arrow.head, 0.6 * float(to_tip[first]))
    neck = int(np.argmax(to_tip <= length))
    back = line[tip] - line[neck]
    side = np.array([-back[1], back[0]]) / max(float(np.hypot(*back)), 1e-9)
    half = max(arrow.width * 0.5 + 1.7, arrow.width * 0.85) * (length / arrow.head) ** 0.5
    head = np.array([line[tip], line[neck] + side * half, line[neck] - side * half])
    inner = neck + max((tip - neck) // 4, 0)
    return part(controls, places[first], places[max(inner, first + 1)]), head


def bows(arrows: Sequence[Arrow], nodes: Points, box: Points) -> list[float]:
    """Choose how each arrow bends.

    The largest lane chooses first; then each chooses again, knowing all others. Costs: passing
    over a node that is not its own, leaving the map, running on or across another arrow, bending
    much.

    Parameters
    ----------
    arrows
        Largest first.
    nodes
        Centres of all nodes, points.
    box
        Left, bottom, right and top of the map, points.
    """
    chosen = [0] * len(arrows)
    lines = [[_middle(arrow, bow) for bow in _BOWS] for arrow in arrows]
    own = [_own_costs(arrow, line, nodes, box) for arrow, line in zip(arrows, lines, strict=True)]
    for turn in range(_ROUNDS):
        for place, arrow in enumerate(arrows):
            known = len(arrows) if turn else place
            others = [number for number in range(known) if number != place]
            points = [lines[number][chosen[number]] for number in others]
            room = [
                np.full(len(line), (arrow.width + arrows[number].width) / 2 + _GAP)
                for number, line in zip(others, points, strict=True)
            ]
            met = _met(lines[place], points, room)
            chosen[place] = int(np.argmin(own[place] + met))
    return [_BOWS[choice] for choice in chosen]


def _middle(arrow: Arrow, bow: float) -> Points:
    """Sample a curve outside the neighbourhood of its own nodes, where arrows must meet."""
    line = along(arrow.bent(bow), _SAMPLES)
    free = NODE + 3.0 + arrow.width / 2
    clear = (_far(line, arrow.start) > free) & (_far(line, arrow.end) > free)
    return line[clear] if clear.any() else line[11:13]


def _own_costs(arrow: Arrow, lines: Sequence[Points], nodes: Points, box: Points) -> Points:
    """Price each bow by itself: strange nodes under it, leaving the map, the bend of a wide one."""
    strange = nodes[(_far(nodes, arrow.start) > 0.1) & (_far(nodes, arrow.end) > 0.1)]
    bend = (16.0 + 5.0 * arrow.width) * np.abs(_BOWS)
    low, high = box[:2] + arrow.width / 2 + 1, box[2:] - arrow.width / 2 - 1
    bend += [25.0 * ((line < low) | (line > high)).any(axis=1).sum() for line in lines]
    if len(strange) == 0:
        return np.asarray(bend)
    near = (arrow.width / 2 + NODE + 1.5) ** 2
    under = [float((_squares(line, strange).min(axis=0) < near).sum()) for line in lines]
    return np.asarray(25.0 * np.array(under) + bend)


def _met(lines: Sequence[Points], others: Sequence[Points], room: Sequence[Points]) -> Points:
    """Count for each bow the points of other arrows that it touches."""
    if not others:
        return np.zeros(len(lines))
    reach = np.concatenate(room) ** 2
    touched = _squares(np.concatenate(others), np.concatenate(lines)) < reach[:, None]
    starts = np.cumsum([0, *(len(line) for line in lines[:-1])])
    return np.asarray(np.logical_or.reduceat(touched, starts, axis=1).sum(axis=0))


def _squares(first: Points, second: Points) -> Points:
    """Return squared distances between two sets of points."""
    lengths = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1)[None, :]
    return np.asarray(lengths - 2 * first @ second.T)


def _far(points: Points, place: Points) -> Points:
    """Return the distance of each point from a place."""
    return np.asarray(np.hypot(*(points - place).T))
