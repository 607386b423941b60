"""A published balance as it was typed in: a list with a balance in each column, or a row for each balance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.errors import InputError, Problem
from planner.exchange.proof.items import NAMES, RATIOS, item_of, unit_of, without_unit
from planner.language.written import MixedNumbersError, is_number, language_of, read_number
from planner.scenario.hints import hint
from planner.scenario.records import Record
from planner.scenario.single_table import read_single_table
from planner.units import UnitError, factor

_NONE = {"", "-", "–", "—", "...", "n/a", "na"}
_UNIT_COLUMN = {"satuan", "unit"}
_WITH_UNIT = re.compile(r"([-+−]?[\d.,]*\d)\s*([A-Za-z%][\w /%]*)?")
TONNES = "t"


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure: tonnes (days for cover), how far rounding may have moved it, and its place."""

    value: float
    half: float
    line: int
    column: str


@dataclass(frozen=True, slots=True)
class Published:
    """One published balance: what it is of ("Bali", "2025-03") and its lines by name."""

    label: tuple[str, ...]
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that holds a figure, still as text; a unit behind the number stands before any other."""

    label: tuple[str, ...]
    item: str
    text: str
    unit: str
    line: int
    column: str

    def parted(self) -> _Cell:
        """Take number and unit of a cell such as "7,3 juta ton" apart."""
        parts = _WITH_UNIT.fullmatch(self.text)
        return replace(self, text=parts[1], unit=parts[2] or self.unit) if parts else self


def read_published(path: str | Path) -> list[Published]:
    """Read a table of published balances.

    Parameters
    ----------
    path
        CSV, or a workbook (its first sheet). Either a line of the balance in each row ("Stok awal",
        "Produksi", ...) and a balance in each column, or a balance in each row and its lines in the columns.
        A unit stands in brackets behind a name, in a column "satuan", or behind a number; without one it is
        tonnes.

    Raises
    ------
    InputError
        With every cell that cannot be read, and every line that is not known.
    """
    file, table = Path(path), read_single_table(Path(path))
    problems: list[Problem] = []
    cells = list(_cells(str(file), table.records, problems)) if table.records else []
    if not problems and not cells:
        known = ", ".join(names[0] for names in NAMES.values())
        problems.append(Problem("proof_nothing", str(file), values={"known": known}))
    usual = "id" if table.indonesian else "en"
    found = _balances(str(file), cells, usual, problems) if cells else []
    if problems:
        raise InputError(table.placed(problems))
    return found


def _cells(file: str, records: Sequence[Record], problems: list[Problem]) -> Iterator[_Cell]:
    (head_line, head), *rows = records
    head = [name.strip() for name in head]
    rows = [(line, [cell.strip() for cell in row] + [""] * len(head)) for line, row in rows]
    if sum(bool(item_of(name)) for name in head) >= 2:
        yield from _by_row(file, head, head_line, rows, problems)
    else:
        yield from _by_column(file, head, rows, problems)


def _by_column(
    file: str, head: list[str], rows: list[Record], problems: list[Problem]
) -> Iterator[_Cell]:
    """Read a list: the name of the line first, then a balance in each column."""
    unit_at = next((at for at, name in enumerate(head) if name.lower() in _UNIT_COLUMN), 0)
    places = [at for at in range(1, len(head)) if at != unit_at]
    if not any(item_of(row[0]) for _, row in rows):
        return
    for line, row in rows:
        if all(row[at] in _NONE for at in places):
            continue
        item = item_of(row[0])
        if not item:
            problems.append(_unknown(file, line, head[0], row[0]))
            continue
        unit = unit_of(row[0]) or (row[unit_at] if unit_at else "")
        for at in places:
            label, own = without_unit(head[at]), unit or unit_of(head[at])
            yield _Cell((label,), item, row[at], own, line, head[at])


def _by_row(
    file: str, head: list[str], head_line: int, rows: list[Record], problems: list[Problem]
) -> Iterator[_Cell]:
    """Read a table: names of the lines on top, then a balance in each row."""
    items = [item_of(name) for name in head]
    labels = [at for at, item in enumerate(items) if not item and not _numeric(rows, at)]
    for at, item in enumerate(items):
        if not item and at not in labels:
            problems.append(_unknown(file, head_line, head[at], head[at]))
    for line, row in rows:
        label = tuple(row[at] for at in labels)
        for at, item in enumerate(items):
            if item:
                yield _Cell(label, item, row[at], unit_of(head[at]), line, head[at])


def _numeric(rows: list[Record], at: int) -> bool:
    """Say whether a column holds figures rather than codes, years or names."""
    given = [row[at] for _, row in rows if row[at] not in _NONE]
    figures = [text for text in given if is_number(text) and not re.fullmatch(r"\d{1,4}", text)]
    return bool(given) and len(figures) == len(given)


def _unknown(file: str, line: int, column: str, name: str) -> Problem:
    known = [name for names in NAMES.values() for name in names]
    return Problem(
        "proof_unknown_line", file, line, column, {"value": name, "hint": hint(name, known)}
    )


def _balances(
    file: str, cells: list[_Cell], usual: str, problems: list[Problem]
) -> list[Published]:
    """Read the figures; where nothing tells how numbers are written, they are written as usual."""
    given = [cell.parted() for cell in cells if cell.text.lower() not in _NONE]
    try:
        language = language_of((c.text for c in given if is_number(c.text)), usual)
    except MixedNumbersError as error:
        problems.append(Problem("proof_mixed_numbers", file, values=error.examples))
        return []
    found: dict[tuple[str, ...], dict[str, Figure]] = {}
    for cell in given:
        figure = _figure(cell, language)
        balance = found.setdefault(cell.label, {})
        if isinstance(figure, Problem):
            problems.append(replace(figure, file=file))
        elif cell.item in balance:
            values = {"value": cell.item, "first": balance[cell.item].line}
            problems.append(Problem("doubled_key", file, cell.line, cell.column, values))
        else:
            balance[cell.item] = figure
    return [Published(label, figures) for label, figures in found.items()]


def _figure(cell: _Cell, language: str) -> Figure | Problem:
    """Read a figure, or say why it cannot be read."""
    try:
        written = read_number(cell.text, language)
        scale = 1.0 if cell.item in RATIOS else _tonnes(cell.unit or TONNES, cell.item)
    except UnitError as error:
        key = "unit_unknown" if error.nearest else "unit_of_other_kind"
        values = {"value": cell.unit, "wanted": error.wanted, "hint": error.hint}
        return Problem(key, "", cell.line, cell.column, values)
    except ValueError:
        return Problem("not_a_number", "", cell.line, cell.column, {"value": cell.text})
    return Figure(written.value * scale, written.half * scale, cell.line, cell.column)


def _tonnes(unit: str, item: str) -> float:
    """Give the factor to tonnes, or to tonnes a day for what a day needs ("ton per hari")."""
    if item == "daily_need":
        try:
            return factor(unit, "t/day")
        except UnitError:
            pass
    return factor(unit, TONNES)
