"""Terms that several families share: which cell a column belongs to, and when a flow arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.arrays import Floats, Integers
from planner.market.market import Market
from planner.model.program import Block, Number, Term


@dataclass(frozen=True, slots=True)
class LimitRows:
    """One row for each position on an axis that has a limit, and for each period.

    Parameters
    ----------
    index
        Position and period of each row.
    limit
        Bound of each row.
    first
        Row of the first period of each position, -1 where it has no limit, and -1 for the position -1.
    """

    index: dict[str, Integers]
    limit: Floats
    first: Integers

    @classmethod
    def over(cls, axis: str, limit: Floats, periods: int) -> LimitRows:
        """Build the rows over an axis; a limit is infinite where there is none."""
        limited = np.flatnonzero(np.isfinite(limit))
        first = np.full(len(limit) + 1, -1)
        first[limited] = np.arange(len(limited)) * periods
        period = np.tile(np.arange(periods), len(limited))
        index = {axis: np.repeat(limited, periods), "period": period}
        return cls(index, np.repeat(limit[limited], periods), first)

    def term(
        self, position: Integers, period: Integers, ids: Integers, value: Number = 1.0
    ) -> Term:
        """Return what columns take of the limits of their positions; those without a limit are left out."""
        first = self.first[position]
        there = first >= 0
        taken = np.broadcast_to(value, there.shape)
        return (first + period)[there], ids[there], taken[there]


def cell(inputs: Market, province: Integers, commodity: Integers, period: Integers) -> Integers:
    """Return the position of (province, commodity, period) among all cells."""
    _, goods, periods = inputs.shape
    return (province * goods + commodity) * periods + period


def all_cells(inputs: Market) -> dict[str, Integers]:
    """Return the index of a block with one entry for every cell."""
    province, commodity, period = (axis.ravel() for axis in np.indices(inputs.shape))
    return {"province": province, "commodity": commodity, "period": period}


def cell_of(inputs: Market, block: Block) -> Integers:
    """Return the cell of each column of a block indexed by province, commodity and period."""
    index = block.index
    return cell(inputs, index["province"], index["commodity"], index["period"])


def departures(inputs: Market, flow: Block) -> Integers:
    """Return the cell that each flow leaves."""
    lane, network = flow.index["lane"], inputs.network
    return cell(
        inputs, network.lane_origin[lane], network.lane_commodity[lane], flow.index["period"]
    )


class Arrivals(NamedTuple):
    """What arrives: place of the flow in its block, when, at which age, and which share of it."""

    flow: Integers
    period: Integers
    age: Integers
    share: Floats


def arrivals(inputs: Market, flow: Block) -> Arrivals:
    """Return every arrival within the horizon.

    A tonne dispatched in t on a lane with lag n and late share f brings (1 - loss) (1 - f) tonnes in
    t + n and (1 - loss) f tonnes in t + n + 1, unless it is spoilt by then.
    """
    return _arrivals(inputs, flow, after=False)


def still_travelling(inputs: Market, flow: Block) -> Arrivals:
    """Return every arrival behind the horizon."""
    return _arrivals(inputs, flow, after=True)


def _arrivals(inputs: Market, flow: Block, *, after: bool) -> Arrivals:
    index, parts = flow.index, []
    for delay, share in inputs.network.arriving(index["lane"], index["age"]):
        arrival = index["period"] + delay
        there = np.flatnonzero((share > 0) & ((arrival >= inputs.periods) == after))
        age = (index["age"] + delay)[there]
        parts.append(Arrivals(there, arrival[there], age, share[there]))
    filled = [part for part in parts if len(part.flow)] or parts[:1]
    if len(filled) == 1:
        return filled[0]
    return Arrivals(*(np.concatenate(each) for each in zip(*filled, strict=True)))


def made_cells(inputs: Market, processed: Block) -> tuple[Integers, Integers, Floats]:
    """Return cell of the output, column and yield of everything processed."""
    index = processed.index
    where = cell(inputs, index["province"], index["output"], index["period"])
    return where, processed.ids, inputs.recipes.yields[index["recipe"]]


def arrival_cells(inputs: Market, flow: Block) -> tuple[Integers, Integers, Floats]:
    """Return cell, column and received share of every arrival within the horizon."""
    arriving = arrivals(inputs, flow)
    return destinations(inputs, flow, arriving), flow.ids[arriving.flow], arriving.share


def destinations(inputs: Market, flow: Block, arriving: Arrivals) -> Integers:
    """Return the cell in which each arrival comes in."""
    network, lane = inputs.network, flow.index["lane"][arriving.flow]
    place = network.lane_destination[lane], network.lane_commodity[lane]
    return cell(inputs, *place, arriving.period)
