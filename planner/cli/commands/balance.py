"""`planner balance`: each province's surplus and shortage before any trade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from planner.cli.guard import cli_errors, read
from planner.cli.options import Debug, Force, Language, ScenarioOrRun, out_option
from planner.i18n import text


def balance(
    scenario: ScenarioOrRun,
    *,
    out: Annotated[Path | None, out_option("out_balance")] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Show the balance of every province, and write it."""
    with cli_errors(language, debug=debug) as screen:
        from planner.market.balance import compute_balance
        from planner.reports.balance_view import balance_notes, balance_view
        from planner.runs import (
            SUMMARY_FILE,
            atomic_folder,
            require_new_output,
            write_json,
            write_tables,
        )

        if out is not None:
            place = require_new_output(out, scenario, force=force)
        found = read(scenario, screen)
        worked_out = compute_balance(found)
        screen.show(balance_view(found, worked_out, screen.language))
        screen.say(balance_notes(found, screen.language))
        if out is not None:
            with atomic_folder(place) as folder:
                write_tables(folder, {"balance": worked_out.table()})
                write_json(
                    folder / SUMMARY_FILE, {"scenario": found.name, "input_digest": found.digest()}
                )
            screen.say(text("command.written", screen.language, folder=out))
