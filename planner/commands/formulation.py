"""`planner formulation`: the equations as the code has them."""

from __future__ import annotations

from planner.commands.frame import guarded, read
from planner.commands.options import Debug, Language, ScenarioOrRun


def formulation(scenario: ScenarioOrRun, *, language: Language = "", debug: Debug = False) -> None:
    """Show the equations of the model as the code has them, with their sizes."""
    with guarded(language, debug=debug) as screen:
        from planner.balance import balance_of
        from planner.model import described, formulate
        from planner.network import network_of
        from planner.solving.stages import stages_described

        found = read(scenario, screen)
        screen.say(described(formulate(found, balance_of(found), network_of(found))))
        screen.say(stages_described(found.settings.policy.stages))
