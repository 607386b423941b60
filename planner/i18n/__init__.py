"""Words, numbers and dates in Indonesian and English, from one message catalogue."""

from planner.i18n.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Phrase, keys, text
from planner.i18n.locale import RUPIAH, Locale, locale_of
from planner.i18n.names import NAME, OTHER_NAMES, name_columns
from planner.i18n.numbers import (
    amount,
    bare_money,
    date,
    decimals,
    few_digits,
    figure,
    money,
    money_decimals,
    money_per_kg,
    month,
    number,
    percent,
    signed,
    tonnes,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "NAME",
    "OTHER_NAMES",
    "RUPIAH",
    "Locale",
    "Phrase",
    "amount",
    "bare_money",
    "date",
    "decimals",
    "few_digits",
    "figure",
    "keys",
    "locale_of",
    "money",
    "money_decimals",
    "money_per_kg",
    "month",
    "name_columns",
    "number",
    "percent",
    "signed",
    "text",
    "tonnes",
]
