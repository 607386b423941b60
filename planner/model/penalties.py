"""What a missing tonne costs the plan: more than any delivery, so that nobody goes short to save freight.

dearest       = the dearest of the cheapest ways from any province to any other, over all commodities:
                sum of freights / share that survives, + holding over the horizon, + dearest purchase
                (by lanes whose room has no limit where there are such: a cheap ship may be full)
                (what comes a period late does not count as surviving: the last period cannot wait);
                what is made costs (its input, brought and kept so + fee) / yield instead of a purchase
least         = what is made at least from one tonne of anything by recipes one after the other
unmet[k]      = 8 * (T + 1) * dearest * weight[k] / least      weight = priority / least priority
gap[k]        = least * unmet[k] / (2 * (T + 1))   nobody goes hungry to keep a reserve
discarded     = dearest                            food is sent or kept before it is given up
short         = 2 * dearest                        a price above it holds a penalty and is no rupiah
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from planner.arrays import Floats, Integers
from planner.model.inputs import Inputs
from planner.network import LEAST_FREIGHT, Network
from planner.recipes import Recipes


@dataclass(frozen=True, slots=True)
class Penalties:
    """Penalties in IDR/t; `unmet` and `gap` by commodity."""

    unmet: Floats
    gap: Floats
    discarded: float
    short: float


def penalties_of(inputs: Inputs) -> Penalties:
    """Derive the penalties from the dearest delivery; the formulas stand on top of this file."""
    dearest = max(_dearest_delivery(inputs), LEAST_FREIGHT)
    weight = inputs.priority / inputs.priority.min()
    rows = inputs.periods + 1
    least = _least_made(inputs.recipes, inputs.shape[1])
    unmet = 8 * rows * dearest * weight / least
    return Penalties(unmet, least * unmet / (2 * rows), dearest, 2 * dearest)


def _dearest_delivery(inputs: Inputs) -> float:
    """Give what the dearest delivery of any commodity costs, its input and its making included."""
    recipes, goods = inputs.recipes, inputs.shape[1]
    bought = max(inputs.purchase.max(initial=0.0), inputs.import_cost.max(initial=0.0))
    lasting = np.minimum(inputs.max_stock_periods, inputs.periods)
    kept = float((inputs.holding * lasting / np.maximum(inputs.survival**lasting, 0.05)).max())
    delivered = np.zeros(goods)
    made = recipes.in_order()
    for k in [*made, *set(range(goods)).difference(made)]:
        ways_to_make = np.flatnonzero((recipes.output == k) & (recipes.capacity > 0))
        paid = delivered[recipes.input[ways_to_make]] + recipes.fee[ways_to_make]
        first = (paid / recipes.yields[ways_to_make]).max(initial=bought)
        delivered[k] = _dearest_way(inputs.network, inputs.shape[0], k, first) + kept
    return float(delivered.max())


def _least_made(recipes: Recipes, goods: int) -> float:
    """Give the least that one tonne of anything becomes, made into whatever it can be, t."""
    least = np.ones(goods)
    for k in reversed(recipes.in_order()):
        uses = recipes.input == k
        least[k] = (recipes.yields[uses] * least[recipes.output[uses]]).min(initial=1.0)
    return float(least.min())


def _dearest_way(network: Network, provinces: int, commodity: int, bought: float) -> float:
    """Give the dearest cheapest way of a commodity between two provinces, IDR per tonne that arrives."""
    lanes = np.flatnonzero(network.lane_commodity == commodity)
    if not len(lanes):
        return bought
    endless = lanes[np.isinf(network.room[network.lane_arc[lanes]])]
    by_any = _delivered(network, provinces, lanes, bought)
    by_endless = _delivered(network, provinces, endless, bought)
    dearest = np.where(np.isfinite(by_endless), by_endless, by_any)
    return float(dearest[np.isfinite(dearest)].max())


def _delivered(network: Network, provinces: int, lanes: Integers, bought: float) -> Floats:
    """Give the cost of the cheapest way between any two provinces; infinite where there is none."""
    ordered = lanes[np.argsort(-network.freight[lanes], kind="stable")]
    freight, survival = np.zeros((provinces, provinces)), np.ones((provinces, provinces))
    ends = network.lane_origin[ordered], network.lane_destination[ordered]
    in_time = np.maximum(1 - network.late[ordered], 0.05)
    freight[ends] = network.freight[ordered]
    survival[ends] = (1 - network.loss[ordered]) * in_time
    ways, before = dijkstra(csr_matrix(freight), return_predecessors=True)
    surviving = np.ones_like(ways)
    starts = np.arange(provinces)[:, None]
    node = np.broadcast_to(np.arange(provinces), ways.shape).copy()
    while (before[starts, node] >= 0).any():
        previous = before[starts, node]
        on_the_way = previous >= 0
        surviving[on_the_way] *= survival[previous[on_the_way], node[on_the_way]]
        node = np.where(on_the_way, previous, node)
    delivered: Floats = (ways + bought) / np.maximum(surviving, 1e-3)
    return delivered
