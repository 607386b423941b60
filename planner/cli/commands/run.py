"""`planner run`: from scenario to run folder."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.guard import cli_errors, read
from planner.cli.options import Debug, Force, Language, Out, ScenarioOrRun, Solver, help_text


def run(
    scenario: ScenarioOrRun,
    *,
    out: Out,
    force: Force = False,
    language: Language = "",
    solver: Solver = "highs",
    algorithm: Annotated[
        str, typer.Option("--algorithm", metavar="NAME", help=help_text("algorithm"))
    ] = "auto",
    freight: Annotated[
        str, typer.Option("--freight", metavar="BAND", help=help_text("freight"))
    ] = "",
    within: Annotated[
        list[float] | None,
        typer.Option("--within", metavar="PERCENT", min=0.01, max=100, help=help_text("within")),
    ] = None,
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help=help_text("charts"))] = True,
    debug: Debug = False,
) -> None:
    """Find the cheapest plan and write the run folder."""
    with cli_errors(language, debug=debug) as screen:
        from planner.i18n import text
        from planner.pipeline import Phases, run_scenario
        from planner.runs import require_new_output

        place = require_new_output(out, scenario, force=force)
        phases = Phases(screen.progress)
        phases("read")
        found = read(scenario, screen)
        result = run_scenario(
            found,
            place,
            language=screen.language,
            solver=solver,
            algorithm=algorithm,
            freight=freight,
            within=within or [],
            charts=charts,
            phases=phases,
            show=screen.say,
        )
        screen.say([*result.closing, text("command.written", screen.language, folder=out)])
