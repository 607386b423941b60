"""`planner diff`: what differs between two scenarios as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, help_text
from planner.errors import OptionError
from planner.i18n import text

if TYPE_CHECKING:
    from planner.runs import Target

Before = Annotated[Path, typer.Argument(metavar="A", readable=False, help=help_text("side_before"))]
After = Annotated[Path, typer.Argument(metavar="B", readable=False, help=help_text("side_after"))]


def diff(
    before: Before,
    after: After,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.csv", help=help_text("diff_out"))
    ] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write which rows and cells of two scenarios differ, by how much, and their sources."""
    with cli_errors(language, debug=debug) as screen:
        from planner.exchange.merge.differences import differences, write_differences
        from planner.exchange.merge.read_any import read_any
        from planner.reports.diff_report import diff_report

        if out is not None:
            place = _free(out, force=force)
        sides = read_any(before), read_any(after)
        screen.speak_as(sides[1].head)
        found = differences(*sides)
        screen.say(diff_report(found, (str(before), str(after)), screen.language))
        if out is not None:
            write_differences(found, place)
            screen.say(text("diff.written", screen.language, out=out, count=len(found)))


def _free(out: Path, *, force: bool) -> Target:
    from planner.runs import require_new_file

    if out.suffix.lower() != ".csv":
        raise OptionError("diff.not_csv", proposal=out.with_suffix(".csv"))
    return require_new_file(out, "diff.exists", force=force)
