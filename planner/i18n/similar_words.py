"""Which known word a misspelt one was meant to be; none where nothing is near, or two are as near."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

LONGEST = 60
"""Letters above which nothing is a misspelt word any more."""
_LETTERS = ((4, 0), (6, 1), (13, 2))
"""Below so many letters, so many slips at most; above, three."""


def most_similar(asked: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """Return what is meant by the known word that `asked` is a misspelling of.

    Two words are near where they differ by few slips for their length (a letter missing, added,
    exchanged or swapped with its neighbour), word by word. Digits are never a slip: 95 is not 94.
    Upper and lower case, accents, blanks and hyphens count as nothing.

    Parameters
    ----------
    asked
        What was typed.
    known
        What there is; as a mapping, what each word means.

    Returns
    -------
    A known word, or what it means; "" where none is near, or where two of other meaning are as near.
    """
    if len(asked) > LONGEST:
        return ""
    meaning = known if isinstance(known, Mapping) else {word: word for word in known}
    slips = {word: count for word in meaning if (count := _slips(asked, word)) is not None}
    best = min(slips.values(), default=0)
    found = {meaning[word] for word, count in slips.items() if count == best}
    return found.pop() if len(found) == 1 else ""


def plain(words: str) -> str:
    """Return words in small letters without accents, their parts separated by single blanks."""
    letters = unicodedata.normalize("NFKD", words).casefold()
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept))


def _slips(asked: str, known: str) -> int | None:
    """Count the slips between two words; None where they are not near."""
    one, other = plain(asked), plain(known)
    if not one or not other:
        return _slips_of_signs(asked.strip(), known)
    joined = one.replace(" ", ""), other.replace(" ", "")
    if joined[0] == joined[1]:
        return 0
    if _numbers(one) != _numbers(other):
        return None
    words = one.split(), other.split()
    if len(words[0]) != len(words[1]):
        return _allowed(*joined, most=1)
    counts = [_allowed(a, b) for a, b in zip(*words, strict=True)]
    return None if None in counts else sum(count or 0 for count in counts)


def _slips_of_signs(asked: str, known: str) -> int | None:
    """Count a slip where signs stand in another order: `=>` is `>=`."""
    return 1 if asked and sorted(asked) == sorted(known) else None


def _numbers(words: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"[0-9]+", words)]


def _allowed(one: str, other: str, most: int = 3) -> int | None:
    """Count the slips between two words; None where these are too many for their length."""
    length = max(len(one), len(other))
    slips = min(most, next((slips for below, slips in _LETTERS if length < below), 3))
    if abs(len(one) - len(other)) > slips:
        return None
    count = _distance(one, other)
    if count > slips or (count > 1 and one[0] != other[0]):
        return None
    return count


def _distance(one: str, other: str) -> int:
    """Count letters to add, take away, exchange or swap with their neighbours (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, second in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
