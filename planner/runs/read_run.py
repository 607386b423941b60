"""A run folder read back: every file as it was written, or every reason why not."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from planner.errors import InputError, Problem
from planner.formats.datapackage import (
    INPUTS,
    PACKAGE_FILE,
    SETTINGS_FILE,
    SUMMARY_FILE,
    Resource,
    described_files,
    digest,
)
from planner.formats.locations import MEMORY, Frame
from planner.formats.raw_scenario import hint_of_folder, is_folder
from planner.formats.safe_file import (
    MOST_TEXT,
    exists,
    leads_out,
    read_bytes,
    read_json,
)
from planner.given import require_path
from planner.runs.run import FORMAT, Run
from planner.runs.shape import (
    RESULTS,
    SOMETIMES,
    Facts,
    known_codes,
    missing_columns,
    wrong_cells,
    wrong_facts,
)
from planner.scenario import TABLES, Scenario, Settings
from planner.scenario.scenario import input_digest
from planner.schema.columns import Table

_PLAN = "cost_idr"
"""A fact of every plan: the summaries of other commands lack it."""


def read_run(folder: str | Path) -> Run:
    """Read a run folder.

    Input tables and columns that came after the run are added, blank. What came later is told from what was
    taken out by the digest that the run keeps of its inputs.

    Parameters
    ----------
    folder
        What `planner run` wrote.

    Raises
    ------
    InputError
        If it is no run, was written by a version with another format, or if files are missing or were
        changed after the run; with every such file.
    OptionError
        If this is no path.
    """
    require_path(folder, "planner.read_run")
    path = Path(folder)
    facts = _summary(path)
    resources = _resources(path / PACKAGE_FILE)
    problems: list[Problem] = []
    contents = _contents(path, resources, problems)
    if problems:
        raise InputError(problems)
    frames = _frames(path, resources, contents, problems)
    settings = _settings(path, contents)
    described_there = {resource.path.removesuffix(".csv") for resource in resources}
    whole = _inputs_are_whole(facts, settings, frames)
    problems += _incomplete(path, frames, described_there, whole=whole)
    problems += _from_a_newer_version(path, frames)
    if problems:
        raise InputError(problems)
    scenario = _scenario(facts, settings, frames)
    tables = {name: frame for name, frame in frames.items() if "/" not in name}
    problems += _strange(path, facts, tables, scenario)
    if problems:
        raise InputError(problems)
    return Run(str(path), facts, tables, scenario)


def _summary(folder: Path) -> dict[str, Any]:
    """Read the facts, and refuse what is no run or is one of another format."""
    if not is_folder(folder):
        values = {"hint": hint_of_folder(folder)}
        raise InputError([Problem("no_folder", str(folder), values=values)])
    file = folder / SUMMARY_FILE
    facts = _json(file) if exists(file) else {}
    if _PLAN not in facts:
        raise InputError([Problem("no_run", str(folder))])
    if facts.get("format") != FORMAT:
        versions = facts.get("versions")
        writer = versions.get("planner", "?") if isinstance(versions, dict) else "?"
        formats = {"found": facts.get("format", 0), "known": FORMAT, "version": writer}
        raise InputError([Problem("run_format", str(folder), values=formats)])
    try:
        Facts.model_validate(facts)
    except ValidationError as error:
        names = dict.fromkeys(".".join(map(str, one["loc"][:2])) for one in error.errors())
        raise InputError([Problem("run_fact", str(file), column=name) for name in names]) from error
    return facts


def _resources(file: Path) -> list[Resource]:
    content = _json(file)
    try:
        return described_files(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError([_broken(file, error)]) from error


def _json(file: Path) -> dict[str, Any]:
    problems: list[Problem] = []
    if not exists(file):
        raise InputError([Problem("run_file_missing", str(file))])
    content = read_bytes(file, problems, MOST_TEXT)
    found = None if content is None else read_json(content, file, problems)
    if found is None:
        raise InputError(problems)
    return found


def _broken(file: Path, error: Exception) -> Problem:
    return Problem(
        "run_file_broken",
        str(file),
        values={"detail": (str(error) or type(error).__name__).splitlines()[0][:120]},
    )


def _contents(
    folder: Path, resources: Sequence[Resource], problems: list[Problem]
) -> dict[str, bytes]:
    """Read the files a run consists of; a problem for each that is not as it was written."""
    contents: dict[str, bytes] = {}
    digests = {resource.path: resource.digest for resource in resources}
    inputs = [f"{INPUTS}/{name}.csv" for name in TABLES]
    present = [name for name in inputs if exists(folder / name)]
    for name in dict.fromkeys([*digests, *present, f"{INPUTS}/{SETTINGS_FILE}"]):
        file = folder / name
        if not exists(file):
            problems.append(Problem("run_file_missing", str(file)))
            continue
        if leads_out(file, folder):
            problems.append(Problem("leads_out", str(file)))
            continue
        content = read_bytes(file, problems)
        if content is None:
            continue
        contents[name] = content
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
    if list(table.columns) != list(kinds):
        message = f"columns: {', '.join(map(str, table.columns))[:80]}"
        raise ValueError(message)
    numbers = [name for name, kind in kinds.items() if kind == "float64"]
    return table.assign(**{name: table[name].replace("", "nan").astype(float) for name in numbers})


def _frames(
    folder: Path,
    resources: Sequence[Resource],
    contents: Mapping[str, bytes],
    problems: list[Problem],
) -> dict[str, pd.DataFrame]:
    """Read all tables; a problem for each that is not as it is described."""
    frames: dict[str, pd.DataFrame] = {}
    for resource in (resource for resource in resources if resource.types):
        try:
            frame = _table(contents[resource.path], resource.types)
        except (ValueError, TypeError, OverflowError) as error:
            problems.append(_broken(folder / resource.path, error))
            continue
        frames[resource.path.removesuffix(".csv")] = frame
    return frames


def _inputs_are_whole(
    facts: Mapping[str, Any], settings: Settings, frames: Mapping[str, pd.DataFrame]
) -> bool:
    """Return whether the inputs are all that the plan was made from: they have the digest that its facts tell.

    What this version misses in them then came after the run, and was not taken out of it.
    """
    inside = f"{INPUTS}/"
    tables = {
        name.removeprefix(inside): frame
        for name, frame in frames.items()
        if name.startswith(inside)
    }
    return input_digest(settings, tables, as_written=True) == str(facts["input_digest"])


def _incomplete(
    folder: Path, frames: Mapping[str, pd.DataFrame], named: Collection[str], *, whole: bool
) -> Iterator[Problem]:
    """Find tables of the format that the package does not describe, and columns that they lack."""
    inputs = {f"{INPUTS}/{name}": table for name, table in TABLES.items()}
    needed = [name for name, table in inputs.items() if table.required or not whole]
    for name in (*RESULTS, *needed):
        if name not in named:
            yield Problem("run_table_missing", str(folder / PACKAGE_FILE), values={"value": name})
    for name, table in {**RESULTS, **SOMETIMES, **inputs}.items():
        known = whole and name in inputs
        for column in missing_columns(table, frames[name], whole=known) if name in frames else []:
            yield Problem("run_column", str(folder / f"{name}.csv"), 1, column)


def _from_a_newer_version(folder: Path, frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Find input tables that this version does not know: no plan is told without what it was made from."""
    for place, frame in frames.items():
        inside, _, name = place.rpartition("/")
        if inside and name not in TABLES and len(frame):
            yield Problem("run_newer", str(folder / f"{place}.csv"))


def _strange(
    folder: Path, facts: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], scenario: Scenario
) -> Iterator[Problem]:
    """Find cells and facts that no run has: codes nobody knows, numbers without end or below their bounds."""
    known = known_codes(scenario.tables) | {"period": set(scenario.horizon.labels)}
    every = {name: (table, tables.get(name)) for name, table in {**RESULTS, **SOMETIMES}.items()}
    every |= {f"{INPUTS}/{name}": (t, scenario.tables[name]) for name, t in TABLES.items()}
    for name, (table, frame) in every.items():
        if frame is None:
            continue
        for row, column, value in wrong_cells(table, frame, known):
            file = str(folder / f"{name}.csv")
            yield Problem("run_cell", file, row + 2, column, {"value": value[:40]})
    for name in wrong_facts(facts, scenario):
        yield Problem("run_fact", str(folder / SUMMARY_FILE), column=name)


def _empty(table: Table) -> pd.DataFrame:
    """Return a table without rows, for a run that is older than the table."""
    kinds = {column.name: float if column.is_figure else object for column in table.columns}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _with_later_columns(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of an older run with the columns that were added since, as a blank cell fills them."""
    for column in table.columns:
        if column.name not in frame:
            blank = np.nan if column.is_figure else ""
            filled = blank if column.default is None else column.default
            frame = frame.assign(**{column.name: frame.get(column.same_as, filled)})
    return frame[[*table.names, *frame.columns.difference([*table.names], sort=False)]]


def _settings(folder: Path, contents: Mapping[str, bytes]) -> Settings:
    """Read the settings, and refuse those of which the periods cannot be told."""
    place = f"{INPUTS}/{SETTINGS_FILE}"
    try:
        settings = Settings.model_validate_json(contents[place])
        labels = settings.periods.labels
    except (ValueError, OverflowError) as error:
        raise InputError([_broken(folder / place, error)]) from error
    if not labels:
        raise InputError([_broken(folder / place, ValueError("horizon"))])
    return settings


def _scenario(
    facts: Mapping[str, Any], settings: Settings, frames: Mapping[str, pd.DataFrame]
) -> Scenario:
    """Put together what the plan was made from.

    Nobody may write into `inputs/`, the record of what was solved: rows are told by table and key, and not by a
    line of a file there.
    """
    tables = {
        name: _with_later_columns(table, frames.get(f"{INPUTS}/{name}", _empty(table)))
        for name, table in TABLES.items()
    }
    lines = {
        name: pd.DataFrame(
            {
                "file": str(MEMORY / f"{name}.csv"),
                "line": range(1, len(table) + 1),
            },
            index=table.index,
        )
        for name, table in tables.items()
    }
    frames_of = {f"{name}.csv": _named_by_key(name, table) for name, table in tables.items()}
    return Scenario(facts["scenario"], settings, tables, lines, {str(MEMORY): frames_of})


def _named_by_key(name: str, table: pd.DataFrame) -> Frame:
    """Return how rows of an input are told: by their key alone, as they may stand elsewhere in the scenario."""
    key = table[list(TABLES[name].key)]
    rows = [
        ", ".join(f"{cell:g}" if isinstance(cell, float) else cell for cell in row if cell != "")
        for row in key.itertuples(index=False, name=None)
    ]
    return Frame(name, pd.Index(rows, dtype=object), key.iloc[:, :0])
