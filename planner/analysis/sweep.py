"""Follows every tonne of a plan through its nodes; the rule stands on top of `paths.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from planner.analysis.cargo import AT_HOME, Cargo, Entry, Node

USES = ("need", "closing", "in_transit", "discarded")
CRUMB = 1e-9
"""Less than this is left over by the arithmetic, t."""
TONNES, ORIGIN_T, BOUGHT, HELD, ROUND_FREIGHT, ROUND_HANDLING, LEGS = range(7)
"""Places in the amounts of goods; from `LEGS` on stand the tonnes that went into each step."""

type Amounts = list[float]
type Goods = tuple[Parcel, Amounts]
type Load = list[Goods]
type Order = Callable[[Goods], tuple[Any, ...]]


class Parcel(NamedTuple):
    """Goods that are alike: here since when, of households (0) or not (1), source, steps, start."""

    since: int
    household: int
    source: int
    steps: tuple[int, ...]
    start: Node


class End(NamedTuple):
    """A whole path as positions in the lists of the cargo."""

    start: Node
    source: int
    end: Node
    use: int
    steps: tuple[int, ...]


class Sweep:
    """Walks through the periods, and in each of them downstream from node to node."""

    def __init__(self, cargo: Cargo) -> None:
        self.cargo, self.periods = cargo, len(cargo.leaving)
        self.ended: dict[End, Amounts] = {}
        self._here: list[dict[Node, dict[Parcel, Amounts]]] = [
            defaultdict(dict) for _ in cargo.leaving
        ]
        self._need, self._discarded = cargo.served, cargo.terms["discarded"].copy()
        self._leaving = [{node: dict(out) for node, out in all_.items()} for all_ in cargo.leaving]
        self._stretch, self._survival = cargo.stretch, cargo.survival

    def enter(self, entry: Entry) -> None:
        """Put what enters into its node."""
        parcel = Parcel(entry.since, entry.household, entry.source, (), entry.node)
        amounts = [entry.tonnes, entry.origin_t, entry.idr, 0.0, 0.0, 0.0]
        self._put(entry.period, entry.node, parcel, amounts)

    def follow(self, period: int) -> None:
        """Pass on all goods of a period; in a ring of lanes some come by again and again."""
        here, steps = self._here[period], self.cargo.steps
        ways = {
            node: [steps[i].end for i in out if not steps[i].lag]
            for node, out in self._leaving[period].items()
        }
        order = _downstream({*here, *ways}.union(*ways.values()), ways)
        while here:
            for node in order:
                if node in here:
                    self._serve(period, node, list(here.pop(node).items()))

    def _serve(self, period: int, node: Node, load: Load) -> None:
        """Give out what is at a node, use by use in the order of the rule."""
        own_first, passing_first = _orders(node[0])
        cell = (*node, period)
        for use, wanted, order in (
            ("need", self._need, own_first),
            ("discarded", self._discarded, _oldest_first),
        ):
            taken, load = _take(load, float(wanted[cell]), order)
            for parcel, amounts in taken:
                wanted[cell] -= amounts[TONNES]
                self._end(parcel, amounts, node, use)
        leaving = self._leaving[period].get(node, {})
        orders = (_oldest_first, _free_first, passing_first)
        for step in leaving:
            taken, load = _take(load, leaving[step], orders[self.cargo.steps[step].kind])
            for parcel, amounts in taken:
                leaving[step] -= amounts[TONNES]
                self._move(parcel, amounts, step, period)
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

    def _move(self, parcel: Parcel, amounts: Amounts, number: int, period: int) -> None:
        """Carry goods or process them; of cargo a share is a period later than the rest."""
        step = self.cargo.steps[number]
        steps = (*parcel.steps, number)
        steps, amounts = self._shortened(parcel.start, steps, [*amounts, amounts[TONNES]])
        for delay, share in ((0, 1 - step.late), (1, step.late)):
            if share > 0:
                part = [share * amount for amount in amounts]
                part[TONNES] *= step.share
                arrival = period + step.lag + delay
                moved = Parcel(arrival, 1, parcel.source, steps, parcel.start)
                if step.kind == AT_HOME:
                    moved = parcel._replace(steps=steps)
                if arrival < self.periods:
                    self._put(arrival, step.end, moved, part)
                else:
                    self._end(moved, part, step.end, "in_transit")

    def _shortened(
        self, start: Node, steps: tuple[int, ...], amounts: Amounts
    ) -> tuple[tuple[int, ...], Amounts]:
        """Cut a way where it comes back to a node: that was a round trip, its cost is kept."""
        visited = [start, *(self.cargo.steps[step].end for step in steps)]
        first = visited.index(visited[-1])
        for number, tonnes in zip(steps[first:], amounts[LEGS + first :], strict=True):
            amounts[ROUND_FREIGHT] += tonnes * self.cargo.steps[number].freight
            amounts[ROUND_HANDLING] += tonnes * self.cargo.steps[number].handling
        return steps[:first], amounts[: LEGS + first]

    def _put(self, period: int, node: Node, parcel: Parcel, amounts: Amounts) -> None:
        amounts[TONNES] *= float(self._stretch[(*node, period)])
        _add(self._here[period][node], parcel, amounts)

    def _end(self, parcel: Parcel, amounts: Amounts, node: Node, use: str) -> None:
        end = End(parcel.start, parcel.source, node, USES.index(use), parcel.steps)
        _add(self.ended, end, amounts)


def _add[Key](sums: dict[Key, Amounts], key: Key, amounts: Amounts) -> None:
    before = sums.get(key)
    sums[key] = [a + b for a, b in zip(before, amounts, strict=True)] if before else amounts


def _orders(place: int) -> tuple[Order, Order]:
    """Give the orders in which a province eats, and sends away, its own goods and those of others."""

    def own_first(goods: Goods) -> tuple[Any, ...]:
        return goods[0].start[0] != place, goods[0]

    def passing_first(goods: Goods) -> tuple[Any, ...]:
        return not goods[0].household, goods[0].start[0] == place, goods[0]

    return own_first, passing_first


def _oldest_first(goods: Goods) -> tuple[Any, ...]:
    return goods[0]


def _free_first(goods: Goods) -> tuple[Any, ...]:
    return not goods[0].household, goods[0]


def _take(load: Load, wanted: float, order: Order) -> tuple[Load, Load]:
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
