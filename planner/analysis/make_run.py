"""A plan with everything that its run folder says about it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.analysis.run_facts import run_facts
from planner.analysis.supply_paths.delivered_cost import delivered_costs
from planner.analysis.supply_paths.paths import decompose_flows
from planner.analysis.supply_paths.price_gap import price_gaps
from planner.analysis.supply_paths.supply_table import supply_table
from planner.given import require_kind
from planner.runs import Run, round_for_output
from planner.solution import Solution
from planner.solution.stage_results import StabilityResult


def make_run(solution: Solution, more: Mapping[str, pd.DataFrame] | None = None) -> Run:
    """Return the run of a plan, to write it or to compare it with another.

    Parameters
    ----------
    solution
        The plan.
    more
        Tables that were made by asking further, such as the pair table, by name.

    Raises
    ------
    OptionError
        If this is no plan.

    Examples
    --------
    >>> import planner
    >>> solution = planner.solve(planner.read_scenario("scenarios/dua-pulau"))
    >>> run = planner.make_run(solution)
    >>> run.tables["costs"]
           part commodity mode      idr
    0   freight     beras  sea  5600000
    1  handling     beras  sea  1400000
    2   holding     beras        450000
    """
    require_kind(solution, Solution, "planner.make_run")
    paths = decompose_flows(solution)
    tables = {
        "flows": solution.flows(),
        "nodes": solution.nodes(),
        "coverage": solution.coverage(),
        "prices": solution.prices(),
        "capacities": solution.capacities(),
        "costs": solution.costs(),
        "balance": solution.balance.table(),
        "balance_totals": solution.balance.totals(),
        "supply": supply_table(paths),
        "delivered_costs": delivered_costs(paths),
        "price_gaps": price_gaps(solution.scenario, paths),
    }
    if len(solution.scenario.tables["recipes"]):
        tables["processing"] = solution.processing()
    for stage in solution.stages:
        if isinstance(stage, StabilityResult):
            tables["calm"] = stage.lanes
    decimals = solution.scenario.settings.scenario.money_decimals
    written = {
        name: round_for_output(table, decimals)
        for name, table in {**tables, **(more or {})}.items()
    }
    return Run(solution.scenario.name, run_facts(solution), written, solution.scenario)
