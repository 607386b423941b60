"""What must be left at the end."""

import numpy as np

from planner.arrays import Array
from planner.model.inputs import Inputs
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def closing(program: ProgramBuilder, inputs: Inputs, columns: Columns) -> None:
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
    lane = flow.index["lane"]
    flow_row = row_of[network.lane_destination[lane], network.lane_commodity[lane]]
    on_the_way = (1 - network.loss[lane]) * _still_travelling(inputs, columns)
    travelling = (flow_row >= 0) & (on_the_way > 0)
    program.rows(
        "closing",
        gap.index,
        terms=[
            (stock_row[kept], stock.ids[kept], 1.0),
            (flow_row[travelling], flow.ids[travelling], on_the_way[travelling]),
            (np.arange(gap.size), gap.ids, 1.0),
        ],
        lower=inputs.balance.closing_target[gap.index["province"], gap.index["commodity"]],
    )


def _still_travelling(inputs: Inputs, columns: Columns) -> Array:
    """Give the share of each flow that arrives after the last period."""
    lane, period = columns.flow.index["lane"], columns.flow.index["period"]
    left = inputs.periods - 1 - period - inputs.network.lag[lane]
    late = inputs.network.late[lane]
    return np.where(left < 0, 1.0, np.where(left == 0, late, 0.0))
