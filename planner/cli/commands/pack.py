"""`planner pack`: a scenario as a data package for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, ScenarioPath, help_text
from planner.i18n import text


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
    with cli_errors(language, debug=debug) as screen:
        from planner.exchange.datapackages import pack as packed
        from planner.exchange.datapackages import read_package
        from planner.runs import require_new_file

        place = require_new_file(out, "parcel.exists", force=force)
        found = packed(scenario, place, level)
        screen.speak_as(found.settings.scenario)
        parcel = read_package(out)
        screen.say(
            text("parcel.written", screen.language, out=out, level=level, files=len(parcel.files))
        )
        screen.say(text(f"parcel.level_{level}", screen.language))
