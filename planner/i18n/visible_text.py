"""Texts of others as they may be shown: what cannot be seen is named, what is long is cut."""

from __future__ import annotations

import re
import unicodedata

MOST_LETTERS = 40
"""Letters of a quoted value that are shown."""
_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"}
"""Unicode categories of what leaves no mark: controls, zero-width and directions, odd blanks."""
_ALSO_UNSEEN = {*range(0xFE00, 0xFE10), 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0}
"""Letters and marks by their category that leave none all the same."""
_SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
    "|\r(?!\n)"
)
"""What no text of a scenario may hold: not every terminal, chart or workbook can, and nobody sees it."""


def visible(words: str, kept: str = " ") -> str:
    r"""Return a text with what cannot be seen named: `\x1b`, `<U+200B>`.

    Parameters
    ----------
    words
        The text.
    kept
        What stays though it leaves no mark.
    """
    if words.isascii() and words.isprintable():
        return words
    return "".join(letter if letter in kept else _shown(letter) for letter in words)


def quoted(words: str) -> str:
    """Return a value of the input as a message quotes it: seen, and cut where it is long."""
    whole = visible(words[: MOST_LETTERS + 1])
    if len(words) <= MOST_LETTERS and len(whole) <= 2 * MOST_LETTERS:
        return whole
    return f"{visible(words[:MOST_LETTERS])[: 2 * MOST_LETTERS]}..."


def _shown(letter: str) -> str:
    if unicodedata.category(letter) not in _UNSEEN and ord(letter) not in _ALSO_UNSEEN:
        return letter
    if letter in _SHORT:
        return _SHORT[letter]
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x80 else f"<U+{code:04X}>"
