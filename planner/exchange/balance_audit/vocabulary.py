"""What the lines, labels and cells of published balances are called; the words stand in two tables of data."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from planner.exchange.balance_audit.footnote_marks import without_marks
from planner.units import UnitError, factor

TONNES = "t"
_NUMBERING = re.compile(r"^(\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)]|[-•·*–+]) +")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_UNIT = re.compile(r"[(\[]([^()\[\]]*[^\W\d_][^()\[\]]*|\s*%\s*)[)\]]\s*$")
_SAID_AS_UNIT = re.compile(r"['’]?[\w .,/]{0,30}[^\W\d_][\w ./]{0,30}")
_MUCH_LIKE = 0.8
"""How alike two names are (0 to 1) before one may be a slip of the other."""


@cache
def _read(name: str) -> dict[str, Any]:
    file = resources.files(__package__).joinpath(f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def groups() -> dict[str, dict[str, Any]]:
    """Return the groups of islands: their names, and their provinces or what they are outside of."""
    found: dict[str, dict[str, Any]] = _read("tables")["groups"]
    return found


def words(section: str, key: str) -> frozenset[str]:
    """Return a list of words that are said around published figures."""
    return frozenset(_read("tables")[section][key])


@cache
def _items() -> dict[str, str]:
    found: dict[str, str] = {}
    for item, entry in _read("lines").items():
        found |= dict.fromkeys([*map(plain, entry["names"]), item.replace("_", " ")], item)
    return found


def line_role(item: str) -> str:
    """Return what a line does in its balance: inflow, outflow, use, sum, stock, result, ratio ..."""
    return str(_read("lines")[item]["role"])


def lines_in_roles(*roles: str) -> tuple[str, ...]:
    """Return the lines of some roles, in the order in which they are told."""
    return tuple(item for item, entry in _read("lines").items() if entry["role"] in roles)


def first_names() -> list[str]:
    """Return the usual name of each line."""
    return [entry["names"][0] for entry in _read("lines").values() if entry["role"] != "beside"]


@cache
def plain(label: str) -> str:
    """Write a label without numbering, marks of footnotes, capitals and doubled blanks."""
    spaced = re.sub(r"[\s_]+", " ", label).strip().lower()
    return _NUMBERING.sub("", without_marks(spaced)).strip(" .:*")


@cache
def bare(label: str) -> str:
    """Write a label without anything in brackets as well."""
    return plain(_BRACKETS.sub(" ", plain(label)))


@cache
def identify_line(label: str) -> str:
    """Return the line that a label names, or ""; "3. Total Ketersediaan (ton)*" is `available`."""
    items = _items()
    for form in (plain(label), bare(label), re.sub(r"(?<=[a-z])\d$", "", bare(label))):
        for short in (form, form.removeprefix("total ").removeprefix("jumlah ")):
            if short in items:
                return items[short]
    return ""


def near_miss(label: str) -> str:
    """Return the name of a line that a label is nearly written as; "" where none is near."""
    found = difflib.get_close_matches(bare(label), _items(), n=1, cutoff=_MUCH_LIKE)
    return found[0] if found else ""


@cache
def bracketed_unit(label: str) -> str:
    """Return the unit in brackets behind a label; "" where what stands there is none."""
    found = _UNIT.search(without_marks(label.strip()))
    if not found:
        return ""
    said = found[1].strip()
    return said if is_unit(said) or _means_unit(said) else ""


def without_unit(label: str) -> str:
    """Return a label without its unit."""
    return _UNIT.sub("", label.strip()).strip() if bracketed_unit(label) else label.strip()


@cache
def is_unit(said: str) -> bool:
    """Check whether a text is a unit of weight."""
    if not _SAID_AS_UNIT.fullmatch(said):
        return False
    try:
        factor(said, TONNES)
    except UnitError:
        return False
    return True


def _means_unit(said: str) -> bool:
    """Check whether a text is another unit, or nearly one: those are told, not passed over."""
    lower = plain(said)
    if lower in words("units", "like"):
        return True
    parts = [part for part in re.split(r"[\s/]+|\bper\b", lower) if part]
    known = ["ton", "tonne", "tonnes", "kuintal", "kilogram", "ribu", "juta", "thousand", "million"]
    known += words("units", "like")
    alike = [part for part in parts if difflib.get_close_matches(part, known, n=1, cutoff=0.75)]
    return bool(parts) and len(alike) == len(parts)


@cache
def time_of(said: str) -> str:
    """Return the time that a text counts in: day, week, month, year; "" where it tells none."""
    found = re.findall(r"[a-z]+", plain(said))
    return next((time for word in found for time, names in times().items() if word in names), "")


def times() -> dict[str, list[str]]:
    """Return what units of time are called."""
    found: dict[str, list[str]] = _read("tables")["times"]
    return found


def stated_unit(title: str) -> str:
    """Return the unit of weight that a title says of all figures below it."""
    found = bracketed_unit(title) if is_unit(bracketed_unit(title) or "-") else ""
    lower = title.strip().lower()
    for start in words("units", "said"):
        rest = lower.rpartition(start)[2].strip(" .:)") if start in lower else ""
        found = found or (rest if rest and is_unit(rest) else "")
    return found
