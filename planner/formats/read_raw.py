"""Where a scenario comes from: a folder of files, or a workbook in its place."""

from __future__ import annotations

from pathlib import Path

from planner.errors import InputError, Problem
from planner.formats.hints import hint
from planner.formats.raw_scenario import Folder, is_folder, read_folder
from planner.formats.safe_file import unreadable
from planner.i18n import Phrase

BOOK = ".xlsx"
_OTHER_BOOKS = {".xls", ".xlsm", ".xlsb", ".ods"}


def read_source(path: Path, problems: list[Problem]) -> Folder:
    """Read all files of a folder, or all sheets of a workbook.

    Parameters
    ----------
    path
        The scenario as the user named it.
    problems
        Receives what is wrong with single files or sheets.

    Raises
    ------
    InputError
        If there is no such scenario, or it cannot be opened.
    """
    if not is_readable_book(path):
        return read_folder(path, problems)
    from planner.formats.xlsx.reader import read_book  # noqa: PLC0415 (folders do without openpyxl)

    return read_book(path, problems)


def is_readable_book(path: Path) -> bool:
    """Check whether a name is that of a workbook that can be read; every table of anybody enters here.

    Raises
    ------
    InputError
        If it is called a workbook but is not there, or is of a kind that cannot be read.
    """
    kind = path.suffix.lower()
    if kind not in {BOOK, *_OTHER_BOOKS} or is_folder(path):
        return False
    if not _is_file(path):
        raise InputError([Problem("no_book", str(path), values={"hint": _hint(path)})])
    if kind != BOOK:
        raise InputError([Problem("book_kind", str(path), values={"value": kind})])
    return True


def is_book(path: Path) -> bool:
    """Return whether a scenario is a workbook."""
    return path.suffix.lower() == BOOK and _is_file(path)


def is_scenario(path: Path) -> bool:
    """Return whether there is a folder or a workbook of that name."""
    return is_folder(path) or is_book(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def _hint(path: Path) -> Phrase:
    """Name the workbook beside `path` that is meant, or those that are there."""
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix.lower() == BOOK]
    except OSError:
        return Phrase()
    return hint(path.name, names, told=lambda name: str(path.parent / name))
