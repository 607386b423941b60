"""A table that stands alone: a CSV file, or the first sheet that is not hidden of a workbook."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from planner.errors import InputError, Problem
from planner.formats.csv_records import SEMICOLON, Record, read_records
from planner.formats.grid import detect_separator
from planner.formats.locations import Sheet
from planner.formats.number_style import Usual
from planner.formats.read_raw import is_readable_book
from planner.formats.xlsx.cell_values import Row, cell_text, records
from planner.formats.xlsx.merged_cells import find_hidden_content
from planner.formats.xlsx.safe_open import iterate_rows, open_workbook
from planner.schema.columns import Table

_LOOSE = Table("", "", ())
"""A table of which nothing is declared: every cell is a text."""


class SingleTable(NamedTuple):
    """Records of text with their lines, the names of the columns first.

    Parameters
    ----------
    file
        Where it was read.
    records
        Number of the line or row, and its cells.
    indonesian
        Whether numbers are written as 1.234,5 where nothing else tells.
    sheet
        Where the table stands in a workbook; None for a CSV file.
    headings
        What the columns are called in the file, where they were given other names since.
    """

    file: str
    records: list[Record]
    indonesian: bool = False
    sheet: Sheet | None = None
    headings: Mapping[str, str] = {}

    @property
    def usual(self) -> Usual:
        """How it writes figures."""
        return "book" if self.sheet else "id" if self.indonesian else "plain"

    def placed(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return problems with the headings of the file, and with sheet and cell where it is a workbook."""
        found = problems
        if self.sheet is not None:
            cells = [self.sheet.cell(problem.column) for problem in problems]
            found = [
                dataclasses.replace(problem, file=self.file, cell=cell)
                for problem, cell in zip(problems, cells, strict=True)
            ]
        return [
            dataclasses.replace(one, column=self.headings.get(one.column, one.column))
            for one in found
        ]


def read_single_table(file: Path) -> SingleTable:
    """Read a table that stands alone.

    Parameters
    ----------
    file
        CSV in UTF-8, or a workbook; titles above the table (rows of one cell) are left out.

    Returns
    -------
    Its cells as texts. In a workbook a text that may be two numbers is marked by `AS_TEXT`, in every
    column: the names of the columns are not known yet.

    Raises
    ------
    InputError
        If it cannot be read, or a cell has an error of Excel or a formula without a value.
    """
    if is_readable_book(file):
        with open_workbook(file) as book:
            return _of_sheet(str(file), _first(book))
    problems: list[Problem] = []
    records, separator = read_records(file, problems, detect_separator) or ([], "")
    if problems:
        raise InputError(problems)
    filled = [len([cell for cell in cells if cell.strip()]) for _, cells in records]
    head = next((at for least in (2, 1) for at, full in enumerate(filled) if full >= least), 0)
    return SingleTable(str(file), records[head:], separator == SEMICOLON)


def _first(book: Any) -> Any:
    """Return the first sheet that people see."""
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return (seen or book.worksheets)[0]


def _of_sheet(file: str, sheet: Any) -> SingleTable:
    marks = find_hidden_content(sheet)
    rows = {number: [*row] for number, row in enumerate(iterate_rows(sheet), start=1)}
    for number, at in marks.without_value:
        if at < len(rows.get(number, [])):
            rows[number][at] = "="  # openpyxl gives nothing at all
    head = _head(rows)
    header = dict(enumerate(_texts(rows.get(head, []))))
    letters = {name: get_column_letter(at + 1) for at, name in header.items()}
    body = {number: row for number, row in rows.items() if number >= head}
    found, unread = records(file, _LOOSE, header, body, marks, undeclared="number")
    table = SingleTable(file, [*found], sheet=Sheet(sheet.title, letters))
    if unread:
        raise InputError(table.placed(unread))
    return table


def _head(rows: Mapping[int, Row]) -> int:
    """Find the first row of two cells or more, or else of one; 0 where all are blank."""
    filled = {number: len([*filter(None, _texts(row))]) for number, row in rows.items()}
    return next((number for least in (2, 1) for number in filled if filled[number] >= least), 0)


def _texts(row: Row) -> list[str]:
    """Return the cells of a row as texts, without the empty ones behind the last."""
    texts = [cell_text(cell, "text") for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts
