"""Plan the trade of staple goods between provinces.

>>> import planner
>>> scenario = planner.read_scenario("scenarios/jabar-ntb")
>>> solution = planner.solve(scenario)
>>> solution.flows()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.balance import Balance, balance_of
    from planner.errors import InputError, PlannerError
    from planner.scenario import Scenario, read_scenario
    from planner.solution import Solution
    from planner.solving import solve

_HOMES = {
    "Balance": "planner.balance",
    "InputError": "planner.errors",
    "PlannerError": "planner.errors",
    "Scenario": "planner.scenario",
    "Solution": "planner.solution",
    "balance_of": "planner.balance",
    "read_scenario": "planner.scenario",
    "solve": "planner.solving",
}

__all__ = [
    "Balance",
    "InputError",
    "PlannerError",
    "Scenario",
    "Solution",
    "balance_of",
    "read_scenario",
    "solve",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Fetch a public name when it is first asked for, so that `planner --help` answers at once."""
    if name not in _HOMES:
        message = f"module 'planner' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
