"""`planner check`: every problem of every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Language, ScenarioPath, help_text
from planner.errors import MOST_TOLD, InputError, told
from planner.language import text

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
    with guarded(language, debug=debug) as screen:
        from planner.reach import reach_problems
        from planner.rules import rule_problems
        from planner.scenario import examine
        from planner.scenario.places import in_cells

        found, problems = examine(scenario)
        if found is not None:
            screen.speak_as(found.settings.scenario.language)
            problems += in_cells(reach_problems(found) + rule_problems(found), found.books)
        if any(problem.blocking for problem in problems):
            raise InputError(problems, most=None if whole else MOST_TOLD)
        screen.say(told(problems, screen.language, None if whole else MOST_TOLD))
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
