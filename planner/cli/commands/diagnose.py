"""`planner diagnose`: which limits contradict each other, and why is this need unmet."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.guard import cli_errors, read, run_at
from planner.cli.options import Debug, Language, ScenarioOrRun, help_text
from planner.i18n import text


def diagnose(
    scenario: ScenarioOrRun,
    *,
    province: Annotated[
        str, typer.Option("--province", metavar="NAME", help=help_text("diagnose_province"))
    ] = "",
    commodity: Annotated[
        str, typer.Option("--commodity", metavar="NAME", help=help_text("diagnose_commodity"))
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help=help_text("diagnose_period"))
    ] = "",
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="KIND", help=help_text("without"))
    ] = None,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write what is short and why, and what would mend it."""
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis import infeasibility
        from planner.reports.diagnosis import diagnosis_report

        screen.progress("read")
        run = run_at(scenario)
        found = run.scenario if run else read(scenario, screen)
        screen.speak_as(found.settings.scenario)
        asked = infeasibility.parse_query(found, province, commodity, period, without or [])
        if run and not run.facts["unmet_t"]:
            answer = infeasibility.no_shortage()
        else:
            answer = infeasibility.diagnose(found, asked, progress=screen.progress)
        screen.say(diagnosis_report(found, answer, screen.language, asked))
        if run and answer.lines:
            screen.say(text("diagnosis.of_run", screen.language, name=found.name))
