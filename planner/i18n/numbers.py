"""Numbers, months and dates as people of the language write them."""

from __future__ import annotations

import datetime
import math

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from planner.i18n.catalogue import DEFAULT_LANGUAGE, text
from planner.i18n.locale import RUPIAH, locale_of


def number(value: float, language: str = DEFAULT_LANGUAGE, decimals: int = 0) -> str:
    """Write a number: 1.234,5 in Indonesian, 1,234.5 in English."""
    pattern = "#,##0" if decimals == 0 else "#,##0." + "0" * decimals
    return _unsigned_zero(format_decimal(value, pattern, locale=language))


def figure(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Write a figure of unknown size with the decimals it has, four at most."""
    return _unsigned_zero(format_decimal(value, "#,##0.####", locale=language))


def few_digits(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Write a small figure with the two digits that count: 12, 0.43, 0.00043; a large one whole."""
    if value >= 10:
        return number(value, language)
    rounded = float(f"{value:.2g}")  # Babel writes 0.009999 with two digits as 0.001
    return format_decimal(rounded, "@#", locale=language)


def signed(written: str, value: float) -> str:
    """Put the sign of a change in front of its written size: +12 ton, -Rp1,2 miliar; 0 has none."""
    if _is_zero(written):
        return written
    return f"{'+' if value > 0 else '-' if value < 0 else ''}{written}"


def percent(share: float, language: str = DEFAULT_LANGUAGE, decimals: int = 0) -> str:
    """Write a fraction (0.25) as a percentage (25 %)."""
    pattern = "#,##0%" if decimals == 0 else "#,##0." + "0" * decimals + "%"
    return _unsigned_zero(format_percent(share, pattern, locale=language))


def tonnes(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Write tonnes with the unit spelt out: 1,2 juta ton, 350 ribu ton, 12 ton."""
    for size, key in ((1e6, "unit.million_tonnes"), (1e4, "unit.thousand_tonnes")):
        if abs(value) >= size:
            scale = 1e6 if size == 1e6 else 1e3
            return (
                f"{number(value / scale, language, 1 if size == 1e6 else 0)} {text(key, language)}"
            )
    return f"{number(value, language)} {text('unit.tonnes', language)}"


def money(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Write an amount in the currency of a `Locale`: Rp1,2 triliun, Rp12.000, ₱350 million, ₱0.43.

    Whole rupiah; an amount below ten of another currency keeps the two digits that count.
    """
    locale = locale_of(language)
    for size, key in ((1e12, "unit.trillion"), (1e9, "unit.billion"), (1e6, "unit.million")):
        if abs(value) >= size:
            return f"{locale.sign}{number(value / size, language, 1)} {text(key, language)}"
    return amount(value, language, money_decimals(value, language))


def bare_money(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Write an amount in full without its currency, which stands beside it; see `money` for the digits."""
    return number(value, language, money_decimals(value, language))


def money_per_kg(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Write a price: Rp12.000/kg, ₱0.43/kg; see `money` for the digits."""
    return f"{amount(value, language, money_decimals(value, language))}/kg"


def money_decimals(value: float, language: str = DEFAULT_LANGUAGE) -> int:
    """Return how many decimals an amount gets: none in rupiah, whose cents nobody pays."""
    return 0 if locale_of(language).currency == RUPIAH else decimals(abs(value))


def amount(value: float, language: str = DEFAULT_LANGUAGE, places: int = 0) -> str:
    """Write an amount in full with the sign of the currency and so many decimals."""
    return f"{locale_of(language).sign}{number(value, language, places)}"


def decimals(size: float) -> int:
    """Return how many decimals an amount of this size needs for two digits that count: 0 from 10 on."""
    return 0 if size >= 10 or size <= 0 else min(1 - math.floor(math.log10(size)), 8)


def month(period: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Write a month (2023-01) as Jan 2023; labels of other periods stay as they are."""
    if len(period) != 7 or not period[5:].isdigit():
        return period
    return format_date(_first_day(period), "MMM y", locale=language)


def date(day: datetime.date, language: str = DEFAULT_LANGUAGE) -> str:
    """Write a date in full: 31 Desember 2023."""
    return format_date(day, "d MMMM y", locale=language)


def _unsigned_zero(written: str) -> str:
    """Return a written number; what rounds to nothing has no sign."""
    return written.removeprefix("-") if _is_zero(written) else written


def _is_zero(written: str) -> bool:
    return not set("123456789") & set(written)


def _first_day(period: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{period}-01")
