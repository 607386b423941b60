"""Plan the trade of staple goods between provinces.

>>> import planner
>>> scenario = planner.read_scenario("scenarios/jabar-ntb")
>>> solution = planner.solve(scenario)
>>> solution.flows()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.lazily import fetched

if TYPE_CHECKING:
    from planner.analysis.comparison.compare import Comparison, compare
    from planner.analysis.make_run import make_run
    from planner.errors import InputError, PlannerError
    from planner.market.balance import Balance, compute_balance
    from planner.runs import Run, read_run
    from planner.scenario import Scenario, read_scenario
    from planner.solution import Solution
    from planner.solving import solve

_HOMES = {
    "Balance": "planner.market.balance",
    "Comparison": "planner.analysis.comparison.compare",
    "InputError": "planner.errors",
    "PlannerError": "planner.errors",
    "Run": "planner.runs",
    "Scenario": "planner.scenario",
    "Solution": "planner.solution",
    "balance_of": "planner.market.balance",
    "compare": "planner.analysis.comparison.compare",
    "read_run": "planner.runs",
    "read_scenario": "planner.scenario",
    "run_of": "planner.analysis.make_run",
    "solve": "planner.solving",
}

__all__ = [
    "Balance",
    "Comparison",
    "InputError",
    "PlannerError",
    "Run",
    "Scenario",
    "Solution",
    "compare",
    "compute_balance",
    "make_run",
    "read_run",
    "read_scenario",
    "solve",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    return fetched(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
