"""What can be said of a table and its columns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from planner.language import keys, text

Kind = Literal["text", "number", "period", "month"]
FIGURES = {"number", "month"}
"""Kinds whose cells are numbers."""
SEPARATOR = ";"
"""Between the values of a cell that may hold several."""


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
    above
        Whether `low` itself is refused.
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
    whole: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in FIGURES

    def takes(self, value: float) -> bool:
        """Return whether a number lies within the bounds of the column, and is whole where it has to be."""
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        above = value > low if self.above else value >= low
        return above and value <= high and not (self.whole and value % 1)

    def values(self, cell: str) -> list[str]:
        """Give the values of a cell; none where it is blank."""
        parts = cell.split(SEPARATOR) if self.many else [cell]
        return [part.strip() for part in parts if part.strip()]


def unit_told(unit: str, language: str) -> str:
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
        """Give the column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def by_period(self) -> bool:
        """Whether each row is of one period, or spread over the periods of a year."""
        return any(column.kind == "period" and not column.many for column in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns in the order of the file."""
        return tuple(column.name for column in self.columns)
