"""Never only "infeasible": twenty-four small scenarios broken on purpose, and three of the nation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from broken import BROKEN, NATIONAL, mended

import planner
from planner import Scenario
from planner.analysis.diagnosis import Diagnosis, Line, diagnose
from planner.errors import InfeasibleError

SMALL = pytest.mark.parametrize("name", BROKEN)
LARGE = pytest.mark.parametrize("name", NATIONAL)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Scenario, Diagnosis]]:
    """Every small scenario with its diagnosis."""
    folder = tmp_path_factory.mktemp("broken")
    scenarios = {name: broken.scenario(folder / name) for name, broken in BROKEN.items()}
    return {name: (scenario, diagnose(scenario)) for name, scenario in scenarios.items()}


@cache
def large(name: str) -> tuple[Scenario, Diagnosis]:
    scenario = NATIONAL[name]()
    return scenario, diagnose(scenario)


def is_whole(scenario: Scenario) -> bool:
    """Say whether there is a plan, and it meets all need."""
    try:
        return planner.solve(scenario).value("unmet").sum() == 0
    except InfeasibleError:
        return False


def is_mended(scenario: Scenario, question: str, lines: list[Line]) -> bool:
    """Do what lines say and look; a scenario in contradiction is mended when it has a plan."""
    try:
        plan = planner.solve(mended(scenario, lines))
    except InfeasibleError:
        return False
    return question == "contradiction" or plan.value("unmet").sum() == 0


@SMALL
def test_the_answer_is_what_was_worked_out_by_hand(
    small: dict[str, tuple[Scenario, Diagnosis]], name: str
) -> None:
    lines = small[name][1].lines or []
    found = tuple((line.kind, pytest.approx(line.changes[-1].new)) for line in lines)
    assert (small[name][1].question, found) == (BROKEN[name].question, BROKEN[name].lines)


@SMALL
def test_doing_what_the_answer_says_mends_the_scenario(
    small: dict[str, tuple[Scenario, Diagnosis]], name: str
) -> None:
    scenario, answer = small[name]
    assert is_mended(scenario, answer.question, answer.lines or [])


@SMALL
def test_no_line_of_the_answer_can_be_left_out(
    small: dict[str, tuple[Scenario, Diagnosis]], name: str
) -> None:
    scenario, answer = small[name]
    lines = answer.lines or []
    without = [[*lines[:i], *lines[i + 1 :]] for i in range(len(lines))]
    assert lines
    assert not any(is_mended(scenario, answer.question, some) for some in without)
