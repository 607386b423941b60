"""A spoilt input: what was done to it, where, and how sure it is that it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

type Contents = Mapping[str, bytes | None]
"""Files by their path within the subject; None stands for a file that was taken away."""


class Truth(Enum):
    """How sure it is that an input is wrong."""

    WRONG = "wrong"
    """Beyond doubt: it has to be told, at its place."""
    HARMLESS = "harmless"
    """It means the same as before: it has to be accepted, with the same figures."""
    UNCLEAR = "unclear"
    """Either is right; but what is accepted in silence must mean the same as before."""
    OPEN = "open"
    """Nothing is known but that no traceback may come."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One spoilt input.

    Parameters
    ----------
    kind
        What was done: the row of the report.
    truth
        How sure it is that the input is wrong.
    contents
        The files that differ from the sound input.
    file, line, column
        Where the fault lies: path within the subject (the name of the sheet in a workbook), line as
        an editor counts, English name of the column. What is empty is not asked for.
    written
        What stands there now, for the report.
    original
        Whether the sound input is what the spoilt one means. Where it is not, as with a minus sign in
        front of a harvest, a proposal that gives the sound figure is as wrong as any other.
    added
        Whether something was added that the sound input does not have: obeying cannot give that again.
    """

    kind: str
    truth: Truth
    contents: Contents
    file: str = ""
    line: int = 0
    column: str = ""
    written: str = ""
    original: bool = True
    added: bool = False
