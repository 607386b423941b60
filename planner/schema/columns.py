"""What can be said of a table and its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.arrays import Booleans, Floats
from planner.i18n import keys, text

Kind = Literal["text", "number", "period", "month"]
FIGURES = {"number", "month"}
"""Kinds whose cells are numbers."""
SEPARATOR = ";"
"""Between the values of a cell that may hold several."""
MOST = {
    "": 1e6,
    "t": 1e12,
    "tests/t": 1e6,
    "t/TEU": 1e6,
    "people": 1e11,
    "days": 1e6,
    "km": 1e6,
    "nm": 1e6,
    "km/day": 1e6,
    "kg/year": 1e6,
    "of the measure": 1e18,
}
"""Most that is counted in each unit: far above the world's harvest (some 1e10 t), its people (8e9) or its girth.

An assumption. What is larger is a slip of the hand, and would drown every other figure in the solver.
"""
_MOST_OF_ALL = 1e15
"""The same for rupiah and other units."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        English header, as it stands in the file.
    meaning
        One line of documentation.
    kind
        What a cell holds.
    unit
        Unit of a number; empty for a pure number or a text.
    key
        Whether the column is part of the key of its table.
    required
        Whether the column must be in the header and every cell filled.
    blank
        What a blank cell means, in words; empty where a blank cell is a problem.
    default
        The value a blank cell stands for; None leaves a number open (NaN) and a text empty.
    same_as
        Column whose value a blank cell takes.
    low, high
        Smallest and largest number allowed.
    above, below
        Whether `low` itself, or `high` itself, is refused.
    least, most
        The smallest and the largest number above zero that can be meant, where that is not as in `MOST`.
    whole
        Whether a number has to be a whole one.
    refers
        Table whose first column must hold the value; or `table.column`.
    choices
        The only values allowed.
    many
        Whether a cell may hold several values, separated by semicolons.
    """

    name: str
    meaning: str
    kind: Kind = "text"
    unit: str = ""
    key: bool = False
    required: bool = False
    blank: str = ""
    default: float | str | None = None
    same_as: str = ""
    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False
    least: float = 0.0
    most: float = 0.0
    whole: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False

    @property
    def is_figure(self) -> bool:
        """Return whether its cells are numbers."""
        return self.kind in FIGURES

    @property
    def is_limit(self) -> bool:
        """Return whether a blank cell means that there is no limit."""
        return self.blank in {"no limit", "any"}

    def takes(self, value: float) -> bool:
        """Return whether a number lies within the bounds of the column, and is whole where it has to be."""
        broken = any(wrong.any() for _, _, wrong in self.breaches(np.array([value])))
        return not broken and not (self.whole and value % 1)

    @property
    def largest(self) -> float:
        """The largest number that can be meant."""
        return self.most or MOST.get(self.unit, _MOST_OF_ALL) if self.high is None else self.high

    def breaches(self, figures: Floats) -> Iterator[tuple[str, float, Booleans]]:
        """Yield each bound that figures may break: its sentence, the bound, and where it is broken."""
        if self.low is not None:
            low = figures <= self.low if self.above else figures < self.low
            yield "not_above" if self.above else "too_low", self.low, low
            yield "next_to_nothing", self.least, (figures > 0) & (figures < self.least)
        if self.high is None:
            yield "beyond_counting", self.largest, np.abs(figures) > self.largest
            return
        share = self.unit == "fraction"
        yield "not_a_share" if share else "too_high", self.high, figures > self.high
        if self.below:
            yield "all_lost", self.high, figures == self.high

    def values(self, cell: str) -> list[str]:
        """Return the values of a cell; none where it is blank."""
        parts = cell.split(SEPARATOR) if self.many else [cell]
        return [part.strip() for part in parts if part.strip()]


def translate_unit(unit: str, language: str) -> str:
    """Return a unit as a reader of the language writes it; abbreviations are the same in both."""
    key = f"unit_of.{unit}"
    return text(key, language) if key in keys() else unit


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a CSV file of the scenario folder with one fact a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    required: bool = False
    spread: tuple[str, ...] = ()
    """Flow columns that a blank period spreads over the months of a calendar year."""

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def by_period(self) -> bool:
        """Return whether each row is of one period, or spread over the periods of a year."""
        return any(column.kind == "period" and not column.many for column in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns in the order of the file."""
        return tuple(column.name for column in self.columns)
