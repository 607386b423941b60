"""What the figure of a cell counts: its number without marks, and how many tonnes or days one of it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from planner.exchange.balance_audit.footnote_marks import figure_text
from planner.exchange.balance_audit.table_layout import PlacedCell
from planner.exchange.balance_audit.vocabulary import TONNES, is_unit, line_role, time_of
from planner.i18n.parse import is_number
from planner.units import UnitError, factor

_WITH_UNIT = re.compile(r"([-+]?[\d.,]*\d)\s*([A-Za-z%][\w /%]*)")
_MANIFOLD = "1 {} ton"
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


class NoTimeError(ValueError):
    """A unit of what is counted in time that is none of time."""


def parted(cell: PlacedCell) -> tuple[str, str]:
    """Take number and unit of a cell such as "7,3 juta ton" apart; a unit there stands before any other.

    A bare "juta" is so many of what the column counts, where that is no thousand or million itself.
    """
    text = figure_text(cell.entry.text)
    parts = _WITH_UNIT.fullmatch(text)
    if not parts:
        return text, cell.unit
    said = parts[2].strip()
    times = _is_manifold(said)
    whole = f"{said} {cell.unit or 'ton'}" if times else said
    return parts[1], said if times and _is_manifold(cell.unit.split(" ")[0]) else whole


@cache
def _is_manifold(said: str) -> bool:
    """Check whether a word is a thousand or a million, and counts nothing by itself."""
    return bool(said) and not is_unit(said) and is_unit(_MANIFOLD.format(said))


def scale(cell: PlacedCell, unit: str, language: str) -> float:
    """Return how many tonnes, tonnes a day or days one of a unit is.

    Parameters
    ----------
    cell
        Its line decides what is counted; the name of it may tell a time, as in "ketahanan stok (minggu)".
    unit
        What is said of the figure; "" where nothing is.
    language
        How numbers in the unit are written.

    Raises
    ------
    UnitError
        If a weight is counted in something else.
    NoTimeError
        If a time is.
    """
    role = line_role(cell.item)
    if role == "ratio":
        if unit and not is_unit(unit) and not time_of(unit):
            raise NoTimeError(unit)
        return DAYS[_time(cell, unit) or "day"]
    if role == "rate":
        try:
            return factor(unit or TONNES, "t/day", language)
        except UnitError:
            return _tonnes(unit, language) / DAYS[time_of(cell.name) or "day"]
    return _tonnes(unit, language)


@cache
def _tonnes(unit: str, language: str) -> float:
    return factor(unit or TONNES, TONNES, language)


def is_weekly(cell: PlacedCell, unit: str) -> bool:
    """Check whether a figure is counted in weeks, of which offices have 52 in a year."""
    return line_role(cell.item) == "ratio" and _time(cell, unit) == "week"


def _time(cell: PlacedCell, unit: str) -> str:
    """Return the time that a cover is counted in: that of the figure, or else of the name of its line."""
    return time_of(unit) or time_of(cell.name)


def units_of_others(cells: Sequence[PlacedCell]) -> tuple[list[str], list[str]]:
    """Return the lines without a unit, and the units of the lines that have one; none where all are alike."""
    weights = [cell for cell in cells if line_role(cell.item) not in {"ratio", "rate", "beside"}]
    said = [(cell, parted(cell)) for cell in weights if cell.entry.number is None]
    said = [(cell, (text, unit)) for cell, (text, unit) in said if is_number(text)]
    said += [(cell, ("", cell.unit)) for cell in weights if cell.entry.number is not None]
    bare = dict.fromkeys(cell.name for cell, (_, unit) in said if not unit)
    units = dict.fromkeys(unit for _, (_, unit) in said if unit and is_unit(unit))
    units = {unit: None for unit in units if factor(unit, TONNES, "id") != 1}
    return ([*bare], [*units]) if bare and units else ([], [])
