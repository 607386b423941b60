"""A plan with everything that its run folder says about it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.analysis.paths import paths_of
from planner.analysis.price_gap import price_gaps
from planner.analysis.summary import summary
from planner.analysis.supply import supply
from planner.analysis.waterfall import delivered_costs
from planner.runs import Run, rounded
from planner.solution import Solution
from planner.solution.stages import CalmReached


def run_of(solution: Solution, more: Mapping[str, pd.DataFrame] | None = None) -> Run:
    """Give the run of a plan, to write it or to compare it with another.

    Parameters
    ----------
    solution
        The plan.
    more
        Tables that were made by asking further, such as the pair table, by name.
    """
    paths = paths_of(solution)
    tables = {
        "flows": solution.flows(),
        "nodes": solution.nodes(),
        "coverage": solution.coverage(),
        "prices": solution.prices(),
        "capacities": solution.capacities(),
        "costs": solution.costs(),
        "balance": solution.balance.table(),
        "balance_totals": solution.balance.totals(),
        "supply": supply(paths),
        "delivered_costs": delivered_costs(paths),
        "price_gaps": price_gaps(solution.scenario, paths),
    }
    if len(solution.scenario.tables["recipes"]):
        tables["processing"] = solution.processing()
    for stage in solution.stages:
        if isinstance(stage, CalmReached):
            tables["calm"] = stage.lanes
    written = {name: rounded(table) for name, table in {**tables, **(more or {})}.items()}
    return Run(solution.scenario.name, summary(solution), written, solution.scenario)
