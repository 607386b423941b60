"""What is certain without a solver: shortages that no plan can avoid.

national   for every good:  opening + supply so far  <  need so far
late       for every cell:  nothing can have come yet, from anywhere, by the quickest way
narrow     for a province or a group of islands:  need so far - own supply so far  >  all ways into it so far
           ways through a port together carry no more than the port handles

Losses and the wishes of other provinces are left out: the true shortage can only be larger. A good that is made
from another is left out of the sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.analysis.infeasibility.extended_model import ExtendedModel
from planner.arrays import Booleans, Floats, Integers, positions
from planner.market.network import Network

NEVER = 10**6
"""A period that does not come."""
WORTH_TELLING = 0.5
"""Less than this is no finding, t."""


@dataclass(frozen=True, slots=True)
class CertainShortage:
    """A shortage that is certain.

    Parameters
    ----------
    kind
        "national", "late" or "narrow".
    place
        Code of the province or name of the group of islands; "" for the nation.
    commodity
        Code of the good; "" where several share a way.
    period
        Label: until when the shortage adds up; for "late" the first in which something can come, "" if none.
    tonnes
        What is certain to be missing at least.
    """

    kind: str
    place: str
    commodity: str
    period: str
    tonnes: float


def certain_shortages(model: ExtendedModel) -> list[CertainShortage]:
    """Return every shortage that is certain, national ones first."""
    made = _made(model)
    return [*_national(model, made), *_late(model, made), *_narrow(model, made)]


def _made(model: ExtendedModel) -> Booleans:
    """Return which goods are made from others."""
    recipes = model.scenario.tables["recipes"]
    return np.isin(model.balance.commodities, recipes["output"].to_numpy(dtype=str))


def _lacking(model: ExtendedModel, provinces: Booleans) -> Floats:
    """Return need so far less own supply so far of some provinces together, by (commodity, period)."""
    balance = model.balance
    own = (balance.produced + balance.importable - balance.need)[provinces].sum(0)
    lacking: Floats = -(balance.opening[provinces].sum(0)[:, None] + np.cumsum(own, axis=1))
    return lacking


def _national(model: ExtendedModel, made: Booleans) -> Iterator[CertainShortage]:
    balance = model.balance
    lacking = _lacking(model, np.ones(len(balance.provinces), dtype=bool))
    for k in np.flatnonzero((lacking.max(1) > WORTH_TELLING) & ~made):
        worst = int(lacking[k].argmax())
        yield CertainShortage(
            "national", "", balance.commodities[k], balance.periods[worst], float(lacking[k, worst])
        )


def _late(model: ExtendedModel, made: Booleans) -> Iterator[CertainShortage]:
    balance, periods = model.balance, np.arange(len(model.balance.periods))
    first = _first_there(model)
    early = periods < np.minimum(first, NEVER)[:, :, None]
    missing = np.where(early, balance.need, 0.0).sum(2)
    for p, k in np.argwhere((missing > WORTH_TELLING) & ~made):
        label = balance.periods[first[p, k]] if first[p, k] < len(periods) else ""
        place, good = balance.provinces[p], balance.commodities[k]
        yield CertainShortage("late", place, good, label, float(missing[p, k]))


def _first_there(model: ExtendedModel) -> Integers:
    """Return the first period in which a good can be in a province, by (province, commodity)."""
    balance, network = model.balance, model.network
    supply = balance.produced + balance.importable
    supply[:, :, 0] += balance.opening
    first = np.where((supply > 0).any(2), (supply > 0).argmax(2), NEVER)
    there = network.lane_destination, network.lane_commodity
    while True:
        arrival = first[network.lane_origin, network.lane_commodity] + network.lag
        sooner = first.copy()
        np.minimum.at(sooner, there, arrival)
        if (sooner == first).all():
            return first
        first = sooner


def _narrow(model: ExtendedModel, made: Booleans) -> Iterator[CertainShortage]:
    balance = model.balance
    told = np.zeros(len(balance.provinces), dtype=bool)
    for name, inside in _islands(model):
        if (told & inside).any():
            continue
        wanted = np.maximum(_lacking(model, inside), 0.0)[~made].sum(0)
        so_far = np.arange(1, len(balance.periods) + 1) * _ways_in(model.network, inside)
        missing = wanted - so_far
        worst = int(missing.argmax())
        if missing[worst] > WORTH_TELLING:
            told |= inside
            yield CertainShortage("narrow", name, "", balance.periods[worst], float(missing[worst]))


def _islands(model: ExtendedModel) -> Iterator[tuple[str, Booleans]]:
    """Return every province, then every group of islands that is more than one and less than all."""
    provinces = model.balance.provinces
    for i, province in enumerate(provinces):
        yield province, np.arange(len(provinces)) == i
    groups = model.scenario.tables["provinces"]["island_group"].to_numpy(dtype=str)
    for group in dict.fromkeys(groups):
        inside: Booleans = groups == group
        if group and 1 < inside.sum() < len(provinces):
            yield group, inside


def _ways_in(network: Network, inside: Booleans) -> float:
    """Return the most that can come into some provinces in a period, t; infinite where a way is not limited."""
    tonnes = np.zeros(len(network.mode))
    np.maximum.at(tonnes, network.lane_arc, 1 / network.space)
    arcs = np.flatnonzero(~inside[network.origin] & inside[network.destination] & (tonnes > 0))
    room = network.room[arcs] * tonnes[arcs]
    port = positions(network.ports, [network.destination_port[arc] for arc in arcs])
    landed = np.bincount(port[port >= 0], room[port >= 0], len(network.ports))
    return float(np.minimum(landed, network.throughput).sum() + room[port < 0].sum())
