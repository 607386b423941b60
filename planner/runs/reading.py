"""A run folder read back: every file as it was written, or every reason why not."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from planner.errors import InputError, Problem
from planner.runs.package import (
    INPUTS,
    PACKAGE_FILE,
    SETTINGS_FILE,
    SUMMARY_FILE,
    Resource,
    described,
    digest,
)
from planner.runs.run import FORMAT, Run
from planner.scenario import TABLES, Scenario, Settings
from planner.scenario.files import is_folder, nearest_folder

_PLAN = "cost_idr"
"""A fact of every plan: the summaries of other commands lack it."""


def read_run(folder: str | Path) -> Run:
    """Read a run folder.

    Parameters
    ----------
    folder
        What `planner run` wrote.

    Raises
    ------
    InputError
        If it is no run, was written by a version with another format, or if files are missing or were
        changed after the run; with every such file.
    """
    path = Path(folder)
    facts = _summary(path)
    resources = _resources(path / PACKAGE_FILE)
    problems: list[Problem] = []
    contents = _contents(path, resources, problems)
    if problems:
        raise InputError(problems)
    frames = {
        resource.path.removesuffix(".csv"): _table(contents[resource.path], resource.types)
        for resource in resources
        if resource.types
    }
    scenario = _scenario(path, facts, frames, contents)
    tables = {name: frame for name, frame in frames.items() if "/" not in name}
    return Run(str(path), facts, tables, scenario)


def _summary(folder: Path) -> dict[str, Any]:
    """Read the facts, and refuse what is no run or is one of another format."""
    if not is_folder(folder):
        values = {"nearest": nearest_folder(folder)}
        raise InputError([Problem("no_folder", str(folder), values=values)])
    file = folder / SUMMARY_FILE
    facts = _json(file) if file.exists() else {}
    if _PLAN not in facts:
        raise InputError([Problem("no_run", str(folder))])
    if facts.get("format") != FORMAT:
        writer = facts.get("versions", {}).get("planner", "?")
        formats = {"found": facts.get("format", 0), "known": FORMAT, "version": writer}
        raise InputError([Problem("run_format", str(folder), values=formats)])
    return facts


def _resources(file: Path) -> list[Resource]:
    content = _json(file)
    try:
        return described(content)
    except (KeyError, TypeError) as error:
        raise InputError([_broken(file, error)]) from error


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError([Problem("run_file_missing", str(file))]) from None
    except (OSError, ValueError) as error:
        raise InputError([_broken(file, error)]) from error
    return content if isinstance(content, dict) else {}


def _broken(file: Path, error: Exception) -> Problem:
    return Problem("run_file_broken", str(file), values={"detail": str(error).splitlines()[0]})


def _contents(
    folder: Path, resources: Sequence[Resource], problems: list[Problem]
) -> dict[str, bytes]:
    """Read the files a run consists of; a problem for each that is not as it was written."""
    contents: dict[str, bytes] = {}
    digests = {resource.path: resource.digest for resource in resources}
    needed = [f"{INPUTS}/{name}.csv" for name in TABLES] + [f"{INPUTS}/{SETTINGS_FILE}"]
    for name in dict.fromkeys([*digests, *needed]):
        file = folder / name
        try:
            contents[name] = file.read_bytes()
        except FileNotFoundError:
            problems.append(Problem("run_file_missing", str(file)))
            continue
        except OSError as error:
            problems.append(_broken(file, error))
            continue
        if digest(contents[name]) != digests.get(name):
            problems.append(Problem("run_file_changed", str(file)))
    return contents


def _table(content: bytes, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Read a table with its column types; a blank number is NaN, a blank text is empty.

    Numbers are read as text first: Python reads back every digit, which pandas 3.0 does not.
    """
    table = pd.read_csv(
        io.BytesIO(content),
        dtype={name: "object" if kind == "float64" else kind for name, kind in kinds.items()},
        keep_default_na=False,
        na_values={name: [""] for name, kind in kinds.items() if kind in {"Int64", "boolean"}},
    )
    numbers = [name for name, kind in kinds.items() if kind == "float64"]
    return table.assign(**{name: table[name].replace("", "nan").astype(float) for name in numbers})


def _scenario(
    folder: Path,
    facts: Mapping[str, Any],
    frames: Mapping[str, pd.DataFrame],
    contents: Mapping[str, bytes],
) -> Scenario:
    """Put together what the plan was made from; each row stands in a file of `inputs/`."""
    place = f"{INPUTS}/{SETTINGS_FILE}"
    try:
        settings = Settings.model_validate_json(contents[place])
    except ValueError as error:
        raise InputError([_broken(folder / place, error)]) from error
    tables = {name: frames[f"{INPUTS}/{name}"] for name in TABLES}
    lines = {
        name: pd.DataFrame(
            {
                "file": str(folder / INPUTS / f"{name}.csv"),
                "line": range(2, len(table) + 2),  # the header is line 1
            },
            index=table.index,
        )
        for name, table in tables.items()
    }
    return Scenario(facts["scenario"], settings, tables, lines)
