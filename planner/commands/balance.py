"""`planner balance`: each province's surplus and shortage before any trade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from planner.commands.frame import guarded, read
from planner.commands.options import Debug, Force, Language, ScenarioOrRun, out_option
from planner.language import text


def balance(
    scenario: ScenarioOrRun,
    *,
    out: Annotated[Path | None, out_option("out_balance")] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Show the balance of every province, and write it."""
    with guarded(language, debug=debug) as screen:
        from planner.analysis.balance_view import balance_notes, balance_view
        from planner.balance import balance_of
        from planner.runs import SUMMARY_FILE, require_free, whole_folder, write_json, write_tables

        if out is not None:
            place = require_free(out, scenario, force=force)
        found = read(scenario, screen)
        worked_out = balance_of(found)
        screen.show(balance_view(found, worked_out, screen.language))
        screen.say(balance_notes(found, screen.language))
        if out is not None:
            with whole_folder(place) as folder:
                write_tables(folder, {"balance": worked_out.table()})
                write_json(
                    folder / SUMMARY_FILE, {"scenario": found.name, "input_digest": found.digest()}
                )
            screen.say(text("command.written", screen.language, folder=out))
