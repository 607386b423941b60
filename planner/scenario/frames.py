"""Frames of pandas -> the texts that a CSV file would hold, so that the checks of files read them.

None, NaN, NaT, pd.NA and "" are blank. A whole number is written without a point, so that the province 11 is a
code whatever pandas made of it; a day or a `pd.Period` becomes the label of its period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pandas as pd

from planner.errors import Problem
from planner.formats.hints import hint_of_table
from planner.formats.locations import MEMORY, Frame
from planner.formats.number_style import AS_TEXT
from planner.formats.raw_scenario import Folder, add_table
from planner.i18n.parse import is_ambiguous
from planner.scenario.expand_periods import SHARE
from planner.schema.columns import FIGURES, Column, Kind, Table
from planner.schema.horizon import Horizon
from planner.schema.tables import TABLES

_SHARE = Column(
    SHARE,
    "Share of a year that falls into the period, as a table that was read has it",
    "number",
    "fraction",
    blank="the same every day of the year",
    low=0.0,
    high=1.0,
)
_EXACT = 1e15
"""Whole numbers up to this are written digit by digit."""


def as_read(table: Table) -> Table:
    """Return the declaration of a table as a scenario holds it: with the share of the year of each period."""
    if not table.by_period:
        return table
    return Table(table.name, table.meaning, (*table.columns, _SHARE), table.required, table.spread)


def read_frame(
    folder: Folder,
    name: str,
    frame: object,
    horizon: Horizon | None,
    problems: list[Problem],
    *,
    as_held: bool = True,
) -> Frame | None:
    """Put a frame into a folder, as if it were read from a file of that folder.

    Parameters
    ----------
    folder
        Receives the cells as text.
    name
        Name of the table.
    frame
        What somebody gives for it.
    horizon
        Periods of the scenario; None where they are not known, so that no day is a period.
    problems
        Receives what is wrong with the name, the columns and the cells as such.
    as_held
        Whether the frame may have the columns that a scenario adds in reading, and not only those of files.

    Returns
    -------
    Index and keys of the frame, to tell its rows by; None where it cannot be used.
    """
    file = str(MEMORY / f"{name}.csv")
    if name not in TABLES:
        problems.append(Problem("frame_unknown_table", file, values={"hint": hint_of_table(name)}))
        return None
    if not isinstance(frame, pd.DataFrame):
        values = {"value": type(frame).__name__, "table": name}
        problems.append(Problem("frame_is_none", file, values=values))
        return None
    table = as_read(TABLES[name]) if as_held else TABLES[name]
    header = [str(column) for column in frame.columns]
    in_index = _in_index(table, frame, header)
    problems += [Problem("frame_column_in_index", file, 0, column) for column in in_index]
    if in_index:
        return None
    kinds = {column.name: column.kind for column in table.columns}
    columns = [
        [_text(value, kinds.get(column, "text"), horizon) for value in _values(frame, i)]
        for i, column in enumerate(header)
    ]
    rows = zip(*columns, strict=True) if columns else iter([()] * len(frame))
    add_table(folder, table, [(0, header), *enumerate(rows, start=1)], problems, "book")
    texts = folder.tables.get(name)
    key = frame.iloc[:, :0] if texts is None else texts[list(table.key)]
    return Frame(name, frame.index, key)


def _in_index(table: Table, frame: pd.DataFrame, header: list[str]) -> list[str]:
    """Return columns of the table that `set_index` or `groupby` has put into the index."""
    return [name for name in table.names if name in frame.index.names and name not in header]


def _values(frame: pd.DataFrame, position: int) -> Iterator[object]:
    """Yield the cells of a column as plain objects, blanks as None."""
    cells = frame.iloc[:, position]
    blank = cells.isna().to_numpy()
    for value, nothing in zip(cells.tolist(), blank, strict=True):
        yield None if nothing else value


def _text(value: object, kind: Kind, horizon: Horizon | None) -> str:
    """Write a cell; a text that may be two numbers is marked, for a number of Python is never unclear."""
    if value is None:
        return ""
    if isinstance(value, str):
        return AS_TEXT + value if kind in FIGURES and is_ambiguous(value) else value
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, pd.Period | dt.date):
        return _day(value, horizon if kind == "period" else None)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _EXACT
        return str(int(value)) if whole else repr(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _day(value: pd.Period | dt.date, periods: Horizon | None) -> str:
    """Write a day, or the label of the period that it begins."""
    label = "" if periods is None else periods.label_of(value)
    if label or not isinstance(value, dt.datetime):
        return label or str(value)
    return str(value.date() if value.time() == dt.time() else value)
