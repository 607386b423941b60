"""`planner lanes`: what every way between two provinces costs."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.commands.frame import guarded, read
from planner.commands.options import Debug, Language, ScenarioPath, help_text
from planner.language import text


def lanes(
    scenario: ScenarioPath,
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", help=help_text("lanes_origin"))],
    destination: Annotated[
        str, typer.Argument(metavar="DESTINATION", help=help_text("lanes_destination"))
    ],
    *,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Show freight and time of every way from one province straight to another."""
    with guarded(language, debug=debug) as screen:
        from planner.analysis.lanes import lane_view, province_of

        found = read(scenario, screen)
        start = province_of(found, origin, screen.language)
        end = province_of(found, destination, screen.language)
        view = lane_view(found, start, end, screen.language)
        if view.row_count:
            screen.show(view)
            screen.say(text("command.lanes_note", screen.language))
        else:
            screen.say(text("command.lanes_none", screen.language))
