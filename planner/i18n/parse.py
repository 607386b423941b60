"""Numbers as people write them, read back: the one place where a text becomes a number.

``"id"`` is 1.234,5 and ``"en"`` is 1,234.5; ``"plain"`` is 1234.5, without anything between thousands, as
programs write. A text that is one number in one language and another in the other has two `meanings`; which
of them is meant is never guessed here. Digits are 0 to 9, minus is "-": what else stands for them in texts
of people is turned into these by `tidied`, for those who propose a number or read a printed table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, nan

WRITINGS = ("id", "en")
"""The two ways in which people write numbers, called by a language that has each."""

_POWER = r"([eE][+-]?[0-9]{1,3})?"
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "id": re.compile(rf"[-+−]?([1-9][0-9]{{0,2}}(\.[0-9]{{3}})+(,[0-9]+)?|[0-9]+(,[0-9]+)?{_POWER})"),
    "en": re.compile(rf"[-+−]?([1-9][0-9]{{0,2}}(,[0-9]{{3}})+(\.[0-9]+)?|[0-9]+(\.[0-9]+)?{_POWER})"),
    "plain": re.compile(rf"-?[0-9]+(\.[0-9]*)?{_POWER}"),
}  # fmt: skip
_EITHER = re.compile(r"[-+−]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""Exactly one mark with exactly three digits behind it."""
_MARKS: Mapping[str, tuple[str, str]] = {"id": (".", ","), "en": (",", "."), "plain": ("", ".")}
"""What stands between thousands, and before decimals."""
_MINUS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
_ALIKE = {**_MINUS, "\uff0b": "+", "\uff0c": ",", "\uff0e": ".", "\u066b": ".", "\u066c": ","}
"""Characters that look like ours, or do their work in another script."""
_SPACE = " \u00a0\u2007\u2009\u202f"
_APART = re.compile(
    rf"([+-]?[1-9][0-9]{{0,2}})((['’{_SPACE}])[0-9]{{3}}(\3[0-9]{{3}})*)((?:[.,][0-9]+)?)"
)
"""Groups of three with a space or an apostrophe between them."""


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as it was written down.

    Parameters
    ----------
    value
        The number.
    half
        Half a unit of its last digit: how far rounding may have moved it.
    """

    value: float
    half: float


class MixedNumbersError(ValueError):
    """Numbers that belong together are written in two ways; `examples` has one of each."""

    def __init__(self, examples: Mapping[str, str]) -> None:
        super().__init__(examples)
        self.examples = dict(examples)


def is_number(text: str) -> bool:
    """Return whether a text is a number in one of the two languages."""
    return bool(ways(text))


def ways(text: str) -> set[str]:
    """Return the languages in which a text is a number: both for 1.234, which is two numbers."""
    return {writing for writing in WRITINGS if _SHAPES[writing].fullmatch(text.strip())}


def is_plain(text: str) -> bool:
    """Return whether a text is a number plainly written, such as 1234.5 or 1e3."""
    return bool(_SHAPES["plain"].fullmatch(text))


def is_ambiguous(text: str) -> bool:
    """Return whether a text is two numbers, one in each language: 1.234 and 1,234, but not 1.234,5."""
    return bool(_EITHER.fullmatch(text))


def meanings(text: str) -> list[str]:
    """Return the numbers that a text may be, plainly written: 1.234 may be 1.234 or 1234.

    Parameters
    ----------
    text
        Such as "1.234".

    Returns
    -------
    None, one, or two of them, and then that with decimals first.
    """
    plain = {Decimal(in_plain(text, language)) for language in ways(text)}
    return [shown(number) for number in sorted(plain, key=abs) if _can_be_held(number)]


def shown(number: Decimal) -> str:
    """Return a number in plain digits, without zeros behind its last decimal and without a power."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def language_of(texts: Iterable[str], otherwise: str = "en") -> str:
    """Return the language in which numbers that belong together are written.

    Parameters
    ----------
    texts
        Numbers as text.
    otherwise
        What to return where nothing tells.

    Raises
    ------
    MixedNumbersError
        If some can only be Indonesian and others only English.
    """
    only: dict[str, str] = {}
    for text in texts:
        found = ways(text)
        if len(found) == 1:
            only.setdefault(found.pop(), text)
    if len(only) > 1:
        raise MixedNumbersError(only)
    return next(iter(only), otherwise)


def in_plain(text: str, writing: str) -> str:
    """Return the same number plainly written: 1.234,5 is 1234.5.

    Parameters
    ----------
    text
        A number; blanks around it do not count.
    writing
        ``"id"``, ``"en"`` or ``"plain"``.

    Raises
    ------
    ValueError
        If it is no number in that way of writing.
    """
    text = text.strip()
    if not _SHAPES[writing].fullmatch(text):
        raise ValueError(text)
    between, before = _MARKS[writing]
    return text.replace(between, "").replace(before, ".").replace("−", "-").removeprefix("+")


def read_number(text: str, writing: str) -> WrittenNumber:
    """Read a number.

    Parameters
    ----------
    text
        Such as 1.234,5.
    writing
        ``"id"``, ``"en"`` or ``"plain"``.

    Raises
    ------
    ValueError
        If it is no number in that way of writing, or none that a computer can hold: 1e400 would become
        infinite, 1e-400 nothing.
    """
    exact = Decimal(in_plain(text, writing))
    if not _can_be_held(exact):
        raise ValueError(text)
    return WrittenNumber(float(exact), 0.5 * 10.0 ** int(exact.as_tuple().exponent))


def read_plain(text: str) -> float:
    """Return a number plainly written, such as 1234.5; NaN where it is none."""
    try:
        return read_number(text, "plain").value
    except ValueError:
        return nan


def _can_be_held(number: Decimal) -> bool:
    return isfinite(float(number)) and (float(number) != 0 or number.is_zero())


def tidied(text: str) -> str:
    """Return a number as people print it, in our digits and signs: (8 148 451) is -8148451.

    Parameters
    ----------
    text
        Parentheses are a minus, as accountants write it, and so is a dash in front; spaces and apostrophes
        may group thousands; digits may be of any script; ",-" stands for no decimals,
        and .5 for 0.5.

    Returns
    -------
    The text in 0 to 9, "-", and the separators it has: not yet a number, for 1.234 may be two. What
    cannot be understood stays in it, so that no reader takes it for a number.
    """
    text = "".join(_ours(character) for character in text.strip())
    text = re.sub(r"(?<=[0-9])([,.])-+$", r"\g<1>0", text)
    if inner := re.fullmatch(r"\((.*)\)", text):
        text = f"-{inner[1].strip()}"
    text = re.sub(r"^([+-]?)([.,][0-9])", r"\g<1>0\2", text)
    text = re.sub(rf"^([+-])[{_SPACE}]+", r"\1", text).removeprefix("'").removeprefix("’")
    if apart := _APART.fullmatch(text):
        text = apart[1] + re.sub(r"[^0-9]", "", apart[2]) + apart[5]
    return text


def _ours(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return _ALIKE.get(character, character) if digit is None else str(digit)
