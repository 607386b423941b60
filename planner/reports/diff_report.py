"""Differences between two scenarios, in words: how many in each table, and the lines themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from planner.exchange.merge.differences import ADDED, CHANGED, REMOVED
from planner.i18n import figure, percent, signed, text

MOST_LINES = 40
MOST_LETTERS = 60
_LEAST_SHARE, _MOST_SHARE = 0.0005, 10.0
"""Between these a relative difference is told as a percentage."""


def diff_report(found: pd.DataFrame, names: tuple[str, str], language: str) -> list[str]:
    """Report what `planner.exchange.merge.differences.differences` found.

    Parameters
    ----------
    found
        Its lines.
    names
        What the user called the two scenarios.
    language
        ``"id"`` or ``"en"``.
    """
    heads = [text("diff.between", language, before=names[0], after=names[1])]
    if found.empty:
        return [*heads, text("diff.nothing", language)]
    heads += [_of_table(str(table), rows, language) for table, rows in _tables(found)]
    told = [_line(row, language) for row in found.head(MOST_LINES).to_dict("records")]
    more = len(found) - len(told)
    return [*heads, "", *told, *([text("diff.more", language, count=more)] if more else [])]


def _tables(found: pd.DataFrame) -> Iterator[tuple[object, pd.DataFrame]]:
    yield from found.groupby("table", sort=False)


def _of_table(table: str, rows: pd.DataFrame, language: str) -> str:
    """Count the rows of a table that came, went and changed."""
    counts = rows.groupby("change")["key"].nunique()
    parts = [
        text(f"diff.{change}", language, count=int(counts[change]))
        for change in (CHANGED, ADDED, REMOVED)
        if change in counts
    ]
    return f"{table}: {', '.join(parts)}"


def _line(row: Mapping[Any, object], language: str) -> str:
    where = f"{row['table']} {row['key']}" + (f", {row['column']}" if row["column"] else "")
    sources = list(
        dict.fromkeys(
            str(row[f"source_{side}"]) for side in ("before", "after") if row[f"source_{side}"]
        )
    )
    source = f" [{' -> '.join(sources)}]" if sources else ""
    if row["change"] == CHANGED:
        return f"{where}: {_short(row['before'])} -> {_short(row['after'])}{_size(row, language)}{source}"
    word = text(f"compare.{row['change']}", language)
    value = _short(row["after"] if row["change"] == ADDED else row["before"])
    return f"{where}: {word}{f' ({value})' if value else ''}{source}"


def _size(row: Mapping[Any, object], language: str) -> str:
    """Write by how much a figure differs."""
    difference, relative = (float(str(row[name])) for name in ("difference", "relative"))
    if math.isnan(difference):
        return ""
    told = signed(figure(abs(difference), language), difference)
    if _LEAST_SHARE <= abs(relative) < _MOST_SHARE:
        told += f"; {signed(percent(abs(relative), language, 1), relative)}"
    return f" ({told})"


def _short(value: object) -> str:
    """Return a cell in so many letters that a line stays a line."""
    cell = str(value)
    return cell if len(cell) <= MOST_LETTERS else f"{cell[: MOST_LETTERS - 3]}..."
