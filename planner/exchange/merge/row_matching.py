"""Rows of two tables by key, and which of their cells mean something else."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd

from planner.arrays import Booleans, Integers
from planner.i18n.parse import read_plain
from planner.schema.columns import Column, Table


@dataclass(frozen=True, slots=True)
class MatchedRows:
    """The rows of two tables, by key.

    Parameters
    ----------
    table
        Its declaration.
    keys
        Key cells of every row of either: those of `a` first.
    a, b
        Position of the row in either table; -1 where it is not there.
    """

    table: Table
    keys: pd.DataFrame
    a: Integers
    b: Integers

    @property
    def words(self) -> list[str]:
        """Each key in one text."""
        return ["; ".join(row) for row in self.keys.itertuples(index=False, name=None)]


def match_rows(table: Table, a: pd.DataFrame, b: pd.DataFrame) -> MatchedRows:
    """Find which row of one table has the key of which row of the other.

    Parameters
    ----------
    table
        Declaration of the table.
    a, b
        Text cells, each key once.
    """
    names = list(table.key)
    keys = pd.concat([a[names], b[names]]).astype(str)
    codes = pd.MultiIndex.from_frame(_compared(table, keys))
    first = ~codes.duplicated()
    union = codes[first]
    place_a, place_b = (part.get_indexer(union) for part in (codes[: len(a)], codes[len(a) :]))
    return MatchedRows(table, keys.loc[first].reset_index(drop=True), place_a, place_b)


def align_rows(frame: pd.DataFrame, place: Integers) -> pd.DataFrame:
    """Return the rows at these positions; a blank row, of line 0, for -1."""
    rows = frame.reset_index(drop=True).reindex(place)
    return rows.assign(_line=rows["_line"].fillna(0).astype(int)).fillna("").reset_index(drop=True)


def unlike_cells(paired: MatchedRows, a: pd.DataFrame, b: pd.DataFrame) -> Booleans:
    """Return which cells of rows that both have mean something else; a row of `paired` by a column.

    1 and 1.0 mean the same, and so do a blank cell and what it stands for; two blank cells always do.
    """
    table = paired.table
    both = (paired.a >= 0) & (paired.b >= 0)
    written = [_compared(table, frame[list(table.names)]) for frame in (a, b)]
    meant = [_filled(table, frame) for frame in written]
    unlike = np.zeros((len(both), len(table.names)), bool)
    unlike[both] = True
    for old, new in (written, meant):
        unlike[both] &= old.to_numpy()[paired.a[both]] != new.to_numpy()[paired.b[both]]
    return unlike


def _filled(table: Table, cells: pd.DataFrame) -> pd.DataFrame:
    """Put into blank cells what they stand for."""
    result = cells.copy()
    for column in table.columns:
        blank = result[column.name] == ""
        if column.same_as:
            result[column.name] = result[column.name].where(~blank, result[column.same_as])
        elif column.default is not None:
            default = _meaning(str(column.default), column)
            result[column.name] = result[column.name].where(~blank, default)
    return result


def to_numbers(cells: pd.Series[str]) -> pd.Series[float]:
    """Return texts as numbers; NaN where they are none."""
    return cells.map(lambda cell: read_plain(str(cell))).astype(float)


def _compared(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Write cells in one way: numbers with the digits they need, lists with one kind of separator."""
    result = frame.copy()
    for name in result:
        column = table.column(str(name))
        if column.is_figure or column.many:
            codes, texts = pd.factorize(result[name])  # each text that occurs is looked at once
            result[name] = np.array([_meaning(cell, column) for cell in texts], object)[codes]
    return result


def _meaning(cell: str, column: Column) -> str:
    if column.many:
        return "; ".join(column.values(cell))
    if not column.is_figure:
        return cell
    number = read_plain(cell)
    return cell if isnan(number) else f"{number + 0.0:.12g}"
