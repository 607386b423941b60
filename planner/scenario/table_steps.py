"""The steps from typed tables to those of a scenario, whether they come from files or from memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from planner.errors import Problem
from planner.formats.hints import hint_of_code
from planner.formats.raw_scenario import Folder
from planner.scenario.checks import relations as checks
from planner.scenario.checks.codes import codes
from planner.scenario.expand_periods import in_every_province, spread
from planner.scenario.parse_cells import parse_table
from planner.scenario.settings_problems import place_of_key
from planner.schema.columns import Table
from planner.schema.settings import Settings
from planner.schema.tables import TABLES

type Frames = dict[str, pd.DataFrame]


def blocking(problems: list[Problem]) -> bool:
    """Return whether any of the problems stands in the way of a plan."""
    return any(problem.blocking for problem in problems)


def checked_table(
    table: Table, raw: pd.DataFrame, settings: Settings | None, problems: list[Problem]
) -> pd.DataFrame:
    """Type a table and check it by itself.

    Parameters
    ----------
    table
        Its declaration.
    raw
        Text cells, with `_file` and `_line`.
    settings
        Those of the folder it stands in; None where they cannot be used.
    problems
        Receives what is wrong.
    """
    frame = parse_table(table, raw, problems)
    problems.extend(checks.doubled_keys(table, frame))
    problems.extend(codes(table, frame))
    if settings is not None and "period" in table.names:
        problems.extend(checks.periods(table, frame, settings.periods))
    return frame


def between_tables(folders: list[Folder], frames: Frames, problems: list[Problem]) -> list[Problem]:
    """Check what joins the tables."""
    missing = _missing_tables(folders, frames, problems)
    found = [problem for check in checks.BETWEEN_TABLES for problem in check(frames)]
    return missing + checks.without_consequences(found, problems + missing)


def _missing_tables(
    folders: list[Folder], frames: Frames, problems: list[Problem]
) -> list[Problem]:
    broken = {Path(problem.file).stem for problem in problems if problem.blocking}
    return [
        Problem(
            "no_table",
            str(folders[0].path / f"{table.name}.csv"),
            values={"columns": ",".join(table.names)},
        )
        for table in TABLES.values()
        if table.required and frames[table.name].empty and table.name not in broken
    ]


def scope_problems(frames: Frames, settings: Settings, folders: list[Folder]) -> Iterator[Problem]:
    """Find names of the scope that no table declares."""
    for column, table in (("commodities", "commodities"), ("focus", "provinces")):
        known = frames[table].iloc[:, 0]
        file, line = place_of_key(["scope", column], folders)
        for name in getattr(settings.scope, column):
            if len(known) and name not in set(known):
                hint = hint_of_code(name, table, frames[table])
                values = {"value": name, "table": table, "hint": hint}
                yield Problem("unknown_code", file, line, f"scope.{column}", values)


def missing_signed_plan(
    frames: Frames, settings: Settings, folders: list[Folder]
) -> Iterator[Problem]:
    """Find a stage calm that has nothing to compare with."""
    unread = any("signed_plan" in folder.tables for folder in folders)
    if "calm" in settings.policy.stages and frames["signed_plan"].empty and not unread:
        file, line = place_of_key(["policy", "stages"], folders)
        values = {"columns": ",".join(TABLES["signed_plan"].names)}
        yield Problem("signed_plan_missing", file, line, "policy.stages", values)


def restrict_to_scope(frames: Frames, settings: Settings) -> Frames:
    """Keep the commodities of the scope, and the recipes among them."""
    kept = settings.scope.commodities
    if not kept:
        return frames
    within = {}
    for name, frame in frames.items():
        lists = [column.name for column in TABLES[name].columns if column.many]
        named = frame.columns.intersection(["commodity", "input", "output"]).difference(lists)
        within[name] = frame.loc[frame[named].isin(kept).all(axis=1)].reset_index(drop=True)
    return within


def in_each_province(frames: Frames) -> Frames:
    """Return recipes one row a province, so that an adjustment finds each."""
    codes = frames["provinces"]["province"]
    recipes = in_every_province(TABLES["recipes"], frames["recipes"], codes)
    return {**frames, "recipes": recipes}


def in_periods(
    frames: Frames, settings: Settings, problems: list[Problem], names: Iterable[str] = TABLES
) -> Frames:
    """Return every row of a table with periods one period; of these tables alone, where some are named."""
    profiles = {
        str(name): rows.sort_values("month")["share"].to_numpy(dtype=float)
        for name, rows in frames["profiles"].groupby("profile", sort=False)
    }
    long = dict(frames)
    for table in map(TABLES.__getitem__, names):
        if table.by_period:
            long[table.name] = spread(table, frames[table.name], settings.periods, profiles)
            problems.extend(checks.spread_overlaps(table, long[table.name]))
    return long


def without_places(frames: Frames) -> tuple[Frames, Frames]:
    """Part the tables from file and line of their rows."""
    place = ["_file", "_line"]
    tables = {name: frame.drop(columns=place) for name, frame in frames.items()}
    lines = {
        name: frame[place].rename(columns=lambda name: name[1:]) for name, frame in frames.items()
    }
    return tables, lines
