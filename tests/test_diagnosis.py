"""Never only "infeasible": scenarios broken on purpose are mended by doing what the answer says, and all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from broken_models import BROKEN, DEAL, NATIONAL, mended, rule
from builders import arc, made, needed, provinces, scenario_of
from hypothesis import assume, given, settings
from strategies import scenarios

import planner
from planner import Scenario
from planner.analysis.infeasibility import Diagnosis, Remedy, diagnose
from planner.errors import InfeasibleError, InputError

type Answer = tuple[Scenario, Diagnosis]
type Asking = Callable[[str], Answer]

SMALL = pytest.mark.parametrize("name", BROKEN)
LARGE = pytest.mark.parametrize("name", NATIONAL)
AGAINST = {
    "an agreement beyond the ship": [("arc", ("A", "B", "ship"))],
    "an agreement and a ban": [("floor", ("deal",))],
    "two agreements and a budget": [("floor", ("deal",)), ("floor", ("return",))],
    "a floor above a ceiling": [("ceiling", ("most",))],
    "an agreement beyond the harvest": [("production", ("A", "rice")), ("opening", ("A", "rice"))],
}
"""What the one line of the answer stands against."""


@pytest.fixture(scope="module")
def answer_to(tmp_path_factory: pytest.TempPathFactory) -> Asking:
    """Return a broken scenario and its diagnosis, made when first asked for."""
    folder = tmp_path_factory.mktemp("broken")

    @cache
    def answer(name: str) -> Answer:
        make = NATIONAL[name] if name in NATIONAL else BROKEN[name].scenario
        scenario = make(folder / name)
        return scenario, diagnose(scenario)

    return answer


def is_mended(answer: Answer, lines: Sequence[Remedy]) -> bool:
    """Do what lines say, and look: limits in contradiction are mended when there is a plan."""
    scenario, diagnosis = answer
    try:
        plan = planner.solve(mended(scenario, lines))
    except InfeasibleError:
        return False
    return diagnosis.question == "contradiction" or plan.value("unmet").sum() == 0


def superfluous(answer: Answer) -> list[Remedy]:
    """Return the lines without which the scenario is mended as well; it is broken, so not the only one."""
    lines = answer[1].lines or []
    others = {i: [*lines[:i], *lines[i + 1 :]] for i in range(len(lines)) if len(lines) > 1}
    return [lines[i] for i, those in others.items() if is_mended(answer, those)]


@SMALL
def test_the_answer_is_what_was_worked_out_by_hand(answer_to: Asking, name: str) -> None:
    diagnosis = answer_to(name)[1]
    found = tuple((line.kind, line.changes[-1].new) for line in diagnosis.lines or [])
    assert diagnosis.question == BROKEN[name].question
    assert found == BROKEN[name].lines


@SMALL
def test_doing_what_the_answer_says_mends_the_scenario(answer_to: Asking, name: str) -> None:
    assert is_mended(answer_to(name), answer_to(name)[1].lines or [])


@SMALL
def test_no_line_of_the_answer_can_be_left_out(answer_to: Asking, name: str) -> None:
    assert not is_mended(answer_to(name), [])
    assert superfluous(answer_to(name)) == []


@pytest.mark.parametrize("name", AGAINST)
def test_a_contradiction_names_both_sides(answer_to: Asking, name: str) -> None:
    (line,) = answer_to(name)[1].lines or []
    assert [(limit.kind, limit.key) for limit in line.against] == AGAINST[name]


@LARGE
def test_doing_what_the_answer_says_mends_the_nation(answer_to: Asking, name: str) -> None:
    assert is_mended(answer_to(name), answer_to(name)[1].lines or [])


@LARGE
def test_no_line_of_the_answer_for_the_nation_can_be_left_out(answer_to: Asking, name: str) -> None:
    assert answer_to(name)[1].question != "nothing"
    assert superfluous(answer_to(name)) == []


def test_a_drought_is_mended_by_imports_in_time(answer_to: Asking) -> None:
    (line,) = answer_to("a drought")[1].lines or []
    assert (line.kind, line.key[1]) == ("import", "beras")
    assert max(change.period for change in line.changes) == "2024-02"
    assert 442_000 < sum(change.new - change.old for change in line.changes) < 450_000


def test_the_port_of_papua_is_named_with_its_room(answer_to: Asking) -> None:
    (line,) = answer_to("the port of Papua")[1].lines or []
    assert (line.kind, line.key, line.changes[0].old) == ("port", ("jayapura",), 5000)


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(scenarios())
def test_any_shortage_is_mended_by_its_answer_and_by_no_part_of_it(scenario: Scenario) -> None:
    """Penalties that weigh as much as hunger are left out, and reserves: see `tests/test_penalties.py`."""
    rules = scenario.tables["rules"]
    scenario = scenario.replace(
        rules=rules.assign(penalty_idr=rules["penalty_idr"].mask(rules["measure"] == "idr", 1.0)),
        stocks=scenario.tables["stocks"].assign(reserve_t=0.0),
    )
    try:
        answer = scenario, diagnose(scenario)
    except InputError:
        assume(False)
    assume(answer[1].question == "unmet")
    assert is_mended(answer, answer[1].lines or [])
    assert superfluous(answer) == []


def test_a_largest_share_is_not_taken_for_a_ceiling_in_tonnes(tmp_path: Path) -> None:
    """The ship carries 30 t of the 40 t agreed on; a share of what arrives forbids no tonne by itself."""
    share = rule("share", "<=", 0.6, "share", destination="B", per="origin")
    scenario = scenario_of(
        tmp_path,
        provinces=provinces("A", "B", "C"),
        production=[made("A", 60), made("C", 60)],
        need=[needed("B", 80)],
        arcs=[arc("A", "B", 100, capacity=30), arc("C", "B", 100)],
        rules=[DEAL, share],
    )
    clash = diagnose(scenario).certain[-1]
    assert [limit.kind for limit in clash.against] == ["arc"]


def test_what_stages_reached_is_no_limit_of_its_own(tmp_path: Path) -> None:
    """B and C need 30 t each and share the 40 t of A; 20 t more are enough, whoever was to get less."""
    plain = scenario_of(
        tmp_path,
        provinces=provinces("A", "B", "C"),
        production=[made("A", 40)],
        need=[needed("B", 30), needed("C", 30)],
        arcs=[arc("A", "B", 100), arc("A", "C", 200)],
    )
    policy = {"stages": ("coverage", "fairness", "cost")}
    fair = plain.settings.policy.model_copy(update=policy)
    scenario = plain.replace(settings=plain.settings.model_copy(update={"policy": fair}))
    found = diagnose(scenario).lines or []
    assert [round(line.amount) for line in found] == [20]
    assert planner.solve(mended(scenario, found)).value("unmet").sum() == 0
