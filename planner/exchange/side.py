"""One of two scenarios laid side by side: its rows as they were written, with what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from planner.arrays import Booleans, Integers
from planner.errors import InputError, Problem
from planner.scenario.cells import typed
from planner.scenario.chain import chain
from planner.scenario.checks import doubled_keys
from planner.scenario.columns import Column, Table
from planner.scenario.files import Folder
from planner.scenario.overlay import merge_settings, merge_table
from planner.scenario.places import Books, in_cells
from planner.scenario.schema import TABLES
from planner.scenario.settings import Settings
from planner.scenario.settings_problems import setting_problems

PLACE = ["_file", "_line"]


@dataclass(frozen=True, slots=True)
class Side:
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
    def language(self) -> str:
        """Language of the scenario."""
        return self.meant.scenario.language

    def table(self, name: str) -> pd.DataFrame:
        """Give a table; one without rows where there is none."""
        blank = pd.DataFrame(columns=[*TABLES[name].names, *PLACE], dtype=object)
        return self.tables.get(name, blank)


def read_side(path: Path) -> Side:
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
    folders, _ = chain(path, problems, books)
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
        raise InputError(in_cells(blocking, books))
    head = {k: v for k, v in settings["scenario"].items() if k != "extends"}
    text = folders[0].text if len(folders) == 1 else ""
    return Side(str(path), {**settings, "scenario": head}, meant, text, tables, columns, books)


def _meant(
    settings: dict[str, Any], folders: list[Folder], problems: list[Problem]
) -> Settings | None:
    """Give the settings with all that is left out, unless a problem stands in the way."""
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
    frame = typed(table, raw, problems)
    return [*problems, *doubled_keys(table, frame)]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The rows of two tables, by key.

    Parameters
    ----------
    table
        Its declaration.
    keys
        Key cells of every row of either: those of `a` first.
    a, b
        Position of the row in either table; -1 where it is not there.
    """

    table: Table
    keys: pd.DataFrame
    a: Integers
    b: Integers

    @property
    def words(self) -> list[str]:
        """Each key in one text."""
        return ["; ".join(row) for row in self.keys.itertuples(index=False, name=None)]


def pairs(table: Table, a: pd.DataFrame, b: pd.DataFrame) -> Pairs:
    """Find which row of one table has the key of which row of the other.

    Parameters
    ----------
    table
        Declaration of the table.
    a, b
        Text cells, each key once.
    """
    names = list(table.key)
    keys = pd.concat([a[names], b[names]]).astype(str)
    codes = pd.MultiIndex.from_frame(_compared(table, keys))
    first = ~codes.duplicated()
    union = codes[first]
    place_a, place_b = (part.get_indexer(union) for part in (codes[: len(a)], codes[len(a) :]))
    return Pairs(table, keys.loc[first].reset_index(drop=True), place_a, place_b)


def aligned(frame: pd.DataFrame, place: Integers) -> pd.DataFrame:
    """Give the rows at these positions; a blank row, of line 0, for -1."""
    rows = frame.reset_index(drop=True).reindex(place)
    return rows.assign(_line=rows["_line"].fillna(0).astype(int)).fillna("").reset_index(drop=True)


def unlike_cells(paired: Pairs, a: pd.DataFrame, b: pd.DataFrame) -> Booleans:
    """Say which cells of rows that both have mean something else; a row of `paired` by a column.

    1 and 1.0 mean the same, and so do a blank cell and what it stands for; two blank cells always do.
    """
    table = paired.table
    both = (paired.a >= 0) & (paired.b >= 0)
    written = [_compared(table, frame[list(table.names)]) for frame in (a, b)]
    meant = [_filled(table, frame) for frame in written]
    unlike = np.zeros((len(both), len(table.names)), bool)
    unlike[both] = True
    for old, new in (written, meant):
        unlike[both] &= old.to_numpy()[paired.a[both]] != new.to_numpy()[paired.b[both]]
    return unlike


def _filled(table: Table, cells: pd.DataFrame) -> pd.DataFrame:
    """Put into blank cells what they stand for."""
    result = cells.copy()
    for column in table.columns:
        blank = result[column.name] == ""
        if column.same_as:
            result[column.name] = result[column.name].where(~blank, result[column.same_as])
        elif column.default is not None:
            default = _meaning(str(column.default), column)
            result[column.name] = result[column.name].where(~blank, default)
    return result


def figures(cells: pd.Series[str]) -> pd.Series[float]:
    """Give texts as numbers; NaN where they are none."""
    return pd.to_numeric(cells, errors="coerce").astype(float)


def leaves(
    tree: Mapping[str, Any], above: str = "", *, into: bool = False
) -> Iterator[tuple[str, Any]]:
    """Yield each setting by its dotted name; `into` lists of tables too, by number."""
    for name, value in tree.items():
        tables = into and isinstance(value, list) and any(isinstance(one, dict) for one in value)
        held = {str(n): one for n, one in enumerate(value, start=1)} if tables else value
        if isinstance(held, dict):
            yield from leaves(held, f"{above}{name}.", into=into)
        else:
            yield f"{above}{name}", held


def _compared(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Write cells in one way: numbers with the digits they need, lists with one kind of separator."""
    result = frame.copy()
    for name in result:
        column = table.column(str(name))
        if column.kind in {"number", "month"} or column.many:
            codes, texts = pd.factorize(result[name])  # each text that occurs is looked at once
            result[name] = np.array([_meaning(cell, column) for cell in texts], object)[codes]
    return result


def _meaning(cell: str, column: Column) -> str:
    if column.many:
        return "; ".join(column.values(cell))
    if column.kind not in {"number", "month"}:
        return cell
    try:
        return f"{float(cell) + 0.0:.12g}"
    except ValueError:
        return cell
