"""`planner workbook`: the shipment plan of a run as a workbook to print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, help_text
from planner.i18n import text


def workbook(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("workbook_run"))],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=help_text("out_workbook"))
    ] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write the shipment plan of a run as a workbook that an office can print."""
    with cli_errors(language, debug=debug) as screen:
        from planner.cli.new_output import require_new_book
        from planner.reports.plan_workbook import write_plan
        from planner.runs import atomic_file, read_run

        found = read_run(run)
        screen.speak_as(found.scenario.settings.scenario)
        file = out or run / text("plan_book.file", screen.language)
        place = require_new_book(file, force=force)
        screen.progress("workbook")
        with atomic_file(place) as partial:
            write_plan(partial, found, screen.language)
        screen.say(text("command.written", screen.language, folder=file))
