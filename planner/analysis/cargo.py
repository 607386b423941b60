"""What a plan moves through its nodes, in the order of codes: no row order of a file matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.arrays import Floats
from planner.solution import Solution

type Node = tuple[int, int]
"""Positions of a province and a commodity, in the order of their codes."""
type Departures = dict[Node, list[tuple[int, float]]]
"""Lanes that leave a node, as positions among the lanes of the cargo, and what they carry, t."""

SOURCES = ("opening", "production", "import")


class Lane(NamedTuple):
    """A lane that carries cargo: its ends, mode and service, IDR/t, share that arrives, periods."""

    commodity: int
    origin: int
    destination: int
    way: str
    freight: float
    handling: float
    arriving: float
    lag: int
    late: float


class Entry(NamedTuple):
    """Goods that enter a node: since when, of households (0) or not (1), source; t and IDR."""

    period: int
    node: Node
    since: int
    household: int
    source: int
    origin_t: float
    tonnes: float
    idr: float


@dataclass(frozen=True, slots=True)
class Cargo:
    """The quantities of a plan; arrays are (province, commodity, period), in the order of codes.

    Parameters
    ----------
    provinces, commodities
        Codes, sorted.
    lanes
        The lanes that carry cargo, sorted by commodity, origin, destination, mode and service.
    sent
        What leaves each node, by period.
    terms
        Terms of the balance rows by name, as in `nodes.csv`, t.
    household
        Part of the opening stock that sits in households, t, by province and commodity.
    paid
        What supply, imports and stock at the end of the period cost, IDR, by the name of their columns.
    """

    provinces: list[str]
    commodities: list[str]
    lanes: list[Lane]
    sent: list[Departures]
    terms: Mapping[str, Floats]
    household: Floats
    paid: Mapping[str, Floats]

    @property
    def served(self) -> Floats:
        """Need met, t."""
        return self.terms["need"] - self.terms["unmet"]

    @property
    def survival(self) -> Floats:
        """Share of the stock of the period before that is left."""
        opening, spoilt = self.terms["opening"], self.terms["spoilt"]
        return 1 - np.divide(spoilt, opening, out=np.zeros_like(opening), where=opening > 0)

    @property
    def stretch(self) -> Floats:
        """What goes out of a node over what comes in: 1, but for the last digits of a solver."""
        terms = self.terms
        coming = terms["opening"] - terms["spoilt"] + terms["supplied"]
        coming = coming + terms["imported"] + terms["received"]
        going = self.served + terms["discarded"] + terms["sent"] + terms["closing"]
        both = (coming > 0) & (going > 0)
        return np.divide(going, coming, out=np.ones_like(going), where=both)

    def entries(self) -> Iterator[Entry]:
        """Yield opening stock, supply and imports."""
        opening, left = self.terms["opening"][:, :, 0], self.survival[:, :, 0]
        for p, k in np.argwhere(opening > 0).tolist():
            parts = self.household[p, k], opening[p, k] - self.household[p, k]
            for household, tonnes in enumerate(parts):
                if tonnes > 0:
                    yield Entry(0, (p, k), -1, household, 0, tonnes, tonnes * left[p, k], 0.0)
        for source, name in ((1, "supplied"), (2, "imported")):
            tonnes, paid = self.terms[name], self.paid[name]
            for p, k, t in np.argwhere(tonnes > 0).tolist():
                entered = tonnes[p, k, t]
                yield Entry(t, (p, k), t, 1, source, entered, entered, paid[p, k, t])


def cargo_of(solution: Solution) -> Cargo:
    """Collect what a plan moves."""
    balance, nodes = solution.balance, solution.nodes()
    sort = np.ix_(np.argsort(balance.provinces), np.argsort(balance.commodities))
    lanes, sent = _sent(solution)
    return Cargo(
        provinces=sorted(balance.provinces),
        commodities=sorted(balance.commodities),
        lanes=lanes,
        sent=sent,
        terms={
            str(name): nodes[name].to_numpy().reshape(balance.need.shape)
            for name in nodes.columns[3:]
        },
        household=(balance.local_share * balance.opening)[sort],
        paid={name: _paid(solution, name)[sort] for name in ("supplied", "imported", "stock")},
    )


def _paid(solution: Solution, name: str) -> Floats:
    """Give what a block of columns costs, IDR, by province, commodity and period."""
    block, cube = solution.column(name), np.zeros(solution.balance.need.shape)
    cells = tuple(block.index[axis] for axis in ("province", "commodity", "period"))
    np.add.at(cube, cells, solution.value(name) * solution.program.cost[block.span])
    return cube


def _sent(solution: Solution) -> tuple[list[Lane], list[Departures]]:
    """Give the lanes that carry cargo, and what leaves each node on them, by period."""
    index, tonnes = solution.column("flow").index, solution.value("flow")
    moved = np.flatnonzero(tonnes)
    lane, period = index["lane"][moved], index["period"][moved]
    known = _lanes(solution, sorted(set(lane.tolist())))
    order = sorted(known, key=known.__getitem__)
    rank = {position: number for number, position in enumerate(order)}
    sent: list[Departures] = [defaultdict(list) for _ in solution.balance.periods]
    carried = zip(lane.tolist(), period.tolist(), tonnes[moved].tolist(), strict=True)
    for position, when, load in sorted((rank[i], t, load) for i, t, load in carried):
        start = known[order[position]]
        sent[when][start.origin, start.commodity].append((position, load))
    return [known[position] for position in order], sent


def _lanes(solution: Solution, chosen: list[int]) -> dict[int, Lane]:
    """Describe lanes, by their position in the network."""
    network, balance = solution.network, solution.balance
    place, good = (
        np.argsort(np.argsort(codes)) for codes in (balance.provinces, balance.commodities)
    )
    handling = np.minimum(network.handling, network.freight)
    arc = network.lane_arc[chosen]
    ways = ["/".join(filter(None, (network.mode[a], network.service[a]))) for a in arc]
    columns = (
        good[network.lane_commodity[chosen]].tolist(),
        place[network.origin[arc]].tolist(),
        place[network.destination[arc]].tolist(),
        ways,
        (network.freight - handling)[chosen].tolist(),
        handling[chosen].tolist(),
        (1 - network.loss)[chosen].tolist(),
        network.lag[chosen].tolist(),
        network.late[chosen].tolist(),
    )
    return dict(zip(chosen, map(Lane, *columns), strict=True))
