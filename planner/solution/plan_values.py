"""The figures of a plan by blocks: what every table is made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Floats
from planner.market.market import InMarket, Market
from planner.model import Block, Program
from planner.solution.least_unmet import LeastUnmet
from planner.solution.price_parts import PriceParts
from planner.solution.totals import without_noise


@dataclass(frozen=True, kw_only=True)
class PlanValues(InMarket):
    """The values and duals of a program, and the market it was built from.

    Parameters
    ----------
    market
        Scenario, balance, network, recipes and rules.
    program
        What was solved.
    values
        Value of each column, t.
    reduced_costs
        Reduced cost of each column, IDR/t.
    duals
        Dual of each row, IDR per unit of the row; penalties and money in one, see `parts`.
    parts
        The duals taken apart: money, missing stock, need unmet.
    covered
        The least need that must go unmet; None where nothing is unmet.
    """

    market: Market
    program: Program
    values: Floats
    reduced_costs: Floats
    duals: Floats
    parts: PriceParts
    covered: LeastUnmet | None = None

    def value(self, name: str) -> Floats:
        """Return the values of a block of columns, noise of the solver removed, t."""
        span = self.column(name).span
        return without_noise(self.values[span], self.program.upper[span])

    def reduced_cost(self, name: str) -> Floats:
        """Return the reduced costs of a block of columns, IDR/t."""
        return self.reduced_costs[self.column(name).span]

    def dual(self, name: str) -> Floats:
        """Return the duals of a block of rows: the rise of the cost when the bound rises by one."""
        return self.duals[self.row(name).span]

    def column(self, name: str) -> Block:
        """Return the block of columns of that name."""
        return self.program.columns[name]

    def row(self, name: str) -> Block:
        """Return the block of rows of that name."""
        return self.program.rows[name]

    def cube(self, name: str) -> Floats:
        """Return a block of columns as an array over (province, commodity, period), t."""
        block = self.column(name)
        index = tuple(block.index[axis] for axis in ("province", "commodity", "period"))
        cube: Floats = np.zeros(self.balance.need.shape)
        np.add.at(cube, index, self.value(name))
        return cube

    def label(self, axis: str, positions: Array) -> Array:
        """Return the codes that positions on an axis stand for."""
        labels: dict[str, list[str] | tuple[str, ...]] = {
            "province": self.balance.provinces,
            "commodity": self.balance.commodities,
            "period": self.balance.periods,
        }
        return np.array(labels[axis], dtype=object)[positions]
