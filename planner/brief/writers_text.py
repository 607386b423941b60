"""A writer's own paragraphs: `[brief]` of the scenario, by the place in the brief where they stand.

A fact is named in double braces: ``{{ moved }}``. A numeral that is written out is the writer's own, and is marked so
that readers and the checker can tell it from one of the run. The rest is plain text: no image, no link, no markup.
"""

from __future__ import annotations

import re

from planner.brief.brief_data import BriefData
from planner.brief.markup import NUMERAL, mark_own_numeral, plain
from planner.errors import InputError, Problem
from planner.formats.hints import hint
from planner.i18n import text

_BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def writers_text(book: BriefData, slot: str) -> str:
    """Return the writer's paragraphs of one place as Markdown, marked as the writer's; "" if none.

    Parameters
    ----------
    book
        The run and its facts.
    slot
        The place, such as ``"opening"``.

    Raises
    ------
    InputError
        If they name a fact that is not there.
    """
    written = getattr(book.run.scenario.settings.brief, slot)
    words = str(getattr(written, book.language)).strip()
    if not words:
        return ""
    paragraphs = [_paragraph(book, part, slot) for part in re.split(r"\n\s*\n", words)]
    head = f"**{text('brief.own_words', book.language)}**"
    return "\n\n".join(["::: writer", head, *paragraphs, ":::"])


def _paragraph(book: BriefData, words: str, slot: str) -> str:
    pieces = [
        _fact(book, piece, slot) if n % 2 else _own_numerals(piece, slot)
        for n, piece in enumerate(_BLANK.split(words))
    ]
    return "".join(pieces).strip()


def _fact(book: BriefData, name: str, slot: str) -> str:
    if name in book.facts:
        return str(book.facts[name])
    values = {"value": name, "hint": hint(name, book.facts.names())}
    place = f"brief.{slot}.{book.language}"
    raise InputError([Problem("brief_fact", book.run.name, column=place, values=values)])


def _own_numerals(words: str, slot: str) -> str:
    """Escape a writer's words, and mark the numerals in them as the writer's own."""
    pieces, end = [], 0
    for found in NUMERAL.finditer(words):
        pieces += [_spaced(words[end : found.start()]), mark_own_numeral(found[0], slot)]
        end = found.end()
    return "".join([*pieces, _spaced(words[end:])])


def _spaced(words: str) -> str:
    """Escape words and keep a blank at either end."""
    if not words.strip():
        return " " if words else ""
    left, right = (" " if end.isspace() else "" for end in (words[0], words[-1]))
    return f"{left}{plain(words)}{right}"
