"""Numbers as people write them, read back: 1.234,5 in Indonesian, 1,234.5 in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SIGN = r"[-+−]?"
_SHAPES = {
    "id": re.compile(rf"{_SIGN}(\d{{1,3}}(\.\d{{3}})+|\d+)(,\d+)?"),
    "en": re.compile(rf"{_SIGN}(\d{{1,3}}(,\d{{3}})+|\d+)(\.\d+)?"),
}
_MARKS = {"id": (".", ","), "en": (",", ".")}
"""What stands between thousands, and before decimals."""


@dataclass(frozen=True, slots=True)
class Written:
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


def is_number(text: str) -> bool:
    """Say whether a text is a number in one of the two ways of writing."""
    return any(shape.fullmatch(text.strip()) for shape in _SHAPES.values())


def ways(text: str) -> set[str]:
    """Give the languages in which a text is a number: both for 1.234, which is two numbers."""
    return {language for language, shape in _SHAPES.items() if shape.fullmatch(text.strip())}


def language_of(texts: Iterable[str], otherwise: str = "en") -> str:
    """Give the language in which numbers that belong together are written.

    Parameters
    ----------
    texts
        Numbers as text.
    otherwise
        What to say where nothing tells.

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


class MixedNumbersError(ValueError):
    """Numbers that belong together are written in two ways; `examples` has one of each."""

    def __init__(self, examples: Mapping[str, str]) -> None:
        super().__init__(examples)
        self.examples = dict(examples)


def read_number(text: str, language: str) -> Written:
    """Read a number.

    Parameters
    ----------
    text
        Such as 1.234,5.
    language
        ``"id"`` or ``"en"``.

    Raises
    ------
    ValueError
        If it is no number in that language.
    """
    text = text.strip()
    if not _SHAPES[language].fullmatch(text):
        raise ValueError(text)
    between, before = _MARKS[language]
    plain = text.replace(between, "").replace(before, ".").replace("−", "-")
    decimals = len(plain.partition(".")[2])
    return Written(float(plain), 0.5 * 10.0**-decimals)
