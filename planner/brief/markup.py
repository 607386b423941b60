"""The Markdown of a brief: plain text made safe, and numerals that carry the name of their fact."""

from __future__ import annotations

import re

NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$@&#!]|^[-+:=])")

DIALECT = "markdown_strict-raw_html" + "".join(
    f"+{extension}"
    for extension in (
        "all_symbols_escapable",
        "bracketed_spans",
        "fenced_divs",
        "implicit_figures",
        "intraword_underscores",
        "link_attributes",
        "pipe_tables",
    )
)
"""What pandoc reads: no raw HTML or typst, no includes; text of a stranger stays text."""


def plain(text: str) -> str:
    """Write a text so that Markdown takes no sign of it for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def in_quotes(text: str) -> str:
    """Write a text so that it can stand in the quotation marks of an attribute."""
    return re.sub(r'([\\"&])', r"\\\1", " ".join(text.split()))


def mark_numerals(text: str, name: str) -> str:
    """Write the text of a fact; where it holds numerals, so that they carry its name."""
    if not NUMERAL.search(text):
        return plain(text)
    return f"[{plain(text)}]{{.fact key={name}}}"


def mark_own_numeral(text: str, slot: str) -> str:
    """Write a numeral that is the writer's own, so that readers can tell."""
    return f"[{plain(text)}]{{.own key={slot}}}"


_MARK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\{\.(?:fact|own) key=(\w+)\}")


def strip_marks(markdown: str) -> str:
    """Return marked text as people read it."""
    return re.sub(r"\\(.)", r"\1", _MARK.sub(r"\1", markdown))


def fact_names(markdown: str) -> list[str]:
    """Return the names of the facts in marked text, in their order."""
    return [found[2] for found in _MARK.finditer(markdown)]
