"""A merged scenario as a folder: only whole, only without open conflicts, only if it can be used."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from planner.errors import InputError, OptionError, Problem
from planner.exchange.merge.merge import MergedScenario
from planner.exchange.merge.written_scenario import WrittenScenario
from planner.formats.formulas import kept_as_text
from planner.formats.locations import with_cells
from planner.formats.raw_scenario import SETTINGS_FILE
from planner.runs import atomic_folder, exists
from planner.scenario import examine

CONFLICTS_FILE, PROVENANCE_FILE, INPUTS_FILE = "_conflicts.csv", "_provenance.csv", "_inputs.csv"
_TOLD = ("a", "b", "source_a", "source_b", "file_b", "line_b")


def write_merged(
    merged: MergedScenario, sides: tuple[WrittenScenario, WrittenScenario], out: Path
) -> list[Problem]:
    """Write a merged scenario, with notes on its conflicts and where each row comes from.

    Parameters
    ----------
    merged
        What `planner.exchange.merge.merge.merge` gives.
    sides
        The two scenarios.
    out
        A folder that does not exist yet.

    Returns
    -------
    Remarks on the merged scenario.

    Raises
    ------
    InputError
        With every conflict that is open; or with what is wrong with the two together.
    OptionError
        If the folder is there already.
    OutputError
        If it cannot be written.
    """
    if exists(out):
        raise OptionError("convert.folder_exists", out=out)
    if len(merged.undecided):
        raise InputError(_open_conflicts(merged.undecided, sides))
    with atomic_folder(out) as place:
        settings = tomli_w.dumps(merged.settings)
        (place / SETTINGS_FILE).write_text(settings, encoding="utf-8", newline="\n")
        for name, frame in merged.tables.items():
            _write(place / f"{name}.csv", frame)
        problems = _looked_at(place, out)
        _write(place / CONFLICTS_FILE, merged.conflicts.drop(columns=["file_a", "file_b"]))
        _write(place / PROVENANCE_FILE, merged.provenance)
        _write(place / INPUTS_FILE, _inputs(sides))
    return problems


def _write(file: Path, frame: pd.DataFrame) -> None:
    frame.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


def _looked_at(place: Path, out: Path) -> list[Problem]:
    """Check the folder as `planner check` does; problems name it as it will be called."""
    scenario, problems = examine(place)
    told = [
        dataclasses.replace(problem, file=str(out / Path(problem.file).name))
        for problem in problems
    ]
    if scenario is None:
        raise InputError([problem for problem in told if problem.blocking])
    return told


def _open_conflicts(
    conflicts: pd.DataFrame, sides: tuple[WrittenScenario, WrittenScenario]
) -> list[Problem]:
    """Return a problem for each conflict, at its place in `a`; in `b` where `a` has no such row."""
    problems = [
        Problem(
            _kind(row),
            str(row["file_a"] or row["file_b"]),
            int(row["line_a"] or row["line_b"]),
            str(row["column"] or row["key"]),
            {"row": row["key"], **{name: row[name] or "-" for name in _TOLD}},
        )
        for row in conflicts.to_dict("records")
    ]
    return with_cells(problems, sides[0].sheets | sides[1].sheets)


def _kind(row: Mapping[Any, object]) -> str:
    if not row["column"]:
        return "merge_setting"
    return "merge_year" if row["column"] == "period" else "merge_conflict"


def _inputs(sides: tuple[WrittenScenario, WrittenScenario]) -> pd.DataFrame:
    """Return what `a` and `b` were."""
    rows = [
        {
            "from": name,
            "scenario": kept_as_text(Path(side.name).name),
            "title": kept_as_text(side.meant.scenario.title.en),
            "data_date": side.meant.scenario.data_date,
        }
        for name, side in zip("ab", sides, strict=True)
    ]
    return pd.DataFrame(rows)
