"""The one place where columns, rows and terms become a sparse linear program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from planner.arrays import Array, Booleans, Floats, Integers

type Number = float | Floats
type Term = tuple[Array, Array, Number]
"""Positions of the rows within their block, ids of the columns, coefficients."""


@dataclass(frozen=True, slots=True)
class Block:
    """Columns or rows of one kind, in one run.

    Parameters
    ----------
    name
        Name of the variable or of the constraint family.
    start, size
        Place of the block among all columns or rows.
    index
        What each entry stands for: positions by axis (province, commodity, period, lane, arc, port).
    unit
        Unit of a value or of a bound.
    """

    name: str
    start: int
    size: int
    index: Mapping[str, Integers]
    unit: str

    @property
    def ids(self) -> Integers:
        """Ids of the entries among all columns or rows."""
        return np.arange(self.start, self.start + self.size)

    @property
    def span(self) -> slice:
        """Where the block lies in an array over all columns or rows."""
        return slice(self.start, self.start + self.size)


@dataclass(frozen=True, slots=True)
class Program:
    """A linear program: minimise cost @ x, lower <= x <= upper, row_lower <= matrix @ x <= row_upper.

    Quantities are in tonnes, money in IDR.

    Parameters
    ----------
    weight
        What a tonne of each column counts as need that goes unmet; 0 for whatever is none.
    rare
        Which columns few plans use: a solver need not be given them before they would pay.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    columns: Mapping[str, Block]
    rows: Mapping[str, Block]
    weight: Floats
    rare: Booleans

    def with_columns(self, ids: Integers) -> Program:
        """Return the program with some of its columns; its blocks of columns are told no more."""
        return replace(
            self,
            cost=self.cost[ids],
            lower=self.lower[ids],
            upper=self.upper[ids],
            weight=self.weight[ids],
            matrix=self.matrix[:, ids],
            rare=self.rare[ids],
            columns={},
        )

    def describe(self) -> pd.DataFrame:
        """Return the size and unit of each block of columns and rows."""
        parts = [("column", block) for block in self.columns.values()]
        parts += [("row", block) for block in self.rows.values()]
        data = [(kind, block.name, block.size, block.unit) for kind, block in parts]
        return pd.DataFrame(data, columns=["kind", "name", "size", "unit"])


class ProgramBuilder:
    """Collects blocks of columns and rows, then builds the program.

    Parameters
    ----------
    base
        A program to add to; None starts from nothing.
    """

    def __init__(self, base: Program | None = None) -> None:
        self._columns: dict[str, Block] = {}
        self._rows: dict[str, Block] = {}
        self._column_data: list[tuple[Array, ...]] = []
        self._row_data: list[tuple[Floats, Floats]] = []
        self._entries: list[tuple[Array, Array, Floats]] = []
        if base is not None:
            entries = base.matrix.tocoo()
            self._columns, self._rows = dict(base.columns), dict(base.rows)
            self._column_data = [(base.lower, base.upper, base.cost, base.weight, base.rare)]
            self._row_data = [(base.row_lower, base.row_upper)]
            self._entries = [(entries.row, entries.col, entries.data)]

    def columns(
        self,
        name: str,
        index: Mapping[str, Integers],
        *,
        upper: Number = np.inf,
        cost: Number = 0.0,
        weight: Number = 0.0,
        rare: Booleans | bool = False,
        unit: str = "t",
    ) -> Block:
        """Add a block of columns from 0 to `upper` and give it back."""
        block = self._block(self._columns, name, index, unit)
        parts = (0.0, upper, cost, weight)
        full = (np.broadcast_to(part, block.size).astype(float) for part in parts)
        self._column_data.append((*full, np.broadcast_to(rare, block.size)))
        return block

    def rows(
        self,
        name: str,
        index: Mapping[str, Integers],
        terms: Sequence[Term],
        *,
        lower: Number = -np.inf,
        upper: Number = np.inf,
        unit: str = "t",
    ) -> Block:
        """Add a block of rows, each the sum of its terms within its bounds, and give it back."""
        block = self._block(self._rows, name, index, unit)
        low, high = (np.broadcast_to(value, block.size).astype(float) for value in (lower, upper))
        self._row_data.append((low, high))
        for term in terms:
            row, column, coefficient = np.broadcast_arrays(*term)
            ids = (row + block.start).astype(np.int32), column.astype(np.int32)
            self._entries.append((*ids, coefficient.astype(float)))
        return block

    def build(self) -> Program:
        """Return the program, once; terms on the same row and column add up."""
        parts = zip(*self._column_data, strict=True)
        lower, upper, cost, weight, rare = (_joined(part) for part in parts)
        row_lower, row_upper = (_joined(part) for part in zip(*self._row_data, strict=True))
        row, column, value = (_joined(part) for part in zip(*self._entries, strict=True))
        self._entries.clear()  # as large as the matrix itself
        matrix = coo_array((value, (row, column)), shape=(len(row_lower), len(cost))).tocsr()
        matrix.eliminate_zeros()
        return Program(
            cost=cost,
            lower=lower,
            upper=upper,
            matrix=matrix,
            row_lower=row_lower,
            row_upper=row_upper,
            columns=self._columns,
            rows=self._rows,
            weight=weight,
            rare=rare,
        )

    @staticmethod
    def _block(
        blocks: dict[str, Block], name: str, index: Mapping[str, Integers], unit: str
    ) -> Block:
        size = len(next(iter(index.values())))
        start = sum(block.size for block in blocks.values())
        blocks[name] = Block(name, start, size, index, unit)
        return blocks[name]


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0)
