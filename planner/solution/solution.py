"""The Solution: a plan with its prices, frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from planner.html import facts_table
from planner.solution.certificate import Certificate
from planner.solution.plan_values import PlanValues
from planner.solution.stage_results import Reached
from planner.solution.tables.capacity_table import capacity_table
from planner.solution.tables.cost_table import cost_table
from planner.solution.tables.flow_table import flow_table
from planner.solution.tables.node_table import coverage_table, node_table
from planner.solution.tables.price_table import price_table
from planner.solution.tables.processing_table import processing_table
from planner.solution.tables.rule_table import rule_table
from planner.solution.totals import LEAST_TONNES, Totals, compute_totals

__all__ = ["LEAST_TONNES", "Solution"]


@dataclass(frozen=True, kw_only=True)
class Solution(PlanValues):
    """A plan, its prices and what it was made from; each table is computed once.

    Parameters
    ----------
    market, program, values, reduced_costs, duals, parts, covered
        See `planner.solution.plan_values.PlanValues`.
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
    """

    basis: Any
    certificate: Certificate
    outcome: str
    solver: str
    algorithm: str
    entered: int
    seconds: Mapping[str, float]
    stages: tuple[Reached, ...] = ()

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

    def flows(self) -> pd.DataFrame:
        """Return one row for each lane and period that carries cargo: `flows.csv`."""
        return self._table(flow_table)

    def nodes(self) -> pd.DataFrame:
        """Return every term of every balance row: `nodes.csv`."""
        return self._table(node_table)

    def processing(self) -> pd.DataFrame:
        """Return what recipes use up and make: `processing.csv`."""
        return self._table(processing_table)

    def coverage(self) -> pd.DataFrame:
        """Return how much of each need is met: `coverage.csv`."""
        return self._table(coverage_table)

    def prices(self) -> pd.DataFrame:
        """Return the local price of each province, commodity and period: `prices.csv`."""
        return self._table(price_table)

    def capacities(self) -> pd.DataFrame:
        """Return the use of every limit and what one more unit would save: `capacities.csv`."""
        return self._table(capacity_table)

    def rules(self) -> pd.DataFrame:
        """Return how far each rule is used or missed, and what loosening it by one unit would save."""
        return self._table(rule_table)

    def costs(self) -> pd.DataFrame:
        """Return the cost of the plan by part, commodity and mode: `costs.csv`."""
        return self._table(cost_table)

    @cached_property
    def _tables(self) -> dict[Callable[[PlanValues], pd.DataFrame], pd.DataFrame]:
        """The tables that were asked for already."""
        return {}

    def _table(self, build: Callable[[PlanValues], pd.DataFrame]) -> pd.DataFrame:
        """Return a table as the caller's own: what is changed in it changes no other."""
        if build not in self._tables:
            self._tables[build] = build(self)
        return self._tables[build].copy()

    def __repr__(self) -> str:
        return f"<Solution {self.outcome}: {self.scenario!r}>"

    def _repr_html_(self) -> str:
        currency = self.scenario.settings.scenario.currency
        facts = {
            "outcome": self.outcome,
            f"money, {currency}": f"{self.money_idr:,.0f}",
            "unmet, t": f"{self.unmet_t:,.1f}",
            "missing in reserves, t": f"{self.reserve_gap_t:,.1f}",
            "missing in the closing stock, t": f"{self.closing_gap_t:,.1f}",
            "solver": f"{self.solver} {self.algorithm}".strip(),
        }
        return facts_table(f"Plan of {self.scenario.name}", facts)
