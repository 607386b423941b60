"""Where a row stands: in a file at a line, or in a workbook in a cell.

A workbook is read as a folder in its place, with one file for each sheet. So every check names files and
lines; here they become sheets and cells, before anybody reads them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from planner.errors import Cell, Problem


class Sheet(NamedTuple):
    """The sheet of a workbook that stands for a file.

    Parameters
    ----------
    name
        As it stands on its tab.
    letters
        Letters of the columns by English name; "" where all is in one column.
    """

    name: str
    letters: Mapping[str, str]

    def cell(self, column: str) -> Cell:
        """Give the cell of a column; without a letter where the sheet has no such column."""
        return Cell(self.name, self.letters.get(column) or self.letters.get("", ""))


type Books = dict[str, dict[str, Sheet]]
"""By path of a workbook: its sheets by the name of the file they stand for."""

_UNREAD = {"cell_error", "formula_without_value", "date_for_number"}
"""Of a cell that could not be read nothing else is worth saying."""
_IN_BOOKS = {
    "number_format": "number_as_text",
    "figures_foreign": "number_as_text",
    "figures_of_two_meanings": "figures_as_text",
    "no_table": "no_sheet",
    "no_settings": "no_sheet",
}
"""What has another remedy in a workbook."""


def cell_of(file: str, column: str, books: Books) -> tuple[str, Cell | None]:
    """Give the file that people see, and the cell where it is a workbook."""
    path = Path(file)
    book = str(path.parent)
    if book not in books:
        return file, None
    sheet = books[book].get(path.name)
    return book, sheet.cell(column) if sheet else Cell()


def in_cells(problems: Sequence[Problem], books: Books) -> list[Problem]:
    """Give the problems with sheet and cell where they are in a workbook."""
    if not books:
        return list(problems)
    unread = {_spot(problem) for problem in problems if problem.key in _UNREAD}
    return [
        _in_cell(problem, books)
        for problem in problems
        if problem.key in _UNREAD or _spot(problem) not in unread
    ]


def _spot(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line, problem.column


def _in_cell(problem: Problem, books: Books) -> Problem:
    file, cell = cell_of(problem.file, problem.column, books)
    if cell is None:
        return problem
    key = _IN_BOOKS.get(problem.key, problem.key)
    values = (
        {**problem.values, "file": Path(problem.file).name} if key == "no_sheet" else problem.values
    )
    return dataclasses.replace(problem, key=key, file=file, cell=cell, values=values)
