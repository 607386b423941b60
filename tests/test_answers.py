"""Answers say what their figures are and where to act; what is given of a wrong kind is told in a sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import arc, made, needed, provinces, scenario_of, with_policy
from processes import SCENARIOS
from processes import planner as command
from test_stability import market, signed

import planner
import planner.analysis
from planner import InputError, PlannerError, Scenario, Solution
from planner.analysis import (
    compare,
    diagnose,
    frontier,
    lanes,
    make_run,
    price_ranges,
    trade_potential,
    why,
)
from planner.errors import InfeasibleError, OptionError
from planner.i18n import number, percent
from planner.reports.comparison_report import compare_report
from planner.reports.why_not_sentences import why_not_sentences
from planner.scenario import examine
from planner.solving import what_if

FIRST = SCENARIOS / "dua-pulau"


@cache
def islands() -> Scenario:
    return planner.read_scenario(FIRST)


@cache
def plan() -> Solution:
    return planner.solve(islands())


CALLS: dict[str, Callable[[Any], object]] = {
    "planner.solve": planner.solve,
    "planner.compute_balance": planner.compute_balance,
    "planner.compare": lambda given: planner.compare(given, given),
    "planner.make_run": planner.make_run,
    "planner.solving.what_if": what_if,
    "planner.analysis.diagnose": diagnose,
    "planner.analysis.frontier": frontier,
    "planner.analysis.lanes": lambda given: lanes(given, "01", "02"),
    "planner.analysis.trade_potential": lambda given: trade_potential(given, "01", "02"),
    "planner.analysis.price_ranges": lambda given: price_ranges(given, "beras"),
    "planner.analysis.why": lambda given: why(given, "01", "02", "beras"),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("given", [None, str(FIRST), 3], ids=str)
def test_what_is_given_of_another_kind_is_told_with_what_is_wanted(
    name: str, given: object
) -> None:
    with pytest.raises(OptionError, match=f"{name} needs a (Scenario|Solution|Run), not"):
        CALLS[name](given)


def test_a_plan_is_no_run_and_the_message_says_how_to_make_one() -> None:
    with pytest.raises(
        OptionError, match=r"not Solution\. Make one of a plan by planner\.make_run"
    ):
        planner.compare(plan(), plan())  # type: ignore[arg-type]


ASKED: dict[str, tuple[Callable[[], object], str]] = {
    "a path": (lambda: planner.read_scenario(None), "needs the path of a folder"),  # type: ignore[arg-type]
    "a run folder": (lambda: planner.read_run(5), "needs the path of a folder"),  # type: ignore[arg-type]
    "no goods": (lambda: islands().only(None), "Name one commodity"),  # type: ignore[arg-type]
    "a kept code": (lambda: what_if(plan()).change_harvest(1, province=1), "1 is no code"),  # type: ignore[arg-type]
    "kept codes": (lambda: what_if(plan()).change_harvest(1, province=[1]), "1 is no code"),  # type: ignore[list-item]
    "a code": (lambda: why(plan(), 1, "02", "beras"), "1 is no code"),  # type: ignore[arg-type]
    "a period": (
        lambda: why(plan(), "01", "02", "beras", period=pd.Timestamp("2023-01-01")),  # type: ignore[arg-type]
        "Timestamp is no code",
    ),
    "where": (
        lambda: islands().adjust("need", "tonnes", where="01", multiply=2),  # type: ignore[arg-type]
        "where needs columns and their values",
    ),
    "a number in where": (
        lambda: islands().adjust("need", "tonnes", where={"province": 1}, multiply=2),  # type: ignore[dict-item]
        '"1" is not a text',
    ),
    "points": (lambda: frontier(islands(), points="3"), "points must be a whole number"),  # type: ignore[arg-type]
    "a province": (lambda: trade_potential(plan(), "01", "99"), 'Province "99" is not known'),
    "one province twice": (
        lambda: trade_potential(plan(), "01", "01"),
        "Origin and destination are the same",
    ),
    "a language": (lambda: islands().title("fr"), 'no language "fr"'),
    "a table": (lambda: islands().names("provinsi"), 'no table "provinsi"'),
    "an algorithm": (lambda: planner.solve(islands(), algorithm=None), "None"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("case", ASKED)
def test_a_wrong_argument_is_told_in_a_sentence(case: str) -> None:
    call, said = ASKED[case]
    with pytest.raises(PlannerError) as caught:
        call()
    assert said in str(caught.value)


def test_an_answer_in_no_language_is_refused() -> None:
    with pytest.raises(ValueError, match='no language "fr"'):
        why_not_sentences(why(plan(), "01", "02", "beras"), "fr")


def test_provinces_are_asked_for_by_name_too() -> None:
    by_name = trade_potential(plan(), "Pulau Barat", "Pulau Timur")
    pd.testing.assert_frame_equal(by_name, trade_potential(plan(), "01", "02"))


@pytest.mark.parametrize("package", [planner, planner.analysis])
def test_a_package_lists_what_it_offers(package: Any) -> None:
    assert {*package.__all__} <= {*dir(package)}
    assert all(getattr(package, name) for name in package.__all__)


def test_a_question_is_no_module_whoever_imports_the_module_first() -> None:
    body = "import planner.analysis.whynot.why_not, planner.analysis as a; print(a.why.__name__, callable(a.why))"
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["why", "True"]


def test_the_analysis_loads_nothing_before_it_is_asked() -> None:
    body = "import sys, planner.analysis; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
    assert not {"pandas", "highspy", "pulp", "numpy"} & set(done.stdout.split())


def test_a_column_of_blanks_is_told_as_blank(tmp_path: Path) -> None:
    open_arcs = scenario_of(
        tmp_path,
        provinces=provinces("A", "B"),
        production=[made("A", 10)],
        need=[needed("B", 5)],
        arcs=[arc("A", "B", 100)],
    )
    with pytest.raises(InputError, match=r"all cells of capacity .* are blank.* by set"):
        open_arcs.adjust("arcs", "capacity", where={"origin": "A"}, multiply=2)
    assert open_arcs.adjust("arcs", "capacity", where={"origin": "A"}, set=3)


def test_no_plan_names_the_function_for_a_notebook() -> None:
    asked = islands().with_rule(rule="a", sense=">=", bound=1e5, measure="tonnes", origin="01")
    with pytest.raises(InfeasibleError, match=r"planner\.analysis\.diagnose\(scenario\)"):
        planner.solve(asked)


def test_a_plan_that_cannot_be_kept_says_what_to_use(tmp_path: Path) -> None:
    calm = planner.solve(with_policy(market(tmp_path), stages=("cost", "calm")))
    with pytest.raises(OptionError, match=r"calm cannot be kept.*planner\.solve\(scenario\.adjust"):
        what_if(calm)


def remarks(folder: Path) -> list[str]:
    return [problem.key for problem in examine(folder)[1] if not problem.blocking]


def test_a_signed_lane_that_is_no_way_is_remarked(tmp_path: Path) -> None:
    market(tmp_path / "fine")
    market(tmp_path / "nowhere", signed_plan=signed("AC", "BD"))
    assert "signed_nowhere" not in remarks(tmp_path / "fine")
    assert remarks(tmp_path / "nowhere").count("signed_nowhere") == 1


def stocked(folder: Path, keeps: object, **stock: float) -> Scenario:
    good = {"commodity": "rice", "name": "Rice", "max_stock_periods": keeps}
    return scenario_of(
        folder,
        provinces=provinces("A", "B"),
        commodities=[good],
        production=[made("A", 10)],
        need=[needed("A", 5), needed("B", 20)],
        arcs=[arc("A", "B", 100)],
        stocks=[{"province": "A", "commodity": "rice", "opening_t": 50, **stock}],
    )


def test_a_reserve_that_cannot_lie_till_the_end_of_a_period_is_remarked(tmp_path: Path) -> None:
    stocked(tmp_path / "gone", 0, reserve_t=7)
    stocked(tmp_path / "lasting", 1, reserve_t=7)
    assert remarks(tmp_path / "gone").count("never_kept") == 1
    assert "never_kept" not in remarks(tmp_path / "lasting")


def test_an_opening_stock_that_does_not_last_is_eaten_and_sent_in_the_first_period(
    tmp_path: Path,
) -> None:
    """Of 50 t in stock and 10 t grown 25 t are needed at once; nothing is left to lie."""
    plan = planner.solve(with_policy(stocked(tmp_path, 0, reserve_t=0), closing="free"))
    assert plan.unmet_t == pytest.approx(0, abs=1e-6)
    assert plan.nodes()["closing"].sum() == pytest.approx(0, abs=1e-6)


def poor() -> Scenario:
    return islands().adjust("production", "tonnes", multiply=0.5)


def test_missing_tonnes_come_before_money() -> None:
    """Need is 180 t, and 110 t there are."""
    found = compare(make_run(plan()), make_run(planner.solve(poor())))
    told = compare_report(found, "en")
    met = next(i for i, line in enumerate(told) if line.startswith("Need that is met"))
    cost = next(i for i, line in enumerate(told) if line.startswith("Cost"))
    assert met < cost
    assert "not met: 0 t to 70 t" in told[met]


def test_a_missing_reserve_comes_before_money_too() -> None:
    stocks = islands().tables["stocks"]
    asked = islands().replace(stocks=stocks.assign(reserve_t=1000.0))
    told = compare_report(compare(make_run(plan()), make_run(planner.solve(asked))), "en")
    keys = [line.partition(":")[0] for line in told]
    assert keys.index("What is missing") < keys.index("Cost")


@pytest.mark.parametrize(("value", "decimals"), [(-0.04, 1), (-0.4, 0), (-1e-9, 2)])
def test_what_rounds_to_nothing_has_no_sign(value: float, decimals: int) -> None:
    assert not number(value, "id", decimals).startswith("-")
    assert not percent(value / 100, "en", decimals).startswith("-")


def test_a_small_balance_is_told_in_tonnes() -> None:
    """The first island has 40 t more over the horizon than it keeps and eats, the second needs more than it has."""
    done = command("balance", FIRST, "--language", "en")
    assert "tonnes" in done.stdout
    assert "thousand" not in done.stdout
    assert "+80.0" in done.stdout


def test_prices_point_to_no_column_that_is_not_shown(tmp_path: Path) -> None:
    del tmp_path
    wide = command("prices", FIRST, "--commodity", "beras", "--language", "en")
    one = command("prices", FIRST, "--commodity", "beras", "--province", "02", "--language", "en")
    assert ("see the columns" in one.stdout) <= ("one t less" in one.stdout)
    assert "see the columns" not in wide.stdout


def test_advice_on_a_run_names_the_tables_of_its_scenario(tmp_path: Path) -> None:
    """The record of a run is not edited: its files are refused afterwards."""
    folder = tmp_path / "kurang"
    scenario_of(
        folder,
        provinces=provinces("A", "B"),
        production=[made("A", 10)],
        need=[needed("B", 30)],
        arcs=[arc("A", "B", 100)],
    )
    run = tmp_path / "hasil"
    assert command("run", folder, "--out", run, "--no-charts").returncode == 0
    told = command("diagnose", run, "--language", "en").stdout
    assert "inputs" not in told
    assert "tables named are those of the scenario" in told
    assert command("diagnose", folder, "--language", "en").stdout.count("of the scenario") == 0


def test_two_flip_freights_say_what_each_is() -> None:
    """One is of a direct lane in one period, the other the mean of the first tonnes by any way."""
    focused = SCENARIOS / "jabar-ntb"
    asked = ("--from", "52", "--to", "32", "--commodity", "beras", "--language", "en")
    assert "one direct lane in the period" in command("why", focused, *asked).stdout
