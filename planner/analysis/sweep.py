"""Follows every tonne of a plan through its nodes; the rule stands on top of `paths.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from planner.analysis.cargo import Cargo, Entry, Node

USES = ("need", "closing", "in_transit", "discarded")
CRUMB = 1e-9
"""Less than this is left over by the arithmetic, t."""
TONNES, ORIGIN_T, BOUGHT, HELD, ROUND_FREIGHT, ROUND_HANDLING, LEGS = range(7)
"""Places in the amounts of goods; from `LEGS` on stand the tonnes dispatched on each leg."""

type Amounts = list[float]
type Load = list[tuple[Parcel, Amounts]]


class Parcel(NamedTuple):
    """Goods that are alike: here since when, of households (0) or not (1), source, lanes, origin."""

    since: int
    household: int
    source: int
    legs: tuple[int, ...]
    origin: int


class End(NamedTuple):
    """A whole path as positions in the lists of the cargo."""

    commodity: int
    origin: int
    source: int
    destination: int
    use: int
    legs: tuple[int, ...]


class Sweep:
    """Walks through the periods, and in each of them downstream from node to node."""

    def __init__(self, cargo: Cargo) -> None:
        self.cargo, self.periods = cargo, len(cargo.sent)
        self.ended: dict[End, Amounts] = {}
        self._here: list[dict[Node, dict[Parcel, Amounts]]] = [
            defaultdict(dict) for _ in cargo.sent
        ]
        self._need, self._discarded = cargo.served, cargo.terms["discarded"].copy()
        self._sent = [{node: dict(out) for node, out in sent.items()} for sent in cargo.sent]
        self._stretch, self._survival = cargo.stretch, cargo.survival

    def enter(self, entry: Entry) -> None:
        """Put what enters into its node."""
        parcel = Parcel(entry.since, entry.household, entry.source, (), entry.node[0])
        amounts = [entry.tonnes, entry.origin_t, entry.idr, 0.0, 0.0, 0.0]
        self._put(entry.period, entry.node, parcel, amounts)

    def follow(self, period: int) -> None:
        """Pass on all goods of a period; in a ring of lanes some come by again and again."""
        here, lanes = self._here[period], self.cargo.lanes
        ways = {
            (place, good): [(lanes[i].destination, good) for i in out if not lanes[i].lag]
            for (place, good), out in self._sent[period].items()
        }
        order = _downstream({*here, *ways}.union(*ways.values()), ways)
        while here:
            for node in order:
                if node in here:
                    self._serve(period, node, list(here.pop(node).items()))

    def _serve(self, period: int, node: Node, load: Load) -> None:
        for use, wanted, order in (
            ("need", self._need, _own_first),
            ("discarded", self._discarded, _oldest_first),
        ):
            taken, load = _take(load, float(wanted[(*node, period)]), order)
            for parcel, amounts in taken:
                wanted[(*node, period)] -= amounts[TONNES]
                self._end(parcel, amounts, node, use)
        leaving = self._sent[period].get(node, {})
        for lane in leaving:
            taken, load = _take(load, leaving[lane], _passing_first)
            for parcel, amounts in taken:
                leaving[lane] -= amounts[TONNES]
                self._dispatch(parcel, amounts, lane, period)
        self._store(period, node, load)

    def _store(self, period: int, node: Node, load: Load) -> None:
        """Keep what is left for the next period, or for those who come after the last."""
        cell = (*node, period)
        stock = float(self.cargo.terms["closing"][cell])
        rate = float(self.cargo.paid["stock"][cell]) / stock if stock else 0.0
        for parcel, amounts in load:
            amounts[HELD] += rate * amounts[TONNES]
            if period + 1 == self.periods:
                self._end(parcel, amounts, node, "closing")
            else:
                amounts[TONNES] *= float(self._survival[(*node, period + 1)])
                self._put(period + 1, node, parcel, amounts)

    def _dispatch(self, parcel: Parcel, amounts: Amounts, lane: int, period: int) -> None:
        """Send goods on their way; a share of them is a period later than the others."""
        way = self.cargo.lanes[lane]
        legs, amounts = self._shortened(parcel, (*parcel.legs, lane), [*amounts, amounts[TONNES]])
        for delay, share in ((0, 1 - way.late), (1, way.late)):
            if share > 0:
                part = [share * amount for amount in amounts]
                part[TONNES] *= way.arriving
                arrival, node = period + way.lag + delay, (way.destination, way.commodity)
                arrived = Parcel(arrival, 1, parcel.source, legs, parcel.origin)
                if arrival < self.periods:
                    self._put(arrival, node, arrived, part)
                else:
                    self._end(arrived, part, node, "in_transit")

    def _shortened(
        self, parcel: Parcel, legs: tuple[int, ...], amounts: Amounts
    ) -> tuple[tuple[int, ...], Amounts]:
        """Cut a way where it comes back to a province: that was a round trip, its cost is kept."""
        lanes = self.cargo.lanes
        visited = [parcel.origin, *(lanes[leg].destination for leg in legs)]
        start = visited.index(visited[-1])
        for leg, tonnes in zip(legs[start:], amounts[LEGS + start :], strict=True):
            amounts[ROUND_FREIGHT] += tonnes * lanes[leg].freight
            amounts[ROUND_HANDLING] += tonnes * lanes[leg].handling
        return legs[:start], amounts[: LEGS + start]

    def _put(self, period: int, node: Node, parcel: Parcel, amounts: Amounts) -> None:
        amounts[TONNES] *= float(self._stretch[(*node, period)])
        _add(self._here[period][node], parcel, amounts)

    def _end(self, parcel: Parcel, amounts: Amounts, node: Node, use: str) -> None:
        place, good = node
        end = End(good, parcel.origin, parcel.source, place, USES.index(use), parcel.legs)
        _add(self.ended, end, amounts)


def _add[Key](sums: dict[Key, Amounts], key: Key, amounts: Amounts) -> None:
    before = sums.get(key)
    sums[key] = [a + b for a, b in zip(before, amounts, strict=True)] if before else amounts


def _own_first(goods: tuple[Parcel, Amounts]) -> tuple[Any, ...]:
    return bool(goods[0].legs), goods[0]


def _oldest_first(goods: tuple[Parcel, Amounts]) -> tuple[Any, ...]:
    return goods[0]


def _passing_first(goods: tuple[Parcel, Amounts]) -> tuple[Any, ...]:
    return not goods[0].household, not goods[0].legs, goods[0]


def _take(
    load: Load, wanted: float, order: Callable[[tuple[Parcel, Amounts]], tuple[Any, ...]]
) -> tuple[Load, Load]:
    """Take so many tonnes in an order; give what is taken and what is left."""
    taken: Load = []
    left: Load = []
    for parcel, amounts in sorted(load, key=order):
        tonnes = amounts[TONNES]
        if min(wanted, tonnes) <= CRUMB:
            left.append((parcel, amounts))
        elif tonnes <= wanted + CRUMB:
            taken.append((parcel, amounts))
            wanted -= tonnes
        else:
            share = wanted / tonnes
            taken.append((parcel, [share * amount for amount in amounts]))
            left.append((parcel, [(1 - share) * amount for amount in amounts]))
            wanted = 0.0
    return taken, left


def _downstream(nodes: Collection[Node], ways: Mapping[Node, Collection[Node]]) -> list[Node]:
    """Order nodes so that each comes behind those that send to it; a ring begins at its least."""
    senders = dict.fromkeys(nodes, 0)
    for ends in ways.values():
        for end in ends:
            senders[end] += 1
    ready = [node for node in nodes if not senders[node]]
    heapify(ready)
    left, order = set(nodes), []
    while left:
        node = heappop(ready) if ready else min(left)
        left.remove(node)
        order.append(node)
        for end in ways.get(node, ()):
            senders[end] -= 1
            if not senders[end] and end in left:
                heappush(ready, end)
    return order
