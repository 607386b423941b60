"""`planner supply`: where a province's food comes from, and what that costs."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.commands.frame import guarded, read
from planner.commands.options import Debug, Language, ScenarioPath, Solver, help_text
from planner.language import text


def supply(
    scenario: ScenarioPath,
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
        from planner.analysis.paths import paths_of
        from planner.analysis.supply import supply as table_of
        from planner.analysis.supply_view import supply_view
        from planner.scenario.names import code_of
        from planner.solving import solve

        screen.progress("read")
        found = read(scenario, screen)
        province = code_of(found, "provinces", to)
        good = code_of(found, "commodities", commodity) if commodity else ""
        paths = paths_of(solve(found, solver=solver, progress=screen.progress))
        screen.show(supply_view(found, table_of(paths), province, good, screen.language))
        screen.say(text("supply.view.note", screen.language))
