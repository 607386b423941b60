"""Figures far from all others of their column: where arithmetic with sixteen digits comes to its end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.errors import Figure
from planner.formats.locations import find_cell
from planner.scenario.scenario import Scenario

FAR = 1e4
"""How many times larger or smaller than the middle one of its column a figure is that stands out."""
HUGE = 1e9
"""A figure that stands out whatever the others are."""
TOLD = 3


def extremes(scenario: Scenario) -> tuple[Figure, ...]:
    """Return the figures that stand out most, with their places.

    Parameters
    ----------
    scenario
        The input.
    """
    found = sorted(_standing_out(scenario), key=lambda one: one[0], reverse=True)
    return tuple(dict.fromkeys(figure for _, figure in found))[:TOLD]


def _standing_out(scenario: Scenario) -> Iterator[tuple[float, Figure]]:
    """Yield by how many times each figure stands out, and the figure."""
    for table, frame in scenario.tables.items():
        for column in frame.select_dtypes("number"):
            figures = np.abs(frame[column].to_numpy(dtype=float))
            there = np.isfinite(figures) & (figures > 0)
            if not there.any():
                continue
            middle = np.median(figures[there])
            for row in {
                int(np.argmax(np.where(there, figures, -1.0))),
                int(np.argmin(np.where(there, figures, np.inf))),
            }:
                times = max(figures[row] / middle, middle / figures[row], figures[row] / HUGE * FAR)
                if times >= FAR:
                    yield float(times), _figure(scenario, table, row, str(column), figures[row])


def _figure(scenario: Scenario, table: str, row: int, column: str, value: float) -> Figure:
    lines = scenario.lines[table]
    index = scenario.tables[table].index[row]
    if index not in lines.index:
        return Figure(float(value), f"{table}.csv", 0, column)
    place = lines.loc[[index]].iloc[0]
    file, cell = find_cell(str(place["file"]), int(place["line"]), column, scenario.books)
    return Figure(float(value), file, int(place["line"]), column, cell)
