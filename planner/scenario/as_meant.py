"""Figures in the writer's own units and way of writing -> figures in ours, still as text.

`tonnes [kuintal]` in the header says that the column counts hundreds of kilograms. A file whose columns are
separated by semicolons writes 1.234,5 as Excel does in Indonesian; one with commas writes 1234.5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from planner.errors import Problem
from planner.scenario.called import choice_called
from planner.scenario.columns import SEPARATOR, Column, Table
from planner.units import UnitError, factor

AS_WRITTEN = "_as_written:"
"""Before the name of a column: the cells as they stand in the file."""
_BRACKETS = re.compile(r"(.*?)\s*[\[(]([^\])]*)[\])]\s*")
_INDONESIAN = r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?([eE][+-]?\d+)?"
_ENGLISH = r"-?\d+\.\d+([eE][+-]?\d+)?"
_PLAIN = r"-?\d+(\.\d*)?([eE][+-]?\d+)?"


def names_and_units(head: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Part "tonnes [kuintal]" into the column and the unit it is counted in."""
    parts = [_BRACKETS.fullmatch(cell.strip()) for cell in head]
    names = [found[1] if found else cell.strip() for found, cell in zip(parts, head, strict=True)]
    units = {name: found[2].strip() for name, found in zip(names, parts, strict=True) if found}
    return names, units


def as_meant(
    table: Table,
    raw: pd.DataFrame,
    units: Mapping[str, str],
    problems: list[Problem],
    *,
    indonesian: bool,
) -> pd.DataFrame:
    """Turn the figures of a table into our units and way of writing.

    Parameters
    ----------
    table
        Declaration of the table.
    raw
        Text cells, with `_file` and `_line`.
    units
        Unit by column, where the file gives one.
    problems
        Receives units that cannot be used, and figures that are written in the other way.
    indonesian
        Whether decimals stand behind a comma.

    Returns
    -------
    The same cells; of a column that was changed also the cells as written, under `AS_WRITTEN`.
    """
    frame = raw.copy()
    for column in (column for column in table.columns if column.choices):
        _as_choices(table, frame, column)
    if not units and not indonesian:
        return frame
    for column in table.columns:
        cells = frame[column.name]
        if indonesian and column.kind in {"number", "month"}:
            problems += _other_way(raw, column)
            grouped = cells.str.fullmatch(_INDONESIAN)
            plain = cells.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
            cells = cells.where(~grouped.astype(bool), plain)
        if column.name in units:
            cells = _converted(raw, cells, column, units[column.name], problems)
        if not cells.equals(frame[column.name]):
            frame[AS_WRITTEN + column.name], frame[column.name] = raw[column.name], cells
    return frame


def _as_choices(table: Table, frame: pd.DataFrame, column: Column) -> None:
    """Read the Indonesian words for a choice: pangan is food."""
    cells = frame[column.name]
    meant = {cell: _as_choice(cell, table, column) for cell in cells.unique()}
    if any(cell != choice for cell, choice in meant.items()):
        frame[AS_WRITTEN + column.name], frame[column.name] = cells, cells.map(meant)


def _as_choice(cell: str, table: Table, column: Column) -> str:
    parts = column.values(cell)
    meant = [
        part if part in column.choices else choice_called(part, column.name, table.name) or part
        for part in parts
    ]
    return cell if meant == parts else f"{SEPARATOR} ".join(meant)


def _other_way(raw: pd.DataFrame, column: Column) -> list[Problem]:
    """Find 12.5 in a file that writes 12,5."""
    cells = raw[column.name]
    english = cells.str.fullmatch(_ENGLISH) & ~cells.str.fullmatch(_INDONESIAN)
    found = raw.loc[english.astype(bool), ["_file", "_line", column.name]]
    return [
        Problem(
            "point_among_commas",
            file,
            line,
            column.name,
            {"value": value, "proposal": value.replace(".", ",")},
        )
        for file, line, value in found.itertuples(index=False, name=None)
    ]


def _converted(
    raw: pd.DataFrame, cells: pd.Series[str], column: Column, unit: str, problems: list[Problem]
) -> pd.Series[str]:
    """Turn the figures of a column into its own unit; what is no figure stays for the checks."""
    try:
        scale = Decimal(repr(factor(unit, column.unit or "fraction")))
    except UnitError as error:
        key = "unit_unknown" if error.nearest else "unit_of_other_kind"
        values = {"value": unit, "wanted": column.unit or "-", "hint": error.hint}
        file = str(raw["_file"].iloc[0]) if len(raw) else ""
        problems.append(Problem(key, file, 1, column.name, values))
        return cells
    figures = cells.str.fullmatch(_PLAIN).astype(bool)
    changed = cells.loc[figures].map(lambda cell: str(Decimal(cell) * scale))
    return cells.where(~figures, changed.reindex(cells.index))
