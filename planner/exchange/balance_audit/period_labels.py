"""The labels of periods put in order: 2024, 2024*, 2022/23, 2025-03, Januari 2025, Triwulan I 2025, Jan-Mar 2025."""

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
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "span": 1, "name": 1, "season": 12, "year": 12}
"""Months of what the number of a period counts."""
_WHOLE = {1: "month", 3: "quarter", 6: "half", 12: "year"}
"""What so many months are called, where they begin as such periods do."""
_UNTIL = r"(?:[-–—/]|s/d|s\.? ?d\.?|sampai(?: dengan)?|hingga|to|through|until)"
_COMMON, _LEAP = 2023, 2024
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Period(NamedTuple):
    """A period of time.

    Parameters
    ----------
    kind
        year, season (2022/23), half, quarter, month, span (Januari-April 2025), or name (of a month, or of
        several, without a year).
    number
        Counts the periods of that kind: the next one has the next number. Spans and names count by months.
    length
        Of how many of these it is.
    """

    kind: str
    number: int
    length: int = 1

    @property
    def sort(self) -> tuple[str, int]:
        """What it is comparable with: periods of the same kind and length."""
        return self.kind, self.length

    @property
    def months(self) -> int:
        """How many months it is long."""
        return _MONTHS[self.kind] * self.length

    @property
    def first(self) -> int:
        """The first month: since the year 0, or in a year where none is told."""
        return self.number - 1 if self.kind == "name" else self.number * _MONTHS[self.kind]

    def holds(self, other: Period) -> bool:
        """Check whether a shorter period lies within this one; of a season nobody knows when it begins."""
        named = (self.kind == "name", self.kind == "season")
        if named != (other.kind == "name", other.kind == "season") or other.months >= self.months:
            return False
        return self.first <= other.first and other.first + other.months <= self.first + self.months

    def after(self) -> Period:
        """Return the period that follows."""
        return self._replace(number=self.number + self.length)

    def days(self) -> tuple[float, ...]:
        """Return the days of a part of a year; two numbers where February counts and the year is not known."""
        if self.months % 12 == 0:
            return ()
        if self.kind == "name":
            years = (_COMMON, _LEAP)
            first = [year * 12 + self.first for year in years]
        else:
            first = [self.first]
        return tuple(dict.fromkeys(float(_days(start, self.months)) for start in first))


def _days(first: int, months: int) -> int:
    return sum(calendar.monthrange(n // 12, n % 12 + 1)[1] for n in range(first, first + months))


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
    yield from _several_months(said)


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
    """Read "Triwulan I 2025", "Q1 2025", "2025 Q1", "Semester 2 2025", "Triwulan I-III 2025", "Triwulan I"."""
    for kind, parts in (("quarter", 4), ("half", 2)):
        either = "|".join(sorted(words("periods", kind), key=len, reverse=True))
        part = r"(i{1,3}|iv|[1-4])"
        which = rf"(?:{either})[. -]*{part}(?: ?{_UNTIL} ?(?:(?:{either})[. -]*)?{part})?"
        found = re.fullmatch(rf"(?:(\d{{4}})[ ,/-]*)?{which}(?:[ ,/-]*(\d{{4}}))?", said)
        if not found or (found[1] and found[4]):
            continue
        first, last = (_ROMAN.get(n) or int(n) for n in (found[2], found[3] or found[2]))
        if first <= last <= parts:
            months = 12 // parts
            year = int(found[1] or found[4] or 0)
            yield from _span(year, (first - 1) * months + 1, year, last * months)


def _several_months(said: str) -> Iterator[Period]:
    """Read "Januari-Maret 2025", "Jan s.d. Mar 2025", "Okt 2024 - Mar 2025", "s.d. September 2025", "Jan-Mar"."""
    year = r"(?:[ ,/'’-]*(\d{4}))?"
    name = r"([a-z]+)\.?"
    found = re.fullmatch(rf"(?:(\d{{4}})[ ,/-]*)?(?:{name}{year} ?)?{_UNTIL} ?{name}{year}", said)
    if not found:
        return
    first, last = (parse_month(found[2]) if found[2] else 1), parse_month(found[4])
    begins, ends = found[3] or found[5] or found[1], found[5] or found[1] or found[3]
    if first and last:
        yield from _span(int(begins or 0), first, int(ends or 0), last)


def _span(begins: int, first: int, ends: int, last: int) -> Iterator[Period]:
    """Yield the period from a month to another one, as the quarter, half or year that it is.

    Without a year it is no more than a name, and so it is where it goes over the end of one year that is told:
    that may be the year in which it begins, or ends.
    """
    turns = begins == ends and last < first
    if not begins or turns:
        yield Period("name", first, (last - first) % 12 + 1)
        return
    start = begins * 12 + first - 1
    months = ends * 12 + last - start
    if months <= 0 or not (_is_year(begins) and _is_year(ends)):
        return
    kind = _WHOLE.get(months, "span")
    if start % months or kind == "span":
        yield Period("span", start, months)
    else:
        yield Period(kind, start // months)


def parse_month(name: str) -> int:
    """Return the number of the month that is called so in either language, or 0."""
    return _months().get(name.strip(" .").lower(), 0)


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number in MONTH_NAMES for name in words("months", number)}
