"""Coverage and fairness before cost, on islands small enough for paper and against the textbook.

A has 60 t; B and C need 50 t each. To B it costs 100 a tonne, to C 300.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, with_policy
from hypothesis import HealthCheck, Phase, given, settings
from strategies import scenarios
from textbook_stages import fairest, least_unmet

import planner
from planner import Scenario, Solution
from planner.analysis.run_facts import run_facts
from planner.reports.run_report import run_report
from planner.solution.stage_results import CoverageResult, FairnessResult


def market(folder: Path, *, places: str = "ABC", **more: Any) -> Scenario:
    usual: dict[str, Any] = {
        "production": [made("A", 60)],
        "need": [needed("B", 50), needed("C", 50)],
        "arcs": [arc("A", "B", 100), arc("A", "C", 300)],
    }
    return scenario_of(folder, provinces=provinces(*places), **(usual | more))


def planned(scenario: Scenario, *stages: str, tolerance: float = 0.0, **more: Any) -> Solution:
    policy = {"stages": (*stages, "cost"), "tolerance": tolerance, **more}
    return planner.solve(with_policy(scenario, **policy))


def shares(solution: Solution) -> dict[str, float]:
    table = solution.coverage().groupby("province")[["served_t", "need_t"]].sum()
    return (table["served_t"] / table["need_t"]).to_dict()


def reached(solution: Solution) -> dict[tuple[str, str], float]:
    stage = next(stage for stage in solution.stages if isinstance(stage, FairnessResult))
    return dict(zip(zip(stage.province, stage.commodity, strict=True), stage.coverage, strict=True))


def test_the_cheapest_plan_feeds_the_nearest(tmp_path: Path) -> None:
    assert shares(planned(market(tmp_path))) == pytest.approx({"B": 1.0, "C": 0.2})


def test_the_fair_plan_gives_equal_shares(tmp_path: Path) -> None:
    solution = planned(market(tmp_path), "fairness")
    assert shares(solution) == pytest.approx({"B": 0.6, "C": 0.6}, abs=1e-4)


def test_shares_are_of_the_need_and_not_of_the_tonnes(tmp_path: Path) -> None:
    scenario = market(tmp_path, need=[needed("B", 20), needed("C", 80)])
    assert planned(scenario, "fairness").flows()["tonnes"].tolist() == pytest.approx(
        [12, 48], abs=1e-3
    )


def test_shares_are_over_the_whole_horizon(tmp_path: Path) -> None:
    """B eats in January, C in February; the ship to B sails with what C is to get later."""
    scenario = market(
        tmp_path,
        horizon=(JANUARY, 2, "month"),
        need=[needed("B", 50), needed("C", 50, FEBRUARY)],
    )
    assert shares(planned(scenario, "fairness")) == pytest.approx({"B": 0.6, "C": 0.6}, abs=1e-4)


def test_a_province_that_can_have_more_at_no_ones_expense_gets_it(tmp_path: Path) -> None:
    scenario = market(
        tmp_path,
        places="ABCD",
        production=[made("A", 60), made("D", 40)],
        need=[needed("B", 50), needed("C", 50), needed("D", 50)],
    )
    expected = {"B": 0.6, "C": 0.6, "D": 0.8}
    assert shares(planned(scenario, "fairness")) == pytest.approx(expected, abs=1e-4)


def test_a_province_that_no_ship_reaches_in_time_is_set_aside(tmp_path: Path) -> None:
    arcs = [arc("A", "B", 100), arc("A", "C", 300), arc("A", "D", 50, transit_days=40)]
    need = [needed("B", 50), needed("C", 50), needed("D", 10)]
    scenario = market(tmp_path, places="ABCD", need=need, arcs=arcs)
    solution = planned(scenario, "fairness")
    assert solution.stages[0].facts()["set_aside"] == ["D rice"]
    assert shares(solution) == pytest.approx({"B": 0.6, "C": 0.6, "D": 0.0}, abs=1e-4)


def leaky(folder: Path) -> Scenario:
    """A ship that loses one percent for 1 a tonne, and one that loses nothing for 100,000."""
    lanes = [arc("A", "B", 1, loss=0.01), {**arc("A", "B", 100_000), "mode": "barge"}]
    return market(
        folder,
        places="AB",
        modes=[{"mode": "ship"}, {"mode": "barge"}],
        production=[made("A", 50)],
        need=[needed("B", 100)],
        arcs=lanes,
    )


def test_nobody_goes_short_to_save_freight(tmp_path: Path) -> None:
    """Half a tonne more for ten million rupiah the tonne: it is eaten, whether a stage asks for it or not."""
    assert planned(leaky(tmp_path)).unmet_t == pytest.approx(50)


def test_coverage_comes_before_cost(tmp_path: Path) -> None:
    solution = planned(leaky(tmp_path), "coverage")
    assert solution.cube("unmet").sum() == pytest.approx(50, abs=1e-3)
    flows = solution.flows().set_index("mode")["tonnes"]
    assert flows["barge"] == pytest.approx(50, abs=0.1)


def test_the_cost_takes_nothing_of_the_tolerance(tmp_path: Path) -> None:
    solution = planned(leaky(tmp_path), "coverage", tolerance=0.02)
    assert solution.unmet_t == pytest.approx(50)


def far(folder: Path) -> Scenario:
    """Half of what goes to C is lost."""
    return market(folder, arcs=[arc("A", "B", 100), arc("A", "C", 300, loss=0.5)])


def test_fairness_after_coverage_shares_what_coverage_leaves(tmp_path: Path) -> None:
    solution = planned(far(tmp_path), "coverage", "fairness")
    assert shares(solution) == pytest.approx({"B": 1.0, "C": 0.1}, abs=1e-4)


def test_fairness_before_coverage_feeds_the_far_at_the_expense_of_all(tmp_path: Path) -> None:
    solution = planned(far(tmp_path), "fairness", "coverage")
    assert shares(solution) == pytest.approx({"B": 0.4, "C": 0.4}, abs=1e-4)


def test_coverage_weighs_a_tonne_by_its_priority(tmp_path: Path) -> None:
    goods = {"rice": 1, "sugar": 3}
    scenario = scenario_of(
        tmp_path,
        commodities=[{"commodity": k, "priority": weight} for k, weight in goods.items()],
        provinces=provinces("A", "B"),
        production=[made("A", 10, commodity=k) for k in goods],
        need=[needed("B", 10, commodity=k) for k in goods],
        arcs=[arc("A", "B", 100, capacity=12)],
    )
    stage = planned(scenario, "coverage").stages[0]
    assert isinstance(stage, CoverageResult)
    assert stage.least == pytest.approx(8)


@pytest.mark.parametrize("stages", [["coverage"], ["fairness"], ["coverage", "fairness"]])
def test_no_cell_that_goes_short_shows_a_price(tmp_path: Path, stages: list[str]) -> None:
    solution = planned(far(tmp_path), *stages)
    prices = solution.prices().set_index("province")
    short = solution.coverage().query("unmet_t > 0.001")["province"]
    assert len(short) >= 1
    assert prices.loc[short, "idr_per_t"].isna().all()


def test_a_plan_with_nothing_short_is_the_cheapest_whatever_its_stages(tmp_path: Path) -> None:
    scenario = market(tmp_path, production=[made("A", 100)])
    solution = planned(scenario, "coverage", "fairness")
    assert solution.objective == pytest.approx(planned(scenario).objective)
    assert solution.prices().equals(planned(scenario).prices())


def test_a_plan_of_cost_alone_has_no_rows_of_stages(tmp_path: Path) -> None:
    solution = planner.solve(market(tmp_path))
    assert solution.stages == ()
    assert not {"coverage_stage", "fairness_floor"} & set(solution.program.rows)


def test_every_solver_gives_the_same_fair_plan(tmp_path: Path) -> None:
    scenario = with_policy(market(tmp_path), stages=("coverage", "fairness", "cost"))
    ours, theirs = (planner.solve(scenario, solver=name).flows() for name in ("highs", "cbc"))
    assert ours["tonnes"].tolist() == pytest.approx(theirs["tonnes"].tolist(), abs=1e-3)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_says_in_one_line_what_the_stages_reached(tmp_path: Path, language: str) -> None:
    solution = planned(market(tmp_path), "coverage", "fairness")
    lines = run_report(solution, run_facts(solution), None, language)
    said = [line for line in lines if line.startswith({"id": "Tahap:", "en": "Stages:"}[language])]
    assert len(said) == 1
    assert "60" in said[0]
    assert "40 t" in said[0]


small = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@small
@given(scenarios())
def test_the_least_unmet_is_that_of_the_textbook(scenario: Scenario) -> None:
    stage = planned(scenario, "coverage").stages[0]
    assert stage.facts()["least_weighted_t"] == pytest.approx(least_unmet(scenario), abs=0.002)


@small
@given(scenarios())
def test_the_fairest_shares_are_those_of_the_textbook(scenario: Scenario) -> None:
    ours, theirs = reached(planned(scenario, "fairness")), fairest(scenario)
    assert ours == pytest.approx(theirs, abs=2e-4)


@small
@given(scenarios())
def test_after_coverage_too_the_fairest_shares_are_those_of_the_textbook(
    scenario: Scenario,
) -> None:
    """A gram in the first round can be kilograms in the last: hence the wide margin."""
    solution = planned(scenario, "coverage", "fairness", tolerance=0.01)
    stage = solution.stages[0]
    assert isinstance(stage, CoverageResult)
    assert reached(solution) == pytest.approx(fairest(scenario, stage.held), abs=5e-3)


@small
@given(scenarios())
def test_the_plan_keeps_what_its_stages_reached(scenario: Scenario) -> None:
    solution = planned(scenario, "coverage", "fairness", tolerance=0.01)
    need = solution.balance.need.sum(axis=2)
    stage = solution.stages[1]
    assert isinstance(stage, FairnessResult)
    missing = solution.cube("unmet").sum(axis=2)[need > 0]
    assert (missing <= 1.01 * (1 - stage.coverage) * need[need > 0] + 0.02).all()
    assert np.isfinite(stage.coverage).all()
