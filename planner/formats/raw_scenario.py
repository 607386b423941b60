"""A folder of files as text: settings and tables, each row with its line."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from planner.errors import InputError, Problem
from planner.formats.csv_records import Record, read_records, read_text
from planner.formats.hints import hint, hint_of_column, hint_of_table
from planner.formats.locations import Sheet
from planner.formats.number_style import Usual, default_style
from planner.formats.safe_file import MOST_TOML, exists, leads_out, read_toml, unreadable
from planner.formats.units_and_decimals import LONGEST_NAME, normalise_figures, split_units
from planner.i18n import Phrase
from planner.i18n.visible_text import UNWANTED, visible
from planner.schema.columns import Table
from planner.schema.tables import TABLES

SETTINGS_FILE = "scenario.toml"
SUMMARY_FILE = "summary.json"
"""What every folder of results holds, and no scenario."""
_MISTAKEN = {".txt", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".tsv"}
"""Endings of tables that somebody meant to be read."""
HEAD_ROWS = 12
"""Among so many first rows the one with the names of the columns is looked for."""
NOTES = "_"
"""How the names of files begin that are notes and no tables."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one scenario folder, or of a workbook that stands for one, still as text.

    Parameters
    ----------
    path
        The folder or workbook as the user named it.
    text
        `scenario.toml` as it was written; "" where there is none.
    settings
        The same as nested mappings; None where it cannot be read.
    tables
        Text cells by table, with two more columns: `_file` and `_line`. Every column of the schema is
        there, and what the file adds to them.
    headers
        The columns of each table as its file has them.
    sheets
        Of a workbook: its sheets by the name of the file each stands for.
    """

    path: Path
    text: str
    settings: dict[str, Any] | None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    headers: dict[str, list[str]] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)

    @property
    def settings_file(self) -> str:
        """Name of the `scenario.toml`."""
        return str(self.path / SETTINGS_FILE)

    @property
    def adjustments(self) -> int:
        """How many `[[adjust]]` there are."""
        own = (self.settings or {}).get("adjust")
        return len(own) if isinstance(own, list) else 0


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
        raise InputError([Problem("no_folder", str(path), values={"hint": hint_of_folder(path)})])
    if is_result(path):
        raise InputError([Problem("is_run", str(path))])
    content = _settings_text(path / SETTINGS_FILE, problems)
    settings = None if content is None else read_toml(content, path / SETTINGS_FILE, problems)
    folder = Folder(path, content or "", settings)
    problems += _passed_over(path)
    for file in _table_files(path):
        table = TABLES.get(file.stem)
        if table is None:
            values = {"hint": hint_of_table(file.stem)}
            problems.append(Problem("unknown_table", str(file), values=values))
        elif leads_out(file, path):
            problems.append(Problem("leads_out", str(file)))
        elif (found := read_records(file, problems)) is not None:
            records, separator = found
            add_table(folder, table, records, problems, default_style(separator))
    return folder


def is_folder(path: Path) -> bool:
    """Return whether there is a folder of that name.

    Raises
    ------
    InputError
        If that cannot be found out.
    """
    try:
        return path.is_dir()
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def is_result(path: Path) -> bool:
    """Return whether a folder holds the results of a command, and no scenario."""
    return exists(path / SUMMARY_FILE) and not exists(path / SETTINGS_FILE)


def hint_of_folder(path: Path, told: Callable[[Path], str] = str) -> Phrase:
    """Name the folder beside `path` that is meant, or those that are there; look higher for none.

    Parameters
    ----------
    path
        A folder that does not exist.
    told
        Writes the path of a folder as the reader would.
    """
    path = Path(os.path.normpath(path))
    try:
        names = [
            entry.name
            for entry in path.parent.iterdir()
            if entry.is_dir() and not entry.name.startswith((".", NOTES))
        ]
    except OSError:
        return Phrase() if path == path.parent else hint_of_folder(path.parent, told)
    return hint(path.name, sorted(names), told=lambda name: told(path.parent / name))


def _table_files(path: Path) -> list[Path]:
    try:
        files = [file for file in path.iterdir() if file.suffix.lower() == ".csv"]
        return sorted(file for file in files if not file.name.startswith(NOTES))
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def _passed_over(path: Path) -> Iterator[Problem]:
    """Find files that are called as a table is and are not read: stocks.csv.txt, where Windows hides the ending."""
    for file in sorted(path.iterdir()):
        table = file.name.lower().partition(".")[0]
        if table in TABLES and file.suffix.lower() in _MISTAKEN:
            yield Problem("passed_over", str(file), values={"table": table}, blocking=False)


def _settings_text(file: Path, problems: list[Problem]) -> str | None:
    if not exists(file):
        problems.append(Problem("no_settings", str(file)))
        return None
    if leads_out(file, file.parent):
        problems.append(Problem("leads_out", str(file)))
        return None
    return read_text(file, problems, MOST_TOML)


def add_table(
    folder: Folder,
    table: Table,
    records: list[Record],
    problems: list[Problem],
    usual: Usual = "plain",
) -> None:
    """Put a table into a folder, unless its header cannot be used.

    Parameters
    ----------
    folder
        Receives the table.
    table
        Its declaration.
    records
        Line and text cells of the header and of each row that is not blank.
    problems
        Receives what is wrong with the header, with units, and rows that are cut.
    usual
        How the source writes figures.
    """
    file = folder.path / f"{table.name}.csv"
    if not records:
        problems.append(Problem("empty_file", str(file), values={"columns": ",".join(table.names)}))
        return
    first, head = records[0]
    if below := _head_below(table, records):
        values = {"value": next(filter(None, head), ""), "head": below}
        problems.append(Problem("title_above", str(file), first, values=values))
        return
    header, units = split_units(head)
    problems.extend(wrong := _header_problems(file, first, table, header))
    if any(problem.key != "unknown_column" for problem in wrong):
        return
    whole = [record for record in records[1:] if len(record[1]) == len(header)]
    problems.extend(
        Problem("cut_row", str(file), line, values={"found": len(cells), "expected": len(header)})
        for line, cells in records[1:]
        if len(cells) != len(header)
    )
    frame = _frame(file, table, header, whole)
    problems.extend(_unseen(table, frame))
    of_units: list[Problem] = []
    folder.headers[table.name] = header
    folder.tables[table.name] = normalise_figures(table, frame, units, of_units, usual)
    problems.extend(dataclasses.replace(p, line=first) if p.line == 1 else p for p in of_units)


def _head_below(table: Table, records: list[Record]) -> int:
    """Return the line of the names of the columns where titles stand above them; 0 where the first line has some."""

    def named(cells: Sequence[str]) -> int:
        parts = [part.strip() for cell in cells for part in cell[:LONGEST_NAME].split(";")]
        return len({*split_units(parts)[0]} & {*table.names})

    if named(records[0][1]):
        return 0
    return next((line for line, cells in records[1:HEAD_ROWS] if named(cells) > 1), 0)


def _unseen(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Find letters that nobody sees in texts; a code that refers to another table is told there."""
    for column in table.columns:
        if column.kind == "text" and not column.refers and not column.choices:
            rows = frame[column.name].str.contains(UNWANTED).to_numpy(dtype=bool)
            for file, line, value in frame.loc[rows, ["_file", "_line", column.name]].itertuples(
                index=False, name=None
            ):
                yield Problem("text_unseen", file, line, column.name, unseen_values(value))


def unseen_values(value: str) -> dict[str, object]:
    """Return what the message on letters that cannot be seen mentions."""
    return {
        "value": value,
        "signs": ", ".join(dict.fromkeys(map(visible, UNWANTED.findall(value)))),
    }


def _header_problems(file: Path, line: int, table: Table, header: list[str]) -> list[Problem]:
    if len(header) == 1 and "\t" in header[0]:
        return [Problem("separator", str(file), line, values={"value": header[0][:40]})]
    problems = [
        Problem(
            "unknown_column",
            str(file),
            line,
            name[:LONGEST_NAME],
            {"hint": hint_of_column(name[:LONGEST_NAME], table.names)},
        )
        for name in header
        if name not in table.names
    ]
    problems += [
        Problem("missing_column", str(file), line, column.name)
        for column in table.columns
        if column.required and column.name not in header
    ]
    doubled = sorted({name for name in header if header.count(name) > 1})
    return problems + [Problem("doubled_column", str(file), line, name) for name in doubled]


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
    return pd.DataFrame(data, dtype=object).astype({"_line": int})
