"""The stages of a plan beside the cost, one file each; what a stage reached binds the later ones by rows."""

import inspect
from collections.abc import Callable, Sequence

from planner.market.market import Market
from planner.model import Program
from planner.solution.stage_results import Reached
from planner.solving.stages.fairness import fairness
from planner.solving.stages.least_unmet_need import coverage
from planner.solving.stages.stability import stabilise

BEFORE_COST: dict[str, Callable[[Program, Market], tuple[Program, Reached]]] = {
    "coverage": coverage,
    "fairness": fairness,
}
"""The stages that stand before the cost, by name."""


def describe_stages(stages: Sequence[str]) -> list[str]:
    """Return equation and meaning of each stage beside the cost, from the docstrings."""
    described = {**BEFORE_COST, "calm": stabilise}
    chosen = [(name, described[name]) for name in stages if name in described]
    return [
        line
        for name, stage in chosen
        for line in ("", f"stage {name}:", inspect.getdoc(stage) or "")
    ]
