"""Terms that several families share: which cell a column belongs to, and when a flow arrives."""

from __future__ import annotations

import numpy as np

from planner.arrays import Floats, Integers
from planner.model.inputs import Inputs
from planner.model.program import Block


def cell(inputs: Inputs, province: Integers, commodity: Integers, period: Integers) -> Integers:
    """Give the position of (province, commodity, period) among all cells."""
    _, goods, periods = inputs.shape
    return (province * goods + commodity) * periods + period


def all_cells(inputs: Inputs) -> dict[str, Integers]:
    """Give the index of a block with one entry for every cell."""
    province, commodity, period = (axis.ravel() for axis in np.indices(inputs.shape))
    return {"province": province, "commodity": commodity, "period": period}


def cell_of(inputs: Inputs, block: Block) -> Integers:
    """Give the cell of each column of a block indexed by province, commodity and period."""
    index = block.index
    return cell(inputs, index["province"], index["commodity"], index["period"])


def departures(inputs: Inputs, flow: Block) -> Integers:
    """Give the cell that each flow leaves."""
    lane, network = flow.index["lane"], inputs.network
    return cell(
        inputs, network.lane_origin[lane], network.lane_commodity[lane], flow.index["period"]
    )


def arrivals(inputs: Inputs, flow: Block) -> tuple[Integers, Integers, Integers, Floats]:
    """Give lane, period of arrival, column and received share of every arrival within the horizon.

    A tonne dispatched in t on a lane with lag n and late share f brings (1 - loss) (1 - f) tonnes in
    t + n and (1 - loss) f tonnes in t + n + 1.
    """
    network = inputs.network
    lane, period = flow.index["lane"], flow.index["period"]
    received = 1 - network.loss[lane]
    parts = []
    for delay, share in ((0, 1 - network.late[lane]), (1, network.late[lane])):
        arrival = period + network.lag[lane] + delay
        inside = (arrival < inputs.periods) & (share > 0)
        parts.append((lane[inside], arrival[inside], flow.ids[inside], (received * share)[inside]))
    filled = [part for part in parts if len(part[0])] or parts[:1]
    if len(filled) == 1:
        return filled[0]
    where, when, column, share = (np.concatenate(each) for each in zip(*filled, strict=True))
    return where, when, column, share


def made_cells(inputs: Inputs, processed: Block) -> tuple[Integers, Integers, Floats]:
    """Give cell of the output, column and yield of everything processed."""
    index = processed.index
    where = cell(inputs, index["province"], index["output"], index["period"])
    return where, processed.ids, inputs.recipes.yields[index["recipe"]]


def arrival_cells(inputs: Inputs, flow: Block) -> tuple[Integers, Integers, Floats]:
    """Give cell, column and received share of every arrival within the horizon."""
    lane, period, column, share = arrivals(inputs, flow)
    network = inputs.network
    where = cell(inputs, network.lane_destination[lane], network.lane_commodity[lane], period)
    return where, column, share
