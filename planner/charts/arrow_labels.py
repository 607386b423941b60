"""The numbers on arrows: which commodity or mode an arrow is, for prints without colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.charts.arrow_curves import along
from planner.charts.basemap import Panel
from planner.charts.style import Kind, badge

_RADIUS = 4.4
"""Points."""
_ASIDE = 2.5
"""What it costs to stand beside the arrow instead of on it."""
_BLOCKED = 100.0


def number_arrows(
    panel: Panel, bent: Sequence[np.ndarray], looks: Sequence[Kind], nodes: np.ndarray
) -> np.ndarray:
    """Put the number of its kind on every arrow, where it stands clearest.

    Parameters
    ----------
    panel
        The map.
    bent
        The control points of each arrow.
    looks
        What each arrow carries.
    nodes
        Centres of nodes.

    Returns
    -------
    ndarray
        The rectangles of the numbers, a row each: left, bottom, right, top in points.
    """
    lines = [along(controls, np.linspace(0, 1, 40)) for controls in bent]
    spots: list[np.ndarray] = []
    for place, line in enumerate(lines):
        rest = [other for number, other in enumerate(lines) if number != place]
        places = _beside(line[6:33])
        scores = _clearness(places, rest, nodes, spots) - _BLOCKED * _forbidden(panel, places)
        spots.append(places[int(np.argmax(scores))])
        across, up = spots[-1] / panel.points_per_degree
        badge(panel.axes, (float(across), float(up)), looks[place])
    centres = np.array(spots).reshape(-1, 2)
    return np.hstack([centres - _RADIUS, centres + _RADIUS])


def _beside(line: np.ndarray) -> np.ndarray:
    """Return the points of a line and, for where it is crowded, those close to its two sides."""
    run = np.gradient(line, axis=0)
    across = np.column_stack([-run[:, 1], run[:, 0]]) / np.hypot(*run.T)[:, None].clip(1e-9)
    return np.concatenate([line, line + 1.6 * _RADIUS * across, line - 1.6 * _RADIUS * across])


def _clearness(
    places: np.ndarray, rest: Sequence[np.ndarray], nodes: np.ndarray, taken: Sequence[np.ndarray]
) -> np.ndarray:
    """Return how far each place is from other curves, from nodes and from numbers."""
    middle = len(places) // 3
    score = 2.0 * _room(places, nodes, 8.0)
    score -= 0.6 * np.tile(np.abs(np.linspace(-1, 1, middle)), 3)
    score[middle:] -= _ASIDE
    if rest:
        score += _room(places, np.concatenate(rest), 6.0)
    if taken:
        score += 4.0 * _room(places, np.array(taken), 2.6 * _RADIUS)
        score -= _BLOCKED * (_room(places, np.array(taken), 2.2 * _RADIUS) < 1)
    return np.asarray(score)


def _room(places: np.ndarray, others: np.ndarray, enough: float) -> np.ndarray:
    """Return the distance to the nearest other point, as a share of what is enough."""
    gaps = np.hypot(*np.moveaxis(places[:, None, :] - others[None, :, :], -1, 0)).min(axis=1)
    return np.asarray(np.minimum(gaps, enough) / enough)


def _forbidden(panel: Panel, places: np.ndarray) -> np.ndarray:
    """Return which places lie off the panel or on its title."""
    west, south, east, north = np.array(panel.box) * panel.points_per_degree
    low, high = (np.array([west, south]) + _RADIUS, np.array([east, north]) - _RADIUS)
    off = ((places < low) | (places > high)).any(axis=1)
    if panel.title:
        left, bottom, right, top = panel.title
        start, end = np.array([left, bottom]) - _RADIUS, np.array([right, top]) + _RADIUS
        off |= ((places > start) & (places < end)).all(axis=1)
    return np.asarray(off)
