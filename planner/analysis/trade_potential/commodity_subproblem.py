"""The market of one commodity inside a plan, with the commodities that recipes join with it."""

from __future__ import annotations

import numpy as np

from planner.arrays import Array, Booleans, Floats, Integers
from planner.solution import Solution
from planner.solution.price_parts import costs_in_parts


class CommoditySubproblem:
    """The columns of a commodity, and of those it is made from or into, cut out of a plan.

    Parameters
    ----------
    solution
        The plan.
    commodity
        Position.
    """

    def __init__(self, solution: Solution, commodity: int) -> None:
        self._solution, program = solution, solution.program
        family = solution.market.recipes.family(commodity, len(solution.balance.commodities))
        goods = _good_of_columns(solution)
        self.commodity = commodity
        self.family = np.flatnonzero(family)
        self.chosen = np.flatnonzero(family[goods] & (goods >= 0))
        self.good = goods[self.chosen]
        self.values: Floats = np.clip(solution.values, 0, program.upper)[self.chosen]
        self.cost = program.cost[self.chosen]
        self.money = costs_in_parts(program).money[self.chosen]

    def block(self, name: str, province: int | None = None) -> Booleans:
        """Return which columns of the market are of a block, in a province or anywhere."""
        index = self._solution.column(name).index
        there = True if province is None else index["province"] == province
        return self._laid(name, there) > 0

    def last(self, name: str) -> Booleans:
        """Return which columns of a block belong to the last period."""
        period = self._solution.column(name).index["period"]
        return self._laid(name, period == len(self._solution.balance.periods) - 1) > 0

    def into(self, province: int) -> Floats:
        """Return what a tonne of each column brings into a province from another, t."""
        network, index = self._solution.network, self._solution.column("flow").index
        there = network.lane_destination[index["lane"]] == province
        return self._laid("flow", there * network.received(index["lane"], index["age"]))

    def out_of(self, province: int) -> Floats:
        """Return what a tonne of each column takes out of a province to another, t."""
        network, lane = self._solution.network, self._solution.column("flow").index["lane"]
        return self._laid("flow", network.lane_origin[lane] == province)

    def made(self, province: int) -> Floats:
        """Return what a tonne of each column makes of the commodity there, less what it uses up, t."""
        index = self._solution.column("processed").index
        yields = self._solution.market.recipes.yields[index["recipe"]]
        net = yields * (index["output"] == self.commodity)
        net -= index["commodity"] == self.commodity
        return self._laid("processed", net * (index["province"] == province))

    def own(self, province: int) -> float:
        """Return what a province produced and had, and neither eats nor keeps at the end, t."""
        balance, cell = self._solution.balance, (province, self.commodity)
        eaten = balance.need[cell].sum() - self._solution.cube("unmet")[cell].sum()
        kept = self._solution.cube("stock")[cell][-1]
        return float(balance.produced[cell].sum() + balance.opening[cell] - eaten - kept)

    def _laid(self, name: str, values: Array | bool) -> Floats:
        """Lay values of the columns of a block among zeros for all other columns."""
        full = np.zeros(len(self._solution.values))
        full[self._solution.column(name).span] = values
        return full[self.chosen]


def _good_of_columns(solution: Solution) -> Integers:
    """Return the commodity that each column of the program belongs to, -1 for none."""
    goods = np.full(len(solution.values), -1)
    for block in solution.program.columns.values():
        if "lane" in block.index:
            goods[block.span] = solution.network.lane_commodity[block.index["lane"]]
        elif "commodity" in block.index:
            goods[block.span] = block.index["commodity"]
    return goods
