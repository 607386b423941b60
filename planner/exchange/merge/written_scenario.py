"""One of two scenarios laid side by side: its rows as they were written, with what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from planner.errors import InputError, Problem
from planner.formats.locations import Books, with_cells
from planner.formats.raw_scenario import Folder
from planner.scenario.checks.relations import doubled_keys
from planner.scenario.inheritance import read_chain
from planner.scenario.overlays import merge_settings, merge_table
from planner.scenario.parse_cells import parse_table
from planner.scenario.settings_problems import setting_problems, wrong_below
from planner.schema.columns import Table
from planner.schema.settings import Head, Settings
from planner.schema.tables import TABLES

PLACE = ["_file", "_line"]


@dataclass(frozen=True, slots=True)
class WrittenScenario:
    """A scenario as it was written, laid over all it extends.

    Parameters
    ----------
    name
        What the user called it.
    settings
        `scenario.toml`, without `extends`.
    meant
        The same with all that is left out.
    text
        The same as it was written; "" where it extends another.
    tables
        Text cells by table, with `_file` and `_line`; a blank cell of a key holds what it stands for.
    columns
        The columns of each table that are written at all, in the order of the schema.
    sheets
        Of workbooks: their sheets, to name the cell of a line.
    """

    name: str
    settings: dict[str, Any]
    meant: Settings
    text: str
    tables: dict[str, pd.DataFrame]
    columns: dict[str, list[str]]
    sheets: Books

    @property
    def head(self) -> Head:
        """Title, language and currency of the scenario."""
        return self.meant.scenario

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; one without rows where there is none."""
        blank = pd.DataFrame(columns=[*TABLES[name].names, *PLACE], dtype=object)
        return self.tables.get(name, blank)


def read_written(path: Path) -> WrittenScenario:
    """Read a scenario for laying it beside another.

    Parameters
    ----------
    path
        Folder or workbook (`.xlsx`).

    Raises
    ------
    InputError
        If something cannot be read, or a key stands twice.
    """
    problems: list[Problem] = []
    books: Books = {}
    folders, _ = read_chain(path, problems, books)
    settings: dict[str, Any] = {}
    tables: dict[str, pd.DataFrame] = {}
    columns: dict[str, list[str]] = {}
    for folder in folders:
        settings = merge_settings(settings, folder.settings or {})
        for name, raw in folder.tables.items():
            own = _with_whole_keys(TABLES[name], raw)
            problems += _unusable(TABLES[name], raw)
            tables[name] = merge_table(TABLES[name], tables.get(name, own.iloc[:0]), own)
            known = {*columns.get(name, []), *folder.headers[name]}
            columns[name] = [column for column in TABLES[name].names if column in known]
    meant = _meant(settings, folders, problems)
    if meant is None:
        blocking = [problem for problem in problems if problem.blocking]
        raise InputError(with_cells(blocking, books))
    head = {k: v for k, v in settings["scenario"].items() if k != "extends"}
    text = folders[0].text if len(folders) == 1 else ""
    return WrittenScenario(
        str(path), {**settings, "scenario": head}, meant, text, tables, columns, books
    )


def _meant(
    settings: dict[str, Any], folders: list[Folder], problems: list[Problem]
) -> Settings | None:
    """Return the settings with all that is left out, unless a problem stands in the way."""
    problems += wrong_below(folders)
    if any(problem.blocking for problem in problems):
        return None
    try:
        return Settings.model_validate(settings)
    except ValidationError as error:
        problems += setting_problems(error, folders)
        return None


def _with_whole_keys(table: Table, raw: pd.DataFrame) -> pd.DataFrame:
    frame = raw[[*table.names, *PLACE]].reset_index(drop=True)
    defaults = {c.name: str(c.default) for c in table.columns if c.key and c.default is not None}
    return frame.assign(**{key: frame[key].replace("", to) for key, to in defaults.items()})


def _unusable(table: Table, raw: pd.DataFrame) -> list[Problem]:
    """Find cells that are not what their column says, and keys that stand twice."""
    problems: list[Problem] = []
    frame = parse_table(table, raw, problems)
    return [*problems, *doubled_keys(table, frame)]


def iterate_settings(
    tree: Mapping[str, Any], above: str = "", *, into: bool = False
) -> Iterator[tuple[str, Any]]:
    """Yield each setting by its dotted name; `into` lists of tables too, by number."""
    for name, value in tree.items():
        tables = into and isinstance(value, list) and any(isinstance(one, dict) for one in value)
        held = {str(n): one for n, one in enumerate(value, start=1)} if tables else value
        if isinstance(held, dict):
            yield from iterate_settings(held, f"{above}{name}.", into=into)
        else:
            yield f"{above}{name}", held
