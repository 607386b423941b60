"""A scenario with other tables or settings, given in memory: read as a folder in its place, by the same checks.

What stands in a scenario has been read already: its scope is cut, its periods are spread, its `[[adjust]]` are
done. So a scope can only become narrower, `[[adjust]]` can only be added, and a new horizon asks for new tables.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from planner.arrays import Floats
from planner.errors import InputError, Problem
from planner.formats.locations import MEMORY, Books, with_cells
from planner.formats.raw_scenario import Folder
from planner.scenario.adjust import apply_adjustments
from planner.scenario.checks.plausibility import impossible
from planner.scenario.convert_forms import AMOUNTS, in_one_form
from planner.scenario.frames import as_read, read_frame
from planner.scenario.scenario_tables import ScenarioTables
from planner.scenario.settings_problems import entries, setting_problems
from planner.scenario.table_steps import (
    Frames,
    between_tables,
    blocking,
    checked_table,
    in_each_province,
    in_periods,
    missing_signed_plan,
    restrict_to_scope,
    scope_problems,
    without_places,
)
from planner.schema.columns import Column
from planner.schema.settings import Settings, as_mappings
from planner.schema.tables import TABLES

_BEFORE = {"profiles": "profile", "conversions": "form"}
"""Tables that have done their work when a scenario is read, and the columns of others that name them."""


def replace_tables[S: ScenarioTables](
    scenario: S, settings: Settings | None, tables: Mapping[str, pd.DataFrame]
) -> S:
    """Return a scenario with other settings and tables, after the checks of files.

    Parameters
    ----------
    scenario
        What there is; left as it is.
    settings
        The new settings; None for those there are.
    tables
        Whole new frames by table name.

    Raises
    ------
    InputError
        With every problem of the new tables and settings, and of what they do to the others.
    """
    problems: list[Problem] = []
    folder = Folder(MEMORY, "", None)
    books: Books = dict(scenario.books)
    books[str(MEMORY)] = _read(folder, scenario, tables, problems)
    new = _validated(scenario.settings, settings, problems)
    if new is not None:
        problems += _not_to_be_undone(scenario, new, tables)
        frames = _frames(folder, scenario, new, problems)
        frames = _made(folder, scenario, new, frames, problems)
    if new is None or blocking(problems):
        wrong = [problem for problem in problems if problem.blocking]
        raise InputError(with_cells(wrong, books))
    whole, lines = without_places(frames)
    return dataclasses.replace(scenario, settings=new, tables=whole, lines=lines, books=books)


def _read(
    folder: Folder,
    scenario: ScenarioTables,
    tables: Mapping[str, pd.DataFrame],
    problems: list[Problem],
) -> dict[str, Any]:
    """Read the frames, and give where rows of these and of earlier ones stand."""
    known: dict[str, Any] = dict(scenario.books.get(str(MEMORY), {}))
    for name, frame in tables.items():
        read = read_frame(folder, name, frame, scenario.horizon, problems)
        if read is not None:
            known[f"{name}.csv"] = read
    return known


def _validated(
    old: Settings, settings: Settings | None, problems: list[Problem]
) -> Settings | None:
    """Check settings, for `model_copy` of pydantic does not."""
    if settings is None or settings is old:
        return old
    plain, folder = as_mappings(settings), Folder(MEMORY, "", None)
    if not isinstance(plain, dict):
        values = {"value": type(settings).__name__}
        problems.append(Problem("frame_no_settings", folder.settings_file, values=values))
        return None
    try:
        return Settings.model_validate(plain)
    except ValidationError as error:
        problems += setting_problems(error, [dataclasses.replace(folder, settings=plain)])
        return None


def _not_to_be_undone(
    scenario: ScenarioTables, new: Settings, tables: Mapping[str, pd.DataFrame]
) -> Iterator[Problem]:
    """Find settings and tables that would have no effect, since their work was done in reading."""
    old, file = scenario.settings, Folder(MEMORY, "", None).settings_file
    kept = old.scope.commodities
    if kept and not new.scope.commodities:
        values = {"kept": ", ".join(kept)}
        yield Problem("frame_scope", file, column="scope.commodities", values=values)
    if new.adjust[: len(old.adjust)] != old.adjust:
        values = {"count": str(len(old.adjust))}
        yield Problem("frame_adjust", file, column="adjust", values=values)
    if new.horizon != old.horizon:
        spread = [name for name, table in TABLES.items() if table.by_period]
        left = [name for name in spread if len(scenario.tables[name]) and name not in tables]
        if left:
            yield Problem(
                "frame_horizon", file, column="horizon", values={"tables": ", ".join(left)}
            )
    for name, column in _BEFORE.items():
        if name in tables and not _same(tables[name], scenario.tables[name]):
            users = [other for other in tables if other in TABLES and column in TABLES[other].names]
            if not set(users) - {name}:
                values = {"tables": ", ".join(AMOUNTS)}
                yield Problem("frame_too_late", str(MEMORY / f"{name}.csv"), values=values)


def _same(one: object, other: pd.DataFrame) -> bool:
    return isinstance(one, pd.DataFrame) and other.equals(one.reindex(columns=other.columns))


def _frames(
    folder: Folder, scenario: ScenarioTables, settings: Settings, problems: list[Problem]
) -> Frames:
    """Return the new tables, checked each by itself, among the old ones."""
    frames = {}
    for name, old in scenario.tables.items():
        if name in folder.tables:
            raw = folder.tables[name]
            found: list[Problem] = []
            frames[name] = checked_table(as_read(TABLES[name]), raw, settings, found)
            problems += _of_today(found, scenario)
        else:
            place = scenario.lines[name].reindex(old.index)
            file = place["file"].where(place["file"].notna(), str(MEMORY / f"{name}.csv"))
            line = place["line"].fillna(0).astype(int)
            frames[name] = old.assign(_file=file, _line=line)
    return frames


def _made(
    folder: Folder,
    scenario: ScenarioTables,
    settings: Settings,
    frames: Frames,
    problems: list[Problem],
) -> Frames:
    """Check what joins the tables, and make of them what a scenario holds."""
    problems += _of_today(between_tables([folder], frames, problems), scenario)
    frames = in_one_form(frames, problems)
    problems += [] if blocking(problems) else impossible(frames)
    problems += scope_problems(frames, settings, [folder])
    problems += missing_signed_plan(frames, settings, [folder])
    if blocking(problems):
        return frames
    frames = in_each_province(restrict_to_scope(frames, settings))
    frames = in_periods(frames, settings, problems, folder.tables)
    done = len(scenario.settings.adjust)
    places = entries(
        [Folder(MEMORY, "", {"adjust": [as_mappings(one) for one in settings.adjust]})]
    )
    return apply_adjustments(frames, settings.adjust[done:], places[done:], problems)


def _of_today(found: list[Problem], scenario: ScenarioTables) -> list[Problem]:
    """Leave out what the rules name and the scope or the horizon of the scenario has left out before."""
    rules, table = scenario.tables["rules"], TABLES["rules"]
    known = {
        (name, code)
        for name in ("commodity", "good", "period")
        for cell in rules[name].unique()
        for code in table.column(name).values(str(cell))
    }
    own = f"{table.name}.csv"
    return [
        problem
        for problem in found
        if not (
            problem.file.endswith(own) and (problem.column, problem.values.get("value")) in known
        )
    ]


def is_sound(scenario: ScenarioTables) -> bool:
    """Check whether all figures lie within the bounds of their columns, should a table have been changed in place."""
    return all(
        _is_sound(column, scenario.tables[table.name][column.name].to_numpy(dtype=float))
        for table in TABLES.values()
        for column in table.columns
        if column.is_figure
    )


def _is_sound(column: Column, figures: Floats) -> bool:
    may_be_open = bool(column.blank) and column.default is None
    if not may_be_open and np.isnan(figures).any():
        return False
    return not any(broken.any() for _, _, broken in column.breaches(figures))
