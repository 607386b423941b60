"""What is usual among the rows of a table, and the remark that a row is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats
from planner.errors import Problem
from planner.scenario.checks.relations import iterate_cells

OTHERS = 8
"""Rows that are enough to say what is usual."""
_EARTH = 6_371
DIGITS, ALL_DIGITS = 10, 15
"""Of a figure that is told: those that count, and all that it has."""


def others_range(values: pd.Series[float], group: pd.Series[str]) -> tuple[Floats, Floats]:
    """Return the smallest and the largest positive value of the other rows of each group.

    Where a group has fewer than `OTHERS` such rows, or a row no value, NaN: nothing lies outside.
    """
    low, high = np.full((2, len(values)), np.nan)
    figures, names = values.to_numpy(float), group.to_numpy(object)
    for name in pd.unique(group[figures > 0]):
        rows = np.flatnonzero((names == name) & (figures > 0))
        if len(rows) < OTHERS:
            continue
        order = rows[np.argsort(figures[rows], kind="stable")]
        low[rows], high[rows] = figures[order[0]], figures[order[-1]]
        low[order[0]], high[order[-1]] = figures[order[1]], figures[order[-2]]
    return low, high


def outside(values: pd.Series[float], group: pd.Series[str], factor: float) -> pd.Series[bool]:
    """Return which positive values lie beyond the range of the others, by a factor on either side."""
    low, high = others_range(values, group)
    return (values > 0) & ((values > factor * high) | (values < low / factor))


def unlike_most(
    values: pd.Series[float], group: pd.Series[str], factor: float
) -> tuple[pd.Series[bool], pd.Series[float]]:
    """Find values unlike the one that nine of ten rows of their group have.

    Returns
    -------
    Which rows differ from it by more than the factor; and what the others have, NaN where they have
    no such value in common.
    """
    usual = pd.Series(np.nan, values.index)
    for _, cells in values.groupby(group, sort=False):
        most = cells.mode()
        if len(cells) >= OTHERS and len(most) and (cells == most[0]).mean() >= 0.9:
            usual[cells.index] = most[0]
    differs = (values > factor * usual.where(usual > 0, 0.1 / factor)) | (values < usual / factor)
    return differs & usual.notna(), usual


def great_circle_km(*places: pd.Series[float]) -> Floats:
    """Return the great-circle distance of two places (lat, lon, lat, lon), km; haversine formula."""
    lat, lon, to_lat, to_lon = (np.radians(place.to_numpy(dtype=float)) for place in places)
    lat, to_lat = (np.where(np.abs(side) <= np.pi / 2, side, np.nan) for side in (lat, to_lat))
    half = np.sin((to_lat - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * _EARTH * np.arcsin(np.sqrt(half))


def shown_figures(values: Sequence[float] | Array | pd.Series[float]) -> list[str]:
    """Write figures for a message."""
    return [f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}" for value in values]


def remarks(
    key: str, frame: pd.DataFrame, rows: pd.Series[bool], column: str, **more: object
) -> Iterator[Problem]:
    """Yield a remark for each of the rows; a value that is a list has one entry a row."""
    for at, (file, line, value) in enumerate(iterate_cells(frame, rows, column)):
        own = {name: part[at] if isinstance(part, list) else part for name, part in more.items()}
        values = {"value": _cell(value, DIGITS), **own}
        yield Problem(key, file, line, column, values, blocking=False)


def whole_remarks(
    key: str, frame: pd.DataFrame, rows: pd.Series[bool], column: str
) -> Iterator[Problem]:
    """Yield a remark for each of the rows, with all digits of its figure."""
    for file, line, value in iterate_cells(frame, rows, column):
        values = {"value": _cell(value, ALL_DIGITS)}
        yield Problem(key, file, line, column, values, blocking=False)


def _cell(value: object, digits: int) -> object:
    return f"{value:.{digits}g}" if isinstance(value, float) else value
