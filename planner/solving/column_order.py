"""The rank of every column by what it stands for, whatever the order of the rows in the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from planner.arrays import Array, Integers
from planner.market.balance import Balance
from planner.market.network import Network
from planner.model import Block, Program


def column_ranks(program: Program, balance: Balance, network: Network) -> Integers:
    """Rank all columns: by family, then by commodity, period, place, and for a lane its way.

    Returns
    -------
    The rank of each column, counted from 0.
    """
    rank = np.empty(len(program.cost), dtype=np.int64)
    for block in program.columns.values():
        keys = list(_keys(block, balance, network))
        order = np.lexsort(keys[::-1]) if keys else np.arange(block.size)
        rank[block.start + order] = block.ids
    return rank


def _keys(block: Block, balance: Balance, network: Network) -> Iterator[Array]:
    """Yield what a family is sorted by, the weightiest first."""
    index = dict(block.index)
    if "lane" in index:
        lane = index.pop("lane")
        index["commodity"] = network.lane_commodity[lane]
    labels = {
        "commodity": balance.commodities,
        "period": balance.periods,
        "province": balance.provinces,
        "port": network.ports,
    }
    for axis, names in labels.items():
        if axis in index:
            yield _alphabetical(names)[index.pop(axis)]
    yield from index.values()  # the other axes count in the order of names already
    if "lane" in block.index:
        yield from (way[lane] for way in _way(balance, network))


def _way(balance: Balance, network: Network) -> Iterator[Array]:
    """Yield origin, destination, mode, service, ports and freight of each lane."""
    place, arc = _alphabetical(balance.provinces), network.lane_arc
    yield place[network.lane_origin]
    yield place[network.lane_destination]
    ways = (network.mode, network.service, network.origin_port, network.destination_port)
    yield from (_alphabetical(names)[arc] for names in ways)
    yield network.freight


def _alphabetical(names: Sequence[str]) -> Integers:
    """Return the place of each name in the alphabet of names."""
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1]
