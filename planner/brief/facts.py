"""Facts: numbers and texts that a brief may use, each with its unit and the cells of the run it came from.

value  =  (sum of some cells - sum of others) / sum of others          the last two only where they are given

Nothing enters a brief by another way, so that every numeral in it can be traced and worked out again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from planner.brief.markup import marked
from planner.language import date, figure, month, number, percent, rupiah, signed, tonnes
from planner.runs import Run

type Side = Literal["run", "against"]
type Runs = Mapping[Side, Run]
type Value = float | str


class UntracedError(LookupError):
    """The run has no such cells."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Some cells of a run folder, and what they give together.

    Parameters
    ----------
    file
        A CSV or JSON file of the run folder.
    columns
        Columns of the table; of a JSON file one pointer (RFC 6901), such as ``/need_t``.
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
            return _pointed(run, self.file, self.columns[0])
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


class Style(NamedTuple):
    """How a value is written, and the unit it is in."""

    unit: str
    write: Callable[[Any, str], str]


def _share(value: float, language: str) -> str:
    """Write a share with as many decimals as it takes to tell it from nothing and from all."""
    whole = {percent(end, language, digits) for end in (0, 1) for digits in (1, 2, 3)}
    written = percent(value, language, 1)
    for digits in (2, 3):
        if value not in {0, 1} and written in whole:
            written = percent(value, language, digits)
    return percent(value, language) if value in {0, 1} else written


STYLES: dict[str, Style] = {
    "text": Style("", lambda value, _: " ".join(str(value).split())),
    "good": Style("", lambda value, _: str(value)[:1].lower() + str(value)[1:]),
    "month": Style("", month),
    "date": Style("", lambda value, language: date(pd.Timestamp(value).date(), language)),
    "count": Style("1", number),
    "share": Style("1", _share),
    "share_change": Style("1", lambda share, language: signed(_share(abs(share), language), share)),
    "factor": Style("1", figure),
    "publisher": Style("", lambda value, _: str(value).split(" (")[0].split(";")[0]),
    "proof": Style("t", lambda value, language: number(value, language, 3)),
    "tonnes": Style("t", tonnes),
    "tonnes_change": Style("t", lambda t, language: signed(tonnes(abs(t), language), t)),
    "bare_tonnes": Style("t", number),
    "bare_change": Style("t", lambda t, language: signed(number(abs(t), language), round(t))),
    "rupiah": Style("IDR", rupiah),
    "rupiah_change": Style("IDR", lambda idr, language: signed(rupiah(abs(idr), language), idr)),
    "per_kg": Style("IDR/t", lambda idr, language: f"Rp{number(idr / 1000, language)}/kg"),
    "idr_per_kg": Style("IDR/kg", lambda idr, language: f"Rp{number(idr, language)}/kg"),
    "bare_per_kg": Style("IDR/t", lambda idr, language: number(idr / 1000, language)),
}
"""`bare`: without its unit, which stands in the head of the table or in the sentence."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of the run as the brief writes it.

    Parameters
    ----------
    name
        What templates and writers call it.
    style
        How it is written, see `STYLES`.
    value
        In the unit of its style.
    text
        As it is written.
    cells, less, per
        Where it came from: cells, less others, divided by others.
    """

    name: str
    style: str
    value: Value
    text: str
    cells: Cells
    less: Cells | None = None
    per: Cells | None = None

    def __str__(self) -> str:
        """Give Markdown in which the numerals carry the name of the fact."""
        return marked(self.text, self.name)

    def origin(self) -> str:
        """Say in one line which cells it came from."""
        parts = [str(self.cells), *([f"- {self.less}"] if self.less else [])]
        return " ".join([*parts, *([f"/ {self.per}"] if self.per else [])])

    def record(self) -> dict[str, Any]:
        """Give everything needed to work it out again, for `facts.json`."""
        return {**dataclasses.asdict(self), "unit": STYLES[self.style].unit}


class Facts:
    """All facts of a brief, by name.

    Parameters
    ----------
    runs
        What they are read from.
    language
        ``"id"`` or ``"en"``.
    """

    def __init__(self, runs: Runs, language: str) -> None:
        self.runs, self.language = runs, language
        self._facts: dict[str, Fact] = {}

    def add(
        self, name: str, style: str, cells: Cells, *, less: Cells | None = None, per: Cells | None = None
    ) -> Fact:  # fmt: skip
        """Work out a fact and keep it under its name; the same name gives the same fact."""
        if name not in self._facts:
            self._facts[name] = worked_out(
                name, style, (cells, less, per), self.runs, self.language
            )
        return self._facts[name]

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __contains__(self, name: str) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def names(self) -> list[str]:
        """Give the names of all facts."""
        return list(self._facts)


def worked_out(
    name: str,
    style: str,
    parts: tuple[Cells, Cells | None, Cells | None],
    runs: Runs,
    language: str,
) -> Fact:
    """Read the cells of a fact and write it.

    Raises
    ------
    UntracedError
        If the run has no such cells.
    """
    cells, less, per = parts
    value = cells.read(runs)
    if less is not None:
        value = float(value) - float(less.read(runs))
    if per is not None:
        below = float(per.read(runs))
        if not below:
            raise UntracedError(str(per))
        value = float(value) / below
    if isinstance(value, float) and not np.isfinite(value):
        raise UntracedError(str(cells))
    return Fact(name, style, value, STYLES[style].write(value, language), cells, less, per)


def table(file: str, *columns: str, **more: Any) -> Cells:
    """Name cells of a table of the run; further keywords are columns and what they must hold."""
    known = {field.name for field in dataclasses.fields(Cells)}
    where = tuple((key, value) for key, value in more.items() if key not in known)
    return Cells(f"{file}.csv", columns, where, **{k: v for k, v in more.items() if k in known})


def summary(pointer: str, side: Side = "run") -> Cells:
    """Name a fact of `summary.json`."""
    return Cells("summary.json", (pointer,), how="cell", side=side)


def setting(pointer: str, side: Side = "run") -> Cells:
    """Name a setting of the scenario as the run holds it."""
    return Cells("inputs/settings.json", (pointer,), how="cell", side=side)


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
