"""What must be left at the end."""

import numpy as np

from planner.market.market import Market
from planner.model.constraints.terms import still_travelling
from planner.model.program import ProgramBuilder, Role
from planner.model.variables import Columns


def closing(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """The end of the horizon is not the end of the world: a stock is left for those who come after.

    stock[T] + in transit at the end + closing_gap  >=  closing   where a closing stock is wanted

    Dual: what one tonne of closing stock costs (IDR/t).
    """
    gap, flow, network = columns.closing_gap, columns.flow, inputs.network
    row_of = np.full(inputs.shape[:2], -1)
    row_of[gap.index["province"], gap.index["commodity"]] = np.arange(gap.size)
    last = inputs.periods - 1
    stock = columns.stock
    final = stock.index["period"] == last
    stock_row = row_of[stock.index["province"], stock.index["commodity"]]
    kept = final & (stock_row >= 0)
    on_the_way = still_travelling(inputs, flow)
    lane = flow.index["lane"][on_the_way.flow]
    flow_row = row_of[network.lane_destination[lane], network.lane_commodity[lane]]
    wanted = flow_row >= 0
    program.rows(
        "closing",
        gap.index,
        terms=[
            (stock_row[kept], stock.ids[kept], 1.0),
            (flow_row[wanted], flow.ids[on_the_way.flow][wanted], on_the_way.share[wanted]),
            (np.arange(gap.size), gap.ids, 1.0),
        ],
        lower=inputs.balance.closing_target[gap.index["province"], gap.index["commodity"]],
        role=Role.GIVEN,
    )
