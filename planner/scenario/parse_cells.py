"""Text cells -> numbers and texts; a problem for every cell that is not what its column says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.arrays import Booleans
from planner.errors import Problem
from planner.formats.formulas import is_formula
from planner.formats.hints import Choices, hint_of_choice
from planner.formats.number_proposals import number_question
from planner.formats.number_style import detect_style
from planner.formats.units_and_decimals import AS_WRITTEN, TOLD
from planner.i18n.parse import read_plain
from planner.schema.columns import Column, Table


def parse_table(table: Table, raw: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Return the table with numbers as floats, blanks filled as the schema says.

    Parameters
    ----------
    table
        Declaration of the table.
    raw
        Text cells, with `_file` and `_line`.
    problems
        Receives one entry for every wrong cell.

    Returns
    -------
    Same rows and columns; an open blank number is NaN.
    """
    frame = raw.copy()
    for column in table.columns:
        blank = (raw[column.name] == "").to_numpy()
        if column.required:
            key = "blank_text" if column.kind == "text" else "blank_cell"
            problems += _at(raw, blank, column, key)
        if column.is_figure:
            frame[column.name] = _numbers(raw, column, blank, problems)
        elif column.choices:
            problems += _choices(raw, table, column)
        elif column.kind == "text":
            problems += _at(raw, _formulas(raw[column.name]), column, "text_is_formula")
        if column.default is not None:
            frame.loc[blank, column.name] = column.default
    for column in table.columns:
        if column.same_as:
            blank = (raw[column.name] == "").to_numpy()
            frame.loc[blank, column.name] = frame.loc[blank, column.same_as]
    return frame.drop(columns=[name for name in frame if str(name).startswith(AS_WRITTEN)])


def _numbers(
    raw: pd.DataFrame, column: Column, blank: Booleans, problems: list[Problem]
) -> pd.Series[float]:
    cells = raw[column.name]
    codes, texts = pd.factorize(cells)  # each text that occurs is looked at once
    values = pd.Series(np.array([read_plain(text) for text in texts], float)[codes], cells.index)
    finite = np.isfinite(values.to_numpy())
    problems += _misspelt(raw, ~finite & ~blank & (cells != TOLD).to_numpy(), column)
    for key, bound, broken in column.breaches(values.to_numpy()):
        told_as = f"{key}_or_blank" if column.is_limit and key in {"too_low", "not_above"} else key
        problems += _at(raw, broken, column, told_as, bound=f"{bound:g}")
    if column.whole:
        problems += _at(raw, finite & (values % 1 != 0).to_numpy(), column, "not_whole")
    return values


def _formulas(cells: pd.Series[str]) -> Booleans:
    codes, texts = pd.factorize(cells)
    return np.array([is_formula(text) for text in texts], bool)[codes]


def _misspelt(raw: pd.DataFrame, rows: Booleans, column: Column) -> Iterator[Problem]:
    way = detect_style(raw)
    for file, line, value in _places(raw, rows, column):
        key, values = number_question(value, column, way)
        yield Problem(key, file, line, column.name, values)


def _choices(raw: pd.DataFrame, table: Table, column: Column) -> Iterator[Problem]:
    known = Choices(choices=column.choices, where=column.name, table=table.name)
    strange = ~raw[column.name].isin({"", *column.choices}).to_numpy()
    for file, line, cell in _places(raw, strange, column):
        for value in column.values(cell):
            if value not in column.choices:
                hint = hint_of_choice(value, column.choices, column.name, table.name)
                values: dict[str, object] = {"value": value, "hint": hint, "known": known}
                yield Problem("not_a_choice", file, line, column.name, values)


def _at(
    raw: pd.DataFrame,
    rows: Booleans,
    column: Column,
    key: str,
    *,
    blocking: bool = True,
    **values: object,
) -> Iterator[Problem]:
    for file, line, value in _places(raw, rows, column):
        yield Problem(key, file, line, column.name, {"value": value, **values}, blocking)


def _places(raw: pd.DataFrame, rows: Booleans, column: Column) -> Iterator[tuple[str, int, str]]:
    if not rows.any():
        return iter(())
    written = AS_WRITTEN + column.name
    found = raw.loc[rows, ["_file", "_line", written if written in raw else column.name]]
    return found.itertuples(index=False, name=None)
