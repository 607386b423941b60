"""A scenario as a workbook: one sheet a table, one for the settings, drop-downs and an explanation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter, quote_sheetname

from planner.errors import InputError, Problem
from planner.formats.raw_scenario import Folder
from planner.formats.xlsx.cell_values import cell_text
from planner.formats.xlsx.code_lists import DeclaredCodes
from planner.formats.xlsx.data_validation import blank_meaning, data_validations, unit_name
from planner.formats.xlsx.guide_sheet import add_guide
from planner.formats.xlsx.settings_sheet import add_settings
from planner.formats.xlsx.styles import (
    cell,
    errors_of_disk,
    fit_height,
    new_book,
    print_on_a4,
    row,
    set_widths,
)
from planner.i18n import text
from planner.i18n.parse import is_ambiguous, read_plain
from planner.schema.columns import Column, Table
from planner.schema.tables import TABLES

HEAD_ROWS = 4
SPARE_ROWS = 2000
"""Rows below the last one that are checked while somebody types."""
MOST_LETTERS, MOST_ROWS = 32_767, 1_048_576
"""What a cell and a sheet of Excel hold."""


@errors_of_disk()
def write_book(file: Path, folder: Folder, declared: DeclaredCodes, language: str) -> None:
    """Write a scenario as a workbook.

    Parameters
    ----------
    file
        Where to.
    folder
        The scenario as it was written; each table gives a sheet with the columns of its file.
    declared
        The codes for the drop-downs.
    language
        ``"id"`` or ``"en"``: of sheets and headings; the names of the columns stay.

    Raises
    ------
    InputError
        If a cell or a table is more than Excel can hold.
    """
    problems = list(_too_much(folder))
    if problems:
        raise InputError(problems)
    _Writer(folder, declared, language).write(file)


def write_sheet(file: Path, table: Table, declared: DeclaredCodes, language: str) -> None:
    """Write a workbook with one empty table to fill in, and the codes that its drop-downs offer.

    Parameters
    ----------
    file
        Where to.
    table
        Its declaration.
    declared
        The codes for the drop-downs.
    language
        ``"id"`` or ``"en"``: of sheet and headings; the names of the columns stay.
    """
    folder = Folder(file, "", None)
    folder.headers[table.name] = list(table.names)
    folder.tables[table.name] = pd.DataFrame(columns=[*table.names, "_file", "_line"])
    _Writer(folder, declared, language).write_only(file, table)


def _too_much(folder: Folder) -> Iterator[Problem]:
    """Find what Excel cannot hold."""
    for name, frame in folder.tables.items():
        if HEAD_ROWS + len(frame) > MOST_ROWS:
            values = {"rows": len(frame), "most": MOST_ROWS - HEAD_ROWS}
            yield Problem("too_many_rows", str(folder.path / f"{name}.csv"), values=values)
        for column in folder.headers[name]:
            for cells in frame.loc[~frame[column].map(_can_be_held).astype(bool)].to_dict(
                "records"
            ):
                where = cells["_file"], cells["_line"], column
                yield Problem("no_cell", *where, {"most": MOST_LETTERS})


class _Writer:
    """A workbook that is being written.

    Parameters
    ----------
    folder
        The scenario as it was written.
    declared
        Its codes.
    language
        ``"id"`` or ``"en"``.
    """

    def __init__(self, folder: Folder, declared: DeclaredCodes, language: str) -> None:
        self._folder, self._declared, self._language = folder, declared, language
        self._lists = _places(declared, language)
        self._book = new_book()

    def write(self, file: Path) -> None:
        """Write all sheets."""
        add_guide(self._book, self._language)
        add_settings(self._book, self._folder, self._language)
        for table in TABLES.values():
            if table.name in self._folder.tables:
                self._add_table(table)
        self._add_lists()
        self._book.save(file)

    def write_only(self, file: Path, table: Table) -> None:
        """Write the sheet of one table and that of its codes."""
        self._add_table(table)
        self._add_lists()
        self._book.save(file)

    def _add_table(self, table: Table) -> None:
        frame, header = self._folder.tables[table.name], self._folder.headers[table.name]
        last = HEAD_ROWS + len(frame)
        columns = [table.column(name) for name in header]
        sheet = self._book.create_sheet(text(f"sheet.{table.name}", self._language))
        sheet.freeze_panes = f"A{HEAD_ROWS + 1}"
        widths = [_width(frame[column.name].tolist(), column) for column in columns]
        set_widths(sheet, widths)
        print_on_a4(sheet, f"1:{HEAD_ROWS}")
        head = self._head(sheet, table, columns)
        for number, points in ((1, 15), (2, 12)):
            fit_height(sheet, number, [made.value for made in head[number - 1]], widths, points)
        for cells in head:
            sheet.append(cells)
        for data in zip(*[_cells(sheet, frame, column) for column in columns], strict=True):
            sheet.append(data)
        checked = range(HEAD_ROWS + 1, min(last + SPARE_ROWS, MOST_ROWS) + 1)
        for check in data_validations(table, header, checked, self._lists, self._language):
            sheet.data_validations.append(check)

    def _head(self, sheet: Any, table: Table, columns: Sequence[Column]) -> list[list[Any]]:
        """Return the rows above the data: what a column holds, in which unit, an example, its name."""
        example, language = self._declared.example(table), self._language
        shown = [example[column.name] for column in columns]
        like = [text("workbook.example", language, value=v) if v else None for v in shown]
        return [
            row(sheet, (heading(column, language) for column in columns), "head"),
            row(sheet, (_unit_and_need(column, language) for column in columns), "unit"),
            row(sheet, like, "example"),
            row(sheet, (column.name for column in columns), "name"),
        ]

    def _add_lists(self) -> None:
        """Add the codes that the drop-downs offer, with their names beside them."""
        sheet = self._book.create_sheet(text("sheet.lists", self._language))
        columns: list[tuple[str, list[str]]] = []
        for name, codes in self._declared.lists.items():
            columns.append((name, codes))
            if name in self._declared.names:
                columns.append(("name", self._declared.names[name]))
        sheet.freeze_panes = "A3"
        set_widths(sheet, [max(map(len, [head, *values])) + 2 for head, values in columns])
        print_on_a4(sheet, "1:2")
        sheet.append([cell(sheet, text("workbook.lists_note", self._language), "line")])
        sheet.append(row(sheet, (head for head, _ in columns), "name"))
        for values in zip_longest(*(values for _, values in columns)):
            sheet.append(row(sheet, values, "text"))


def heading(column: Column, language: str) -> str:
    """Return what a column holds in a few words: what stands before the details."""
    meaning = text(f"meaning.{column.meaning}", language)
    return meaning.split(";")[0].split(":")[0].split(" (")[0]


def _unit_and_need(column: Column, language: str) -> str:
    parts = [unit_name(column, language)] if column.unit else []
    return "; ".join([*parts, blank_meaning(column, language)])


def _cells(sheet: Any, frame: Any, column: Column) -> list[Any]:
    if column.is_figure:
        return [cell(sheet, number_or_text(value)) for value in frame[column.name]]
    return [cell(sheet, value or None, "text") for value in frame[column.name]]


def _can_be_held(value: str) -> bool:
    return len(value) <= MOST_LETTERS and ILLEGAL_CHARACTERS_RE.search(value) is None


def number_or_text(written: str) -> float | str | None:
    """Return a figure as a number where Excel keeps every digit and reads back the same, else as text.

    A text that may be two numbers becomes a number all the same: 12.340 would be taken for thousands.
    """
    value = float(f"{read_plain(written):.16g}")
    if isnan(value):
        return written or None
    if cell_text(value, "number") != written and not is_ambiguous(written):
        return written
    return int(value) if value.is_integer() else value


def _width(values: Sequence[str], column: Column) -> float:
    longest = max([len(column.name) + 2, *(len(value) + 2 for value in values[:500])])
    return min(max(longest, 13), 45)


def _places(declared: DeclaredCodes, language: str) -> dict[str, str]:
    """Return where in the sheet of lists the values of each list stand."""
    title = quote_sheetname(text("sheet.lists", language))
    places, at = {}, 1
    for name, codes in declared.lists.items():
        letter = get_column_letter(at)
        places[name] = f"{title}!${letter}$3:${letter}${len(codes) + 2}"
        at += 2 if name in declared.names else 1
    return places
