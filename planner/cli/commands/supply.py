"""`planner supply`: where a province's food comes from, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors, read, run_at
from planner.cli.options import Debug, Language, ScenarioOrRun, Solver, help_text
from planner.i18n import text

if TYPE_CHECKING:
    import pandas as pd

    from planner.cli.console import Terminal
    from planner.scenario import Scenario


def supply(
    scenario: ScenarioOrRun,
    *,
    to: Annotated[str, typer.Option("--to", metavar="PROVINCE", help=help_text("to"))],
    commodity: Annotated[
        str, typer.Option("--commodity", metavar="NAME", help=help_text("commodity"))
    ] = "",
    language: Language = "",
    solver: Solver = "highs",
    debug: Debug = False,
) -> None:
    """Show who supplies a province, and the cost of each path by part."""
    with cli_errors(language, debug=debug) as screen:
        from planner.reports.supply_view import supply_view
        from planner.scenario.lookup import find_code

        screen.progress("read")
        run = run_at(scenario)
        found = run.scenario if run else read(scenario, screen)
        screen.speak_as(found.settings.scenario)
        province = find_code(found, "provinces", to)
        good = find_code(found, "commodities", commodity) if commodity else ""
        table = run.tables["supply"] if run else _solved(found, solver, screen)
        screen.show(supply_view(found, table, province, good, screen.language))
        screen.say(text("supply.view.note", screen.language))


def _solved(scenario: Scenario, solver: str, screen: Terminal) -> pd.DataFrame:
    """Find the plan, and give its table of paths."""
    from planner.analysis.supply_paths.paths import decompose_flows
    from planner.analysis.supply_paths.supply_table import supply_table as table_of
    from planner.solving import solve

    return table_of(decompose_flows(solve(scenario, solver=solver, progress=screen.progress)))
