"""A table that stands alone: a CSV file, or the first sheet that is not hidden of a workbook."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from planner.errors import InputError, Problem
from planner.scenario.book_cells import ERRORS, Row, cell_text
from planner.scenario.book_marks import marks_of
from planner.scenario.book_open import opened, rows_of
from planner.scenario.places import Sheet
from planner.scenario.records import SEMICOLON, Record, read_records

BOOK = ".xlsx"


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
    """

    file: str
    records: list[Record]
    indonesian: bool = False
    sheet: Sheet | None = None

    def placed(self, problems: Sequence[Problem]) -> list[Problem]:
        """Give problems of the table with sheet and cell where it stands in a workbook."""
        if self.sheet is None:
            return list(problems)
        cells = [self.sheet.cell(problem.column) for problem in problems]
        return [
            dataclasses.replace(problem, file=self.file, cell=cell)
            for problem, cell in zip(problems, cells, strict=True)
        ]


def read_single_table(file: Path) -> SingleTable:
    """Read a table that stands alone.

    Parameters
    ----------
    file
        CSV in UTF-8, or a workbook; titles above the table (rows of one cell) are left out there.

    Raises
    ------
    InputError
        If it cannot be read, or a cell has an error of Excel or a formula without a value.
    """
    if file.suffix.lower() == BOOK:
        with opened(file) as book:
            return _of_sheet(str(file), _first(book))
    problems: list[Problem] = []
    records, separator = read_records(file, problems) or ([], "")
    if problems:
        raise InputError(problems)
    return SingleTable(str(file), records, separator == SEMICOLON)


def _first(book: Any) -> Any:
    """Give the first sheet that people see."""
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return (seen or book.worksheets)[0]


def _of_sheet(file: str, sheet: Any) -> SingleTable:
    rows = [(number, _texts(row)) for number, row in enumerate(rows_of(sheet), start=1)]
    records = [(number, cells) for number, cells in rows if cells]
    while len(records) > 1 and sum(map(bool, records[0][1])) < 2:
        records.pop(0)
    names = [name.strip() for name in records[0][1]] if records else []
    padded: list[Record] = [
        (number, cells + [""] * (len(names) - len(cells))) for number, cells in records
    ]
    letters = {name: get_column_letter(at) for at, name in enumerate(names, start=1)}
    table = SingleTable(file, padded, sheet=Sheet(sheet.title, letters))
    if unread := [*_errors(names, padded), *_formulas(names, sheet)]:
        raise InputError(table.placed(unread))
    return table


def _texts(row: Row) -> list[str]:
    """Give the cells of a row as texts, without the empty ones behind the last."""
    texts = [cell_text(cell, "text") for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _errors(names: Sequence[str], records: Sequence[Record]) -> Iterator[Problem]:
    for number, cells in records:
        for at, cell in enumerate(cells):
            if cell in ERRORS:
                yield Problem("cell_error", "", number, _name(names, at), {"value": cell})


def _formulas(names: Sequence[str], sheet: Any) -> Iterator[Problem]:
    """Find formulas that no program has worked out."""
    for number, at in sorted(marks_of(sheet).without_value):
        yield Problem("formula_without_value", "", number, _name(names, at))


def _name(names: Sequence[str], at: int) -> str:
    return names[at] if at < len(names) else ""
