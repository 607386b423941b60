"""The labels of periods put in order: 2024, 2024*, 2022/23, 2025-03, Januari 2025, Triwulan I 2025."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from planner.exchange.balance_audit.footnote_marks import without_revision
from planner.exchange.balance_audit.vocabulary import words

MONTH_NAMES = [str(number) for number in range(1, 13)]
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = {"month": 1, "quarter": 3, "half": 6}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Period(NamedTuple):
    """A period of time.

    Parameters
    ----------
    kind
        year, season (2022/23), half, quarter, month, or name (of a month, without a year).
    number
        Counts the periods of that kind: the next one has the next number.
    """

    kind: str
    number: int

    def after(self) -> Period:
        """Return the period that follows."""
        return Period(self.kind, self.number + 1)

    def days(self) -> tuple[float, ...]:
        """Return the days of a part of a year; none where the year is not known."""
        months = _MONTHS.get(self.kind)
        if months is None:
            return ()
        first = self.number * months
        each = (calendar.monthrange(*_year_and_month(first + n))[1] for n in range(months))
        return (float(sum(each)),)


def _year_and_month(number: int) -> tuple[int, int]:
    return number // 12, number % 12 + 1


def parse_periods(labels: Iterable[str]) -> dict[str, Period]:
    """Return the period of each label that names one.

    Where a label may name two (2011-12 is a month and a season), it is of the kind of most others.
    """
    found = {label: [*_readings(label)] for label in dict.fromkeys(labels)}
    kinds = Counter(period.kind for readings in found.values() for period in readings)
    return {
        label: max(readings, key=lambda period: kinds[period.kind])
        for label, readings in found.items()
        if readings
    }


def is_period(label: str) -> bool:
    """Check whether a label names a period."""
    return any(_readings(label))


@cache
def _readings(label: str) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(_all_readings(_bare(label))))


def _bare(label: str) -> str:
    """Return a label without marks, brackets and words such as "angka sementara"."""
    lower = re.sub(r"\s+", " ", label).strip().lower()
    lower = re.sub(r"^(\d{4})\d\)$", r"\1", lower)  # 20241) is 2024 with the mark 1)
    lower = without_revision(lower)
    lower = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", lower)
    aside = sorted(words("periods", "aside"), key=len, reverse=True)
    either = "|".join(re.escape(word) for word in aside)
    lower = re.sub(rf"(?<![a-z])(?:{either})(?![a-z])\.?", " ", lower)
    return without_revision(re.sub(r"\s+", " ", lower).strip(" ,;:.-"))


def _all_readings(said: str) -> Iterator[Period]:
    if found := re.fullmatch(r"(?:i{1,3} |iv )?(\d{4})", said):
        yield from _year(int(found[1]))
    if found := re.fullmatch(r"(\d{4}) ?[-/–] ?(\d{4}|\d{2})", said):
        start, end = int(found[1]), int(found[2])
        if _is_year(start) and end in {start + 1, (start + 1) % 100}:
            yield Period("season", start)
    if found := re.fullmatch(r"(\d{4}) ?[-/.m] ?(\d{1,2})(?:-01)?(?: 00:00:00)?", said):
        yield from _month(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2}) ?[-/.] ?(\d{4})", said):
        yield from _month(int(found[2]), int(found[1]))
    yield from _named(said)
    yield from _part_of_year(said)


def _is_year(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _year(year: int) -> Iterator[Period]:
    if _is_year(year):
        yield Period("year", year)


def _month(year: int, month: int) -> Iterator[Period]:
    if _is_year(year) and 1 <= month <= 12:
        yield Period("month", year * 12 + month - 1)


def _named(said: str) -> Iterator[Period]:
    """Read "Januari 2025", "2025 Jan", "Jan-25", and "Januari" alone."""
    found = re.fullmatch(r"(?:(\d{4})[ ,/-]*)?([a-z]+)[. ]*(?:[ ,/'’-]*(\d{4}|\d{2}))?", said)
    month = parse_month(found[2]) if found else 0
    if not found or not month:
        return
    year = found[1] or found[3]
    if not year:
        yield Period("name", month)
    else:
        yield from _month(int(year) + (2000 if len(year) == 2 else 0), month)


def _part_of_year(said: str) -> Iterator[Period]:
    """Read "Triwulan I 2025", "Q1 2025", "2025 Q1", "Semester 2 2025"."""
    for kind, key, parts in (("quarter", "quarter", 4), ("half", "half", 2)):
        either = "|".join(sorted(words("periods", key), key=len, reverse=True))
        which = rf"(?:{either})[. -]*(i{{1,3}}|iv|[1-4])"
        found = re.fullmatch(rf"{which}[ ,/-]*(\d{{4}})", said)
        turned = re.fullmatch(rf"(\d{{4}})[ ,/-]*{which}", said)
        year, part = (found[2], found[1]) if found else turned.groups() if turned else ("", "")
        number = _ROMAN.get(part) or (int(part) if part.isdigit() else 0)
        if year and _is_year(int(year)) and 1 <= number <= parts:
            yield Period(kind, int(year) * parts + number - 1)


def parse_month(name: str) -> int:
    """Return the number of the month that is called so in either language, or 0."""
    return _months().get(name.strip(" .").lower(), 0)


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number in MONTH_NAMES for name in words("months", number)}
