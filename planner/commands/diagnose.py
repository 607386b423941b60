"""`planner diagnose`: which limits contradict each other, and why is this need unmet."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.commands.frame import guarded, read
from planner.commands.options import Debug, Language, ScenarioPath, help_text


def diagnose(
    scenario: ScenarioPath,
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
    """Say what is short and why, and what would mend it."""
    with guarded(language, debug=debug) as screen:
        from planner.analysis import diagnosis

        screen.progress("read")
        found = read(scenario, screen)
        asked = diagnosis.asked_of(found, province, commodity, period, without or [])
        answer = diagnosis.diagnose(found, asked, progress=screen.progress)
        screen.say(diagnosis.told(found, answer, screen.language, asked))
