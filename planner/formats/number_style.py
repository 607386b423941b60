"""The way in which the figures of a column are written, and figures that may then be two numbers.

A file whose columns are separated by semicolons writes 1.234,5, as Excel saves it in Indonesian; one with commas
writes 1234.5. Of 13.000 that may be 13 or 13,000, and nothing in the figure tells. So a column is looked at as a
whole: what stands in it against the way of its file is told once, and what it leaves in doubt is not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from planner.formats.csv_records import SEMICOLON
from planner.i18n.parse import in_plain, is_ambiguous, is_plain, meanings, ways
from planner.schema.columns import Column
from planner.units import factor

if TYPE_CHECKING:
    import pandas as pd

type Usual = Literal["id", "plain", "book"]
"""How a source writes figures: as 1.234,5, as 1234.5, or as numbers of Excel, of which only texts can be unclear."""
AS_TEXT = "'"
"""Before a figure that a workbook keeps as a text, as Excel shows it."""
COUNTED = {"t", "people", "IDR/t", "IDR/kg"}
"""Units of figures that run into thousands."""
UNCLEAR = {"figures_mixed", "figures_undecided", "figures_of_two_meanings", "figures_as_text"}
"""What is told of figures that may be one number or a thousand times that."""
RARE = 0.02
"""Share of a column below which a way of writing is not its own."""


WAY = "way"
"""Among the attributes of a table of texts: its `NumberStyle`."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a source writes the figures of a table.

    Parameters
    ----------
    usual
        As 1.234,5, as 1234.5, or as numbers of Excel.
    units
        Unit by column, where the source gives one that can be used.
    """

    usual: Usual = "plain"
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of thousands in its units: 1.000 ton, 1,000 t; "" where that is not known."""
        return {"id": "id", "plain": "en", "book": ""}[self.usual]

    def factor(self, column: Column) -> float:
        """Return what turns figures of the source into those of a column.

        Raises
        ------
        UnitError
            If the unit of the source cannot be used.
        """
        unit = self.units.get(column.name)
        return 1.0 if unit is None else factor(unit, column.unit or "fraction", self.language)


def detect_style(raw: pd.DataFrame) -> NumberStyle:
    """Return how a table of texts was written: plainly, in our units, where nothing is known of it."""
    way: NumberStyle = raw.attrs.get(WAY, NumberStyle())
    return way


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """Something to tell of the figures of a column, once for all of them.

    Parameters
    ----------
    key
        Name of the sentence in the message catalogue.
    texts
        The figures as they are written.
    values
        What the sentence mentions.
    blocking
        Whether they cannot be read; else it is a remark.
    """

    key: str
    texts: frozenset[str]
    values: Mapping[str, object] = field(default_factory=dict)
    blocking: bool = True


def default_style(separator: str) -> Usual:
    """Return how a CSV file with such a separator writes figures."""
    return "id" if separator == SEMICOLON else "plain"


def is_decided(texts: Iterable[str], usual: Usual) -> bool:
    """Return whether a figure of a file shows how the file is written: 12,5 or 1.250.000, but not 13.000."""
    return usual != "id" or any(ways(text) == {"id"} for text in texts)


def style_findings(
    column: Column, counts: Counter[str], usual: Usual, *, decided: bool
) -> Iterator[StyleFinding]:
    """Yield what is to be told of the figures of a column.

    Parameters
    ----------
    column
        Declaration of the column.
    counts
        How often each text that is not blank stands in it.
    usual
        How its file writes figures.
    decided
        Whether another figure of the file shows that.
    """
    doubtful = [t for t in counts if is_ambiguous(t) and len(possible(t, column)) > 1]
    against, foreign, unread = _strange(column, counts, usual)
    read = [] if usual == "book" else [text for text in doubtful if usual == "id" or is_plain(text)]
    if read and _count(counts, against) > RARE * counts.total():
        yield _found("figures_mixed", [*read, *foreign], read[0], usual, against=against[0])
        foreign = []
    elif read and not decided and len(read) == len(counts):
        yield _found("figures_undecided", read, read[0], usual)
    elif usual != "id":
        yield from _remarks(column, counts, [text for text in doubtful if is_plain(text)])
    if len(foreign) > 1:
        yield _found("figures_foreign", foreign, foreign[0], usual)
    elif foreign and usual == "id":
        yield _found("point_among_commas", foreign, foreign[0], usual)
    if unread:
        yield _found("figures_of_two_meanings", unread, unread[0], usual)
    if as_text := [text for text in counts if text[:1] == AS_TEXT and is_ambiguous(text[1:])]:
        yield _found("figures_as_text", as_text, as_text[0][1:], usual)


def possible(text: str, column: Column) -> list[str]:
    """Return the numbers that a text may be and the column takes; all where it takes none."""
    found = meanings(text)
    return [number for number in found if column.takes(float(number))] or found


def _strange(
    column: Column, counts: Counter[str], usual: Usual
) -> tuple[list[str], list[str], list[str]]:
    """Return figures of the other language, all that are not as usual, and unusual ones of two meanings."""
    if usual == "id":
        english = [text for text in counts if ways(text) == {"en"} or _cannot_be_id(text, column)]
        return english, english, []
    strange = [text for text in counts if not is_plain(text) and meanings(text)]
    foreign = [text for text in strange if len(possible(text, column)) == 1]
    unread = [text for text in strange if len(possible(text, column)) > 1]
    return [text for text in foreign if ways(text) == {"id"}], foreign, unread


def _cannot_be_id(text: str, column: Column) -> bool:
    """Return whether only the English number is one for the column: a latitude of 6.123 is not 6123."""
    return is_ambiguous(text) and "." in text and possible(text, column) == meanings(text)[:1]


def to_plain(text: str, usual: Usual) -> str:
    """Return a figure of a file plainly written, as 1234.5; what is no figure stays."""
    try:
        return in_plain(text, "id") if usual == "id" and text[:1] not in "+−" else text
    except ValueError:
        return text


def _remarks(
    column: Column, counts: Counter[str], grouped: Sequence[str]
) -> Iterator[StyleFinding]:
    """Find 808.955 where every cell of the column looks so, or hardly another: perhaps 808,955."""
    grouped = [text for text in grouped if not text.startswith("-")]
    filled, many = counts.total(), _count(counts, grouped)
    if many == filled and many >= (1 if column.unit in COUNTED else 3):
        key = "dot_groups"
    elif column.unit in COUNTED and 0 < many <= RARE * filled:
        key = "dot_group"
    else:
        return
    for text in grouped:
        values = {"value": text, "meant": text.replace(".", "")}
        yield StyleFinding(key, frozenset([text]), values, blocking=False)


def choice(text: str, numbers: Sequence[str], usual: Usual) -> dict[str, object]:
    """Return what a sentence mentions of a text and the numbers it may be, as its file writes them."""
    mark = "," if usual == "id" else "."
    low, high = (_unmistaken(number, usual) for number in (numbers[0], numbers[-1]))
    return {"value": text, "proposal": low, "other": high, "decimals": mark}


def _unmistaken(number: str, usual: Usual) -> str:
    """Write a number as its file does; a zero more where three decimals would again be unclear there."""
    if usual != "id":
        return number
    return number.replace(".", ",") + ("0" if is_ambiguous(number) else "")


def _found(key: str, texts: Sequence[str], text: str, usual: Usual, **more: str) -> StyleFinding:
    return StyleFinding(key, frozenset(texts), {**choice(text, meanings(text), usual), **more})


def _count(counts: Counter[str], texts: Iterable[str]) -> int:
    return sum(counts[text] for text in texts)
