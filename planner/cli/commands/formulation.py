"""`planner formulation`: the equations as the code has them."""

from __future__ import annotations

from planner.cli.guard import cli_errors, read
from planner.cli.options import Debug, Language, ScenarioOrRun


def formulation(scenario: ScenarioOrRun, *, language: Language = "", debug: Debug = False) -> None:
    """Show the equations of the model as the code has them, with their sizes."""
    with cli_errors(language, debug=debug) as screen:
        from planner.market.market import build_market
        from planner.model import describe_formulation, formulate
        from planner.solving.stages import describe_stages

        found = read(scenario, screen)
        screen.say(describe_formulation(formulate(build_market(found))))
        screen.say(describe_stages(found.settings.policy.stages))
