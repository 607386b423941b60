"""What differs between two scenarios as they were written: rows by key, cells, settings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from planner.arrays import Integers
from planner.exchange.merge.row_matching import (
    MatchedRows,
    align_rows,
    match_rows,
    to_numbers,
    unlike_cells,
)
from planner.exchange.merge.written_scenario import WrittenScenario, iterate_settings
from planner.formats.formulas import kept_as_text
from planner.formats.raw_scenario import SETTINGS_FILE
from planner.runs import Target, atomic_file
from planner.schema.columns import Column, Table
from planner.schema.tables import SOURCE, TABLES

COLUMNS = [
    "table", "key", "column", "change", "before", "after", "difference", "relative",
    "source_before", "source_after", "line_before", "line_after",
]  # fmt: skip
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


def differences(before: WrittenScenario, after: WrittenScenario) -> pd.DataFrame:
    """Return one line for each setting and each cell that differs.

    Parameters
    ----------
    before, after
        Two scenarios as they were written.

    Returns
    -------
    `key` holds the key cells of the row in the order of its table. A row that only one of them has is
    "added" or "removed", with a line for each of its figures, or one line without column where it has
    none. Figures are compared as numbers, and a blank cell is what it stands for: what means the same
    is no difference. `difference` and `relative` (to `before`) are NaN where a cell is no number.
    `line_before` and `line_after` count as a text editor does; 0 where there is no row.
    """
    parts = [_settings(before, after)]
    parts += [_rows(table, before, after) for table in TABLES.values()]
    found = [part for part in parts if len(part)]
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    result = pd.concat(found, ignore_index=True)
    old, new = to_numbers(result["before"]), to_numbers(result["after"])
    result["difference"] = new - old
    result["relative"] = result["difference"] / old.where(old != 0).abs()
    texts = ~result["number"].astype(bool)
    result.loc[texts, ["difference", "relative"]] = np.nan
    return result[COLUMNS]


def write_differences(found: pd.DataFrame, out: Target | Path) -> None:
    """Write what `differences` found as CSV.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with atomic_file(out) as file:
        found.to_csv(file, index=False, lineterminator="\n", float_format="%.10g")


def _settings(before: WrittenScenario, after: WrittenScenario) -> pd.DataFrame:
    old, new = (dict(iterate_settings(side.settings, into=True)) for side in (before, after))
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    rows = [
        {
            "key": key,
            "change": CHANGED if key in old and key in new else ADDED if key in new else REMOVED,
            "before": setting_text(old.get(key, "")),
            "after": setting_text(new.get(key, "")),
            "number": all(isinstance(side.get(key), int | float) for side in (old, new)),
        }
        for key in keys
    ]
    blank = {"table": SETTINGS_FILE, "column": "", "source_before": "", "source_after": ""}
    return pd.DataFrame(rows).assign(**blank, line_before=0, line_after=0)


def setting_text(value: object) -> str:
    """Write a setting in one line; what Excel would run as a formula is kept a text."""
    return kept_as_text("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _rows(table: Table, before: WrittenScenario, after: WrittenScenario) -> pd.DataFrame:
    a, b = before.table(table.name), after.table(table.name)
    paired = match_rows(table, a, b)
    old, new = (align_rows(*pair) for pair in ((a, paired.a), (b, paired.b)))
    cells = [_changed(table, paired, a, b, old, new), _single(table, paired, old, new)]
    found = pd.concat(cells)
    if found.empty:
        return found
    row = found.index
    known = SOURCE.name in table.names
    return found.assign(
        table=table.name,
        key=np.array(paired.words, object)[row],
        source_before=old[SOURCE.name].to_numpy()[row] if known else "",
        source_after=new[SOURCE.name].to_numpy()[row] if known else "",
        line_before=old["_line"].to_numpy()[row],
        line_after=new["_line"].to_numpy()[row],
    ).sort_index(kind="stable")


def _changed(
    table: Table, paired: MatchedRows, a: pd.DataFrame, b: pd.DataFrame, *written: pd.DataFrame
) -> pd.DataFrame:
    """Return the cells that differ of rows that both have."""
    unlike = unlike_cells(paired, a, b)
    parts = [
        _cells(column, CHANGED, np.flatnonzero(unlike[:, number]), *written)
        for number, column in enumerate(table.columns)
        if not column.key
    ]
    return pd.concat(parts)


def _single(table: Table, paired: MatchedRows, *written: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the rows that only one of them has."""
    counted = [column for column in table.columns if column.kind == "number" and not column.key]
    parts = []
    for change, place, frame in (
        (REMOVED, paired.b, written[0]),
        (ADDED, paired.a, written[1]),
    ):
        alone = place < 0
        filled = np.array([(frame[column.name] != "") & alone for column in counted]).reshape(
            len(counted), len(frame)
        )
        parts += [
            _cells(column, change, np.flatnonzero(rows), *written)
            for column, rows in zip(counted, filled, strict=True)
        ]
        parts.append(_cells(None, change, np.flatnonzero(alone & ~filled.any(axis=0)), *written))
    return pd.concat(parts)


def _cells(
    column: Column | None, change: str, rows: Integers, old: pd.DataFrame, new: pd.DataFrame
) -> pd.DataFrame:
    name = column.name if column else ""
    before, after = (frame[name].to_numpy()[rows] if column else "" for frame in (old, new))
    number = column is not None and column.kind == "number"
    given = {"column": name, "change": change, "before": before, "after": after, "number": number}
    return pd.DataFrame(given, index=rows)
