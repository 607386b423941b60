"""`planner convert`: a scenario folder as a workbook, and a workbook as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, ScenarioPath, help_text
from planner.i18n import text


def convert(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=help_text("convert_out"))],
    *,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write a scenario folder as a workbook, or a workbook as a folder."""
    with cli_errors(language, debug=debug) as screen:
        from planner.cli.new_output import require_other_form
        from planner.exchange.convert import convert as to_other_form
        from planner.exchange.convert import missing_base, read_whole

        place = require_other_form(scenario, out, force=force)
        screen.progress("read")
        folder = read_whole(scenario)
        screen.progress("convert")
        to_other_form(folder, place, screen.language)
        if base := missing_base(folder, out):
            screen.remark([text("convert.base_lost", screen.language, out=out, base=base)])
        size = {"tables": len(folder.tables), "rows": sum(map(len, folder.tables.values()))}
        screen.say(text("convert.written", screen.language, out=out, **size))
