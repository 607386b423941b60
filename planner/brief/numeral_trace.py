"""Numerals of plain text, as Word and PDF give it, followed beside what the brief is to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.brief.markup import NUMERAL
from planner.errors import Problem

AROUND = 30
"""Letters shown on either side of a numeral that is not traced."""
_TOKEN = re.compile(rf"{NUMERAL.pattern}|\S")


def trace_numerals(
    said: str, awaited: Sequence[str], file: str, *, whole: bool
) -> Iterator[Problem]:
    """Return a problem for each numeral that is not the next of those awaited.

    Parameters
    ----------
    said
        The text.
    awaited
        Numbers with their units, and numerals of texts, in their order.
    file
        What the text is of.
    whole
        Whether those that are missing count too.
    """
    body = said.replace("\N{MINUS SIGN}", "-")
    place = following = 0
    missed: list[str] = []
    while found := NUMERAL.search(body, place):
        hit = _hit(body, found.start(), awaited[following:])
        if hit is None:
            yield _untraced(body, found, file)
            place = found.end()
            continue
        steps, place = hit
        missed += awaited[following : following + steps]
        following += steps + 1
    if whole:
        for phrase in [*missed, *awaited[following:]]:
            yield Problem("brief_missing", file, values={"written": phrase})


def untraced_numerals(words: str, file: str) -> Iterator[Problem]:
    """Return a problem for each numeral in words that should hold none."""
    return (_untraced(words, found, file) for found in NUMERAL.finditer(words))


def _hit(body: str, start: int, awaited: Sequence[str]) -> tuple[int, int] | None:
    """Find the next awaited phrase whose first numeral stands at a place.

    Returns
    -------
    How many phrases were passed over, and where the phrase ends; lines may break anywhere but inside a numeral.
    """
    for steps, phrase in enumerate(awaited):
        first = NUMERAL.search(phrase)
        cut = first.start() if first else 0
        rest = r"\s*".join(map(re.escape, _TOKEN.findall(phrase[cut:])))
        found = re.compile(rest + r"(?!\d)").match(body, start)
        if found and _follows(body[:start], phrase[:cut]):
            return steps, found.end()
    return None


def _follows(before: str, awaited: str) -> bool:
    """Return whether text ends with what stands before a numeral, such as ``Rp``, and with no further sign."""
    ways = r"\s*".join(map(re.escape, awaited.replace(" ", "")))
    return re.search(rf"(?:^|[^+-]|\w[+-]){ways}\s*$", before[-AROUND:]) is not None


def _untraced(words: str, found: re.Match[str], file: str) -> Problem:
    around = words[max(found.start() - AROUND, 0) : found.end() + AROUND]
    values = {"written": found[0], "around": " ".join(around.split())}
    return Problem("brief_untraced", file, values=values)
