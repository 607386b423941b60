"""Public reserves."""

import numpy as np

from planner.market.market import Market
from planner.model.constraints.terms import cell_of
from planner.model.program import ProgramBuilder, Role
from planner.model.variables import Columns


def reserve(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """A public reserve lies in store in every period, unless it would leave people without.

    stock[t] + reserve_gap[t]  >=  reserve                        where there is a reserve

    Dual: what one tonne of reserve costs (IDR/t).
    """
    gap = columns.reserve_gap
    held = inputs.balance.reserve[gap.index["province"], gap.index["commodity"]]
    rows, stock = np.arange(gap.size), columns.stock
    row_of = np.full(int(np.prod(inputs.shape)), -1)
    row_of[cell_of(inputs, gap)] = rows
    row = row_of[cell_of(inputs, stock)]
    program.rows(
        "reserve",
        gap.index,
        terms=[(row[row >= 0], stock.ids[row >= 0], 1.0), (rows, gap.ids, 1.0)],
        lower=held,
        role=Role.GIVEN,
    )
