"""Plan the trade of staple goods between provinces.

>>> import planner
>>> scenario = planner.read_scenario("scenarios/dua-pulau")
>>> solution = planner.solve(scenario)
>>> solution.flows()[["origin", "destination", "period", "tonnes"]]
  origin destination   period  tonnes
0     01          02  2023-01    50.0
1     01          02  2023-02    20.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.lazily import fetched
from planner.version import __version__

if TYPE_CHECKING:
    from planner.analysis.comparison.compare import Comparison, compare
    from planner.analysis.make_run import make_run
    from planner.analysis.sweep import sweep
    from planner.errors import InputError, PlannerError
    from planner.market.balance import Balance, compute_balance
    from planner.runs import Run, read_run
    from planner.scenario import Scenario, read_scenario
    from planner.shipped_example import example
    from planner.solution import Solution
    from planner.solving import WhatIfSession, export_model, solve, what_if

_HOMES = {
    "Balance": "planner.market.balance",
    "Comparison": "planner.analysis.comparison.compare",
    "InputError": "planner.errors",
    "PlannerError": "planner.errors",
    "Run": "planner.runs",
    "Scenario": "planner.scenario",
    "Solution": "planner.solution",
    "WhatIfSession": "planner.solving.what_if_session",
    "compare": "planner.analysis.comparison.compare",
    "compute_balance": "planner.market.balance",
    "example": "planner.shipped_example",
    "export_model": "planner.solving.model_file",
    "make_run": "planner.analysis.make_run",
    "read_run": "planner.runs",
    "read_scenario": "planner.scenario",
    "solve": "planner.solving",
    "sweep": "planner.analysis.sweep",
    "what_if": "planner.solving.what_if_session",
}
_FORMER = {"balance_of": "compute_balance", "run_of": "make_run"}
"""Names of version 0.1 that still work."""

__all__ = [
    "Balance",
    "Comparison",
    "InputError",
    "PlannerError",
    "Run",
    "Scenario",
    "Solution",
    "WhatIfSession",
    "__version__",
    "compare",
    "compute_balance",
    "example",
    "export_model",
    "make_run",
    "read_run",
    "read_scenario",
    "solve",
    "sweep",
    "what_if",
]


def __getattr__(name: str) -> Any:
    return fetched(__name__, _HOMES, _FORMER.get(name, name))


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
