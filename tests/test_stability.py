"""Calm after cost: the fewest lanes changed against a signed plan, on islands and against the textbook.

A and D have 60 t each; B and C need 50 t each. A-B and D-C cost 100 a tonne, A-C 300, D-B 101. Signed are
50 t from A to C and 50 t from D to B. The cheapest plan costs 10,000 and changes all four lanes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import arc, made, needed, provinces, scenario_of, with_policy
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from strategies import scenarios
from textbook_stages import fewest_changes

import planner
from planner import Scenario, Solution
from planner.analysis.run_facts import run_facts
from planner.analysis.whynot.why_not import why
from planner.reports.run_report import run_report
from planner.reports.why_not_sentences import why_not_sentences
from planner.runs import write_run
from planner.solution.stage_results import StabilityResult
from planner.solution.tables.flow_table import LANE


def signed(*lanes: str, tonnes: float = 50) -> list[dict[str, object]]:
    good = {"mode": "ship", "commodity": "rice", "tonnes": tonnes}
    return [{"origin": ends[0], "destination": ends[1], **good} for ends in lanes]


NEARER = [arc("A", "B", 100), arc("A", "C", 290), arc("D", "B", 101), arc("D", "C", 100)]
"""The usual arcs, with A and C so near that the signed plan costs less than twice the cheapest."""


def market(folder: Path, **more: Any) -> Scenario:
    usual: dict[str, Any] = {
        "production": [made("A", 60), made("D", 60)],
        "need": [needed("B", 50), needed("C", 50)],
        "arcs": [arc("A", "B", 100), arc("A", "C", 300), arc("D", "B", 101), arc("D", "C", 100)],
        "signed_plan": signed("AC", "DB"),
    }
    return scenario_of(folder, provinces=provinces(*"ABCD"), **(usual | more))


def planned(scenario: Scenario, slack: float, *before: str) -> Solution:
    return planner.solve(with_policy(scenario, stages=(*before, "cost", "calm"), slack=slack))


def calm_of(solution: Solution) -> StabilityResult:
    stage = solution.stages[-1]
    assert isinstance(stage, StabilityResult)
    return stage


def changed(solution: Solution) -> dict[str, str]:
    lanes = calm_of(solution).lanes
    ends = lanes["origin"] + lanes["destination"]
    return dict(zip(ends, lanes["change"], strict=True))


def test_without_slack_the_cheapest_plan_stays(tmp_path: Path) -> None:
    solution = planned(market(tmp_path), 0.0)
    assert solution.objective == pytest.approx(10_000)
    assert changed(solution) == {"AB": "new", "AC": "given_up", "DB": "given_up", "DC": "new"}


def test_with_slack_enough_nothing_changes(tmp_path: Path) -> None:
    """Fifty tonnes by AC at 290 and fifty by DB at 101 are 19,550, not 10,000."""
    solution = planned(market(tmp_path, arcs=NEARER), 1.0)
    assert changed(solution) == {"AC": "kept", "DB": "kept"}
    assert calm_of(solution).rise == pytest.approx(9_550)


def test_with_some_slack_one_lane_is_added(tmp_path: Path) -> None:
    """The new lane takes what the signed one can spare: 10 t, as D has no more than 60."""
    solution = planned(market(tmp_path), 0.9)
    assert changed(solution) == {"AC": "kept", "DB": "kept", "DC": "new"}
    assert solution.flows()["tonnes"].tolist() == pytest.approx([40, 50, 10])


def test_a_lane_is_kept_while_it_carries_half_of_what_is_signed(tmp_path: Path) -> None:
    arcs = [arc("A", "B", 100), arc("D", "B", 200)]
    scenario = market(tmp_path, arcs=arcs, need=[needed("B", 50)], signed_plan=signed("DB"))
    solution = planned(scenario, 0.5)
    tonnes = solution.flows().set_index("origin")["tonnes"]
    assert tonnes["D"] == pytest.approx(25, abs=1e-3)
    lanes = calm_of(solution).lanes.set_index("origin")
    assert lanes["change"].to_dict() == {"A": "new", "D": "kept"}
    assert lanes.loc["D", "keeping_idr_per_t"] == pytest.approx(100)


def test_of_equally_cheap_plans_the_signed_one_is_taken_without_slack(tmp_path: Path) -> None:
    arcs = [arc("A", "B", 100), arc("A", "C", 100), arc("D", "B", 100), arc("D", "C", 100)]
    solution = planned(market(tmp_path, arcs=arcs), 0.0)
    assert changed(solution) == {"AC": "kept", "DB": "kept"}
    assert calm_of(solution).rise == pytest.approx(0, abs=1)


def test_a_signed_lane_that_is_no_longer_offered_is_given_up(tmp_path: Path) -> None:
    scenario = market(tmp_path, arcs=NEARER, signed_plan=signed("AC", "DB", "BC"))
    solution = planned(scenario, 1.0)
    assert changed(solution) == {"AC": "kept", "BC": "given_up", "DB": "kept"}
    assert calm_of(solution).bound == 1


def test_closed_lanes_and_kept_ones_stand_in_the_certificate(tmp_path: Path) -> None:
    solution = planned(market(tmp_path), 0.9)
    assert solution.certificate.gap == pytest.approx(0, abs=1e-9)
    assert solution.cube("unmet").sum() == 0


def test_prices_are_those_with_all_other_lanes_closed(tmp_path: Path) -> None:
    """One tonne more in B can only come from D, which then has one less for C: 101 + 300 - 100."""
    prices = planned(market(tmp_path), 0.9).prices().set_index("province")["idr_per_t"]
    home = prices["A"]
    assert prices["B"] - home == pytest.approx(301)
    assert prices["C"] - home == pytest.approx(300)


def test_rows_in_another_order_give_the_same_plan(tmp_path: Path) -> None:
    scenario = market(tmp_path)
    turned = {
        name: frame.iloc[::-1].reset_index(drop=True) for name, frame in scenario.tables.items()
    }
    first, second = planned(scenario, 0.9), planned(scenario.replace(**turned), 0.9)
    key = [*LANE, "period"]
    a, b = (one.flows().sort_values(key)[[*key, "tonnes"]] for one in (first, second))
    pd.testing.assert_frame_equal(a.reset_index(drop=True), b.reset_index(drop=True))
    assert calm_of(first).lanes["change"].tolist() == calm_of(second).lanes["change"].tolist()


def test_calm_stands_behind_coverage_and_fairness(tmp_path: Path) -> None:
    scenario = market(tmp_path, arcs=NEARER, production=[made("A", 30), made("D", 30)])
    solution = planned(scenario, 1.0, "coverage", "fairness")
    assert [stage.stage for stage in solution.stages] == ["coverage", "fairness", "calm"]
    assert solution.cube("unmet").sum() == pytest.approx(40, abs=0.1)
    assert calm_of(solution).changes == 0


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_tells_the_changes_the_bound_and_the_cost(tmp_path: Path, language: str) -> None:
    solution = planned(market(tmp_path), 0.9)
    lines = run_report(solution, run_facts(solution), None, language)
    said = next(line for line in lines if line.startswith(("Tahap:", "Stages:")))
    cost = {"id": "biaya naik Rp8.050", "en": "the cost rises by Rp8,050"}[language]
    assert cost in said
    changed = {"id": "rencana yang disepakati: 1 (", "en": "against the signed plan: 1 ("}
    assert changed[language] in said


def test_the_summary_and_the_run_hold_the_changes(tmp_path: Path) -> None:
    solution = planned(market(tmp_path), 0.9)
    run = planner.make_run(solution)
    facts = run.facts["stages"][0]
    assert (facts["changes"], facts["proven_at_least"], facts["gap"]) == (1, 1, 0)
    assert facts["changes_of_the_cheapest_plan"] == 4
    assert run.tables["calm"]["change"].tolist() == ["kept", "kept", "new"]


def test_a_run_is_read_back_with_its_signed_plan(tmp_path: Path) -> None:
    run = planner.make_run(planned(market(tmp_path / "scenario"), 0.9))
    (tmp_path / "run").mkdir()
    write_run(tmp_path / "run", run)
    again = planner.read_run(tmp_path / "run")
    assert again.tables["calm"]["change"].tolist() == ["kept", "kept", "new"]
    assert again.scenario.tables["signed_plan"]["tonnes"].tolist() == [50, 50]


def test_runs_with_and_without_calm_are_compared(tmp_path: Path) -> None:
    runs = [planner.make_run(planned(market(tmp_path), slack)) for slack in (0.0, 0.9)]
    lanes = planner.compare(*runs).lanes
    assert set(lanes["origin"] + lanes["destination"]) == {"AB", "AC", "DB", "DC"}


def test_a_closed_lane_is_told_with_what_it_would_carry(tmp_path: Path) -> None:
    solution = planned(market(tmp_path), 0.9)
    answer = why(solution, "A", "B", "rice")
    assert answer.answer == "closed"
    assert answer.lanes["opened_t"].sum() == pytest.approx(25, abs=1e-3)
    assert answer.extra_idr < 0
    assert "calm" in why_not_sentences(answer, "en")[1]


def test_a_kept_lane_can_be_asked_about(tmp_path: Path) -> None:
    answer = why(planned(market(tmp_path), 0.9), "A", "C", "rice")
    assert answer.answer == "used"
    assert answer.losses["unmet"] == pytest.approx(40, abs=0.01)


small = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def with_an_older_plan(scenario: Scenario) -> Scenario:
    """Sign the plan of other freight rates."""
    arcs = scenario.tables["arcs"]
    other = arcs.assign(idr_per_t=arcs["idr_per_t"].to_numpy()[::-1])
    flows = planner.solve(scenario.replace(arcs=other)).flows()
    plan = flows.groupby(LANE, as_index=False)["tonnes"].sum().assign(source="made_up")
    return scenario.replace(signed_plan=plan)


@small
@given(scenarios(), st.sampled_from([0.0, 0.02, 0.3]))
def test_no_plan_of_the_textbook_changes_fewer_lanes(scenario: Scenario, slack: float) -> None:
    scenario = with_an_older_plan(scenario)
    assume(len(scenario.tables["signed_plan"]))
    stage = calm_of(planned(scenario, slack))
    fewest = fewest_changes(scenario, slack)
    assert stage.bound <= fewest
    assert stage.changes == fewest
