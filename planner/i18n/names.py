"""The names of places and goods in a language: `name` in Indonesian, `name_en` in English, and so on."""

from __future__ import annotations

from collections.abc import Collection

from planner.i18n.catalogue import DEFAULT_LANGUAGE, FALLBACK, LANGUAGES

NAME = "name"
OTHER_NAMES = tuple(f"{NAME}_{code}" for code in LANGUAGES if code != DEFAULT_LANGUAGE)
"""Columns of names in other languages than the first."""


def name_columns(language: str, there: Collection[str]) -> list[str]:
    """Return the columns that have names for readers of a language, the best first.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    there
        The columns of a table.
    """
    other = (
        [f"{NAME}_{code}" for code in (language, FALLBACK)] if language != DEFAULT_LANGUAGE else []
    )
    return [column for column in dict.fromkeys([*other, NAME]) if column in there]
