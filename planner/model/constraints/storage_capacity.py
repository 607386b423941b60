"""Room in the stores of a province."""

import numpy as np

from planner.market.market import Market
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def storage(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Stocks of all commodities together fit into the stores of a province.

    sum over commodities of  stock[t]  <=  storage                for every limited province and period

    Dual: what one more tonne of room would save (IDR/t); reported with its sign reversed as the
    congestion rent.
    """
    limited = np.flatnonzero(np.isfinite(inputs.storage))
    row_of = np.full(len(inputs.storage), -1)
    row_of[limited] = np.arange(len(limited)) * inputs.periods
    stock = columns.stock
    row = row_of[stock.index["province"]]
    there = row >= 0
    program.rows(
        "storage",
        {
            "province": np.repeat(limited, inputs.periods),
            "period": np.tile(np.arange(inputs.periods), len(limited)),
        },
        terms=[(row[there] + stock.index["period"][there], stock.ids[there], 1.0)],
        upper=np.repeat(inputs.storage[limited], inputs.periods),
    )
