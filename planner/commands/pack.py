"""`planner pack`: a scenario as a data package for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Force, Language, ScenarioPath, help_text
from planner.language import text


def pack(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=help_text("pack_out"))],
    *,
    level: Annotated[str, typer.Option("--level", metavar="LEVEL", help=help_text("level"))],
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write a scenario as a data package (zip) at a sharing level."""
    with guarded(language, debug=debug) as screen:
        from planner.exchange.parcel import pack as packed
        from planner.exchange.parcel import read_parcel
        from planner.runs import free_file

        place = free_file(out, "parcel.exists", force=force)
        found = packed(scenario, place, level)
        screen.speak_as(found.settings.scenario.language)
        parcel = read_parcel(out)
        screen.say(
            text("parcel.written", screen.language, out=out, level=level, files=len(parcel.files))
        )
        screen.say(text(f"parcel.level_{level}", screen.language))
