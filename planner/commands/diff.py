"""`planner diff`: what differs between two scenarios as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Force, Language, help_text
from planner.errors import OptionError
from planner.language import text

if TYPE_CHECKING:
    from planner.runs import Place

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
    """Say which rows and cells of two scenarios differ, by how much, and their sources."""
    with guarded(language, debug=debug) as screen:
        from planner.exchange.diff import differences, write_differences
        from planner.exchange.diff_report import diff_report
        from planner.exchange.offered import read_offered

        if out is not None:
            place = _free(out, force=force)
        sides = read_offered(before), read_offered(after)
        screen.speak_as(sides[1].language)
        found = differences(*sides)
        screen.say(diff_report(found, (str(before), str(after)), screen.language))
        if out is not None:
            write_differences(found, place)
            screen.say(text("diff.written", screen.language, out=out, count=len(found)))


def _free(out: Path, *, force: bool) -> Place:
    from planner.runs import free_file

    if out.suffix.lower() != ".csv":
        raise OptionError("diff.not_csv", proposal=out.with_suffix(".csv"))
    return free_file(out, "diff.exists", force=force)
