"""Where a line has to be written: file, line, column, the figure now and the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner.analysis.diagnosis.lines import Change, Line
from planner.language import text
from planner.scenario import Scenario


def cells(scenario: Scenario, line: Line, language: str) -> list[str]:
    """Say what to write where; figures stand as they are typed.

    Parameters
    ----------
    scenario
        The input.
    line
        What has to change.
    language
        ``"id"`` or ``"en"``.
    """
    table = scenario.tables[line.of.table]
    own = table.loc[np.all([table[name] == code for name, code in line.where.items()], axis=0)]
    places = own.join(scenario.lines[line.of.table])
    adjusted = any(
        (change.table, change.column) == (line.of.table, line.of.column)
        for change in scenario.settings.adjust
    )
    told, new = [], []
    by_place: dict[tuple[str, int], list[Change]] = {}
    for change in line.changes:
        rows = places.loc[places["period"] == change.period] if line.of.by_period else places
        if rows.empty:
            new.append(change)
        else:
            by_place.setdefault((rows["file"].iloc[0], rows["line"].iloc[0]), []).append(change)
    for (file, number), changes in by_place.items():
        place = {"file": file, "line": number, "column": line.of.column}
        if adjusted or (places["line"] == number).sum() > 1:
            told.append(_adjustment(place, changes, language))
        else:
            told += [_cell(place, change, language) for change in changes]
    return [*told, _row(line, new, language)] if new else told


def figure(value: float) -> str:
    """Write a figure as it is typed into a table."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _cell(place: Mapping[str, object], change: Change, language: str) -> str:
    figures = {"old": figure(change.old), "new": figure(change.new)}
    return text("diagnosis.cell.at", language, **place, **figures)


def _adjustment(place: Mapping[str, object], changes: Sequence[Change], language: str) -> str:
    """Where a row stands for a whole year, or its figure was adjusted: one more adjustment, at the end."""
    parts = [f"{change.period} {figure(change.new - change.old)}".strip() for change in changes]
    return text("diagnosis.cell.adjust", language, **place, changes="; ".join(parts))


def _row(line: Line, changes: Sequence[Change], language: str) -> str:
    key = [f"{column} {code}" for column, code in line.where.items()]
    parts = [
        f"{f'period {change.period}, ' if change.period else ''}{line.of.column} {figure(change.new)}"
        for change in changes
    ]
    told = {"table": line.of.table, "cells": f"{', '.join(key)}, {'; '.join(parts)}"}
    return text("diagnosis.cell.new", language, **told)
