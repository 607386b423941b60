"""The manifest: what really moved, as the notices of inter-island trade report it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from planner.errors import InputError, Problem
from planner.scenario import Scenario
from planner.scenario.cells import typed
from planner.scenario.columns import Column, Table
from planner.scenario.files import Folder, add_table
from planner.scenario.hints import hint_of_code
from planner.scenario.single_table import read_single_table
from planner.scenario.trader_checks import day_of

MANIFEST = Table(
    "manifest",
    "What really moved, one notice of inter-island trade (PAB) a row.",
    (
        Column("document", "Number of the notice", blank="not kept"),
        Column("date", "Day of departure, such as 2023-03-17", required=True),
        Column("owner", "Owner of the goods", blank="not told"),
        Column("origin", "BPS code of the province of loading", required=True, refers="provinces"),
        Column(
            "destination", "BPS code of the province of discharge", required=True, refers="provinces"
        ),
        Column("mode", "Mode", blank="any: counted with the lane that has most of the plan", refers="modes"),
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
        CSV, or a workbook (its first sheet), with the columns of `MANIFEST`.
    scenario
        Declares the provinces, modes and commodities that may be named.

    Returns
    -------
    One row a notice, with `period` of the plan; "" where the day lies outside its horizon.

    Raises
    ------
    InputError
        With every cell that cannot be used.
    """
    file, problems = Path(path), list[Problem]()
    single = read_single_table(file)
    table = dataclasses.replace(MANIFEST, name=file.stem)
    folder = Folder(file.parent, "", None)
    add_table(folder, table, single.records, problems, indonesian=single.indonesian)
    if table.name not in folder.tables:
        raise InputError(single.placed(problems))
    rows = typed(table, folder.tables[table.name], problems)
    problems += [*_strangers(rows, scenario), *_days(rows)]
    if blocking := [problem for problem in problems if problem.blocking]:
        raise InputError(single.placed(blocking))
    periods = scenario.horizon.periods_of(pd.DatetimeIndex(rows["date"]))
    return rows.drop(columns=["_file", "_line"]).assign(period=periods)


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
    odd = rows.loc[[day_of(text) is None and text != "" for text in rows["date"]]]
    for file, line, value in odd[["_file", "_line", "date"]].itertuples(index=False, name=None):
        yield Problem("not_a_day", file, line, "date", {"value": value})
