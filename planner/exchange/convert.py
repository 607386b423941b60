"""A scenario from one form into the other: folder to workbook, workbook to folder, without loss."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from planner.errors import InputError, Problem
from planner.formats.locations import with_cells
from planner.formats.raw_scenario import SETTINGS_FILE, Folder
from planner.formats.read_raw import BOOK, is_book, is_scenario, read_source
from planner.formats.xlsx.code_lists import DeclaredCodes, collect_codes
from planner.formats.xlsx.settings_sheet import settings_text
from planner.formats.xlsx.writer import write_book
from planner.runs import Target, atomic_file, atomic_folder
from planner.scenario import examine
from planner.scenario.inheritance import read_extends, resolve_base


def read_whole(source: Path) -> Folder:
    """Read a scenario as it was written; what stands in its cells need not be right.

    Raises
    ------
    InputError
        If something could not be read, and would be lost.
    """
    problems: list[Problem] = []
    folder = read_source(source, problems)
    blocking = [problem for problem in problems if problem.blocking]
    if blocking:
        books = {str(source): folder.sheets} if is_book(source) else {}
        raise InputError(with_cells(blocking, books))
    return folder


def convert(folder: Folder, out: Target | Path, language: str) -> None:
    """Write a folder as a workbook, or a workbook as a folder.

    Parameters
    ----------
    folder
        What `read_whole` gives.
    out
        The workbook (`.xlsx`) or the folder to write.
    language
        ``"id"`` or ``"en"``: of the sheets of a workbook.

    Raises
    ------
    InputError
        If a workbook cannot hold it.
    OutputError
        If it cannot be written.
    """
    path = out.path if isinstance(out, Target) else out
    if path.suffix.lower() == BOOK:
        with atomic_file(out) as file:
            write_book(file, folder, declared_codes(folder), language)
    else:
        with atomic_folder(out) as made:
            write_folder(made, folder)


def missing_base(folder: Folder, out: Path) -> str:
    """Return what a scenario extends, where that is not to be found from its new place; else ""."""
    extends = read_extends(folder)
    return extends if extends and not is_scenario(resolve_base(out, extends)) else ""


def write_folder(place: Path, folder: Folder) -> None:
    """Write the settings and tables of a scenario as files.

    Parameters
    ----------
    place
        An existing folder.
    folder
        The scenario as it was written.
    """
    (place / SETTINGS_FILE).write_text(settings_text(folder), encoding="utf-8", newline="\n")
    for name, frame in folder.tables.items():
        content = _csv(frame[folder.headers[name]])
        (place / f"{name}.csv").write_text(content, encoding="utf-8", newline="\n")


def declared_codes(folder: Folder) -> DeclaredCodes:
    """Return the codes that a scenario declares, with its bases where these can be read."""
    scenario, _ = examine(folder.path)
    if scenario is None:
        return collect_codes(folder.tables, [])
    return collect_codes(scenario.tables, scenario.horizon.labels)


def _csv(frame: pd.DataFrame) -> str:
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.itertuples(index=False, name=None))
    return content.getvalue()
