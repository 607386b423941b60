"""`planner template`: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors, read
from planner.cli.options import Debug, Force, Language, help_text
from planner.i18n import text


def template(
    out: Annotated[Path, typer.Argument(metavar="OUT", help=help_text("template_out"))],
    *,
    scenario: Annotated[
        Path,
        typer.Option(
            "--scenario", metavar="SCENARIO", readable=False, help=help_text("template_scenario")
        ),
    ],
    manifest: Annotated[
        bool, typer.Option("--manifest", help=help_text("template_manifest"))
    ] = False,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write an empty workbook whose drop-downs offer the codes of a scenario."""
    with cli_errors(language, debug=debug) as screen:
        from planner.cli.new_output import require_new_book
        from planner.exchange.template import write_manifest, write_template

        target = require_new_book(out, force=force)
        screen.progress("read")
        found = read(scenario, screen, runs=False)
        if manifest:
            write_manifest(found, target, screen.language)
            screen.say(text("workbook.manifest", screen.language, out=out))
            return
        write_template(found, scenario, target, screen.language)
        screen.say(
            text("workbook.template", screen.language, out=out, title=found.title(screen.language))
        )
