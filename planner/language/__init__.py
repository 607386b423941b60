"""Words, numbers and dates in Indonesian and English, from one message catalogue."""

from planner.language.catalogue import DEFAULT_LANGUAGE, LANGUAGES, keys, text
from planner.language.numbers import date, figure, month, number, percent, rupiah, signed, tonnes

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "date",
    "figure",
    "keys",
    "month",
    "number",
    "percent",
    "rupiah",
    "signed",
    "text",
    "tonnes",
]
