"""`[[adjust]]`: what-ifs on the rows of a table, after blank periods are spread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.arrays import Booleans
from planner.errors import Problem
from planner.formats.hints import hint, hint_of_choice, hint_of_code, hint_of_column
from planner.i18n import Phrase
from planner.schema.columns import Column
from planner.schema.settings import Adjust
from planner.schema.tables import TABLES

type Frames = dict[str, pd.DataFrame]
_TOO_LATE = {"profiles", "conversions"}
"""Tables that have done their work before anything is adjusted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an `[[adjust]]` stands.

    Parameters
    ----------
    file, line
        Path of its `scenario.toml` and line of its heading.
    number
        Its place among the entries of that file, from 1.
    inherited
        Whether it belongs to a base. It may then act on rows that the overlay leaves out.
    """

    file: str
    line: int
    number: int
    inherited: bool

    def problem(self, key: str, **values: object) -> Problem:
        """Build a problem of this entry."""
        return Problem(key, self.file, self.line, f"adjust {self.number}", values)


def apply_adjustments(
    frames: Frames,
    changes: tuple[Adjust, ...],
    entries: list[Entry],
    problems: list[Problem],
) -> Frames:
    """Apply the changes in their order.

    Parameters
    ----------
    frames
        Typed and spread tables; left as they are.
    changes
        The `[[adjust]]` entries.
    entries
        Where each of them stands.
    problems
        Receives what is wrong: an unknown table or column, an entry that hits no row or drives a
        figure out of its bounds.
    """
    adjusted = dict(frames)
    for change, entry in zip(changes, entries, strict=True):
        wrong = _wrong(change, adjusted, entry)
        if not wrong:
            frame = _changed(adjusted[change.table], change)
            wrong = _out_of_bounds(change, frame, entry)
            adjusted[change.table] = frame
        problems += wrong
    return adjusted


def preview_adjustment_problems(
    frames: Frames,
    changes: tuple[Adjust, ...],
    entries: list[Entry],
    problems: list[Problem],
) -> list[Problem]:
    """Return what is wrong with the changes while other problems keep the tables from being spread.

    Tables with problems of their own are left alone, and so are conditions on the period.
    """
    spoilt = {Path(problem.file).stem for problem in problems if problem.blocking}
    found: list[Problem] = []
    for change, entry in zip(changes, entries, strict=True):
        if not spoilt & {change.table, "sources"}:
            where = {name: value for name, value in change.where.items() if name != "period"}
            found += _wrong(change.model_copy(update={"where": where}), frames, entry)
    return found


def _wrong(change: Adjust, frames: Frames, entry: Entry) -> list[Problem]:
    if change.table in _TOO_LATE:
        return [entry.problem("adjust_too_late", table=change.table)]
    if change.table not in TABLES:
        return [entry.problem("adjust_table", value=change.table, hint=hint(change.table, TABLES))]
    table = TABLES[change.table]
    numbers = [c.name for c in table.columns if c.kind == "number" and not c.key]
    problems = [
        entry.problem(
            "adjust_column", value=name, table=table.name, hint=hint_of_column(name, known)
        )
        for name, known in [
            (change.column, numbers),
            *((name, table.names) for name in change.where),
        ]
        if name not in known
    ]
    sources = frames["sources"]
    if change.source not in set(sources["source"]):
        meant = hint_of_code(change.source, "sources", sources)
        values = {"value": change.source, "table": "sources", "hint": meant}
        problems.append(entry.problem("unknown_code", **values))
    if problems or entry.inherited:
        return problems
    return _misses(change, frames, entry)


def _misses(change: Adjust, frames: Frames, entry: Entry) -> list[Problem]:
    """Return which condition hits nothing, so that the planner sees where to look."""
    frame = frames[change.table]
    for name, wanted in change.where.items():
        cells = set(frame[name].astype(str))
        absent = [value for value in _listed(wanted) if value not in cells]
        if absent:
            meant = _hint(absent[0], TABLES[change.table].column(name), cells, frames)
            values = {"value": absent[0], "column": name, "table": change.table}
            return [entry.problem("adjust_value", **values, hint=meant)]
    if _named(frame, change).any() and not _hit(frame, change).any():
        return [entry.problem("adjust_blank", column=change.column, table=change.table)]
    if not _hit(frame, change).any():
        return [entry.problem("adjust_nothing", table=change.table)]
    return []


def _hint(value: str, column: Column, cells: set[str], frames: Frames) -> Phrase:
    """Return the value of a column that is meant; a code by its name too."""
    if column.choices:
        return hint_of_choice(value, cells, column.name)
    if column.refers and "." not in column.refers:
        declared = frames[column.refers]
        there = declared.loc[declared.iloc[:, 0].isin(cells)]
        return hint_of_code(value, column.refers, there)
    return hint(value, cells)


def _out_of_bounds(change: Adjust, frame: pd.DataFrame, entry: Entry) -> list[Problem]:
    column = TABLES[change.table].column(change.column)
    values = frame.loc[_hit(frame, change), change.column].to_numpy(dtype=float)
    for key, bound, broken in column.breaches(values):
        if broken.any():
            low = -column.largest if column.low is None else column.low
            found = {
                "column": column.name,
                "value": f"{values[broken][0]:g}",
                "bound": f"{bound:g}",
            }
            open_end = column.high is None and key != "beyond_counting"
            bounds = {"low": f"{low:g}", "high": "∞" if open_end else f"{column.largest:g}"}
            told = "adjust_all_lost" if key == "all_lost" else "adjust_bound"
            return [entry.problem(told, **found, **bounds)]
    return []


def _listed(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _named(frame: pd.DataFrame, change: Adjust) -> Booleans:
    """Return which rows meet all conditions."""
    rows = np.ones(len(frame), dtype=bool)
    for name, wanted in change.where.items():
        rows &= frame[name].astype(str).isin(_listed(wanted)).to_numpy()
    return rows


def _hit(frame: pd.DataFrame, change: Adjust) -> Booleans:
    """Return which rows change: of those that meet all conditions, blank ones have nothing to multiply or add to."""
    rows = _named(frame, change)
    return rows & frame[change.column].notna().to_numpy() if change.set is None else rows


def _changed(frame: pd.DataFrame, change: Adjust) -> pd.DataFrame:
    rows = _hit(frame, change)
    changed = frame.copy()
    old = frame.loc[rows, change.column]
    if change.set is not None:
        changed.loc[rows, change.column] = change.set
    elif change.add is not None:
        changed.loc[rows, change.column] = old + change.add
    elif change.multiply is not None:
        with np.errstate(over="ignore"):  # what becomes infinite is told as out of bounds
            changed.loc[rows, change.column] = old * change.multiply
    changed.loc[rows, "source"] = change.source
    return changed
