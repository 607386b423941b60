"""`facts.json`: every fact of a brief with its cells, and of which runs the brief is."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from planner.brief.facts import Fact, evaluate_fact
from planner.brief.markdown_source import Room, Source
from planner.brief.run_cells import RunCells, Runs, UntracedError
from planner.errors import InputError, OptionError, Problem
from planner.formats.plain_json import as_json
from planner.formats.safe_file import MOST_TEXT, read_bytes, read_json
from planner.i18n import LANGUAGES
from planner.runs import Run, write_json

FACTS_FILE = "facts.json"

type Marks = Mapping[str, Mapping[str, str]]
"""Digests of the tables of each run, by side and name."""


class RecordedFact(BaseModel):
    """A fact as it was recorded."""

    name: str
    text: str
    style: str
    cells: RunCells
    less: RunCells | None = None
    per: RunCells | None = None


class _Told(BaseModel):
    """The content of `facts.json`."""

    language: Literal[LANGUAGES]  # type: ignore[valid-type]
    room: Room
    runs: dict[str, dict[str, str]]
    facts: list[RecordedFact]


@dataclass(frozen=True, slots=True)
class FactsFile:
    """What `facts.json` holds.

    Parameters
    ----------
    folder
        The folder of the brief.
    language, room
        As the brief was made.
    marks
        Of the runs it was made from.
    facts
        Each fact as it was recorded.
    """

    folder: Path
    language: str
    room: Room
    marks: Marks
    facts: list[RecordedFact]


def write_record(folder: Path, source: Source, runs: Runs) -> None:
    """Write `facts.json`."""
    content = {
        "language": source.language,
        "room": dataclasses.asdict(source.room),
        "runs": run_digests(runs),
        "facts": [fact.record() for fact in source.facts.values()],
    }
    write_json(folder / FACTS_FILE, content)


def read_record(folder: Path) -> FactsFile:
    """Read `facts.json`.

    Raises
    ------
    InputError
        If the folder holds no brief.
    """
    file, problems = folder / FACTS_FILE, list[Problem]()
    if not file.exists():
        raise InputError([Problem("no_brief", str(folder))])
    content = read_bytes(file, problems, MOST_TEXT)
    found = None if content is None else read_json(content, file, problems)
    if found is None:
        raise InputError(problems)
    try:
        told = _Told.model_validate(found)
    except ValidationError:
        raise InputError([Problem("no_brief", str(folder))]) from None
    return FactsFile(folder, told.language, told.room, told.runs, told.facts)


def run_digests(runs: Runs) -> dict[str, dict[str, str]]:
    """Return a digest of every table of each run, of its summary and of what it was made from."""
    return {side: _marks(run) for side, run in runs.items()}


def _marks(run: Run) -> dict[str, str]:
    tables = {
        f"{name}.csv": table.to_csv(index=False, lineterminator="\n")
        for name, table in run.tables.items()
    }
    summary = json.dumps(
        json.loads(as_json(run.facts)), sort_keys=True
    )  # plain, and in ASCII: a digest
    settings = run.scenario.settings.model_dump_json()
    whole = {**tables, "summary.json": summary, "inputs": run.scenario.digest() + settings}
    return {name: hashlib.sha256(text.encode()).hexdigest()[:12] for name, text in whole.items()}


def re_evaluate(record: FactsFile, runs: Runs) -> tuple[dict[str, Fact], list[Problem]]:
    """Compute every fact again from the cells of the runs.

    Returns
    -------
    The facts as they are now, and a problem for each that is not written as it was; and one if any table,
    also one that only a chart was drawn from, is not what it was.

    Raises
    ------
    OptionError
        If the brief sets its run against another, and that is not given.
    """
    if set(record.marks) - set(runs):
        raise OptionError("brief.needs_against", folder=record.folder)
    now, place = run_digests(runs), str(record.folder)
    others = [
        f"{side}: {name}"
        for side, marks in record.marks.items()
        for name in {**marks, **now[side]}
        if marks.get(name) != now[side].get(name)
    ]
    problems = [Problem("brief_other_run", place, values={"tables": ", ".join(others)})]
    problems = problems if others else []
    facts: dict[str, Fact] = {}
    for entry in record.facts:
        fact, problem = _reworked(entry, runs, record)
        facts |= {} if fact is None else {fact.name: fact}
        problems += [] if problem is None else [problem]
    return facts, problems


def _reworked(
    entry: RecordedFact, runs: Runs, record: FactsFile
) -> tuple[Fact | None, Problem | None]:
    values = {"name": entry.name, "written": entry.text}
    parts, locale = (
        (entry.cells, entry.less, entry.per),
        runs["run"].scenario.locale(record.language),
    )
    try:
        fact = evaluate_fact(entry.name, entry.style, parts, runs, locale)
    except UntracedError as error:
        values["origin"] = str(error)
        return None, Problem("brief_gone", str(record.folder), values=values)
    except (LookupError, ValueError, TypeError, AttributeError, OverflowError):
        values["origin"] = str(entry.cells)  # no such style, or a text where it wants a number
        return None, Problem("brief_gone", str(record.folder), values=values)
    if fact.text == entry.text:
        return fact, None
    values |= {"now": fact.text, "origin": fact.origin()}
    return fact, Problem("brief_changed", str(record.folder), values=values)
