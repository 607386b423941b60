"""Days as offices write them: 2026-01-12, 12/01/2026, 12 Januari 2026."""

from __future__ import annotations

import datetime as dt
import re

from planner.exchange.balance_audit.period_labels import parse_month

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})")
_NAMED = re.compile(r"(?:[a-z']+, *)?(\d{1,2})[ /.-]*([a-z]+)[. /-]*(\d{4})", re.IGNORECASE)


def read_day(text: str) -> dt.date | None:
    """Return the day that a text names, the day before the month; None where it is none.

    A year of two digits is not read: 12/01/26 may begin with a year.
    """
    said = text.strip()
    if found := _ISO.fullmatch(said):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(said):
        return _day(found[3], found[2], found[1])
    if (found := _NAMED.fullmatch(said)) and (month := parse_month(found[2])):
        return _day(found[3], str(month), found[1])
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
