"""`planner why`: why a lane is not used, or what would replace it."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.commands.frame import guarded, read
from planner.commands.options import (
    Commodity,
    Debug,
    Language,
    Period,
    ScenarioOrRun,
    Solver,
    help_text,
)


def why(
    scenario: ScenarioOrRun,
    *,
    origin: Annotated[str, typer.Option("--from", metavar="PROVINCE", help=help_text("from"))],
    destination: Annotated[str, typer.Option("--to", metavar="PROVINCE", help=help_text("to"))],
    commodity: Commodity,
    mode: Annotated[str, typer.Option("--mode", metavar="MODE", help=help_text("mode"))] = "",
    period: Period = "",
    language: Language = "",
    solver: Solver = "highs",
    debug: Debug = False,
) -> None:
    """Say why a lane is not used, or what would replace it."""
    with guarded(language, debug=debug) as screen:
        from planner.analysis.report import price_note
        from planner.analysis.why import answer, question_of
        from planner.analysis.why_view import why_view
        from planner.solving import solve

        screen.progress("read")
        found = read(scenario, screen)
        asked = question_of(found, origin, destination, commodity, mode=mode, period=period)
        solution = solve(found, solver=solver, progress=screen.progress)
        screen.progress("why")
        found_out = answer(solution, asked)
        screen.say(found_out.sentences(screen.language))
        for table in why_view(found_out, screen.language):
            screen.say("")
            screen.show(table)
        screen.say(price_note(found, screen.language))
