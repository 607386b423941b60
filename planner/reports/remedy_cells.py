"""Where a line has to be written: file, line, column, the figure now and the new one."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd

from planner.analysis.infeasibility.relaxations import LESS, MORE
from planner.analysis.infeasibility.remedies import FigureChange, Remedy
from planner.formats.locations import MEMORY
from planner.i18n import text
from planner.scenario import Scenario

SENSES = {LESS: "<=", MORE: ">="}
"""What a rule that asks for an exact amount becomes; gone where it may be both."""


def remedy_cells(scenario: Scenario, line: Remedy, language: str) -> list[str]:
    """Write what to write where; figures stand as they are typed.

    Parameters
    ----------
    scenario
        The input.
    line
        What has to change.
    language
        ``"id"`` or ``"en"``.
    """
    rows = _rows(scenario, line)
    told, new = [], []
    by_place: dict[tuple[str, int], list[FigureChange]] = {}
    for change in line.changes:
        here = rows.loc[rows["period"] == change.period] if line.of.by_period else rows
        if here.empty:
            new.append(change)
        else:
            by_place.setdefault((here["file"].iloc[0], here["line"].iloc[0]), []).append(change)
    for (file, number), changes in by_place.items():
        place = scenario.place(file, number, line.of.column, language)
        if _adjusted(scenario, line) or (rows["line"] == number).sum() > 1 or _spread(file, line):
            told.append(_adjustment(place, changes, language))
        else:
            told += [_cell(place, line, change, language) for change in changes]
    return [*told, _new_row(line, new, language)] if new else told


def format_figure(value: float) -> str:
    """Write a figure as it is typed into a table."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _rows(scenario: Scenario, line: Remedy) -> pd.DataFrame:
    """Return the rows that a line is about, with their files and lines."""
    table = scenario.tables[line.of.table]
    own = np.all([table[name] == code for name, code in line.where.items()], axis=0)
    return table.loc[own].join(scenario.lines[line.of.table])


def _adjusted(scenario: Scenario, line: Remedy) -> bool:
    """Return whether the figures in the file may not be those of the scenario."""
    cell = line.of.table, line.of.column
    return any((change.table, change.column) == cell for change in scenario.settings.adjust)


def _spread(file: str, line: Remedy) -> bool:
    """Return whether a figure of one period may be a share of one for the year, as in a run or in memory."""
    return line.of.by_period and Path(file).parent == MEMORY


def _cell(place: str, line: Remedy, change: FigureChange, language: str) -> str:
    if line.kind == "equal" and change.new not in SENSES:
        return text("diagnosis.cell.gone", language, place=place)
    old, new = format_figure(change.old), format_figure(change.new)
    if line.kind == "equal":
        old, new = "=", SENSES[int(change.new)]
    return text("diagnosis.cell.at", language, place=place, old=old, new=new)


def _adjustment(place: str, changes: Sequence[FigureChange], language: str) -> str:
    """Where a row stands for a whole year, or its figure was adjusted: one more adjustment, at the end."""
    parts = [
        f"{change.period} add = {ceil(change.new - change.old)}"
        if change.period
        else f"set = {format_figure(change.new)}"
        for change in changes
    ]
    return text("diagnosis.cell.adjust", language, place=place, changes="; ".join(parts))


def _new_row(line: Remedy, changes: Sequence[FigureChange], language: str) -> str:
    key = [f"{column} {code}" for column, code in line.where.items()]
    parts = [
        f"{f'period {change.period}, ' if change.period else ''}{line.of.column} {format_figure(change.new)}"
        for change in changes
    ]
    told = {"table": line.of.table, "cells": f"{', '.join(key)}, {'; '.join(parts)}"}
    return text("diagnosis.cell.new", language, **told)
