"""What a cell may mean that holds no number: a proposal that keeps the figure, or a question.

A proposal is made only where everything in the cell is understood and one number is left that the column takes.
Whoever writes it into the cell has what stood there before. In all other cases the sentence asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from planner.formats.number_style import NumberStyle, choice
from planner.i18n import Phrase
from planner.i18n.parse import meanings, shown, tidied
from planner.schema.columns import Column
from planner.schema.synonyms import says_no_figure, says_no_limit
from planner.units import UnitError, factor

_MONEY = re.compile(r"(?:rp|idr)\b\.?\s*|rp(?=[0-9])", re.IGNORECASE)
_BEHIND = re.compile(
    r"(.*?[0-9](?:[.,]-+|[eE][+-]?[0-9]+)?\)?)\s*((?:[^\W\d_]|[%/]).*)?", re.DOTALL
)
"""A figure, and the words behind it."""
_LETTERS = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z|])[0-9OoIlSBZ|.,]+")
"""A figure with letters that are easily taken for digits."""
_PERCENT = {"%", "persen", "percent"}
_SIZES = {
    **dict.fromkeys(("ribu", "rb", "thousand"), 10**3),
    **dict.fromkeys(("juta", "jt", "million"), 10**6),
    **dict.fromkeys(("miliar", "milyar", "billion"), 10**9),
    **dict.fromkeys(("triliun", "trillion"), 10**12),
}


def number_question(
    value: str, column: Column, way: NumberStyle
) -> tuple[str, Mapping[str, object]]:
    """Return the sentence about a cell that holds no number, and what it mentions.

    Parameters
    ----------
    value
        The cell as it stands in the file.
    column
        Declaration of its column.
    way
        How its file writes figures, and in which units.

    Returns
    -------
    Name of the sentence in the message catalogue, and its values.
    """
    if says_no_limit(value) or says_no_figure(value):
        return _without_figure(value, column)
    return _with_figure(value, column, way)


def _with_figure(value: str, column: Column, way: NumberStyle) -> tuple[str, Mapping[str, object]]:
    """Return the sentence about a cell that may hold a figure: the one that is meant, or what is not understood."""
    figure, words = _parted(value)
    size, words = _size(words)
    numbers = meanings(tidied(figure))
    if _LETTERS.fullmatch(value.strip()):
        return "figure_with_letters", {"value": value}
    understood = not words or _is_unit(words, column, way)
    if not numbers or not (understood or _counts(column)):
        return "not_a_number", {"value": value}
    if not understood:
        return "figure_with_words", {
            "value": value,
            "words": words,
            "unit": way.units.get(column.name, column.unit),
            "column": column.name,
        }
    in_percent = words in _PERCENT and way.units.get(column.name) not in _PERCENT
    scale = size * (Decimal("0.01") if in_percent else 1)
    found = [shown(Decimal(number) * scale) for number in numbers]
    ours = way.factor(column)
    possible = [number for number in found if column.takes(float(number) * ours)]
    if len(possible) > 1:
        return "figures_of_two_meanings", choice(value, found, way.usual)
    values = choice(value, possible or found, way.usual)
    if possible and value.lstrip().startswith("("):
        return "figure_in_parentheses", values
    return "number_format" if possible else "figure_not_taken", values


def _without_figure(value: str, column: Column) -> tuple[str, Mapping[str, object]]:
    """Return the sentence about a cell that says that there is no figure or limit: the column tells what is right."""
    if says_no_limit(value):
        return "no_limit" if column.is_limit else "no_limit_here", {"value": value}
    if column.blank and not column.required:
        return "no_figure_blank", {"value": value, "blank": Phrase(f"blank.{column.blank}")}
    return "no_figure_or_nought" if column.low == 0 and column.takes(0) else "no_figure", {
        "value": value
    }


def _parted(value: str) -> tuple[str, str]:
    """Return the figure of a cell, and the words behind it with the money in front: "Rp 5/kg"."""
    text = value.strip()
    money = _MONEY.match(text)
    found = _BEHIND.fullmatch(text[money.end() :] if money else text)
    if found is None:
        return text, ""
    words = (found[2] or "").strip()
    return found[1], f"Rp{words}" if money and words.startswith("/") else words


def _size(words: str) -> tuple[int, str]:
    """Return what the first word multiplies with, and the words behind it: "ribu ton" is 1000, "ton"."""
    first = re.match(r"[^\W\d_]*", words)
    size = _SIZES.get(first[0].lower()) if first else None
    return (size, words[first.end() :].strip()) if size and first else (1, words)


def _is_unit(words: str, column: Column, way: NumberStyle) -> bool:
    """Return whether words name the unit of the column, so that the figure stays; a share may be in percent."""
    if words in _PERCENT:
        return not _counts(column) or column.unit == "fraction"
    try:
        return factor(words, column.unit, way.language) == way.factor(column)
    except UnitError:
        return False


def _counts(column: Column) -> bool:
    """Return whether the unit of a column is one that can be written behind a figure."""
    try:
        return bool(column.unit) and factor(column.unit, column.unit) == 1
    except UnitError:
        return False
