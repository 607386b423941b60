"""`planner prove`: whether a published balance closes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Language, help_text

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
    """Write which identities of a published balance hold, and by how much the others break."""
    with cli_errors(language, debug=debug) as screen:
        from planner.exchange.balance_audit import audit_balance
        from planner.reports.balance_audit_report import balance_audit_report, is_proven

        found = audit_balance(file, sheet)
        screen.say(balance_audit_report(found, screen.language))
        if not is_proven(found):
            raise typer.Exit(BROKEN)
