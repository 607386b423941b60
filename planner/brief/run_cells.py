"""Cells of a run folder: which they are, what they give together, and how they are named."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import numpy as np
import pandas as pd

from planner.runs import Run

type Side = Literal["run", "against"]
type Runs = Mapping[Side, Run]
type Value = float | str


class UntracedError(LookupError):
    """The run has no such cells."""


@dataclass(frozen=True, slots=True)
class RunCells:
    """Some cells of a run folder, and what they give together.

    Parameters
    ----------
    file
        A CSV or JSON file of the run folder.
    columns
        Columns of the table; of a JSON file pointers (RFC 6901), such as ``/need_t``.
    where, unless
        The rows: what columns must hold, and what they must not hold.
    how
        ``"sum"`` of the cells, ``"count"`` of the different rows they make, or the one ``"cell"``.
    side
        The run of the brief, or the one it is set against.
    absent
        Whether no such row means 0; otherwise it is an error.
    """

    file: str
    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()
    unless: tuple[tuple[str, str], ...] = ()
    how: Literal["sum", "count", "cell"] = "sum"
    side: Side = "run"
    absent: bool = False

    def read(self, runs: Runs) -> Value:
        """Read the cells of a run.

        Raises
        ------
        UntracedError
            If they are not there.
        """
        run = runs[self.side]
        if self.file.endswith(".json"):
            found = [_pointed(run, self.file, pointer) for pointer in self.columns]
            return found[0] if len(found) == 1 else sum(map(float, found))
        rows = self._rows(_table(run, self.file))
        if self.how == "count":
            return float(len(rows.drop_duplicates()))
        if rows.empty and self.absent:
            return 0.0
        if rows.empty or (self.how == "cell" and rows.size != 1):
            raise UntracedError(str(self))
        if self.how == "sum":
            return float(rows.to_numpy(float).sum())
        cell: Any = rows.iloc[0, 0]
        return cell if isinstance(cell, str) else float(cell)

    def _rows(self, table: pd.DataFrame) -> pd.DataFrame:
        named = [*self.columns, *(column for column, _ in (*self.where, *self.unless))]
        if not set(named) <= set(table.columns):
            raise UntracedError(str(self))
        chosen = np.ones(len(table), dtype=bool)
        for conditions, wanted in ((self.where, True), (self.unless, False)):
            for column, value in conditions:
                chosen &= (table[column].astype(str) == value).to_numpy() == wanted
        return table.loc[chosen, list(self.columns)]

    def __str__(self) -> str:
        rows = [f"{column}={value}" for column, value in self.where]
        rows += [f"{column}≠{value}" for column, value in self.unless]
        place = f"{self.file} {'+'.join(self.columns)}" + (f" [{', '.join(rows)}]" if rows else "")
        whole = place if self.how == "cell" else f"{self.how} {place}"
        return whole if self.side == "run" else f"{self.side}: {whole}"


def table(file: str, *columns: str, **more: Any) -> RunCells:
    """Name cells of a table of the run; further keywords are columns and what they must hold."""
    known = {field.name for field in dataclasses.fields(RunCells)}
    where = tuple((key, value) for key, value in more.items() if key not in known)
    return RunCells(f"{file}.csv", columns, where, **{k: v for k, v in more.items() if k in known})


def summary(*pointers: str, side: Side = "run") -> RunCells:
    """Name a fact of `summary.json`, or the sum of some."""
    return RunCells("summary.json", pointers, how="cell", side=side)


def setting(pointer: str, side: Side = "run") -> RunCells:
    """Name a setting of the scenario as the run holds it."""
    return RunCells("inputs/settings.json", (pointer,), how="cell", side=side)


def _table(run: Run, file: str) -> pd.DataFrame:
    path = PurePosixPath(file)
    tables = run.scenario.tables if path.parts[0] == "inputs" else run.tables
    if path.stem not in tables:
        raise UntracedError(file)
    return tables[path.stem]


def _pointed(run: Run, file: str, pointer: str) -> Value:
    tree: Any = (
        run.facts if file == "summary.json" else run.scenario.settings.model_dump(mode="json")
    )
    for step in pointer.split("/")[1:]:
        try:
            tree = tree[int(step)] if isinstance(tree, list) else tree[step]
        except (KeyError, IndexError, TypeError, ValueError):
            raise UntracedError(f"{file} {pointer}") from None
    return tree if isinstance(tree, str) else float(tree)
