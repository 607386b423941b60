"""`planner prove`: whether a published balance closes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Language, help_text

BROKEN = 1


def prove(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help=help_text("published"))
    ],
    *,
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help=help_text("sheet"))] = "",
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Say which identities of a published balance hold, and by how much the others break."""
    with guarded(language, debug=debug) as screen:
        from planner.exchange.proof import proof_told, proven
        from planner.exchange.proof import prove as proof_of

        found = proof_of(file, sheet)
        screen.say(proof_told(found, screen.language))
        if not proven(found):
            raise typer.Exit(BROKEN)
