"""Figures far from all others of their column: where arithmetic with sixteen digits comes to its end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.scenario.scenario import Scenario

FAR = 1e4
"""How many times larger or smaller than the middle one of its column a figure is that stands out."""
HUGE = 1e9
"""A figure that stands out whatever the others are."""
TOLD = 3


def extremes(scenario: Scenario) -> list[str]:
    """Name the figures that stand out most: file and line, column, and the figure itself.

    Parameters
    ----------
    scenario
        The input.
    """
    found = sorted(_standing_out(scenario), reverse=True)
    return list(dict.fromkeys(place for _, place in found))[:TOLD]


def _standing_out(scenario: Scenario) -> Iterator[tuple[float, str]]:
    """Yield by how many times each figure stands out, and where it is."""
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
                    yield (
                        float(times),
                        f"{_place(scenario, table, row)} {column} = {figures[row]:.6g}",
                    )


def _place(scenario: Scenario, table: str, row: int) -> str:
    lines = scenario.lines.get(table)
    index = scenario.tables[table].index[row]
    if lines is None or index not in lines.index:
        return f"{table}.csv"
    place = lines.loc[[index]].iloc[0]
    return f"{table}.csv:{int(place['line'])}"
