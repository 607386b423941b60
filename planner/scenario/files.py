"""A folder of files as text: settings and tables, each row with its line."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.errors import InputError, Problem
from planner.scenario.as_meant import as_meant, names_and_units
from planner.scenario.columns import Table
from planner.scenario.names import nearest
from planner.scenario.records import SEMICOLON, Record, read_records, read_text, unreadable
from planner.scenario.schema import TABLES

SETTINGS_FILE = "scenario.toml"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one scenario folder, still as text.

    Parameters
    ----------
    path
        The folder as the user named it.
    settings
        `scenario.toml` as nested mappings; None where it cannot be read.
    tables
        Text cells by table, with two more columns: `_file` and `_line`.
    """

    path: Path
    settings: dict[str, Any] | None
    tables: dict[str, pd.DataFrame]


def read_folder(path: Path, problems: list[Problem]) -> Folder:
    """Read all files of a folder.

    Parameters
    ----------
    path
        The scenario folder.
    problems
        Receives what is wrong with single files.

    Raises
    ------
    InputError
        If there is no such folder, or it cannot be opened.
    """
    if not is_folder(path):
        raise InputError(
            [Problem("no_folder", str(path), values={"nearest": nearest_folder(path)})]
        )
    settings = _read_settings(path / SETTINGS_FILE, problems)
    tables: dict[str, pd.DataFrame] = {}
    for file in _table_files(path):
        table = TABLES.get(file.stem)
        if table is None:
            hint = nearest(file.stem, TABLES)
            problems.append(Problem("unknown_table", str(file), values={"nearest": hint}))
        elif (frame := _read_table(file, table, problems)) is not None:
            tables[table.name] = frame
    return Folder(path, settings, tables)


def is_folder(path: Path) -> bool:
    """Say whether there is a folder of that name.

    Raises
    ------
    InputError
        If that cannot be found out.
    """
    try:
        return path.is_dir()
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def nearest_folder(path: Path) -> str:
    """Name the folder beside `path` whose name is nearest; where there is none, look higher."""
    path = Path(os.path.normpath(path))
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_dir()]
    except OSError:
        return "-" if path == path.parent else nearest_folder(path.parent)
    return str(path.parent / nearest(path.name, names)) if names else "-"


def _table_files(path: Path) -> list[Path]:
    try:
        return sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def _read_settings(file: Path, problems: list[Problem]) -> dict[str, Any] | None:
    if not _exists(file):
        problems.append(Problem("no_settings", str(file)))
        return None
    content = read_text(file, problems)
    try:
        return None if content is None else tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else content.count("\n") + 1 if content else 0
        problems.append(Problem("toml_syntax", str(file), line, values={"detail": str(error)}))
        return None


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError as error:
        raise InputError([unreadable(file, error)]) from error


def _read_table(file: Path, table: Table, problems: list[Problem]) -> pd.DataFrame | None:
    """Give the cells as text, or None where the file as a whole is unusable."""
    found = read_records(file, problems)
    if found is None:
        return None
    records, separator = found
    if not records:
        problems.append(Problem("empty_file", str(file), values={"columns": ",".join(table.names)}))
        return None
    header, units = names_and_units(records[0][1])
    problems.extend(wrong := _header_problems(file, table, header))
    if any(problem.key != "unknown_column" for problem in wrong):
        return None
    whole = [record for record in records[1:] if len(record[1]) == len(header)]
    problems.extend(
        Problem("cut_row", str(file), line, values={"found": len(cells), "expected": len(header)})
        for line, cells in records[1:]
        if len(cells) != len(header)
    )
    frame = _frame(file, table, header, whole)
    return as_meant(table, frame, units, problems, indonesian=separator == SEMICOLON)


def _header_problems(file: Path, table: Table, header: list[str]) -> list[Problem]:
    if len(header) == 1 and "\t" in header[0]:
        return [Problem("separator", str(file), 1, values={"value": header[0][:40]})]
    problems = [
        Problem("unknown_column", str(file), 1, name, {"nearest": nearest(name, table.names)})
        for name in header
        if name not in table.names
    ]
    problems += [
        Problem("missing_column", str(file), 1, column.name)
        for column in table.columns
        if column.required and column.name not in header
    ]
    doubled = sorted({name for name in header if header.count(name) > 1})
    return problems + [Problem("doubled_column", str(file), 1, name) for name in doubled]


def _frame(file: Path, table: Table, header: list[str], records: list[Record]) -> pd.DataFrame:
    columns = (
        zip(*(cells for _, cells in records), strict=True) if records else ([] for _ in header)
    )
    cells = {
        name: [cell.strip() for cell in column]
        for name, column in zip(header, columns, strict=True)
    }
    blank = [""] * len(records)
    data = {name: cells.get(name, blank) for name in table.names}
    data |= {"_file": [str(file)] * len(records), "_line": [line for line, _ in records]}
    frame = pd.DataFrame(data)
    return frame.astype(dict.fromkeys(table.names, object))
