"""`planner supply`: where a province's food comes from, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.frame import guarded, read, run_at
from planner.commands.options import Debug, Language, ScenarioOrRun, Solver, help_text
from planner.language import text

if TYPE_CHECKING:
    import pandas as pd

    from planner.scenario import Scenario
    from planner.screen import Screen


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
    with guarded(language, debug=debug) as screen:
        from planner.analysis.supply_view import supply_view
        from planner.scenario.names import code_of

        screen.progress("read")
        run = run_at(scenario)
        found = run.scenario if run else read(scenario, screen)
        screen.speak_as(found.settings.scenario.language)
        province = code_of(found, "provinces", to)
        good = code_of(found, "commodities", commodity) if commodity else ""
        table = run.tables["supply"] if run else _solved(found, solver, screen)
        screen.show(supply_view(found, table, province, good, screen.language))
        screen.say(text("supply.view.note", screen.language))


def _solved(scenario: Scenario, solver: str, screen: Screen) -> pd.DataFrame:
    """Find the plan, and give its table of paths."""
    from planner.analysis.paths import paths_of
    from planner.analysis.supply import supply as table_of
    from planner.solving import solve

    return table_of(paths_of(solve(scenario, solver=solver, progress=screen.progress)))
