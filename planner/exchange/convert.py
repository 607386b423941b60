"""A scenario from one form into the other: folder to workbook, workbook to folder, without loss."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from planner.errors import InputError, Problem
from planner.exchange.book import write_book
from planner.exchange.declared import Declared, declared_of
from planner.exchange.settings_sheet import settings_text
from planner.runs import Place, whole_file, whole_folder
from planner.scenario import examine
from planner.scenario.chain import beside, extends_of
from planner.scenario.files import SETTINGS_FILE, Folder
from planner.scenario.places import in_cells
from planner.scenario.source import BOOK, is_book, is_scenario, read_source


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
        raise InputError(in_cells(blocking, books))
    return folder


def convert(folder: Folder, out: Place | Path, language: str) -> None:
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
    path = out.path if isinstance(out, Place) else out
    if path.suffix.lower() == BOOK:
        with whole_file(out) as file:
            write_book(file, folder, declared_by(folder), language)
    else:
        with whole_folder(out) as made:
            write_folder(made, folder)


def base_lost(folder: Folder, out: Path) -> str:
    """Give what a scenario extends, where that is not to be found from its new place; else ""."""
    extends = extends_of(folder)
    return extends if extends and not is_scenario(beside(out, extends)) else ""


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


def declared_by(folder: Folder) -> Declared:
    """Give the codes that a scenario declares, with its bases where these can be read."""
    scenario, _ = examine(folder.path)
    if scenario is None:
        return declared_of(folder.tables, [])
    return declared_of(scenario.tables, scenario.horizon.labels)


def _csv(frame: pd.DataFrame) -> str:
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.itertuples(index=False, name=None))
    return content.getvalue()
