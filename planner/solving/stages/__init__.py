"""The stages of a plan beside the cost, one file each; what a stage reached binds the later ones by rows."""

from collections.abc import Callable

from planner.balance import Balance
from planner.model import Program
from planner.scenario import Scenario
from planner.solution.stages import Reached
from planner.solving.stages.coverage import coverage
from planner.solving.stages.fairness import fairness

BEFORE_COST: dict[str, Callable[[Program, Scenario, Balance], tuple[Program, Reached]]] = {
    "coverage": coverage,
    "fairness": fairness,
}
"""The stages that stand before the cost, by name."""
