"""What asks further of a plan: pairs of provinces, supply paths and their cost, evidence, the summary.

Every question can be had from here, such as ``from planner.analysis import why``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from planner.lazily import Door, fetched

if TYPE_CHECKING:
    from planner.analysis.alternatives import alternative_lanes
    from planner.analysis.assumption_shares import assumption_shares
    from planner.analysis.comparison.compare import Comparison, compare
    from planner.analysis.fairness_frontier import Frontier, frontier
    from planner.analysis.infeasibility import (
        Diagnosis,
        Query,
        diagnose,
        explain_unmet,
        parse_query,
    )
    from planner.analysis.lane_offers import lanes
    from planner.analysis.make_run import make_run
    from planner.analysis.run_facts import run_facts
    from planner.analysis.sensitivity.price_ranges import price_ranges
    from planner.analysis.supply_paths.delivered_cost import delivered_costs
    from planner.analysis.supply_paths.paths import Path, decompose_flows
    from planner.analysis.supply_paths.price_gap import price_gaps
    from planner.analysis.supply_paths.supply_table import supply_table, who_supplies_whom
    from planner.analysis.trade_potential.potential import trade_potential
    from planner.analysis.whynot.why_not import WhyNot, why

_HOMES = {
    "Comparison": "planner.analysis.comparison.compare",
    "Diagnosis": "planner.analysis.infeasibility",
    "Frontier": "planner.analysis.fairness_frontier",
    "Path": "planner.analysis.supply_paths.paths",
    "Query": "planner.analysis.infeasibility",
    "WhyNot": "planner.analysis.whynot.why_not",
    "alternative_lanes": "planner.analysis.alternatives",
    "assumption_shares": "planner.analysis.assumption_shares",
    "compare": "planner.analysis.comparison.compare",
    "decompose_flows": "planner.analysis.supply_paths.paths",
    "delivered_costs": "planner.analysis.supply_paths.delivered_cost",
    "diagnose": "planner.analysis.infeasibility",
    "explain_unmet": "planner.analysis.infeasibility",
    "frontier": "planner.analysis.fairness_frontier",
    "lanes": "planner.analysis.lane_offers",
    "make_run": "planner.analysis.make_run",
    "parse_query": "planner.analysis.infeasibility",
    "price_gaps": "planner.analysis.supply_paths.price_gap",
    "price_ranges": "planner.analysis.sensitivity.price_ranges",
    "run_facts": "planner.analysis.run_facts",
    "supply_table": "planner.analysis.supply_paths.supply_table",
    "trade_potential": "planner.analysis.trade_potential.potential",
    "who_supplies_whom": "planner.analysis.supply_paths.supply_table",
    "why": "planner.analysis.whynot.why_not",
}

__all__ = [
    "Comparison",
    "Diagnosis",
    "Frontier",
    "Path",
    "Query",
    "WhyNot",
    "alternative_lanes",
    "assumption_shares",
    "compare",
    "decompose_flows",
    "delivered_costs",
    "diagnose",
    "explain_unmet",
    "frontier",
    "lanes",
    "make_run",
    "parse_query",
    "price_gaps",
    "price_ranges",
    "run_facts",
    "supply_table",
    "trade_potential",
    "who_supplies_whom",
    "why",
]

sys.modules[__name__].__class__ = Door


def __getattr__(name: str) -> Any:
    return fetched(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
