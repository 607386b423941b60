"""`planner lanes`: what every way between two provinces costs."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.guard import cli_errors, read
from planner.cli.options import Debug, Language, ScenarioOrRun, help_text
from planner.i18n import text


def lanes(
    scenario: ScenarioOrRun,
    *,
    origin: Annotated[str, typer.Option("--from", metavar="PROVINCE", help=help_text("from"))],
    to: Annotated[str, typer.Option("--to", metavar="PROVINCE", help=help_text("to"))],
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Show freight and time of every way from one province straight to another."""
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis.lane_offers import lane_view
        from planner.scenario.lookup import find_code

        found = read(scenario, screen)
        start, end = (find_code(found, "provinces", asked) for asked in (origin, to))
        view = lane_view(found, start, end, screen.language)
        if view.row_count:
            screen.show(view)
            screen.say(text("command.lanes_note", screen.language))
        else:
            screen.say(text("command.lanes_none", screen.language))
