"""The stages of a plan beside the cost, one file each; what a stage reached binds the later ones by rows."""

import inspect
from collections.abc import Callable, Sequence

from planner.balance import Balance
from planner.model import Program
from planner.scenario import Scenario
from planner.solution.stages import Reached
from planner.solving.stages.calm import calm
from planner.solving.stages.coverage import coverage
from planner.solving.stages.fairness import fairness

BEFORE_COST: dict[str, Callable[[Program, Scenario, Balance], tuple[Program, Reached]]] = {
    "coverage": coverage,
    "fairness": fairness,
}
"""The stages that stand before the cost, by name."""


def stages_described(stages: Sequence[str]) -> list[str]:
    """Give equation and meaning of each stage beside the cost, from the docstrings."""
    described = {**BEFORE_COST, "calm": calm}
    chosen = [(name, described[name]) for name in stages if name in described]
    return [
        line
        for name, stage in chosen
        for line in ("", f"stage {name}:", inspect.getdoc(stage) or "")
    ]
