"""Codes are short names that also stand in the names of files, on every system."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.errors import Problem
from planner.formats.safe_zip import NEVER
from planner.i18n.visible_text import UNWANTED
from planner.schema.columns import Table

LONGEST = 60
"""Letters of a code: the name of a file holds up to three of them, and no system takes more than 255."""
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}
"""Names that Windows keeps for devices, whatever ending they have."""
_FREE = {"sources", "traders"}
"""Tables whose own names never stand in the name of a file: an office may number them as it likes."""


def codes(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Find codes that no file could be called by, but for letters that nobody sees: these are told of every text.

    Parameters
    ----------
    table
        Declaration of the table.
    frame
        Its rows, with `_file` and `_line`.
    """
    first = table.columns[0]
    if first.refers or not first.key or table.name in _FREE:
        return
    spaced = table.name == "provinces"  # "New York": a blank within a name stands in no file's way
    for file, line, code in frame[["_file", "_line", first.name]].itertuples(
        index=False, name=None
    ):
        looked_at = code.replace(" ", "_") if spaced and code == code.strip() else code
        if code and not UNWANTED.search(code) and (wrong := _wrong_in(looked_at)):
            values = {"value": code[:LONGEST], "wrong": wrong, "proposal": file_name(code)}
            yield Problem(_key(code), file, line, first.name, values)


def file_name(code: str) -> str:
    """Return the code itself where it can stand in the name of a file, and else the nearest that can."""
    plain = "".join("_" if _is_odd(letter) else letter for letter in code.strip())[:LONGEST]
    plain = plain.strip(".") or "_"
    stem, dot, ending = plain.partition(".")
    return f"{stem}_{dot}{ending}" if stem.casefold() in _DEVICES else plain


def _key(code: str) -> str:
    if len(code) > LONGEST:
        return "code_too_long"
    return "code_letters" if any(map(_is_odd, code)) else "code_of_device"


def _wrong_in(code: str) -> str:
    """Return what of a code cannot stand in the name of a file; "" where all of it can."""
    if file_name(code) == code:
        return ""
    odd = [letter for letter in dict.fromkeys(code) if _is_odd(letter)]
    return " ".join("' '" if letter == " " else _shown(letter) for letter in odd) or code[:LONGEST]


def _is_odd(letter: str) -> bool:
    return letter in NEVER or letter.isspace() or not letter.isprintable()


def _shown(letter: str) -> str:
    return letter if letter.isprintable() else f"U+{ord(letter):04X}"
