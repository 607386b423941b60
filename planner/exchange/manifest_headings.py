"""The headings of a manifest as offices write them -> the names of its columns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from planner.errors import Problem
from planner.exchange.balance_audit.table_layout import is_sum
from planner.exchange.balance_audit.vocabulary import bare
from planner.formats.csv_records import Record
from planner.formats.locations import Sheet
from planner.formats.number_style import AS_TEXT
from planner.formats.single_table import SingleTable
from planner.formats.units_and_decimals import split_units
from planner.schema.synonyms import find_mode, is_title

_NOTICE = ("date", "origin", "destination", "commodity")
"""What every notice tells."""
HEAD_ROWS = 12
"""Among so many first rows the one with the names of the columns is looked for."""


@cache
def _known() -> dict[str, Any]:
    file = resources.files("planner.exchange").joinpath("manifest.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


class Named(NamedTuple):
    """A manifest with its columns under their own names.

    Parameters
    ----------
    table
        Its notices.
    sums
        Its header and its rows of totals, which are no notices.
    """

    table: SingleTable
    sums: list[Record]


def rename_headings(
    single: SingleTable, modes: Mapping[str, str], problems: list[Problem]
) -> Named:
    """Return a manifest with its columns under their own names, and its totals apart.

    Parameters
    ----------
    single
        The table as it was read.
    modes
        Codes of the modes by what they are called, in lower case: a column that holds one is the mode and no
        vessel.
    problems
        Receives a weight whose unit nothing tells. Columns that are not known keep their headings.
    """
    if not single.records:
        return Named(single, [])
    at_head = _head(single.records)
    (line, head), *rows = single.records[at_head:]
    rows = [(number, row) for number, row in rows if [*row] != [*head] and not _is_note(row)]
    unit_at = next(
        (at for at, name in enumerate(head) if bare(name) in _known()["weight"]["units"]), -1
    )
    units = {row[unit_at].strip() for _, row in rows if 0 <= unit_at < len(row)} - {""}
    unit = units.pop() if len(units) == 1 else ""
    names = [_name(heading, unit) for heading in head]
    names = _carriers_told(names, [row for _, row in rows], modes)
    plain = [name.partition(" [")[0] for name in names]
    if "tonnes" not in plain:
        problems += _weights_without_unit(single, line, head)
    beside = {at for at, name in enumerate(head) if bare(name) in _known()["left"]["names"]}
    left = beside | {unit_at} | _row_numbers(names)
    header = (line, _kept(names, left))
    counted = {at for at, name in enumerate(plain) if name == "tonnes"}
    named: dict[bool, list[Record]] = {False: [header], True: [header]}
    for number, row in rows:
        texts = _texts_unmarked(row, counted)
        named[_is_total(plain, texts)].append((number, _kept(texts, left)))
    headings = dict(zip(plain, head, strict=True))
    sheet = _renamed(single.sheet, head, plain)
    table = single._replace(records=named[False], sheet=sheet, headings=headings)
    return Named(table, named[True])


def _is_note(row: Sequence[str]) -> bool:
    """Check whether a row is a note below the table: a single text that begins like "Sumber:"."""
    texts = [cell.strip() for cell in row if cell.strip()]
    return len(texts) == 1 and is_title(texts[0])


def _is_total(names: Sequence[str], row: Sequence[str]) -> bool:
    """Check whether a row adds up others: it tells no day, no place and no good, but "Jumlah" or nothing."""
    if len(row) != len(names):
        return False
    said = {name: cell.strip() for name, cell in zip(names, row, strict=True)}
    texts = {cell for name, cell in said.items() if name != "tonnes" and cell}
    sums = {cell for cell in texts if is_sum(cell)}
    whole = not any(said.get(name) and not is_sum(said[name]) for name in _NOTICE)
    return whole and bool(said.get("tonnes")) and (bool(sums) or not texts)


def _carriers_told(
    names: Sequence[str], rows: Sequence[Sequence[str]], modes: Mapping[str, str]
) -> list[str]:
    """Name the columns that hold a mode or a vessel by what stands in them, unless there is such a column."""
    found = list(names)
    for at, name in enumerate(names):
        if bare(name) in _known()["either"]["names"]:
            cells = {row[at].strip().casefold() for row in rows if at < len(row)}
            codes = dict.fromkeys(modes.values(), "")
            is_mode = any(cell in modes or find_mode(cell, codes) for cell in cells if cell)
            wanted = ["mode", "vessel"] if is_mode else ["vessel", "mode"]
            found[at] = next((one for one in wanted if one not in found), name)
    return found


def _head(records: Sequence[Record]) -> int:
    """Find the row with most names of columns; what stands above it (titles, an example) is for people.

    Where the same row stands again, as at the head of every page, the first of them counts.
    """
    known = [len({_name(cell, "t") for cell in row} & _columns()) for _, row in records[:HEAD_ROWS]]
    best = max(known)
    if best < 2:
        return 0
    last = max(at for at, count in enumerate(known) if count == best)
    return next(at for at, (_, row) in enumerate(records) if [*row] == [*records[last][1]])


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
    pairs = zip(names, head, strict=True)
    letters = {new: sheet.letters[old] for new, old in pairs if old in sheet.letters}
    return Sheet(sheet.name, {**sheet.letters, **letters})
