"""Opening a workbook of anybody: nothing in it is run, and nothing it claims of its size is believed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl

from planner.errors import Cell, InputError, Problem
from planner.formats.csv_records import MOST_CELLS
from planner.formats.safe_file import unreadable
from planner.formats.safe_zip import require_safe
from planner.formats.xlsx.cell_values import Row

MOST_ROWS, MOST_COLUMNS = 300_000, 500
_BROKEN = (
    BadZipFile,
    ParseError,
    SyntaxError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    EOFError,
)


@contextmanager
def open_workbook(path: Path) -> Iterator[Any]:
    """Open a workbook to read the values of its cells.

    Raises
    ------
    InputError
        If it cannot be opened, or what is read of it inside is broken or larger than any table.
    """
    require_safe(path)
    try:
        with (
            path.open("rb") as stream,
            warnings.catch_warnings(action="ignore"),
            closing(
                openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            ) as book,
        ):
            yield book
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    except _TooLargeError as error:
        raise InputError([Problem("sheet_too_large", str(path), cell=Cell(str(error)))]) from error
    except _BROKEN as error:
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError([Problem("book_broken", str(path), values={"detail": detail})]) from error


def iterate_rows(sheet: Any) -> Iterator[Row]:
    """Yield the rows of a sheet of an open workbook, from the first one."""
    return _rows(sheet, values_only=True)


def iterate_cells(sheet: Any) -> Iterator[Sequence[Any]]:
    """Yield the rows of a sheet as cells, which know how their numbers are shown."""
    return _rows(sheet, values_only=False)


def _rows(sheet: Any, *, values_only: bool) -> Iterator[Any]:
    sheet.reset_dimensions()  # what the file claims of its size may be wrong
    rows = sheet.iter_rows(min_row=1, min_col=1, max_row=MOST_ROWS + 1, values_only=values_only)
    filled = wide = 0
    for number, row in enumerate(rows):
        used = [at for at, cell in enumerate(row) if _value(cell) is not None]
        width = used[-1] + 1 if used else 0
        wide, filled = wide + len(row), filled + width
        if number == MOST_ROWS or width > MOST_COLUMNS:
            raise _TooLargeError(sheet.title)
        if filled > MOST_CELLS or wide > 10 * MOST_CELLS:
            raise _TooLargeError(sheet.title)
        yield row[:MOST_COLUMNS]


def _value(cell: Any) -> Any:
    return getattr(cell, "value", cell)


class _TooLargeError(Exception):
    """A sheet with more rows or columns than any table has."""
