"""Files -> Scenario: every problem of every file is found before one error is raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from planner.errors import InputError, Problem
from planner.formats.hints import hint_of_code
from planner.formats.locations import Books, with_cells
from planner.formats.number_style import UNCLEAR
from planner.formats.raw_scenario import Folder
from planner.scenario.adjust import apply_adjustments, preview_adjustment_problems
from planner.scenario.checks import relations as checks
from planner.scenario.checks.codes import codes
from planner.scenario.checks.plausibility import implausible
from planner.scenario.checks.trader_checks import expired_certificates
from planner.scenario.convert_forms import in_one_form
from planner.scenario.expand_periods import in_every_province, spread
from planner.scenario.inheritance import read_chain
from planner.scenario.overlays import merge_settings, merge_table
from planner.scenario.parse_cells import parse_table
from planner.scenario.scenario import Scenario, empty
from planner.scenario.settings_problems import (
    entries,
    place_of_key,
    setting_problems,
    unseen_settings,
    wrong_below,
)
from planner.scenario.spoilage import short_lived_commodities
from planner.schema.columns import Table
from planner.schema.settings import Settings
from planner.schema.tables import TABLES

type Frames = dict[str, pd.DataFrame]


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario, with all scenarios it extends.

    Parameters
    ----------
    path
        Folder with `scenario.toml` and CSV tables, or a workbook (`.xlsx`).

    Raises
    ------
    InputError
        With every problem found; remarks that do not stop a run are left out.
    """
    scenario, problems = examine(path)
    if scenario is None:
        raise InputError([problem for problem in problems if problem.blocking])
    return scenario


def examine(path: str | Path) -> tuple[Scenario | None, list[Problem]]:
    """Read a scenario and tell everything worth telling about it.

    Parameters
    ----------
    path
        Folder with `scenario.toml` and CSV tables, or a workbook (`.xlsx`).

    Returns
    -------
    The scenario, or None where a problem stands in its way; and all problems and remarks.
    """
    problems: list[Problem] = []
    books: Books = {}
    scenario = _examined(Path(path), problems, books)
    return scenario, with_cells(problems, books)


def _examined(path: Path, problems: list[Problem], books: Books) -> Scenario | None:
    try:
        folders, whole = read_chain(path, problems, books)
    except InputError as error:
        problems += error.problems
        return None
    levels = _settings(folders, problems, whole=whole)
    frames = _tables(folders, levels, problems)
    if whole:
        problems += between_tables(folders, frames, problems)
        problems[:] = checks.without_cells_of_notes(problems)
        frames = in_one_form(frames, problems)
    settings = levels[-1]
    if settings is not None:
        problems += short_lived_commodities(frames, settings.periods)
    if whole:
        problems += _judged(frames, problems)
    if settings is None:
        return None
    problems += scope_problems(frames, settings, folders)
    problems += expired_certificates(frames, settings.periods.first_day)
    problems += missing_signed_plan(frames, settings, folders)
    frames = in_each_province(restrict_to_scope(frames, settings))
    places = entries(folders)
    if blocking(problems):
        problems += preview_adjustment_problems(frames, settings.adjust, places, problems)
        return None
    frames = apply_adjustments(
        in_periods(frames, settings, problems), settings.adjust, places, problems
    )
    if blocking(problems):
        return None
    return _scenario(path, settings, frames, books)


def _judged(frames: Frames, problems: list[Problem]) -> list[Problem]:
    """Find figures that are hardly true, unless others may be a thousand times what they seem."""
    unclear = any(problem.key in UNCLEAR for problem in problems)
    return [] if unclear else implausible(frames, problems)


def blocking(problems: list[Problem]) -> bool:
    """Return whether any of the problems stands in the way of a plan."""
    return any(problem.blocking for problem in problems)


def _settings(
    folders: list[Folder], problems: list[Problem], *, whole: bool
) -> list[Settings | None]:
    """Return the settings as they are in each folder; the last are those of the scenario."""
    merged: dict[str, Any] = {}
    levels: list[Settings | None] = []
    if not whole:
        return [None for _ in folders]
    problems += (below := wrong_below(folders))
    for folder in folders:
        merged = merge_settings(merged, folder.settings or {})
        try:
            levels.append(Settings.model_validate(merged))
        except ValidationError as error:
            levels.append(None)
            if folder is folders[-1]:
                problems += setting_problems(error, folders)
    problems += unseen_settings(merged, folders)
    return [None for _ in folders] if below else levels


def _tables(
    folders: list[Folder], levels: list[Settings | None], problems: list[Problem]
) -> Frames:
    """Type and check the tables of each folder, and merge them."""
    frames = {name: _blank(table) for name, table in TABLES.items()}
    for folder, settings in zip(folders, levels, strict=True):
        for name, raw in folder.tables.items():
            frame = checked_table(TABLES[name], raw, settings, problems)
            frames[name] = merge_table(TABLES[name], frames[name], frame)
    return frames


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


def _blank(table: Table) -> pd.DataFrame:
    types = {c.name: float if c.is_figure else object for c in table.columns}
    return empty(types | {"_file": object, "_line": int})


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


def _scenario(path: Path, settings: Settings, frames: Frames, books: Books) -> Scenario:
    tables, lines = without_places(frames)
    whole = path.resolve()
    name = whole.stem if str(path) in books else whole.name
    return Scenario(name, settings, tables, lines, books)
