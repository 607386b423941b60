"""What a missing tonne costs the plan: more than any delivery, so that nobody goes short to save freight.

dearest       = the dearest of the cheapest ways from any province to any other, over all commodities:
                sum of freights / share that survives, + holding over the horizon, + dearest purchase
                (by lanes whose room has no limit where there are such: a cheap ship may be full)
                (what comes a period late does not count as surviving: the last period cannot wait);
                what is made costs (its input, brought and kept so + fee) / yield instead of a purchase
fed           = tied * the least that one tonne in store becomes on a table:
                arriving[k] * least of (1, yield * what the output of a recipe becomes)
                arriving = least share of a commodity that is not lost on the cheapest way
                tied     = least part a delivery may have where hard rules bind it to others by a share
gap           = 4 * dearest                        the same for every good: see below
unmet[k]      = 2 * (T + 1) * gap * weight[k] / fed        weight = priority / least priority
discarded     = dearest                            food is sent or kept before it is given up
short         = 2 * dearest                        a price above it holds a penalty and is no rupiah

Nobody goes hungry to keep a reserve: 1 / fed tonnes of any good feed one tonne of need, and each may be
missing in the reserves of all T periods and at the end. A plan may still keep a reserve where giving it
up would feed less than that, as when only its spoilage is saved; the stage `coverage` feeds even then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.arrays import Floats, Integers
from planner.model.inputs import Inputs
from planner.network import LEAST_FREIGHT, Network
from planner.recipes import Recipes
from planner.rules import RuleRows


@dataclass(frozen=True, slots=True)
class Penalties:
    """Penalties in IDR/t; `unmet` by commodity."""

    unmet: Floats
    gap: float
    discarded: float
    short: float


def penalties_of(inputs: Inputs) -> Penalties:
    """Derive the penalties from the dearest delivery; the formulas stand on top of this file."""
    ways = [_ways(inputs.network, inputs.shape[0], k) for k in range(inputs.shape[1])]
    dearest = max(_dearest_delivery(inputs, ways), LEAST_FREIGHT)
    fed = _least_fed(inputs.recipes, ways) * _least_part(inputs.rules)
    gap, weight = 4 * dearest, inputs.priority / inputs.priority.min()
    unmet = 2 * (inputs.periods + 1) * gap * weight / fed
    return Penalties(unmet, gap, dearest, 2 * dearest)


class _Ways(NamedTuple):
    """The cheapest ways of a commodity: freight (IDR/t), share in time, and share that ever arrives."""

    freight: Floats
    in_time: Floats
    arriving: Floats


def _dearest_delivery(inputs: Inputs, ways: Sequence[_Ways]) -> float:
    """Give what the dearest delivery of any commodity costs, its input and its making included."""
    recipes, goods = inputs.recipes, inputs.shape[1]
    bought = max(inputs.purchase.max(initial=0.0), inputs.import_cost.max(initial=0.0))
    lasting = np.minimum(inputs.network.keeps, inputs.periods)
    kept = float((inputs.holding * lasting / np.maximum(inputs.survival**lasting, 0.05)).max())
    delivered = np.zeros(goods)
    made = recipes.in_order()
    for k in [*made, *set(range(goods)).difference(made)]:
        ways_to_make = np.flatnonzero((recipes.output == k) & (recipes.capacity > 0))
        paid = delivered[recipes.input[ways_to_make]] + recipes.fee[ways_to_make]
        first = (paid / recipes.yields[ways_to_make]).max(initial=bought)
        brought = (ways[k].freight + first) / np.maximum(ways[k].in_time, 1e-3)
        delivered[k] = brought.max() + kept
    return float(delivered.max())


def _least_fed(recipes: Recipes, ways: Sequence[_Ways]) -> float:
    """Give the least that one tonne of anything becomes, carried and made into whatever it can be, t."""
    least = np.array([way.arriving.min() for way in ways])
    for k in reversed(recipes.in_order()):
        uses = recipes.input == k
        least[k] *= (recipes.yields[uses] * least[recipes.output[uses]]).min(initial=1.0)
    return float(least.min())


def _least_part(rules: RuleRows) -> float:
    """Give the least part that a delivery may have in what hard rules on shares bind together."""
    hard = np.isnan(rules.penalty)
    inside, outside = (
        rules.share[hard & (rules.sense != ">=")],
        1 - rules.share[hard & (rules.sense != "<=")],
    )
    parts = np.concatenate([inside, outside])
    return float(parts[(parts > 0) & (parts < 1)].min(initial=1.0))


def _ways(network: Network, provinces: int, commodity: int) -> _Ways:
    """Find the cheapest way of a commodity from any province that sends to any that it reaches."""
    lanes = np.flatnonzero(network.lane_commodity == commodity)
    if not len(lanes):
        return _Ways(np.zeros(1), np.ones(1), np.ones(1))
    endless = lanes[np.isinf(network.room[network.lane_arc[lanes]])]
    senders = np.unique(network.lane_origin[lanes])
    by_any = by_endless = _cheapest(network, provinces, lanes, senders)
    if len(endless) < len(lanes):
        by_endless = _cheapest(network, provinces, endless, senders)
    better = np.isfinite(by_endless.freight)
    there = better | np.isfinite(by_any.freight)
    pairs = zip(by_endless, by_any, strict=True)
    return _Ways(*(np.where(better, one, other)[there] for one, other in pairs))


def _cheapest(network: Network, provinces: int, lanes: Integers, senders: Integers) -> _Ways:
    """Give the cheapest way from each sender to each province; its freight is infinite where there is none."""
    pair = network.lane_origin[lanes] * provinces + network.lane_destination[lanes]
    least = np.full(provinces**2, np.inf)
    np.minimum.at(least, pair, network.freight[lanes])
    cheapest = network.freight[lanes] == least[pair]
    lanes, ends = lanes[cheapest], np.divmod(pair[cheapest], provinces)
    freight = np.zeros((provinces, provinces))
    arrives, late = np.ones_like(freight), np.zeros_like(freight)
    freight[ends], late[ends] = network.freight[lanes], network.late[lanes]
    arrives[ends] = 1 - network.loss[lanes]
    in_time = np.maximum(1 - late, 0.05) * arrives
    costs, before = dijkstra(csr_matrix(freight), indices=senders, return_predecessors=True)
    ways = _Ways(costs, np.ones_like(costs), np.ones_like(costs))
    starts = np.arange(len(senders))[:, None]
    node = np.broadcast_to(np.arange(provinces), costs.shape).copy()
    while (on := (previous := before[starts, node]) >= 0).any():
        ways.in_time[on] *= in_time[previous[on], node[on]]
        ways.arriving[on] *= arrives[previous[on], node[on]]
        node = np.where(on, previous, node)
    return ways
