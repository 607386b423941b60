"""The Solution: a plan with its prices, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats
from planner.market.balance import Balance
from planner.market.network import Network
from planner.model import Block, Program
from planner.scenario import Scenario
from planner.solution.certificate import Certificate
from planner.solution.least_unmet import LeastUnmet
from planner.solution.price_parts import PriceParts
from planner.solution.stage_results import Reached
from planner.solution.tables import capacity_table as capacities
from planner.solution.tables import cost_table as costs
from planner.solution.tables import flow_table as flows
from planner.solution.tables import node_table as nodes
from planner.solution.tables import price_table as prices
from planner.solution.tables import processing_table as processing
from planner.solution.tables import rule_table as rules
from planner.solution.totals import LEAST_TONNES, Totals, compute_totals, without_noise

__all__ = ["LEAST_TONNES", "Solution"]


@dataclass(frozen=True)
class Solution:
    """A plan, its prices and what it was made from.

    Parameters
    ----------
    scenario, balance, network, program
        What was solved.
    values
        Value of each column, t.
    reduced_costs
        Reduced cost of each column, IDR/t.
    duals
        Dual of each row, IDR per unit of the row; penalties and money in one, see `parts`.
    parts
        The duals taken apart: money, missing stock, need unmet.
    basis
        Where the solver stood, to start again from.
    certificate
        Proof that no plan is cheaper.
    outcome
        "optimal".
    solver
        Name of the solver.
    algorithm
        Algorithm of the solver; "" where it used its own.
    entered
        Columns that were ever in the program of the solver; the others were priced.
    seconds
        Wall-clock seconds by phase.
    stages
        What each stage beside the cost reached, in their order.
    covered
        The least need that must go unmet; None where nothing is unmet.
    """

    scenario: Scenario
    balance: Balance
    network: Network
    program: Program
    values: Floats
    reduced_costs: Floats
    duals: Floats
    parts: PriceParts
    basis: Any
    certificate: Certificate
    outcome: str
    solver: str
    algorithm: str
    entered: int
    seconds: Mapping[str, float]
    stages: tuple[Reached, ...] = ()
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

    @cached_property
    def objective(self) -> float:
        """Return what the solver minimised: money and penalties in one number, which only compares solvers."""
        return float(self.program.cost @ self.values)

    @property
    def money_idr(self) -> float:
        """Return what the plan costs, penalties left aside, IDR."""
        return self.totals.money_idr

    @property
    def unmet_t(self) -> float:
        """Return the need that goes unmet, t."""
        return self.totals.unmet_t

    @property
    def reserve_gap_t(self) -> float:
        """Return what is missing in reserves, summed over the periods, t."""
        return self.totals.reserve_gap_t

    @property
    def closing_gap_t(self) -> float:
        """Return what is missing in the closing stock, t."""
        return self.totals.closing_gap_t

    @cached_property
    def totals(self) -> Totals:
        """Return what the plan comes to: money, and what is missing in tonnes."""
        return compute_totals(self.program, self.values)

    def label(self, axis: str, positions: Array) -> Array:
        """Return the codes that positions on an axis stand for."""
        labels: dict[str, list[str] | tuple[str, ...]] = {
            "province": self.balance.provinces,
            "commodity": self.balance.commodities,
            "period": self.balance.periods,
        }
        return np.array(labels[axis], dtype=object)[positions]

    def flows(self) -> pd.DataFrame:
        """Return one row for each lane and period that carries cargo: `flows.csv`."""
        return flows.flow_table(self)

    def nodes(self) -> pd.DataFrame:
        """Return every term of every balance row: `nodes.csv`."""
        return nodes.node_table(self)

    def processing(self) -> pd.DataFrame:
        """Return what recipes use up and make: `processing.csv`."""
        return processing.processing_table(self)

    def coverage(self) -> pd.DataFrame:
        """Return how much of each need is met: `coverage.csv`."""
        return nodes.coverage_table(self)

    def prices(self) -> pd.DataFrame:
        """Return the local price of each province, commodity and period: `prices.csv`."""
        return prices.price_table(self)

    def capacities(self) -> pd.DataFrame:
        """Return the use of every limit and what one more unit would save: `capacities.csv`."""
        return capacities.capacity_table(self)

    def rules(self) -> pd.DataFrame:
        """Return how far each rule is used or missed, and what loosening it by one unit would save."""
        return rules.rule_table(self)

    def costs(self) -> pd.DataFrame:
        """Return the cost of the plan by part, commodity and mode: `costs.csv`."""
        return costs.cost_table(self)

    def __repr__(self) -> str:
        return f"<Solution {self.outcome}: {self.scenario!r}>"
