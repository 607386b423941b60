"""The manifest: what really moved, as the notices of inter-island trade report it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from planner.errors import InputError, OptionError, Problem
from planner.exchange.day_formats import read_day
from planner.exchange.manifest_headings import rename_headings
from planner.formats.csv_records import Record
from planner.formats.hints import CALLED, hint_of_code
from planner.formats.raw_scenario import Folder, add_table
from planner.formats.single_table import SingleTable, read_single_table
from planner.scenario import Scenario
from planner.scenario.lookup import find_code
from planner.scenario.parse_cells import parse_table
from planner.schema.columns import Column, Table

_ROUNDED, _NOISE = 0.5, 1e-9
"""Tonnes that rounding may move a total by, and the share that arithmetic may."""
MANIFEST = Table(
    "manifest",
    "What really moved, one notice of inter-island trade (PAB) a row.",
    (
        Column("document", "Number of the notice", blank="not kept"),
        Column("date", "Day of departure, such as 2023-03-17 or 17/03/2023", required=True),
        Column("owner", "Owner of the goods", blank="not told"),
        Column("origin", "Province of loading, by BPS code or name", required=True, refers="provinces"),
        Column(
            "destination", "Province of discharge, by BPS code or name", required=True, refers="provinces"
        ),
        Column("mode", "Mode", blank="any; it counts with the lane that has most of the plan", refers="modes"),
        Column("vessel", "Vessel or vehicle", blank="not told"),
        Column("commodity", "Commodity", required=True, refers="commodities"),
        Column("tonnes", "Tonnes loaded", "number", "t", required=True, low=0.0),
        Column("consignee", "Who received the goods", blank="not told"),
    ),
)  # fmt: skip


def read_manifest(path: str | Path, scenario: Scenario) -> pd.DataFrame:
    """Read what really moved.

    Parameters
    ----------
    path
        CSV, or a workbook (its first sheet), with the columns of `MANIFEST` or what offices call them;
        provinces, modes and goods by code or by name.
    scenario
        Declares the provinces, modes and commodities that may be named.

    Returns
    -------
    One row a notice, with `period` of the plan, "" where the day lies outside its horizon; and with
    `repeated`, where the same notice stood before with the same cells: such a row does not count.

    Raises
    ------
    InputError
        With every cell that cannot be used.
    """
    file, problems = Path(path), list[Problem]()
    single = read_single_table(file)
    table = dataclasses.replace(MANIFEST, name=file.stem)
    folder = Folder(file.parent, "", None)
    renamed, sums = rename_headings(single, _modes(scenario), problems)
    add_table(folder, table, renamed.records, problems, renamed.usual)
    if table.name not in folder.tables or any(p.key == "weight_without_unit" for p in problems):
        raise InputError(renamed.placed(problems))
    rows = parse_table(table, folder.tables[table.name], problems)
    rows = _in_codes(rows, scenario)
    problems += [*_strangers(rows, scenario), *_days(rows)]
    if blocking := [problem for problem in problems if problem.blocking]:
        raise InputError(renamed.placed(blocking))
    if wrong := [*_sums_that_differ(rows, _read_sums(table, sums, renamed))]:
        raise InputError(renamed.placed(wrong))
    days = pd.DatetimeIndex([read_day(text) for text in rows["date"]])
    rows["date"] = pd.Series([f"{day:%Y-%m-%d}" for day in days], rows.index, dtype=str)
    repeated = _repeated(rows)
    periods = scenario.horizon.periods_of(days)
    return rows.drop(columns=["_file", "_line"]).assign(period=periods, repeated=repeated)


def _repeated(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows.duplicated(list(MANIFEST.names)) & (rows["document"] != "")


def _modes(scenario: Scenario) -> dict[str, str]:
    """Return the codes of the modes by what they are called, in lower case."""
    modes = scenario.tables["modes"]
    columns = [column for column in ("mode", *CALLED) if column in modes]
    return {
        str(name).casefold(): str(code)
        for column in columns
        for name, code in zip(modes[column], modes["mode"], strict=True)
    }


def _read_sums(table: Table, sums: list[Record], single: SingleTable) -> pd.DataFrame:
    """Read the tonnes of the rows of totals, as those of the notices are read.

    Raises
    ------
    InputError
        If one of them is no number.
    """
    tonnes = [column for column in table.columns if column.name == "tonnes"]
    only = dataclasses.replace(table, columns=tuple(tonnes))
    folder, problems = Folder(Path(single.file).parent, "", None), list[Problem]()
    if len(sums) < 2:
        return pd.DataFrame({"_file": [], "_line": [], "tonnes": []})
    at = [name.partition(" [")[0] for name in sums[0][1]].index("tonnes")
    both = [
        *single.records,
        *sums[1:],
    ]  # the figures of the notices show how those of the totals are written
    records: list[Record] = [(line, [cells[at]]) for line, cells in both]
    add_table(folder, only, records, problems, single.usual)
    rows = (
        parse_table(only, folder.tables[table.name], problems) if not problems else pd.DataFrame()
    )
    if problems:
        raise InputError(single.placed(problems))
    return rows.loc[rows["_line"].isin([line for line, _ in sums])]


def _sums_that_differ(rows: pd.DataFrame, sums: pd.DataFrame) -> Iterator[Problem]:
    """Find rows of totals that are no sum of the notices above them, up to the total before or to the top."""
    once, before = ~_repeated(rows), 0
    for file, line, total in sums[["_file", "_line", "tonnes"]].itertuples(index=False, name=None):
        above = rows["_line"] < line
        parts = [above, above & (rows["_line"] > before)]
        found = [
            float(rows.loc[part, "tonnes"].sum()) for both in parts for part in (both, both & once)
        ]
        if not any(abs(total - one) <= _ROUNDED + _NOISE * one for one in found):
            values = {"value": f"{total:.3f}", "meant": f"{found[0]:.3f}"}
            yield Problem("manifest_total", file, line, "tonnes", values)
        before = line


def last_day(moved: pd.DataFrame, until: str, file: Path) -> dt.date:
    """Return the day until which a plan is judged.

    Parameters
    ----------
    moved
        What `read_manifest` gave.
    until
        A day that was asked for; "" for the last one in the manifest.
    file
        The manifest, for messages.

    Raises
    ------
    OptionError
        If what was asked for is no day.
    InputError
        If nothing was asked for, and the manifest has no rows.
    """
    day = read_day(until)
    if until and day is None:
        raise OptionError("ask.no_day", asked=until)
    if day is None and moved.empty:
        raise InputError([Problem("manifest_empty", str(file))])
    return day or dt.date.fromisoformat(moved["date"].max())


def _in_codes(rows: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Write names of provinces, modes and goods as the codes they stand for; what is not known stays."""
    rows = rows.copy()
    for column in (column for column in MANIFEST.columns if column.refers):
        codes = {
            value: _code(scenario, column.refers, value) for value in rows[column.name].unique()
        }
        rows[column.name] = rows[column.name].map(codes)
    return rows


def _code(scenario: Scenario, table: str, asked: str) -> str:
    try:
        return find_code(scenario, table, asked) if asked else asked
    except OptionError:
        return asked


def _strangers(rows: pd.DataFrame, scenario: Scenario) -> Iterator[Problem]:
    """Find codes that the scenario does not declare."""
    for column in (column for column in MANIFEST.columns if column.refers):
        declared = scenario.tables[column.refers]
        known = set(declared.iloc[:, 0])
        odd = rows.loc[~rows[column.name].isin(known | {""}), ["_file", "_line", column.name]]
        for file, line, value in odd.itertuples(index=False, name=None):
            hint = hint_of_code(value, column.refers, declared)
            values = {"value": value, "table": column.refers, "hint": hint}
            yield Problem("unknown_code", file, line, column.name, values)


def _days(rows: pd.DataFrame) -> Iterator[Problem]:
    odd = rows.loc[[read_day(text) is None and text != "" for text in rows["date"]]]
    for file, line, value in odd[["_file", "_line", "date"]].itertuples(index=False, name=None):
        yield Problem("not_a_day_of_departure", file, line, "date", {"value": value})
