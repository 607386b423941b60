"""`planner convert`: a scenario folder as a workbook, and a workbook as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Force, Language, ScenarioPath, help_text
from planner.language import text


def convert(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=help_text("convert_out"))],
    *,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write a scenario folder as a workbook, or a workbook as a folder."""
    with guarded(language, debug=debug) as screen:
        from planner.exchange.convert import base_lost, read_whole
        from planner.exchange.convert import convert as to_other_form
        from planner.exchange.targets import require_other_form

        place = require_other_form(scenario, out, force=force)
        screen.progress("read")
        folder = read_whole(scenario)
        screen.progress("convert")
        to_other_form(folder, place, screen.language)
        if base := base_lost(folder, out):
            screen.remark([text("convert.base_lost", screen.language, out=out, base=base)])
        size = {"tables": len(folder.tables), "rows": sum(map(len, folder.tables.values()))}
        screen.say(text("convert.written", screen.language, out=out, **size))
