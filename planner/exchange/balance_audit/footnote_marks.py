"""Marks that published tables put on labels and figures: footnotes, revisions, accountants' brackets."""

from __future__ import annotations

import re
import unicodedata

from planner.i18n.parse import tidied

_RAISED = "".join(
    chr(code)
    for code in (*range(0xA0, 0x250), *range(0x1D00, 0x1DC0), *range(0x2070, 0x20A0))
    if unicodedata.decomposition(chr(code)).startswith("<super>")
)
_SIGNS = rf"\*+|[{_RAISED}†‡§#¶]+|\^\w{{1,2}}"
_WHOLE = re.compile(rf"(?:\s*(?:{_SIGNS}|\((?:[a-su-z]|\d{{1,2}}|\*+)\)))+$", re.IGNORECASE)
_OPEN = re.compile(r"\s*(?:[a-z]{1,2}|\d{1,2}|\*+)\)$", re.IGNORECASE)
"""A mark with the second bracket only: "1)", "r)", "*)"."""
_REVISED = re.compile(r"(?<=[\d)])\s*(?:[repxfs]{1,2}|xx|xxx)$", re.IGNORECASE)
_GLUED = re.compile(r"(.*[.,]\d{3})\d\)")
"""A mark without a blank: 32.2911) can only be 32.291 with the mark 1)."""
_BEHIND = re.compile(
    rf"(?<=[\d)])(?:\s*(?:\*+\)?|[{_RAISED}†‡§#¶]+|\(?[a-z]\)|\s\(?\d{{1,2}}\))|[repxfs]{{1,2}}|\s[repx])+$"
)


def without_marks(label: str) -> str:
    """Return a label without the marks of footnotes behind it; "Produksi 1)", "2024**", "Impor²"."""
    shown = label.strip()
    while True:
        less = _WHOLE.sub("", shown)
        if less.count(")") > less.count("("):
            less = _OPEN.sub("", less)
        if less in {shown, ""}:
            return shown
        shown = less.strip()


def without_revision(label: str) -> str:
    """Return the label of a period without what says how sure it is: "2023r", "2024 x"."""
    return _REVISED.sub("", without_marks(label)).strip()


def figure_text(cell: str) -> str:
    """Return a published figure without its marks, in the digits and signs that are read.

    32.291*, 32.291 1), 32.291r and 32.291² are 32.291; see `tidied` for (100) and 8 148 451. A mark that
    cannot be told from a digit stays.
    """
    shown = cell.strip().strip("\u200b\ufeff").strip()
    shown = re.sub(r"^\*+\s*(?=[\d(-])", "", shown)
    glued = _GLUED.fullmatch(shown)
    return tidied(glued[1] if glued else _BEHIND.sub("", shown))
