"""Text cells -> numbers and texts; a problem for every cell that is not what its column says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.arrays import Booleans
from planner.errors import Problem
from planner.scenario.as_meant import AS_WRITTEN
from planner.scenario.columns import Column, Table
from planner.scenario.names import nearest

_PLAIN = r"-?\d+(\.\d*)?([eE][+-]?\d+)?"
_DOT_GROUPS = r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+,\d+"
_COMMA_GROUPS = r"-?\d{1,3}(,\d{3})+(\.\d+)?"
_ONE_COMMA_GROUP = r"-?[1-9]\d{0,2},\d{3}"
_ONE_DOT_GROUP = r"[1-9]\d{0,2}\.\d{3}"
_IS_PLAIN, _GROUPED = re.compile(_PLAIN).fullmatch, re.compile(_ONE_DOT_GROUP).fullmatch
_FORMULA = re.compile(r"[=@]|[+-](?=[A-Za-z(=@+-])").match
_COUNTED = {"t", "people", "IDR/t", "IDR/kg"}
"""Units of figures that run into thousands."""
RARE = 0.02
"""Share of a column below which a way of writing is not its own."""


def typed(table: Table, raw: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Give the table with numbers as floats, blanks filled as the schema says.

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
        if column.kind in {"number", "month"}:
            frame[column.name] = _numbers(raw, column, blank, problems)
        elif column.choices:
            problems += _choices(raw, column)
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
    values = pd.Series(np.array([_number(text) for text in texts], float)[codes], cells.index)
    finite = np.isfinite(values.to_numpy())
    problems += _misspelt(raw, ~finite & ~blank, column)
    grouped = np.array([bool(_GROUPED(text)) for text in texts], bool)[codes]
    problems += _dots(raw, column, grouped, int((~blank).sum()))
    for key, bound, broken in column.breaches(values.to_numpy()):
        problems += _at(raw, broken, column, key, bound=f"{bound:g}")
    if column.whole:
        problems += _at(raw, finite & (values % 1 != 0).to_numpy(), column, "not_whole")
    return values


def _number(text: str) -> float:
    return float(text) if _IS_PLAIN(text) else np.nan


def _dots(raw: pd.DataFrame, column: Column, grouped: Booleans, filled: int) -> Iterator[Problem]:
    """Find 808.955 where every cell of the column looks so, or hardly another: perhaps 808,955."""
    if grouped.sum() >= 3 and grouped.sum() == filled:
        yield from _at(raw, grouped, column, "dot_groups", blocking=False)
    elif column.unit in _COUNTED and 0 < grouped.sum() <= RARE * filled:
        for file, line, value in _places(raw, grouped, column):
            values = {"value": value, "meant": value.replace(".", "")}
            yield Problem("dot_group", file, line, column.name, values, blocking=False)


def _formulas(cells: pd.Series[str]) -> Booleans:
    """Find texts that Excel would run when a table with them is opened."""
    codes, texts = pd.factorize(cells)
    return np.array([bool(_FORMULA(text)) for text in texts], bool)[codes]


def _misspelt(raw: pd.DataFrame, rows: Booleans, column: Column) -> Iterator[Problem]:
    for file, line, value in _places(raw, rows, column):
        proposal = _proposal(value)
        key = "number_format" if proposal else "not_a_number"
        yield Problem(key, file, line, column.name, {"value": value, "proposal": proposal})


def _proposal(value: str) -> str:
    """Read 1.234,5 and 1,234.5 and Rp 1.234,5 as a person would, to propose 1234.5; 60 % is 0.6."""
    digits = re.sub(r"[^\d.,eE+-]", "", value)
    if value.endswith("%"):
        share = digits.replace(",", ".")
        return f"{float(share) / 100:g}" if re.fullmatch(_PLAIN, share) else ""
    if re.fullmatch(_ONE_COMMA_GROUP, digits):
        return f"{digits.replace(',', '.')} / {digits.replace(',', '')}"
    if re.fullmatch(_COMMA_GROUPS, digits) and "." in digits:
        return digits.replace(",", "")
    if re.fullmatch(_DOT_GROUPS, digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(_COMMA_GROUPS, digits):
        return digits.replace(",", "")
    return digits if digits != value and re.fullmatch(_PLAIN, digits) else ""


def _choices(raw: pd.DataFrame, column: Column) -> Iterator[Problem]:
    known = ", ".join(column.choices)
    strange = ~raw[column.name].isin({"", *column.choices}).to_numpy()
    for file, line, cell in _places(raw, strange, column):
        for value in column.values(cell):
            if value not in column.choices:
                hint = nearest(value, column.choices)
                values: dict[str, object] = {"value": value, "nearest": hint, "known": known}
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
