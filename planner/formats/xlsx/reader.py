"""A workbook (`.xlsx`) as the folder it stands for: one sheet a table, and one for the settings.

Cells become the texts that a CSV file would hold, so that every check of a folder holds for a workbook.
What only Excel can do wrong is found here: sheets of no table, cells without a heading, and in
`book_cells` errors, formulas without a value, merged cells and dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from planner.errors import Cell, Problem
from planner.formats.hints import hint_of_sheet
from planner.formats.locations import Sheet
from planner.formats.raw_scenario import HEAD_ROWS, SETTINGS_FILE, Folder, add_table
from planner.formats.safe_file import read_toml
from planner.formats.units_and_decimals import split_units
from planner.formats.xlsx.cell_values import Row, cell_text, records
from planner.formats.xlsx.merged_cells import find_hidden_content
from planner.formats.xlsx.safe_open import iterate_rows, open_workbook
from planner.formats.xlsx.settings_rows import settings_lines
from planner.i18n import LANGUAGES, text
from planner.schema.columns import Table
from planner.schema.tables import TABLES

SETTINGS, GUIDE, LISTS = "scenario", "guide", "lists"
"""The sheets that are no table, as the message catalogue names them."""


def read_book(path: Path, problems: list[Problem]) -> Folder:
    """Read all sheets of a workbook.

    Parameters
    ----------
    path
        The workbook.
    problems
        Receives what is wrong with single sheets and cells.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    with open_workbook(path) as book:
        return _read(path, book, problems)


def _read(path: Path, book: Any, problems: list[Problem]) -> Folder:
    sheets = _known(path, book, problems)
    file = path / SETTINGS_FILE
    if SETTINGS not in sheets:
        problems.append(Problem("no_settings", str(file)))
        folder = Folder(path, "", None)
    else:
        content = "\n".join(settings_lines(iterate_rows(sheets[SETTINGS]))).rstrip("\n") + "\n"
        folder = Folder(path, content, read_toml(content, file, problems))
        folder.sheets[SETTINGS_FILE] = Sheet(sheets[SETTINGS].title, {"": "B"})
    for name, sheet in sheets.items():
        if name in TABLES:
            _add_sheet(folder, sheet, TABLES[name], problems)
    return folder


def _known(path: Path, book: Any, problems: list[Problem]) -> dict[str, Any]:
    """Return the sheets by what they stand for; a problem for each that nobody knows."""
    sheets: dict[str, Any] = {}
    for sheet in book.worksheets:
        name = _meant(sheet.title)
        if name in sheets:
            values = {"value": sheet.title, "other": sheets[name].title}
            problems.append(_of_sheet(path, sheet, "doubled_sheet", values))
        elif name:
            sheets[name] = sheet
        elif _counts(sheet):
            hint: dict[str, object] = {"hint": hint_of_sheet(sheet.title, book.sheetnames)}
            problems.append(_of_sheet(path, sheet, "unknown_sheet", hint))
    return sheets


def _of_sheet(path: Path, sheet: Any, key: str, values: dict[str, object]) -> Problem:
    return Problem(key, str(path), values=values, cell=Cell(sheet.title))


def _meant(title: str) -> str:
    """Return the table that a sheet stands for, by its name in any language; "" if it is none."""
    asked = title.strip().casefold()
    for name in (*TABLES, SETTINGS, GUIDE, LISTS):
        if asked in {name, *(text(f"sheet.{name}", other).casefold() for other in LANGUAGES)}:
            return name
    return ""


def _counts(sheet: Any) -> bool:
    """Return whether a sheet of no table may hold something that was meant to be read."""
    if sheet.title.startswith("_") or sheet.sheet_state != "visible":
        return False
    return any(cell_text(cell, "text") for row in iterate_rows(sheet) for cell in row)


def _add_sheet(folder: Folder, sheet: Any, table: Table, problems: list[Problem]) -> None:
    file = folder.path / f"{table.name}.csv"
    rows = list(iterate_rows(sheet))
    first = _head(table, rows)
    header = {} if first is None else _named(rows[first])
    names, _ = split_units([*header.values()])
    letters = {n: get_column_letter(i + 1) for i, n in zip(header, names, strict=True)}
    folder.sheets[file.name] = Sheet(sheet.title, letters)
    if sheet.sheet_state != "visible":
        problems.append(Problem("hidden_sheet", str(file), blocking=False))
    if first is None:
        values = {"columns": ", ".join(table.names)}
        problems.append(Problem("no_head", str(file), values=values))
        return
    body = dict(enumerate(rows[first + 1 :], start=first + 2))
    columns = dict(zip(header, names, strict=True))
    marks = find_hidden_content(sheet)
    found, unread = records(str(file), table, columns, body, marks)
    problems += unread
    problems += [
        Problem("hidden_row", str(file), number, blocking=False)
        for number, _ in found
        if number in marks.hidden
    ]
    add_table(folder, table, [(first + 1, [*header.values()]), *found], problems, "book")


def _head(table: Table, rows: Sequence[Row]) -> int | None:
    """Find the row with most names of columns; what stands above it is for people."""
    hits = [
        len({*table.names} & {*split_units([c for c in row if isinstance(c, str)])[0]})
        for row in rows[:HEAD_ROWS]
    ]
    return hits.index(max(hits)) if any(hits) else None


def _named(row: Row) -> dict[int, str]:
    """Return the names of the columns by their place; a column without a heading is left out."""
    names = {i: cell_text(cell, "text") for i, cell in enumerate(row)}
    return {i: name for i, name in names.items() if name}
