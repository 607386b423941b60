"""Public reserves."""

import numpy as np

from planner.arrays import Array
from planner.model.constraints.terms import cell_of
from planner.model.inputs import Inputs
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def reserve(program: ProgramBuilder, inputs: Inputs, columns: Columns) -> None:
    """A public reserve lies in store in every period, unless it would leave people without.

    stock[t] + reserve_gap[t]  >=  reserve                        where there is a reserve

    Dual: what one tonne of reserve costs (IDR/t).
    """
    gap = columns.reserve_gap
    held = inputs.balance.reserve[gap.index["province"], gap.index["commodity"]]
    stock = _stock_at(inputs, columns, cell_of(inputs, gap))
    rows = np.arange(gap.size)
    program.rows(
        "reserve",
        gap.index,
        terms=[(rows[stock >= 0], stock[stock >= 0], 1.0), (rows, gap.ids, 1.0)],
        lower=held,
    )


def _stock_at(inputs: Inputs, columns: Columns, cells: Array) -> Array:
    """Give the stock column of each cell, -1 where the commodity cannot be stored."""
    column_of = np.full(int(np.prod(inputs.shape)), -1)
    column_of[cell_of(inputs, columns.stock)] = columns.stock.ids
    return column_of[cells]
