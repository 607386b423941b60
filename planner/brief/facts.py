"""Facts: numbers and texts that a brief may use, each with its unit and the cells of the run it came from.

value  =  (sum of some cells - sum of others) / sum of others          the last two only where they are given

Nothing enters a brief by another way, so that every numeral in it can be traced and worked out again.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.brief.markup import mark_numerals
from planner.brief.run_cells import RunCells, Runs, UntracedError, Value
from planner.brief.value_styles import STYLES


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
    cells: RunCells
    less: RunCells | None = None
    per: RunCells | None = None

    def __str__(self) -> str:
        """Return Markdown in which the numerals carry the name of the fact."""
        return mark_numerals(self.text, self.name)

    def is_of(self, style: str, parts: tuple[RunCells, RunCells | None, RunCells | None]) -> bool:
        """Return whether it is made of these cells and written in this way."""
        return (self.style, self.cells, self.less, self.per) == (style, *parts)

    def origin(self) -> str:
        """Write in one line which cells it came from."""
        parts = [str(self.cells), *([f"- {self.less}"] if self.less else [])]
        return " ".join([*parts, *([f"/ {self.per}"] if self.per else [])])

    def record(self) -> dict[str, Any]:
        """Return everything needed to work it out again, for `facts.json`."""
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
        self,
        name: str,
        style: str,
        cells: RunCells,
        *,
        less: RunCells | None = None,
        per: RunCells | None = None,
    ) -> Fact:
        """Compute a fact and keep it; asked for again it is the same.

        Names are of letters, digits and underscores; where two facts would share one, the later one
        gets a further underscore.
        """
        name, parts = re.sub(r"\W", "_", name, flags=re.ASCII), (cells, less, per)
        while name in self._facts and not self._facts[name].is_of(style, parts):
            name += "_"
        if name not in self._facts:
            self._facts[name] = evaluate_fact(name, style, parts, self.runs, self.language)
        return self._facts[name]

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __contains__(self, name: str) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def names(self) -> list[str]:
        """Return the names of all facts."""
        return list(self._facts)


def evaluate_fact(
    name: str,
    style: str,
    parts: tuple[RunCells, RunCells | None, RunCells | None],
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
