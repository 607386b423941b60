"""`[[adjust]]`: what-ifs on the rows of a table, after blank periods are spread."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Booleans
from planner.errors import Problem
from planner.scenario.names import nearest
from planner.scenario.schema import TABLES
from planner.scenario.settings import Adjust


def adjust(
    frames: dict[str, pd.DataFrame], changes: tuple[Adjust, ...], file: str, problems: list[Problem]
) -> dict[str, pd.DataFrame]:
    """Apply the changes in their order.

    Parameters
    ----------
    frames
        Typed and spread tables; left as they are.
    changes
        The `[[adjust]]` entries.
    file
        Path of `scenario.toml`, for messages.
    problems
        Receives what is wrong: an unknown table or column, an entry that hits no row.
    """
    adjusted = dict(frames)
    for number, change in enumerate(changes, start=1):
        wrong = _wrong(change, adjusted, file, number)
        problems += wrong
        if not wrong:
            adjusted[change.table] = _changed(adjusted[change.table], change)
    return adjusted


def _wrong(change: Adjust, frames: dict[str, pd.DataFrame], file: str, number: int) -> list[Problem]:
    entry = f"adjust {number}"
    if change.table not in TABLES:
        hint = {"value": change.table, "nearest": nearest(change.table, TABLES)}
        return [Problem("adjust_table", file, column=entry, values=hint)]
    table = TABLES[change.table]
    numbers = [column.name for column in table.columns if column.kind == "number"]
    problems = []
    if change.column not in numbers:
        values = {"value": change.column, "table": table.name, "nearest": nearest(change.column, numbers)}
        problems.append(Problem("adjust_column", file, column=entry, values=values))
    for name in change.where:
        if name not in table.names:
            values = {"value": name, "table": table.name, "nearest": nearest(name, table.names)}
            problems.append(Problem("adjust_column", file, column=entry, values=values))
    sources = frames["sources"]["source"]
    if change.source not in set(sources):
        values = {"value": change.source, "table": "sources", "nearest": nearest(change.source, sources)}
        problems.append(Problem("unknown_code", file, column=entry, values=values))
    if problems:
        return problems
    return problems or _misses(change, frames[change.table], file, entry)


def _misses(change: Adjust, frame: pd.DataFrame, file: str, entry: str) -> list[Problem]:
    """Say which condition hits nothing, so that the planner sees where to look."""
    for name, wanted in change.where.items():
        cells = set(frame[name].astype(str))
        absent = [value for value in _listed(wanted) if value not in cells]
        if absent:
            values = {"value": absent[0], "column": name, "table": change.table, "nearest": nearest(absent[0], cells)}
            return [Problem("adjust_value", file, column=entry, values=values)]
    if not _hit(frame, change).any():
        return [Problem("adjust_nothing", file, column=entry, values={"table": change.table})]
    return []


def _listed(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _hit(frame: pd.DataFrame, change: Adjust) -> Booleans:
    rows = np.ones(len(frame), dtype=bool)
    for name, wanted in change.where.items():
        rows &= frame[name].astype(str).isin(_listed(wanted)).to_numpy()
    return rows & frame[change.column].notna().to_numpy() if change.set is None else rows


def _changed(frame: pd.DataFrame, change: Adjust) -> pd.DataFrame:
    rows = _hit(frame, change)
    changed = frame.copy()
    old = frame.loc[rows, change.column]
    if change.set is not None:
        changed.loc[rows, change.column] = change.set
    elif change.add is not None:
        changed.loc[rows, change.column] = old + change.add
    else:
        changed.loc[rows, change.column] = old * change.multiply
    changed.loc[rows, "source"] = change.source
    return changed
