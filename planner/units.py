"""Units: how many of ours is one of theirs.

The definitions are our own few, in the words of the trade: a `ton` is 1,000 kg here, never a short ton, and
a container (TEU) holds tonnes only by what the good weighs. `MT` is left out on purpose: it is a metric ton
to some and a million tonnes to others.
"""

from __future__ import annotations

import math
import re
from functools import cache
from tokenize import TokenError
from typing import TYPE_CHECKING

from planner.i18n.parse import in_plain, meanings, tidied
from planner.i18n.similar_words import most_similar

if TYPE_CHECKING:
    from pint import UnitRegistry

_DEFINITIONS = """
kg = [mass] = kilogram = kilo
kuintal = 100 kg = kwintal = kw = ku = quintal
t = 1000 kg = ton = tonne = tonnes
TEU = [container] = teu
IDR = [money] = Rp = rupiah
person = [people] = people = orang = jiwa
km = [road] = kilometer
nm = [sea] = mil
day = [time] = hari = days
year = 365.25 day = tahun
ribu = 1000 = thousand = rb
juta = 1000000 = million = jt
miliar = 1000000000 = billion = milyar
triliun = 1000000000000 = trillion
fraction = 1 = pecahan
percent = 0.01 = persen
"""
_LONGEST = 60
"""Characters of a unit; what is longer is none, and only costs time."""
_WORDS = re.compile(r"[\w\s./*()]*")
"""What a unit is made of once its numbers are read: nothing to add up or to subtract."""
_NUMBER = re.compile(r"(?<![^\W_])['’]?[0-9](?:[0-9.,'’\s]*[0-9])?(?:[eE][+-]?[0-9]+)?")
_POWER = re.compile(r"\b10(?:\s*(?:\^|\*\*)\s*([0-9]{1,2})\b|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ZEROS = {"000": "1000", "000000": "1000000"}
"""Thousands and millions as heads of tables tell them: '000 t."""


class UnitError(ValueError):
    """A unit that is not known, that counts something else, or whose number may be two.

    Parameters
    ----------
    unit
        What was given.
    wanted
        The unit it should turn into.
    nearest
        What may be meant; empty where nothing is near.
    known
        Whether it is known but counts something else.
    """

    def __init__(self, unit: str, wanted: str, nearest: str = "", *, known: bool = False) -> None:
        super().__init__(unit, wanted, nearest)
        self.unit, self.wanted, self.nearest, self.known = unit, wanted, nearest, known

    @property
    def key(self) -> str:
        """Return the name of the sentence in the message catalogue."""
        return (
            "unit_nearly"
            if self.nearest
            else f"unit_{'of_other_kind' if self.known else 'unknown'}"
        )


def factor(unit: str, wanted: str, writing: str = "") -> float:
    """Return the number to multiply with, to turn one unit into another.

    Parameters
    ----------
    unit
        Such as "kg", "kuintal", "ribu ton", "Rp/t", "1.000 ton", "'000 t".
    wanted
        Such as "t".
    writing
        ``"id"`` or ``"en"``: how the writer of the unit parts thousands, where that is known.

    Raises
    ------
    UnitError
        If `unit` is not known, counts something else, or holds a number that may be two: 1.000 of a
        writer of whom nothing is known.
    """
    from pint.errors import DimensionalityError, PintError  # noqa: PLC0415  (only who uses units waits for it)

    plain = _plain(unit, wanted, writing)
    try:
        found = float(_registry().parse_expression(plain).to(wanted).magnitude)
    except DimensionalityError:
        raise UnitError(unit, wanted, known=True) from None
    except (
        PintError,
        AttributeError,
        ValueError,
        TypeError,
        SyntaxError,
        TokenError,
        ArithmeticError,
    ):
        raise UnitError(unit, wanted, _nearest(unit, wanted)) from None
    if not (math.isfinite(found) and found > 0):
        raise UnitError(unit, wanted, known=True)
    return found


def _plain(unit: str, wanted: str, writing: str) -> str:
    """Write a unit as the library reads it: plain numbers, "/" for "per", a name for "%"."""
    if len(unit) > _LONGEST:
        raise UnitError(unit, wanted)
    plain = re.sub(r"\brp\.?(?=\s*[0-9])", "Rp ", unit.strip(), flags=re.IGNORECASE)
    plain = _POWER.sub(lambda m: f"1e{m[1] or m[2].translate(_RAISED)}", plain)
    unclear: list[str] = []
    plain = _NUMBER.sub(lambda number: f" {_number(number[0], writing, unclear)} ", plain)
    if unclear:
        raise UnitError(unit, wanted, _neat(plain) if all(unclear) else "")
    if not _WORDS.fullmatch(plain.replace("%", "")) or "**" in plain:
        raise UnitError(unit, wanted, _nearest(unit, wanted))
    return re.sub(r"\bper\b", "/", plain.replace("%", " percent"), flags=re.IGNORECASE)


def _number(written: str, writing: str, unclear: list[str]) -> str:
    """Return a number of a unit in plain digits; thousands are the meaning that is asked about."""
    tidy = tidied(written)
    if tidy in _ZEROS:
        return _ZEROS[tidy]
    found = meanings(tidy)
    if not found:
        unclear.append("")
        return written
    thousands = found[-1]
    if len(found) > 1 and not (writing and in_plain(tidy, writing) == thousands):
        unclear.append(tidy)
    return thousands


def _nearest(unit: str, wanted: str) -> str:
    """Return the unit with its unknown words spelt as the nearest known ones, if it fits then."""
    if any(character.isdigit() for character in unit):
        return ""  # a number may be what is misspelt
    known = {name.lower(): name for name in _registry() if not name.startswith("delta_")}
    words = re.findall(r"[^\W\d_]+|[^\w\s]", unit)
    for at, word in enumerate(words):
        if word.isalpha() and word.lower() not in {*known, "per"}:
            meant = most_similar(word.lower(), known)
            if not meant:
                return ""
            words[at] = meant
    spelt = _neat(" ".join(words))
    try:
        return spelt if spelt != unit and factor(spelt, wanted) else ""
    except UnitError:
        return ""


def _neat(unit: str) -> str:
    return re.sub(r" ?/ ?", "/", " ".join(unit.split()))


@cache
def _registry() -> UnitRegistry:
    from pint import UnitRegistry  # noqa: PLC0415

    registry: UnitRegistry = UnitRegistry(None, case_sensitive=False)
    registry.load_definitions(_DEFINITIONS.strip().splitlines())
    return registry
