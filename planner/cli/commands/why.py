"""`planner why`: why a lane is not used, or what would replace it."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.guard import cli_errors, read
from planner.cli.options import (
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
    """Write why a lane is not used, or what would replace it."""
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis.whynot.why_not import answer, parse_question
        from planner.reports.run_report import price_note
        from planner.reports.why_not_sentences import why_not_sentences
        from planner.reports.why_not_tables import why_not_tables, why_notes
        from planner.solving import solve

        screen.progress("read")
        found = read(scenario, screen)
        asked = parse_question(found, origin, destination, commodity, mode=mode, period=period)
        solution = solve(found, solver=solver, progress=screen.progress)
        screen.progress("why")
        found_out = answer(solution, asked)
        screen.say(why_not_sentences(found_out, screen.language))
        for table in why_not_tables(found_out, screen.language):
            screen.say("")
            screen.show(table)
        screen.say(why_notes(found_out, screen.language) + price_note(found, screen.language))
