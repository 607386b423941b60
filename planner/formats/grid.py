"""A table of anybody as a grid of cells: a CSV file, or a sheet of a workbook, as it is shown.

Nothing is declared of it, so nothing is decided here about headings, labels or figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from planner.errors import Cell, InputError, Problem
from planner.formats.csv_records import SEMICOLON, read_records
from planner.formats.read_raw import is_readable_book
from planner.formats.xlsx.cell_values import ERRORS, cell_text
from planner.formats.xlsx.merged_cells import HiddenContent, find_hidden_content
from planner.formats.xlsx.safe_open import iterate_cells, open_workbook

SEPARATORS = (SEMICOLON, "\t", "|", ",")
_LOOKED_AT = 50
"""Lines at the beginning of a file that tell what separates its columns."""
_SIGNIFICANT = 15
"""Digits of a number that a workbook keeps; what follows is noise of its arithmetic."""
_SHOWN = re.compile(r"[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]+))?(,*)")


class Entry(NamedTuple):
    """A cell.

    Parameters
    ----------
    text
        What it holds; a number of a workbook as 1234.5.
    number
        The number of a workbook cell; None where the cell is a text.
    decimals
        Decimals that its number format shows, fewer than none where it shows thousands; None where the
        format leaves it open.
    flaw
        The problem that reading it as a figure would be: `cell_error`, `formula_without_value`.
    """

    text: str
    number: float | None = None
    decimals: int | None = None
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table that are not blank.

    Parameters
    ----------
    file
        Where it was read.
    rows
        Number of the line or row, and its cells; all rows are equally long.
    indonesian
        Whether numbers are written as 1.234,5 where nothing else tells.
    sheet
        Name of the sheet; "" for a CSV file.
    other_sheets
        Further sheets with something in them, which were not read.
    hidden
        Rows that Excel does not show; they are among `rows`.
    """

    file: str
    rows: list[tuple[int, list[Entry]]]
    indonesian: bool = False
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def problem(self, key: str, line: int, at: int, column: str, **values: object) -> Problem:
        """Return a problem of one cell, with the place as people see it."""
        cell = Cell(self.sheet, get_column_letter(at + 1)) if self.sheet else None
        return Problem(key, self.file, line, column, values, cell=cell)


def read_grid(file: Path, sheet: str = "") -> Grid:
    """Read a table as it is shown.

    Parameters
    ----------
    file
        CSV in UTF-8, whatever separates its columns, or a workbook.
    sheet
        Name of the sheet of a workbook; by default the first one that people see.

    Raises
    ------
    InputError
        If the file cannot be read, or has no such sheet.
    """
    if is_readable_book(file):
        with open_workbook(file) as book:
            return _of_book(str(file), book, sheet)
    problems: list[Problem] = []
    records, separator = read_records(file, problems, detect_separator) or ([], "")
    if problems:
        raise InputError(problems)
    width = max((len(cells) for _, cells in records), default=0)
    rows = [(line, [Entry(cell) for cell in _padded(cells, width)]) for line, cells in records]
    return Grid(str(file), rows, separator == SEMICOLON)


def detect_separator(content: str) -> str:
    """Find what separates columns: what stands equally often in most of the first lines.

    A title above the table has commas of its own, and so have decimals; so the first line alone does not tell.
    """
    lines = [line for line in content.splitlines()[:_LOOKED_AT] if line.strip()]

    def in_step(separator: str) -> int:
        """Return in how many lines a separator stands equally often."""
        counts = Counter(found for line in lines if (found := line.count(separator)))
        return max(counts.values(), default=0)

    return max(SEPARATORS, key=in_step) if any(map(in_step, SEPARATORS)) else ","


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _of_book(file: str, book: Any, asked: str) -> Grid:
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheet = _asked(file, book, asked) if asked else (seen or book.worksheets)[0]
    marks = find_hidden_content(sheet)
    rows = [
        [
            _entry(cell, without_value=(number, at) in marks.without_value)
            for at, cell in enumerate(row)
        ]
        for number, row in enumerate(iterate_cells(sheet), start=1)
    ]
    width = max((len(row) for row in rows), default=0)
    grid = [
        (number, [*row, *[Entry("")] * (width - len(row))]) for number, row in enumerate(rows, 1)
    ]
    _unmerge(dict(grid), marks)
    filled = [(number, row) for number, row in grid if any(entry.text for entry in row)]
    hidden = [number for number, _ in filled if number in marks.hidden]
    others = [other.title for other in seen if other.title != sheet.title and _has_cells(other)]
    return Grid(file, filled, sheet=sheet.title, other_sheets=others, hidden=hidden)


def _asked(file: str, book: Any, asked: str) -> Any:
    wanted = asked.strip().casefold()
    for sheet in book.worksheets:
        if sheet.title.strip().casefold() == wanted:
            return sheet
    names = [sheet.title for sheet in book.worksheets]
    values = {"value": asked, "known": ", ".join(names)}
    raise InputError([Problem("no_such_sheet", file, values=values)])


def _has_cells(sheet: Any) -> bool:
    """Check whether a sheet holds a table: two cells in a row, twice."""
    rows = (sum(cell.value is not None for cell in row) for row in iterate_cells(sheet))
    return sum(filled >= 2 for filled in rows) >= 2


def _unmerge(rows: dict[int, list[Entry]], marks: HiddenContent) -> None:
    """Repeat a text in all cells of its merged block: so it is shown. A number stands there once."""
    for (number, at), (first, left) in marks.merged.items():
        corner = rows[first][left] if first in rows and left < len(rows[first]) else Entry("")
        year = corner.number is not None and re.fullmatch(r"(19|20)\d\d", corner.text)
        if number in rows and at < len(rows[number]) and (corner.number is None or year):
            rows[number][at] = corner


def _entry(cell: Any, *, without_value: bool) -> Entry:
    if without_value:
        return Entry("=", flaw="formula_without_value")
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        said = cell_text(value, "text")
        return Entry(said, flaw="cell_error" if said in ERRORS else "")
    shown = f"{value:.{_SIGNIFICANT}g}" if isinstance(value, float) else str(value)
    plain = cell_text(float(shown), "number") if isinstance(value, float) else shown
    return Entry(plain, float(value), shown_decimals(str(cell.number_format or "General")))


def shown_decimals(number_format: str) -> int | None:
    """Return how many decimals a number format shows: 2 for #,##0.00, -3 for 0, which shows thousands.

    None where the format shows what is stored (General, text), or no plain number (dates, scientific).
    """
    positive = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", number_format.split(";", maxsplit=1)[0])
    found = _SHOWN.search(positive)
    if not found or re.search(r"general|@|[ymdhs]|e[+-]|/", positive, re.IGNORECASE):
        return None
    percent = 2 if "%" in positive else 0
    return len(found[1] or "") + percent - 3 * len(found[2])
