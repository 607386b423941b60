"""Follows every tonne of a plan through its nodes; the rule stands on top of `paths.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, MutableSequence
from functools import partial
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

import numpy as np

from planner.analysis.supply_paths.flow_graph import AT_HOME, LANE, Entry, FlowGraph, Node, Step
from planner.solution.solution import LEAST_TONNES

USES = ("need", "closing", "in_transit", "discarded")
CRUMB = 1e-9
"""Less than this is left over by the arithmetic, t."""
SLIP = 20 * LEAST_TONNES
"""Up to so many tonnes may be missing at one age, where the plan's least tonnes were left away."""
TONNES, ORIGIN_T, BOUGHT, HELD, ROUND_FREIGHT, ROUND_HANDLING, LEGS = range(7)
"""Places in the amounts of goods; from `LEGS` on stand the tonnes that went into each step."""

type Amounts = list[float]
type Goods = tuple[Parcel, Amounts]
type Load = list[Goods]
type Order = Callable[[Goods], tuple[Any, ...]]
type Room = MutableSequence[float]
"""What may still be taken of goods of each age, t."""


class Parcel(NamedTuple):
    """Goods that are alike: here since when, of households (0) or not (1), source, steps, start, born when.

    Goods that last to the end are all born in period 0.
    """

    since: int
    household: int
    source: int
    steps: tuple[int, ...]
    start: Node
    born: int


class TracedPath(NamedTuple):
    """A whole path as positions in the lists of the cargo."""

    start: Node
    source: int
    end: Node
    use: int
    steps: tuple[int, ...]


class Tracing:
    """Walks through the periods, and in each of them downstream from node to node."""

    def __init__(self, cargo: FlowGraph) -> None:
        self.cargo, self.periods = cargo, len(cargo.leaving)
        self.ended: dict[TracedPath, Amounts] = {}
        self._here: list[dict[Node, dict[Parcel, Amounts]]] = [
            defaultdict(dict) for _ in cargo.leaving
        ]
        self._need, self._discarded = cargo.served, cargo.terms["discarded"].copy()
        self._leaving = [{node: dict(out) for node, out in all_.items()} for all_ in cargo.leaving]
        self._stretch, self._survival = cargo.stretch, cargo.survival
        self._spoils = np.isfinite(cargo.keeps).tolist()
        self._used_up = cargo.used_up.copy()

    def enter(self, entry: Entry) -> None:
        """Put what enters into its node."""
        born = self._born(entry.node, max(entry.since, -int(self.cargo.keeps[entry.node[1]] > 0)))
        parcel = Parcel(entry.since, entry.household, entry.source, (), entry.node, born)
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
        """Return out what is at a node, use by use in the order of the rule."""
        own_first, passing_first = _orders(node[0])
        cell = (*node, period)
        age = partial(self._age, node, period)
        used_up = self._used_up[cell]
        for use, wanted, order in (
            ("need", self._need, own_first),
            ("discarded", self._discarded, _oldest_first),
        ):
            taken, load = _take(load, float(wanted[cell]), order, age, used_up)
            for parcel, amounts in taken:
                wanted[cell] -= amounts[TONNES]
                self._end(parcel, amounts, node, use)
        leaving = self._leaving[period].get(node, {})
        orders = (_oldest_first, _free_first, passing_first)
        for step in leaving:
            taken_by = self.cargo.steps[step]
            room = self._of_age(taken_by) if taken_by.kind == LANE else used_up
            taken, load = _take(load, leaving[step], orders[taken_by.kind], age, room)
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
                born = parcel.born if step.kind == LANE else self._born(step.end, period)
                moved = Parcel(arrival, 1, parcel.source, steps, parcel.start, born)
                if step.kind == AT_HOME:
                    moved = parcel._replace(steps=steps, born=born)
                if arrival < self.periods:
                    self._put(arrival, step.end, moved, part)
                else:
                    self._end(moved, part, step.end, "in_transit")

    def _born(self, node: Node, period: int) -> int:
        """Return when goods that come in now are born: that of goods that last is no matter."""
        return period if self._spoils[node[1]] else 0

    def _age(self, node: Node, period: int, parcel: Parcel) -> int:
        """Return the age of goods as the model counts it; crumbs that are older count as the oldest."""
        age = period - parcel.born if self._spoils[node[1]] else 0
        return min(age, int(self._used_up.shape[-1]) - 1)

    def _of_age(self, lane: Step) -> Room:
        """Let a lane take goods of its age alone."""
        room = [0.0] * self._used_up.shape[-1]
        room[lane.age] = float("inf")
        return room

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
        end = TracedPath(parcel.start, parcel.source, node, USES.index(use), parcel.steps)
        _add(self.ended, end, amounts)


def _add[Key](sums: dict[Key, Amounts], key: Key, amounts: Amounts) -> None:
    before = sums.get(key)
    sums[key] = [a + b for a, b in zip(before, amounts, strict=True)] if before else amounts


def _orders(place: int) -> tuple[Order, Order]:
    """Return the orders in which a province eats, and sends away, its own goods and those of others."""

    def own_first(goods: Goods) -> tuple[Any, ...]:
        return goods[0].start[0] != place, goods[0]

    def passing_first(goods: Goods) -> tuple[Any, ...]:
        return not goods[0].household, goods[0].start[0] == place, goods[0]

    return own_first, passing_first


def _oldest_first(goods: Goods) -> tuple[Any, ...]:
    return goods[0]


def _free_first(goods: Goods) -> tuple[Any, ...]:
    return not goods[0].household, goods[0]


def _take(
    load: Load, wanted: float, order: Order, age: Callable[[Parcel], int], room: Room
) -> tuple[Load, Load]:
    """Take so many tonnes in an order, of each age as many as there is room; give what is taken and what is left."""
    taken: Load = []
    left: Load = []
    for parcel, amounts in sorted(load, key=order):
        tonnes, old = amounts[TONNES], age(parcel)
        part = min(wanted, tonnes, room[old])
        if part <= CRUMB:
            left.append((parcel, amounts))
            continue
        wanted -= part
        room[old] -= part
        if tonnes <= part + CRUMB:
            taken.append((parcel, amounts))
        else:
            share = part / tonnes
            taken.append((parcel, [share * amount for amount in amounts]))
            left.append((parcel, [(1 - share) * amount for amount in amounts]))
    if left and CRUMB < wanted <= SLIP and min(room) <= SLIP:
        more, left = _take(left, wanted, order, age, [float("inf")] * len(room))
        taken += more
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
