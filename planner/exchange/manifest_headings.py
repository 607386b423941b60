"""The headings of a manifest as offices write them -> the names of its columns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from planner.errors import Problem
from planner.exchange.balance_audit.vocabulary import bare
from planner.formats.csv_records import Record
from planner.formats.locations import Sheet
from planner.formats.number_style import AS_TEXT
from planner.formats.single_table import SingleTable
from planner.formats.units_and_decimals import split_units

HEAD_ROWS = 12
"""Among so many first rows the one with the names of the columns is looked for."""


@cache
def _known() -> dict[str, Any]:
    file = resources.files("planner.exchange").joinpath("manifest.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def rename_headings(single: SingleTable, problems: list[Problem]) -> SingleTable:
    """Return a manifest with its columns under their own names.

    Parameters
    ----------
    single
        The table as it was read.
    problems
        Receives a weight whose unit nothing tells. Columns that are not known keep their headings.
    """
    if not single.records:
        return single
    at_head = _head(single.records)
    (line, head), *rows = single.records[at_head:]
    unit_at = next(
        (at for at, name in enumerate(head) if bare(name) in _known()["weight"]["units"]), -1
    )
    units = {row[unit_at].strip() for _, row in rows if 0 <= unit_at < len(row)}
    unit = units.pop() if len(units) == 1 else ""
    names = [_name(heading, unit) for heading in head]
    if "tonnes" not in {name.partition(" [")[0] for name in names}:
        problems += _weights_without_unit(single, line, head)
    beside = {at for at, name in enumerate(head) if bare(name) in _known()["left"]["names"]}
    left = beside | {unit_at} | _row_numbers(names)
    records: list[Record] = [(line, _kept(names, left))]
    counted = {at for at, name in enumerate(names) if name.partition(" [")[0] == "tonnes"}
    records += [(number, _kept(_texts_unmarked(row, counted), left)) for number, row in rows]
    return single._replace(records=records, sheet=_renamed(single.sheet, head, names))


def _head(records: Sequence[Record]) -> int:
    """Find the row with most names of columns; what stands above it (titles, an example) is for people."""
    known = [len({_name(cell, "t") for cell in row} & _columns()) for _, row in records[:HEAD_ROWS]]
    best = max(known)
    return max(at for at, count in enumerate(known) if count == best) if best > 1 else 0


@cache
def _columns() -> frozenset[str]:
    return frozenset(_known()["columns"])


def _texts_unmarked(cells: Sequence[str], counted: set[int]) -> list[str]:
    """Take the mark of a text that may be two numbers off what is no figure, such as a number of a notice."""
    return [cell if at in counted else cell.removeprefix(AS_TEXT) for at, cell in enumerate(cells)]


def _kept(cells: Sequence[str], left: set[int]) -> tuple[str, ...]:
    return tuple(cell for at, cell in enumerate(cells) if at not in left)


def _name(heading: str, unit: str) -> str:
    """Return the name of a column, with its unit in brackets; a heading that is not known stays."""
    said, words = bare(heading), _known()
    (name,), units = split_units([heading])
    own = units.get(name, "")
    if said.replace(" ", "_") in words["columns"] or (own and name in words["columns"]):
        return heading
    if said in words["weight"]["kilograms"]:
        return "tonnes [kg]"
    column = next((column for column, names in words["columns"].items() if said in names), "")
    if column == "tonnes":
        return f"tonnes [{own}]" if own else "tonnes"
    if said in words["weight"]["names"] and (own or unit):
        return f"tonnes [{own or unit}]"
    return column or heading


def _row_numbers(names: Sequence[str]) -> set[int]:
    """Return the columns called "No" that number the rows, where another one numbers the notices."""
    return {at for at, name in enumerate(names) if name == "document" and name in names[at + 1 :]}


def _weights_without_unit(single: SingleTable, line: int, head: Sequence[str]) -> Iterator[Problem]:
    for heading in head:
        if bare(heading) in _known()["weight"]["names"]:
            yield Problem("weight_without_unit", single.file, line, heading, {"value": heading})


def _renamed(sheet: Sheet | None, head: Sequence[str], names: Sequence[str]) -> Sheet | None:
    """Return the sheet with its letters under the new names as well."""
    if sheet is None:
        return None
    pairs = [(name.partition(" [")[0], old) for name, old in zip(names, head, strict=True)]
    letters = {new: sheet.letters[old] for new, old in pairs if old in sheet.letters}
    return Sheet(sheet.name, {**sheet.letters, **letters})
