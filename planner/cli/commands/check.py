"""`planner check`: every problem of every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Language, ScenarioPath, help_text
from planner.errors import MOST_TOLD, InputError, format_problems
from planner.i18n import text

if TYPE_CHECKING:
    from planner.scenario import Scenario


def check(
    scenario: ScenarioPath,
    *,
    whole: Annotated[bool, typer.Option("--all", help=help_text("check_all"))] = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """List every problem and remark of a scenario."""
    with cli_errors(language, debug=debug) as screen:
        from planner.formats.locations import with_cells
        from planner.market.reachability import reach_problems
        from planner.market.rules import rule_problems
        from planner.scenario import examine

        found, problems = examine(scenario)
        if found is not None:
            screen.speak_as(found.settings.scenario)
            problems += with_cells(reach_problems(found) + rule_problems(found), found.books)
        if any(problem.blocking for problem in problems):
            raise InputError(problems, most=None if whole else MOST_TOLD)
        screen.say(format_problems(problems, screen.language, None if whole else MOST_TOLD))
        if found is not None:
            screen.say(text("command.check_fine", screen.language, **_size(found)))


def _size(scenario: Scenario) -> dict[str, object]:
    return {
        "scenario": scenario.name,
        "provinces": len(scenario.provinces),
        "commodities": len(scenario.commodities),
        "periods": scenario.horizon.periods,
        "rows": sum(len(lines.drop_duplicates()) for lines in scenario.lines.values()),
    }
