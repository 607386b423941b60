"""Marks that published tables put on labels and figures: footnotes, revisions, accountants' brackets."""

from __future__ import annotations

import re
import unicodedata

SPACES = "\u0020\u00a0\u2007\u2009\u202f\u2002\u2003\u2005\u2006\u2008\u200a"
"""What offices put between groups of three digits."""
_RAISED = "".join(
    chr(code)
    for code in (*range(0xA0, 0x250), *range(0x1D00, 0x1DC0), *range(0x2070, 0x20A0))
    if unicodedata.decomposition(chr(code)).startswith("<super>")
)
_MARK = rf"(?:\*+\)?|[{_RAISED}†‡§#¶]+|\(?[a-z]{{1,2}}\)|\(?\d{{1,2}}\)|\^\(?\w{{1,2}}\)?)"
_MARKS_BEHIND = re.compile(rf"(?:\s*{_MARK})+$", re.IGNORECASE)
_REVISED = re.compile(r"(?<=[\d)])\s*(?:[repxfs]{1,2}|xx|xxx)$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(\s*([^()]*\d[^()]*?)\s*\)")
_MINUS = "−‐‑–—﹣－"
_GROUPED = re.compile(rf"([-+]?\d{{1,3}})((?:[{SPACES}'’]\d{{3}})+)(?=$|[.,]\d+$)")
_NUMBER = r"[-+]?[\d.,]*\d"
_GLUED = re.compile(rf"({_NUMBER}?)(\d)\)$")


def without_marks(label: str) -> str:
    """Return a label without the marks of footnotes behind it; "Produksi 1)", "2024**", "Impor²"."""
    return _MARKS_BEHIND.sub("", label.strip()) or label.strip()


def without_revision(label: str) -> str:
    """Return the label of a period without what says how sure it is: "2023r", "2024 x"."""
    return _REVISED.sub("", without_marks(label)).strip()


def figure_text(cell: str) -> str:
    """Return a published figure without its marks.

    (100) is -100 as accountants write it; 8 148 451 is 8148451, whatever blank stands between the groups;
    32.291*, 32.291 1), 32.291r and 32.291² are 32.291. A mark that cannot be told from a digit stays.
    """
    shown = cell.strip(SPACES + "\t\r\n\u200b\ufeff")
    if shown[:1] == "*" and shown[1:2].isdigit():
        shown = shown.lstrip("* ")
    inside = _IN_BRACKETS.fullmatch(shown)
    if inside and not re.fullmatch(r"\d", inside[1]):
        shown = "-" + _bare_figure(inside[1]).lstrip("+")
        return shown.replace("--", "")
    return _bare_figure(shown)


def _bare_figure(shown: str) -> str:
    glued = _GLUED.fullmatch(shown)
    if glued and re.search(r"[.,]\d{3}$", glued[1]):
        shown = glued[1]  # 32.2911) can only be 32.291 with the mark 1)
    elif not glued:
        shown = _marks_off(shown)
    if shown[:1] in _MINUS and shown[1:2].isdigit():
        shown = "-" + shown[1:]
    shown = re.sub(rf"^([-+])[{SPACES}]+(?=\d)", r"\1", shown)
    return _GROUPED.sub(lambda m: m[1] + re.sub(r"\D", "", m[2]), shown)


def _marks_off(shown: str) -> str:
    """Take marks off, but never what makes a figure of another size: letters behind a blank may be units."""
    behind = rf"(?<=\d)(?:\s*(?:\*+\)?|[{_RAISED}†‡§#¶]+|\(?[a-z]\)|\s\(?\d{{1,2}}\))|[repxfs]{{1,2}}|\s[repx])+$"
    return re.sub(behind, "", shown)
