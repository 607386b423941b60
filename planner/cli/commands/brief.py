"""`planner brief`: two pages for those who decide, and proof that each numeral is one of the run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, help_text, out_option
from planner.errors import InputError, OptionError
from planner.i18n import text

if TYPE_CHECKING:
    from planner.brief.run_cells import Runs


def brief(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("brief_run"))],
    *,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="RUN", help=help_text("against"))
    ] = None,
    form: Annotated[str, typer.Option("--format", help=help_text("format"))] = "html,docx,pdf",
    out: Annotated[Path | None, out_option("out_brief")] = None,
    only_check: Annotated[bool, typer.Option("--check", help=help_text("check_brief"))] = False,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Build a brief of a run, or check the one that is there."""
    with cli_errors(language, debug=debug) as screen:
        from planner.brief.build import make_brief, require_new_folder, stale_statements
        from planner.runs import read_run

        folder = out or run / "brief"
        wanted = _formats(form)
        place = None if only_check else require_new_folder(folder, force=force)
        runs: Runs = {"run": read_run(run)}
        if against is not None:
            runs = {**runs, "against": read_run(against)}
        screen.speak_as(runs["run"].scenario.settings.scenario)
        if place is None:
            if found := stale_statements(folder, runs):
                raise InputError(found)
            screen.say(text("brief.true", screen.language, folder=folder))
            return
        screen.progress("brief")
        source = make_brief(runs, place, wanted, screen.language)
        screen.say(source.headline)
        screen.say(text("command.written", screen.language, folder=folder))


def _formats(asked: str) -> list[str]:
    """Read the list of formats."""
    from planner.brief.render import FORMATS

    wanted = [name.strip().lower() for name in asked.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise OptionError("brief.unknown_format", asked=", ".join(unknown) or asked)
    return list(dict.fromkeys(wanted))
