"""Texts that Excel would run as a formula when a table with them is opened."""

from __future__ import annotations

import re

from planner.i18n.parse import is_number

_BEGINS = re.compile(r"\s*[=@＝＠+＋－-]")


def is_formula(text: str) -> bool:
    """Return whether Excel would run a text: +62-1 is a formula, +62 a number, and a lone dash nothing.

    Parameters
    ----------
    text
        What is to stand in a cell.
    """
    return bool(_BEGINS.match(text)) and text.strip() not in {"-", "+"} and not is_number(text)


def kept_as_text(text: str) -> str:
    """Return a text as it may stand in a table for Excel: an apostrophe before what would be run."""
    return f"'{text}" if is_formula(text) else text
