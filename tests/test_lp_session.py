"""A kept model answers like a new one, in whatever order it is asked."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import scenarios

import planner
from planner import Scenario, Solution
from planner.errors import InfeasibleError
from planner.solving import LpSession, open_session
from planner.solving import what_if as kept_plan
from planner.solving.solve import solve_program

TWO_ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"


@pytest.fixture(scope="module")
def plan(three_months: Scenario) -> Solution:
    return planner.solve(three_months)


@pytest.fixture
def kept(plan: Solution) -> LpSession:
    return open_session(plan)


def test_a_kept_model_stands_at_its_plan(kept: LpSession, plan: Solution) -> None:
    assert kept.solve() == pytest.approx(plan.objective, rel=1e-12)


def test_a_changed_freight_costs_as_in_a_new_program(kept: LpSession, plan: Solution) -> None:
    cost = plan.program.cost.copy()
    flows = plan.column("flow").ids
    cost[flows] *= 1.3
    new = replace(plan.program, cost=cost)
    kept.change_costs(flows, cost[flows])
    assert kept.solve() == pytest.approx(float(cost @ solve_program(new, "highs").values), rel=1e-9)


def test_a_trial_is_undone(kept: LpSession, plan: Solution) -> None:
    flow, rows = plan.column("flow").ids, plan.row("balance").ids
    with kept.trial():
        kept.change_costs(flow, 0.0)
        kept.change_columns(flow[::2], 0.0, 0.0)
        kept.change_rows(
            rows, plan.program.row_lower[rows] * 0.5, plan.program.row_upper[rows] * 0.5
        )
        assert kept.solve() != pytest.approx(plan.objective, rel=1e-3)
    assert kept.solve() == pytest.approx(plan.objective, rel=1e-12)


def test_after_a_trial_it_stands_where_the_plan_stood(kept: LpSession, plan: Solution) -> None:
    rows = plan.row("balance").ids
    with kept.trial():
        kept.change_rows(
            rows, plan.program.row_lower[rows] * 0.5, plan.program.row_upper[rows] * 0.5
        )
        kept.solve()
    kept.solve()
    assert kept.highs.getInfo().simplex_iteration_count == 0


def test_lanes_that_one_question_brings_in_are_left_out_of_the_next(
    plan: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_plan, "FAR", 1e-2)
    kept, flows = open_session(plan), plan.column("flow").ids
    few, cost = kept.highs.getNumCol(), plan.program.cost[flows][::-1]
    new = plan.program.cost.copy()
    new[flows] = cost
    with kept.trial():
        kept.change_costs(flows, cost)
        changed = kept.solve()
        assert kept.highs.getNumCol() > few
        assert changed == pytest.approx(float(new @ kept.found().values), rel=1e-9)
    whole = solve_program(replace(plan.program, cost=new), "highs")
    assert changed == pytest.approx(float(new @ whole.values), rel=1e-9)
    assert kept.highs.getNumCol() == few < len(plan.values)
    assert kept.solve() == pytest.approx(plan.objective, rel=1e-12)


def test_an_impossible_trial_is_undone_too(kept: LpSession, plan: Solution) -> None:
    unmet, flow = plan.column("unmet").ids, plan.column("flow").ids
    with kept.trial():
        kept.change_columns(np.concatenate([unmet, flow]), 0.0, 0.0)
        with pytest.raises(InfeasibleError):
            kept.solve()
    assert kept.solve() == pytest.approx(plan.objective, rel=1e-12)


def test_answers_do_not_hang_on_the_order_of_the_questions(plan: Solution) -> None:
    lanes = plan.column("flow").ids[plan.value("flow") > 0][:6]

    def banned(order: list[int]) -> dict[int, float]:
        kept, costs = open_session(plan), {}
        for lane in order:
            with kept.trial():
                kept.change_columns(np.array([lane]), 0.0, 0.0)
                costs[lane] = kept.solve()
        return costs

    assert banned(lanes.tolist()) == pytest.approx(banned(lanes[::-1].tolist()), rel=1e-12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios(), factor=st.sampled_from([0.0, 0.5, 1.5]))
def test_a_changed_freight_costs_as_in_a_new_scenario(scenario: Scenario, factor: float) -> None:
    """Penalties are derived from freight: they are taken over from the new scenario.

    Budgets count freight in their rows, which a kept model does not change.
    """
    rules = scenario.tables["rules"]
    scenario = scenario.replace(rules=rules[rules["measure"] != "idr"])
    plan = planner.solve(scenario)
    arcs = scenario.tables["arcs"]
    new = planner.solve(scenario.replace(arcs=arcs.assign(idr_per_t=arcs["idr_per_t"] * factor)))
    kept = open_session(plan)
    kept.change_costs(np.arange(len(new.program.cost)), new.program.cost)
    assert kept.solve() == pytest.approx(new.objective, rel=1e-6, abs=1.0)


def test_a_plan_can_be_sent_to_another_process(plan: Solution) -> None:
    twin = pickle.loads(pickle.dumps(planner.solve(planner.read_scenario(TWO_ISLANDS))))
    assert open_session(twin).solve() == pytest.approx(twin.objective, rel=1e-12)
