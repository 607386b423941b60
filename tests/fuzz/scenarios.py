"""A shipped scenario as a folder of files to spoil."""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pandas as pd

from planner.errors import InputError, Problem
from planner.formats.locations import with_cells
from planner.market.reachability import reach_problems
from planner.market.rules import rule_problems
from planner.scenario import TABLES, Scenario, examine

from . import settings, sheets
from .judge import Answer, crash_of
from .mutant import Contents, Mutant
from .obey import edits_of, obeyed

SHIPPED = Path(__file__).parents[2] / "scenarios"
_KINDS = {**sheets.ALL, **settings.SETTINGS}


class ScenarioSubject:
    """A scenario folder; what it extends lies beside it and stays as it is.

    Parameters
    ----------
    name
        Name of a shipped scenario.
    workplace
        An empty folder to work in.
    """

    def __init__(self, name: str, workplace: Path) -> None:
        self.name = name
        self.root = workplace / "scenarios" / name
        for folder in SHIPPED.iterdir():
            if folder.is_dir():
                _copy(folder, workplace / "scenarios" / folder.name)
        self.files = {file.name: file.read_bytes() for file in self.root.iterdir()}
        self.docs = [
            sheets.doc_of(name, TABLES[name.removesuffix(".csv")], raw)
            for name, raw in self.files.items()
            if name.endswith(".csv")
        ]
        self.toml = settings.Toml(
            "scenario.toml", self.files["scenario.toml"].decode(), settings.NEEDED
        )
        self.sound = self.ask({}).figures
        assert self.sound is not None

    def mutant(self, rng: Random) -> Mutant:
        """Spoil the scenario: each kind is as likely as any other that fits."""
        while True:
            kind = rng.choice([*_KINDS])
            if kind in settings.SETTINGS:
                found = settings.SETTINGS[kind](rng, self.toml)
            elif not self.docs:
                continue
            else:
                docs = [doc for doc in self.docs if len(doc.rows) > 1]
                found = sheets.ALL[kind](rng, rng.choice(docs))
            if found is not None:
                return found

    def ask(self, contents: Contents) -> Answer:
        """Let `planner check` look at the scenario with some files changed."""
        with Changed(self.root, self.files, contents):
            return asked(self.root)

    def obey(self, contents: Contents, problems: Sequence[Problem]) -> Contents | None:
        """Do what the messages ask."""
        edits = edits_of(problems)
        if not edits:
            return None
        before = {
            name: raw for name, raw in ({**self.files, **contents}).items() if raw is not None
        }
        after = obeyed(before, edits, str(self.root))
        if after == before:
            return None
        return {name: after.get(name) for name in {*before, *after, *contents}}


def _copy(folder: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.suffix == ".csv" or file.name == "scenario.toml":
            shutil.copy(file, to / file.name)


class Changed:
    """A folder with some of its files changed; afterwards all is as it was."""

    def __init__(self, root: Path, files: Mapping[str, bytes], contents: Contents) -> None:
        self.root, self.files, self.contents = root, files, contents

    def __enter__(self) -> None:
        for name, raw in self.contents.items():
            if raw is None:
                (self.root / name).unlink(missing_ok=True)
            else:
                (self.root / name).write_bytes(raw)

    def __exit__(self, *_: object) -> None:
        for name in self.contents:
            if name in self.files:
                (self.root / name).write_bytes(self.files[name])
            else:
                (self.root / name).unlink(missing_ok=True)


def asked(path: Path) -> Answer:
    """Return what `planner check` finds, and the figures it read."""
    try:
        scenario, problems = examine(path)
        if scenario is not None:
            more = [*reach_problems(scenario), *rule_problems(scenario)]
            problems = [*problems, *with_cells(more, scenario.books)]
    except InputError as error:
        return Answer(error.problems)
    except Exception as error:  # noqa: BLE001 (that is what is looked for)
        return Answer([], crash=crash_of(error))
    if scenario is None or any(problem.blocking for problem in problems):
        return Answer(problems)
    return Answer(problems, figures_of(scenario))


def figures_of(scenario: Scenario) -> object:
    """Return all that was read, without the order of the rows; figures to twelve digits."""
    tables = {
        name: sorted(
            map(repr, zip(*(_plain(frame[c]) for c in sorted(frame.columns)), strict=True))
        )
        for name, frame in scenario.tables.items()
        if len(frame)
    }
    return tables, scenario.settings.model_dump(mode="json", exclude={"brief"})


def _plain(cells: pd.Series) -> list[object]:
    return [_rounded(cell) for cell in cells.tolist()]


def _rounded(cell: object) -> object:
    if not isinstance(cell, float) or not math.isfinite(cell):
        return str(cell)
    return float(f"{cell:.11g}") + 0.0  # minus nought is nought
