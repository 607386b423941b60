"""The duals of a plan in three parts that are never one number: money, missing stock, need unmet.

With the basis B of the plan and its cost c = money + steer, in which unmet need, gaps and what is discarded stand

    B' y  =  c_B          solved apart for     money, IDR      gap, t      unmet, t weighted by priority

The parts, each times its penalty, add up to the dual. Where a row holds the least unmet need u, a bound that moves
takes the least along with it: with r the duals of that least (`planner.solving.coverage_first`),

    y[i]  +  y[u] * r[i]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from planner.arrays import Array, Booleans, Floats
from planner.model import METHOD_PENALTIES, Program, Role

NOTHING = 1e-9
"""Tonnes a tonne: less does not go missing."""


@dataclass(frozen=True, slots=True)
class PriceParts:
    """What a figure is made of, one entry for each row or cell.

    Parameters
    ----------
    money
        IDR per unit; penalties of soft rules, which the scenario gives in rupiah, count.
    gap
        Tonnes of reserve or closing stock that go missing, per unit.
    unmet
        Tonnes of need that go unmet per unit, each times its weight.
    """

    money: Floats
    gap: Floats
    unmet: Floats

    @property
    def short(self) -> Booleans:
        """Return where need is what gives way."""
        return self.unmet > NOTHING

    @property
    def stock(self) -> Booleans:
        """Return where a reserve or closing stock is what gives way, and no need."""
        return ~self.short & (self.gap > NOTHING)

    def saved(self, span: slice, sign: Floats | float = 1.0) -> dict[str, Floats]:
        """Return what one more unit of some rows that are limits would save; `sign` is -1 where less is more room.

        Returns
        -------
        `congestion_rent`, IDR per unit: money alone, NaN where more room would feed people, for that has no price.
        `feeds_t_per_unit`: need that would be met, weighted; `gap_t_per_unit`: reserve or closing stock.
        """
        money, gap, unmet = (-sign * part[span] for part in (self.money, self.gap, self.unmet))
        feeds = np.where(unmet > NOTHING, unmet, 0.0)
        rent = np.where(feeds > 0, np.nan, np.maximum(money, 0.0)) + 0.0
        stock = np.where(gap > NOTHING, gap, 0.0)
        return {"congestion_rent": rent, "feeds_t_per_unit": feeds, "gap_t_per_unit": stock}

    @property
    def kind(self) -> Array:
        """Name what gives way: "short" (need), "stock" (a reserve or closing stock) or else "delivered"."""
        return np.select([self.short, self.stock], ["short", "stock"], "delivered")

    @property
    def idr(self) -> Floats:
        """Money per unit; NaN where need is what gives way, for that has no price."""
        return np.where(self.short, np.nan, self.money) + 0.0

    def times(self, matrix: csr_array) -> PriceParts:
        """Return the parts of sums over the entries: the rows of a matrix."""
        return PriceParts(matrix @ self.money, matrix @ self.gap, matrix @ self.unmet)


def costs_in_parts(program: Program) -> PriceParts:
    """Return the cost of every column in parts."""
    money, gap = program.cost.copy(), np.zeros(len(program.cost))
    for block in program.having(*METHOD_PENALTIES):
        money[block.span] = 0.0
    for block in program.having(Role.STOCK_GAP):
        gap[block.span] = 1.0
    return PriceParts(money, gap, program.weight)
