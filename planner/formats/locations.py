"""Where a row stands: in a file at a line, in a workbook in a cell, or in memory in a row of a frame.

A workbook is read as a folder in its place, with one file for each sheet, and so are frames. So every check
names files and lines; here they become sheets and cells, tables and rows, before anybody reads them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from planner.errors import Cell, Problem, Row


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
        """Return the cell of a column; without a letter where the sheet has no such column."""
        return Cell(self.name, self.letters.get(column) or self.letters.get("", ""))


class Frame(NamedTuple):
    """The frame that stands for a file.

    Parameters
    ----------
    table
        Name of its table.
    labels
        Its index; the first row is line 1. A label that stands there twice tells nothing: then rows are counted.
    key
        The columns of its key, as they were given.
    """

    table: str
    labels: pd.Index
    key: pd.DataFrame

    def row(self, line: int) -> Row:
        """Return the row of a line; without a name for line 0, the header."""
        if not 0 < line <= len(self.labels):
            return Row(self.table)
        cells = [str(cell) for cell in self.key.iloc[line - 1] if str(cell)]
        named = f" ({', '.join(cells)})" if cells else ""
        label = self.labels[line - 1] if self.labels.is_unique else f"iloc {line - 1}"
        return Row(self.table, f"{label}{named}")


type Places = Mapping[str, Mapping[str, Sheet | Frame]]
type Books = dict[str, Mapping[str, Sheet | Frame]]
"""By path of a workbook: its sheets by the name of the file they stand for. Frames stand under `MEMORY`."""

MEMORY = Path("<memory>")
"""The folder that frames are read as."""

_UNREAD = {"cell_error", "formula_without_value", "date_for_number", "text_is_formula"}
"""Of a cell that could not be read nothing else is worth saying."""
_IN_BOOKS = {
    "number_format": "number_as_text",
    "figures_foreign": "number_as_text",
    "figures_of_two_meanings": "figures_as_text",
    "no_table": "no_sheet",
    "no_settings": "no_sheet",
}
"""What has another remedy in a workbook."""
_IN_MEMORY = {
    "figures_as_text": "frame_as_text",
    "no_table": "frame_without_rows",
    "empty_file": "frame_without_rows",
    "doubled_key": "doubled_row",
    "period_outside": "frame_period_outside",
    "setting_missing": "frame_setting_missing",
}
"""What has another remedy in memory."""


def find_cell(file: str, line: int, column: str, books: Places) -> tuple[str, Cell | Row | None]:
    """Return the file that people see, and the cell where it is a workbook, the row where it is a frame."""
    path = Path(file)
    book = str(path.parent)
    if path.parent == MEMORY:
        frame = books.get(book, {}).get(path.name)
        table = "" if path.suffix == ".toml" else path.stem
        return path.stem, frame.row(line) if isinstance(frame, Frame) else Row(table)
    if book not in books:
        return file, None
    sheet = books[book].get(path.name)
    return book, sheet.cell(column) if isinstance(sheet, Sheet) else Cell()


def with_cells(problems: Sequence[Problem], books: Places) -> list[Problem]:
    """Return the problems with sheet and cell where they are in a workbook."""
    unread = {_spot(problem) for problem in problems if problem.key in _UNREAD}
    return [
        _in_cell(problem, books)
        for problem in problems
        if problem.key in _UNREAD or _spot(problem) not in unread
    ]


def _spot(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line, problem.column


def _in_cell(problem: Problem, books: Places) -> Problem:
    file, cell = find_cell(problem.file, problem.line, problem.column, books)
    if cell is None:
        return problem
    if isinstance(cell, Row):
        return _in_frame(problem, file, cell, books)
    key = _IN_BOOKS.get(problem.key, problem.key)
    values = (
        {**problem.values, "file": Path(problem.file).name} if key == "no_sheet" else problem.values
    )
    return dataclasses.replace(problem, key=key, file=file, cell=cell, values=values)


def _in_frame(problem: Problem, file: str, row: Row, books: Places) -> Problem:
    key, values = _IN_MEMORY.get(problem.key, problem.key), dict(problem.values)
    if key == "doubled_row":
        values["first"] = find_cell(problem.file, int(str(values["first"])), "", books)[1]
        values["first"] = values["first"].name if isinstance(values["first"], Row) else ""
    if (
        key in {"not_a_number", "no_limit", "no_limit_here"}
        and str(values["value"]).lstrip("-") == "inf"
    ):
        key = "frame_infinite"
    if key == "unknown_code" and str(values["value"]).isdigit():
        key = "frame_unknown_code"
    return dataclasses.replace(problem, key=key, file=file, cell=row, values=values)
