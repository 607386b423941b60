"""Files -> Scenario: every problem of every file is found before one error is raised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from planner.errors import InputError, Problem
from planner.scenario import checks
from planner.scenario.adjust import adjust
from planner.scenario.cells import typed
from planner.scenario.columns import Table
from planner.scenario.files import SETTINGS_FILE, Folder, read_folder
from planner.scenario.names import nearest
from planner.scenario.overlay import merge_settings, merge_table
from planner.scenario.scenario import Scenario, empty
from planner.scenario.schema import TABLES
from planner.scenario.settings import Settings
from planner.scenario.spread import spread

type Frames = dict[str, pd.DataFrame]


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario folder, with all scenarios it extends.

    Parameters
    ----------
    path
        Folder with `scenario.toml` and CSV tables.

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
    """Read a scenario folder and tell everything worth telling about it.

    Parameters
    ----------
    path
        Folder with `scenario.toml` and CSV tables.

    Returns
    -------
    The scenario, or None where a problem stands in its way; and all problems and remarks.
    """
    problems: list[Problem] = []
    try:
        folders = _chain(Path(path), problems)
    except InputError as error:
        return None, problems + error.problems
    levels = _settings(folders, problems)
    frames = _tables(folders, levels, problems)
    settings = levels[-1]
    if settings is None or _blocking(problems):
        return None, problems
    file = str(folders[-1].path / SETTINGS_FILE)
    frames = _spread(_scoped(frames, settings, problems, file), settings, problems)
    frames = adjust(frames, settings.adjust, file, problems)
    if _blocking(problems):
        return None, problems
    return _scenario(Path(path), settings, frames), problems


def _blocking(problems: list[Problem]) -> bool:
    return any(problem.blocking for problem in problems)


def _chain(path: Path, problems: list[Problem]) -> list[Folder]:
    """Give the folder and those it extends, the lowest base first."""
    folders: list[Folder] = []
    seen: set[Path] = set()
    here: Path | None = path
    while here is not None:
        if here.resolve() in seen:
            raise InputError([Problem("extends_itself", str(path / SETTINGS_FILE), column="extends")])
        seen.add(here.resolve())
        folder = read_folder(here, problems)
        folders.insert(0, folder)
        head = folder.settings.get("scenario", {})
        extends = head.get("extends") if isinstance(head, dict) else None
        here = here / extends if isinstance(extends, str) and extends else None
    return folders


def _settings(folders: list[Folder], problems: list[Problem]) -> list[Settings | None]:
    """Give the settings as they are in each folder; the last are those of the scenario."""
    merged: dict[str, Any] = {}
    levels: list[Settings | None] = []
    for folder in folders:
        merged = merge_settings(merged, folder.settings)
        try:
            levels.append(Settings.model_validate(merged))
        except ValidationError as error:
            levels.append(None)
            if folder is folders[-1]:
                found = [dict(entry) for entry in error.errors()]
                problems += [_setting_problem(folders, entry) for entry in found]
    return levels


def _setting_problem(folders: list[Folder], entry: dict[str, Any]) -> Problem:
    """Say in our words what pydantic found, at the file and line where the key stands."""
    trail = [str(part) for part in entry["loc"]]
    file, line = _line_of(folders, trail)
    values = {"value": entry["input"], "detail": entry["msg"], "nearest": "-"}
    key = {"missing": "setting_missing", "extra_forbidden": "setting_unknown"}.get(
        entry["type"], "setting_wrong"
    )
    if key == "setting_unknown":
        values["nearest"] = nearest(trail[-1], _known_settings(trail[:-1]))
    return Problem(key, file, line, ".".join(trail), values)


def _known_settings(trail: list[str]) -> list[str]:
    schema = Settings.model_json_schema()
    node = schema
    for part in trail:
        if not part.isdigit():
            node = node["properties"][part]
        node = node.get("items", node)
        node = schema["$defs"][node["$ref"].split("/")[-1]] if "$ref" in node else node
    return list(node["properties"])


def _line_of(folders: list[Folder], trail: list[str]) -> tuple[str, int]:
    """Find the line of a key, in the topmost file that has it."""
    name = next(part for part in reversed(trail) if not part.isdigit())
    pattern = re.compile(rf"\s*(\[+\s*(\w+\.)*)?{re.escape(name)}\b")
    for folder in reversed(folders):
        file = folder.path / SETTINGS_FILE
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        for number, line in enumerate(lines, start=1):
            if pattern.match(line):
                return str(file), number
    return str(folders[-1].path / SETTINGS_FILE), 0


def _tables(folders: list[Folder], levels: list[Settings | None], problems: list[Problem]) -> Frames:
    """Type and check the tables of each folder, merge them, and check what joins them."""
    frames = {name: _blank(table) for name, table in TABLES.items()}
    for folder, settings in zip(folders, levels, strict=True):
        for name, raw in folder.tables.items():
            table = TABLES[name]
            frame = typed(table, raw, problems)
            problems.extend(checks.doubled_keys(table, frame))
            if settings is not None and "period" in table.names:
                problems.extend(checks.periods(table, frame, settings.periods))
            frames[name] = merge_table(table, frames[name], frame)
    problems.extend(_missing_tables(folders, frames, problems))
    for check in checks.BETWEEN_TABLES:
        problems.extend(check(frames))
    return frames


def _missing_tables(folders: list[Folder], frames: Frames, problems: list[Problem]) -> list[Problem]:
    there = {name for folder in folders for name in folder.tables}
    broken = {Path(problem.file).stem for problem in problems}
    return [
        Problem("no_table", str(folders[0].path / f"{table.name}.csv"), values={"columns": ",".join(table.names)})
        for table in TABLES.values()
        if table.required and (table.name not in there | broken or (table.name in there and frames[table.name].empty))
    ]


def _blank(table: Table) -> pd.DataFrame:
    types = {c.name: float if c.kind in {"number", "month"} else object for c in table.columns}
    return empty(types | {"_file": object, "_line": int})


def _scoped(frames: Frames, settings: Settings, problems: list[Problem], file: str) -> Frames:
    """Keep the commodities of the scope; look its names up."""
    for column, table in (("commodities", "commodities"), ("focus", "provinces")):
        known = frames[table].iloc[:, 0]
        for name in getattr(settings.scope, column):
            if name not in set(known):
                values = {"value": name, "table": table, "nearest": nearest(name, known)}
                problems.append(Problem("unknown_code", file, column=f"scope.{column}", values=values))
    kept = settings.scope.commodities
    if not kept:
        return frames
    return {
        name: frame.loc[frame["commodity"].isin(kept)].reset_index(drop=True)
        if "commodity" in frame
        else frame
        for name, frame in frames.items()
    }


def _spread(frames: Frames, settings: Settings, problems: list[Problem]) -> Frames:
    """Give every row of a table with periods one period."""
    profiles = {
        str(name): rows.sort_values("month")["share"].to_numpy(dtype=float)
        for name, rows in frames["profiles"].groupby("profile", sort=False)
    }
    long = dict(frames)
    for table in TABLES.values():
        if "period" in table.names:
            long[table.name] = spread(table, frames[table.name], settings.periods, profiles)
            problems.extend(checks.spread_overlaps(table, long[table.name]))
    problems.extend(checks.looks_like_kilograms(long))
    return long


def _scenario(path: Path, settings: Settings, frames: Frames) -> Scenario:
    place = ["_file", "_line"]
    tables = {name: frame.drop(columns=place) for name, frame in frames.items()}
    lines = {name: frame[place].rename(columns=lambda name: name[1:]) for name, frame in frames.items()}
    return Scenario(path.resolve().name, settings, tables, lines)
