"""What a missing tonne costs the plan: fixed figures, made from no price of the scenario.

gap           = 100 million IDR/t                  a tonne missing in a reserve or closing stock
unmet[k]      = 2 * (T + 1) * gap * weight[k]      weight = priority / least priority; at most 100 billion
discarded     = 20 million IDR/t                   food is sent or kept before it is given up

The dearest deliveries between Indonesian provinces cost some 15 million IDR/t. A tonne eaten may be missing in
the reserves of all T periods and at the end. No figure bounds what the last tonne of need may cost: where a dear
way loses hardly less than a cheap one, it costs (c2 - c1) / (s2 - s1), the s being what arrives of a tonne, and
that may be anything. So the penalties only lead to few unmet; that none could be fewer is proven apart from all
money (`planner.solving.coverage_first`), and held where they missed it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats

GAP = 100e6
"""A missing tonne of a reserve or closing stock, IDR/t: an assumption, above any delivery."""
DISCARDED = 20e6
"""A tonne given up, IDR/t: an assumption, above the dearest delivery."""
MOST = 100e9
"""A dearer tonne would drown the digits of a solver, IDR/t."""


@dataclass(frozen=True, slots=True)
class Penalties:
    """Penalties in IDR/t; `unmet` by commodity, as is the `weight` of a tonne of its need, at least 1."""

    unmet: Floats
    weight: Floats
    gap: float = GAP
    discarded: float = DISCARDED


def compute_penalties(priority: Floats, periods: int) -> Penalties:
    """Compute the penalties; the formulas stand on top of this file.

    Parameters
    ----------
    priority
        Priority of each commodity.
    periods
        Number of periods T.
    """
    weight = need_weights(priority)
    return Penalties(np.minimum(2 * (periods + 1) * GAP * weight, MOST), weight)


def need_weights(priority: Floats) -> Floats:
    """Return what a missing tonne of each commodity counts, at least 1."""
    weight: Floats = priority / priority.min()
    return weight
