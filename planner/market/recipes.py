"""Recipes as arrays: what can be made from what, and where.

used  = processed                 tonnes of the input, in the province and period
made  = yield * processed         tonnes of the output, in the same province and period
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from planner.arrays import Booleans, Floats, Integers, positions
from planner.scenario import Scenario
from planner.scenario.closed_prices import NEVER

LEAST_FEE = 1.0
"""IDR/t: a better grade must not become a lesser one for nothing."""


@dataclass(frozen=True, slots=True)
class Recipes:
    """One entry for each recipe and province, in the order of their names.

    Parameters
    ----------
    names
        Short name of the recipe of each entry.
    province, input, output
        Positions.
    yields
        Tonnes made from one tonne of the input.
    capacity
        Most of the input used a period, t; infinite where there is no limit.
    fee
        Cost of using up a tonne of the input, IDR/t.
    """

    names: list[str]
    province: Integers
    input: Integers
    output: Integers
    yields: Floats
    capacity: Floats
    fee: Floats

    def in_order(self) -> list[int]:
        """Return the positions of all commodities of recipes, each behind those it is made from.

        Raises
        ------
        graphlib.CycleError
            If recipes go round in a circle, which no scenario that was read does.
        """
        made_from: dict[int, set[int]] = {}
        for source, product in zip(self.input.tolist(), self.output.tolist(), strict=True):
            made_from.setdefault(product, set()).add(source)
        return list(TopologicalSorter(made_from).static_order())

    def one_step(self, have: Booleans) -> Booleans:
        """Return where a commodity is there, or can be made from what is there, by (province, commodity)."""
        able = have[self.province, self.input] & (self.capacity > 0)
        more = have.copy()
        more[self.province[able], self.output[able]] = True
        return more

    def family(self, commodity: int, goods: int) -> Booleans:
        """Return which of so many commodities are joined with one by recipes, itself included."""
        links = csr_matrix((np.ones(len(self.input)), (self.input, self.output)), (goods, goods))
        _, group = connected_components(links, directed=False)
        joined: Booleans = group == group[commodity]
        return joined


def build_recipes(scenario: Scenario) -> Recipes:
    """Collect the recipes of a scenario as arrays."""
    table = scenario.tables["recipes"].sort_values(["recipe", "province"])
    fee = table["fee_idr_per_t"].to_numpy(dtype=float)
    capacity = table["capacity_t"].fillna(np.inf).to_numpy(dtype=float)
    return Recipes(
        names=list(table["recipe"]),
        province=positions(scenario.provinces, table["province"]),
        input=positions(scenario.commodities, table["input"]),
        output=positions(scenario.commodities, table["output"]),
        yields=table["yield"].to_numpy(dtype=float),
        capacity=np.where(fee > NEVER, 0.0, capacity),
        fee=np.maximum(np.where(fee > NEVER, 0.0, fee), LEAST_FEE),
    )
