"""Words, numbers and dates in Indonesian and English, from one message catalogue."""

from planner.language.catalogue import DEFAULT_LANGUAGE, LANGUAGES, keys, text
from planner.language.numbers import date, month, number, percent, rupiah, tonnes

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "date",
    "keys",
    "month",
    "number",
    "percent",
    "rupiah",
    "text",
    "tonnes",
]
