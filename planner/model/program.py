"""The one place where columns, rows and terms become a sparse linear program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from planner.arrays import Array, Booleans, Floats, Integers
from planner.market.axes import Axes, sort_keys

type Number = float | Floats
type Term = tuple[Array, Array, Number]
"""Positions of the rows within their block, ids of the columns, coefficients."""


class Role(StrEnum):
    """What a block is in the model; whoever reads a program asks for the role and never for a list of names."""

    ACTIVITY = "activity"
    """Columns of what a plan does; what they cost is money."""
    UNMET = "unmet"
    """Columns of need that goes unmet, t; their cost is a penalty of the method."""
    STOCK_GAP = "stock_gap"
    """Columns of what is missing in a reserve or closing stock, t; their cost is a penalty of the method."""
    DISCARDED = "discarded"
    """Columns of what is given up, t; their cost is a penalty of the method."""
    SOFT = "soft"
    """Columns by which a soft limit is missed; the scenario gives their penalty in rupiah."""
    LIMIT = "limit"
    """Rows that bound a plan, and could give way."""
    GIVEN = "given"
    """Rows that are taken as given: identities, and targets that are soft anyway."""


METHOD_PENALTIES = frozenset({Role.UNMET, Role.STOCK_GAP, Role.DISCARDED})
"""Roles whose cost is a penalty of the method, in no price of the scenario."""
PENALTIES = METHOD_PENALTIES | {Role.SOFT}
"""Roles whose cost steers the plan and is paid by nobody."""


@dataclass(frozen=True)
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
    role
        What the block is in the model.
    part
        Part of the cost that its columns stand for, as in `costs.csv`; "" where they cost nothing, and for rows.
    axes
        Labels of the positions on each axis.
    """

    name: str
    start: int
    size: int
    index: Mapping[str, Integers]
    unit: str
    role: Role = Role.ACTIVITY
    part: str = ""
    axes: Axes = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def order(self) -> Integers:
        """Places of the entries, sorted by what they stand for: see `planner.market.axes`.

        Raises
        ------
        LookupError
            If nothing is known of an axis: the order of rows in a file must not stand in for it.
        """
        return np.lexsort(sort_keys(self.index, self.axes)[::-1])

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
    columns, rows
        Blocks by name; they cover all columns and rows, except where columns were picked out.
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

    def having(self, *roles: Role) -> Iterator[Block]:
        """Yield the blocks of columns that have one of these roles."""
        return (block for block in self.columns.values() if block.role in roles)

    def ranks(self) -> Integers:
        """Rank all columns, from 0: by family, then by what they stand for, whatever the order of rows in the files."""
        rank = np.empty(len(self.cost), dtype=np.int64)
        for block in self.columns.values():
            rank[block.start + block.order] = block.ids
        return rank

    def with_columns(self, ids: Integers) -> Program:
        """Return the program restricted to the given columns. Column blocks are dropped."""
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
    axes
        Labels of the positions on each axis; those of the base are known already.
    """

    def __init__(self, base: Program | None = None, axes: Axes | None = None) -> None:
        self._axes: Axes = axes or {}
        self._columns: dict[str, Block] = {}
        self._rows: dict[str, Block] = {}
        self._column_data: list[tuple[Array, ...]] = []
        self._row_data: list[tuple[Floats, Floats]] = []
        self._entries: list[tuple[Array, Array, Floats]] = []
        if base is not None:
            entries = base.matrix.tocoo()
            self._columns, self._rows = dict(base.columns), dict(base.rows)
            for block in base.columns.values():
                self._axes = {**self._axes, **block.axes}
            self._column_data = [(base.lower, base.upper, base.cost, base.weight, base.rare)]
            self._row_data = [(base.row_lower, base.row_upper)]
            self._entries = [(entries.row, entries.col, entries.data)]

    def columns(  # noqa: PLR0913 (all that a column is, each by name)
        self,
        name: str,
        index: Mapping[str, Integers],
        *,
        upper: Number = np.inf,
        cost: Number = 0.0,
        weight: Number = 0.0,
        rare: Booleans | bool = False,
        unit: str = "t",
        role: Role = Role.ACTIVITY,
        part: str = "",
    ) -> Block:
        """Add a block of columns from 0 to `upper` and return it.

        Raises
        ------
        ValueError
            If columns that cost something belong to no part of the cost.
        """
        if not part and np.any(cost):
            message = f"the columns {name} cost something: name the part of the cost they are"
            raise ValueError(message)
        start = _end(self._columns)
        block = Block(name, start, _size(index), index, unit, role, part, self._axes)
        self._columns[name] = block
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
        role: Role = Role.LIMIT,
    ) -> Block:
        """Add a block of rows, each the sum of its terms within its bounds, and return it."""
        start = _end(self._rows)
        block = Block(name, start, _size(index), index, unit, role, axes=self._axes)
        self._rows[name] = block
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


def _end(blocks: Mapping[str, Block]) -> int:
    """Return where the next block starts."""
    return sum(block.size for block in blocks.values())


def _size(index: Mapping[str, Integers]) -> int:
    return len(next(iter(index.values())))


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0)
