"""What openpyxl does not tell of a sheet that it reads row by row: merged cells, formulas without a value."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.xml.functions import iterparse

type Place = tuple[int, int]
"""Number of a row, and of a column from 0."""

_WORTH_A_LOOK = re.compile(rb"<(\w+:)?(f[ />]|mergeCell )|hidden=")
MOST_MERGED = 100_000
"""Cells of merged blocks that are told apart; a sheet with more is no table."""


class HiddenContent(NamedTuple):
    """Cells that do not hold what they show.

    Parameters
    ----------
    merged
        The first cell of the block, by each cell of a merged block.
    without_value
        Cells with a formula that no program has worked out.
    hidden
        Numbers of the rows that Excel does not show.
    """

    merged: dict[Place, Place]
    without_value: set[Place]
    hidden: set[int]


def find_hidden_content(sheet: Any) -> HiddenContent:
    """Find merged cells and formulas without a value.

    Parameters
    ----------
    sheet
        A sheet of a workbook that openpyxl reads row by row.
    """
    marks = HiddenContent({}, set(), set())
    with sheet._get_source() as source:  # noqa: SLF001 (the one way to the XML of a sheet)
        content = source.read()
    if not _WORTH_A_LOOK.search(content):
        return marks
    for _, element in iterparse(io.BytesIO(content)):
        name = element.tag.rpartition("}")[2]
        if name == "c" and _has_no_value(element):
            row, column = coordinate_to_tuple(element.get("r", "A1"))
            marks.without_value.add((row, column - 1))
        elif name == "mergeCell":
            left = MOST_MERGED - len(marks.merged)
            marks.merged.update(islice(_block(element.get("ref", "A1")), left))
        elif name == "row":
            if element.get("hidden") in {"1", "true"}:
                marks.hidden.add(int(element.get("r", "0")))
            element.clear()
    return marks


def _has_no_value(cell: Element) -> bool:
    parts = {part.tag.rpartition("}")[2]: part.text for part in cell}
    return "f" in parts and not parts.get("v") and cell.get("t") != "str"


def _block(ref: str) -> Iterator[tuple[Place, Place]]:
    left, top, right, bottom = range_boundaries(ref)
    for row in range(top, bottom + 1):
        for column in range(left - 1, right):
            yield (row, column), (top, left - 1)
