"""Words, numbers and dates in Indonesian and English, from one message catalogue."""

from planner.i18n.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Phrase, keys, text
from planner.i18n.names import NAME, OTHER_NAMES, name_columns
from planner.i18n.numbers import (
    date,
    few_digits,
    figure,
    month,
    number,
    percent,
    rupiah,
    signed,
    tonnes,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "NAME",
    "OTHER_NAMES",
    "Phrase",
    "date",
    "few_digits",
    "figure",
    "keys",
    "month",
    "name_columns",
    "number",
    "percent",
    "rupiah",
    "signed",
    "text",
    "tonnes",
]
