"""Cells of a sheet -> the texts that a CSV file would hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from planner.errors import Problem
from planner.formats.number_style import AS_TEXT
from planner.formats.xlsx.merged_cells import HiddenContent
from planner.i18n.parse import is_ambiguous
from planner.schema.columns import FIGURES, Kind, Table

type Value = str | float | bool | dt.date | dt.time | dt.timedelta | None
type Row = Sequence[Value]
type Record = tuple[int, list[str]]

ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
_MIDNIGHT = dt.time()


def records(
    file: str,
    table: Table,
    header: Mapping[int, str],
    body: Mapping[int, Row],
    marks: HiddenContent,
    *,
    undeclared: Kind = "text",
) -> tuple[list[Record], list[Problem]]:
    """Return number and cells of the rows that are not blank, and what could not be read.

    Parameters
    ----------
    file
        The file that the sheet stands for.
    table
        Its declaration.
    header
        Names of the columns, by their place from 0.
    body
        The rows below the header, by their number.
    marks
        Merged cells, and formulas without a value.
    undeclared
        What a column that is not declared may hold.
    """
    kinds: dict[str, Kind] = {column.name: column.kind for column in table.columns}
    found: list[Record] = []
    problems: list[Problem] = []
    for number, row in body.items():
        cells = []
        for i, name in header.items():
            value, kind = _value(row, i), kinds.get(name, "text")
            shown = kinds.get(name, undeclared)
            place = file, number, name
            if (number, i) in marks.without_value:
                problems.append(Problem("formula_without_value", *place))
                value = "="
            elif (number, i) in marks.merged:
                value = _upper_left(body, marks.merged[number, i])
            problems += _unread(place, value, kind)
            cells.append(_figure_text(value) if shown in FIGURES else cell_text(value, kind))
        if any(cells):
            found.append((number, cells))
    problems += _merged(file, header, body, marks)
    problems += _nameless(file, header, body)
    return found, problems


def _figure_text(value: Value) -> str:
    """Write a figure; a text that may be two numbers is marked, for a number of Excel is never unclear."""
    text = cell_text(value, "number")
    return AS_TEXT + text if isinstance(value, str) and is_ambiguous(text) else text


def _value(row: Row, i: int) -> Value:
    return row[i] if i < len(row) else None


def cell_text(value: Value, kind: Kind) -> str:
    """Write the value of a cell as it stands in a CSV file.

    Parameters
    ----------
    value
        What openpyxl gives: Excel keeps the province 11 as a number and the month 2023-01 as a day.
    kind
        What the column holds.
    """
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return _day(value, kind)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, bool):
        return str(value).upper()
    return (repr(value) if isinstance(value, float) else str(value)).strip()


def _day(value: dt.datetime, kind: Kind) -> str:
    if value.time() != _MIDNIGHT:
        return value.isoformat(" ")
    return f"{value:%Y-%m}" if kind == "period" and value.day == 1 else f"{value:%Y-%m-%d}"


def _unread(place: tuple[str, int, str], value: Value, kind: Kind) -> Iterator[Problem]:
    if isinstance(value, str) and value in ERRORS:
        yield Problem("cell_error", *place, {"value": value})
    elif kind in FIGURES and isinstance(value, (dt.date, dt.time, dt.timedelta)):
        yield Problem("date_for_number", *place, {"value": cell_text(value, kind)})


def _upper_left(body: Mapping[int, Row], corner: tuple[int, int]) -> Value:
    number, i = corner
    return _value(body.get(number, ()), i)


def _merged(
    file: str, header: Mapping[int, str], body: Mapping[int, Row], marks: HiddenContent
) -> Iterator[Problem]:
    """Report each merged block once: only its first cell has a value, the others would be blank."""
    for number, i in dict.fromkeys(marks.merged.values()):
        if number in body and i in header:
            value = cell_text(_upper_left(body, (number, i)), "text")
            yield Problem("merged_cells", file, number, header[i], {"value": value})


def _nameless(file: str, header: Mapping[int, str], body: Mapping[int, Row]) -> Iterator[Problem]:
    """Report the first cell of each column that has no heading."""
    told = set(header)
    for number, row in body.items():
        for i, value in enumerate(row):
            if i not in told and cell_text(value, "text"):
                told.add(i)
                values = {"value": str(value)[:40], "letter": get_column_letter(i + 1)}
                yield Problem("nameless_column", file, number, values=values)
