"""`planner prices`: the local prices of a commodity and how far they hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors, read
from planner.cli.options import (
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
from planner.i18n import text

if TYPE_CHECKING:
    import pandas as pd

    from planner.runs import Target
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
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis.sensitivity.price_ranges import parse_query, price_ranges
        from planner.reports.price_view import price_notes, price_view
        from planner.reports.run_report import price_note
        from planner.runs import require_new_output
        from planner.solving import solve

        if out is not None:
            place = require_new_output(out, scenario, force=force)
        screen.progress("read")
        found = read(scenario, screen)
        asked = parse_query(found, commodity, province, period)
        solution = solve(found, solver=solver, progress=screen.progress)
        screen.progress("prices")
        table = price_ranges(solution, **asked)
        screen.show(price_view(table, found, screen.language))
        screen.say(price_notes(table, screen.language) + price_note(found, screen.language))
        if out is not None:
            _write(place, found, table)
            screen.say(text("command.written", screen.language, folder=out))


def _write(place: Target, scenario: Scenario, table: pd.DataFrame) -> None:
    from planner.runs import SUMMARY_FILE, atomic_folder, write_json, write_tables

    with atomic_folder(place) as folder:
        write_tables(folder, {"price_ranges": table}, scenario.settings.scenario.money_decimals)
        facts = {"scenario": scenario.name, "input_digest": scenario.digest()}
        write_json(folder / SUMMARY_FILE, facts)
