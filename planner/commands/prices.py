"""`planner prices`: the local prices of a commodity and how far they hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.frame import guarded, read
from planner.commands.options import (
    Commodity,
    Debug,
    Force,
    Language,
    Period,
    ScenarioOrRun,
    Solver,
    help_text,
    out_option,
)
from planner.language import text

if TYPE_CHECKING:
    import pandas as pd

    from planner.runs import Place
    from planner.scenario import Scenario


def prices(
    scenario: ScenarioOrRun,
    *,
    commodity: Commodity,
    province: Annotated[
        str, typer.Option("--province", metavar="PROVINCE", help=help_text("province"))
    ] = "",
    period: Period = "",
    out: Annotated[Path | None, out_option("out_prices")] = None,
    force: Force = False,
    language: Language = "",
    solver: Solver = "highs",
    debug: Debug = False,
) -> None:
    """Show the local prices of a commodity and how far they hold, and write them."""
    with guarded(language, debug=debug) as screen:
        from planner.analysis.price_ranges import codes_of, price_ranges
        from planner.analysis.price_view import price_notes, price_view
        from planner.analysis.report import price_note
        from planner.runs import require_free
        from planner.solving import solve

        if out is not None:
            place = require_free(out, scenario, force=force)
        screen.progress("read")
        found = read(scenario, screen)
        asked = codes_of(found, commodity, province, period)
        solution = solve(found, solver=solver, progress=screen.progress)
        screen.progress("prices")
        table = price_ranges(solution, **asked)
        screen.show(price_view(table, found, screen.language))
        screen.say(price_notes(table, screen.language) + price_note(found, screen.language))
        if out is not None:
            _write(place, found, table)
            screen.say(text("command.written", screen.language, folder=out))


def _write(place: Place, scenario: Scenario, table: pd.DataFrame) -> None:
    from planner.runs import SUMMARY_FILE, whole_folder, write_json, write_tables

    with whole_folder(place) as folder:
        write_tables(folder, {"price_ranges": table})
        facts = {"scenario": scenario.name, "input_digest": scenario.digest()}
        write_json(folder / SUMMARY_FILE, facts)
