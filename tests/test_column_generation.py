"""Few columns are solved with, all are priced, and the plan is that of the whole program."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from strategies import scenarios

import planner
from planner import Scenario, Solution
from planner.errors import InfeasibleError, SolveError
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solution.certificate import certify, require
from planner.solving import LpSession, solve_program
from planner.solving.column_generation import generate_columns

INNER = pytest.mark.parametrize("inner", ["simplex", "ipm"])
FARMS = 60


@pytest.fixture(scope="module")
def plan(three_months: Scenario) -> Solution:
    return planner.solve(three_months)


def village(*, most: float = 1e6, least: float = 0.0, fare: float = 1000.0) -> Program:
    """Feed two villages, 3,000 t each, from farms of 100 t: the farther, the dearer; or leave need unmet.

    The farthest farm of each village must send at least `least`; all farms together at most `most`.
    """
    farm, to = np.tile(np.arange(FARMS), 2), np.repeat([0, 1], FARMS)
    builder = ProgramBuilder()
    flow = builder.columns(
        "flow", {"farm": farm, "village": to}, cost=fare * (1 + farm + to / 1000), part="freight"
    )
    unmet = builder.columns(
        "unmet", {"village": np.arange(2)}, upper=3000.0, cost=1e7, part="penalty_unmet"
    )
    both = [(to, flow.ids, 1.0), (np.arange(2), unmet.ids, 1.0)]
    builder.rows("need", {"village": np.arange(2)}, both, lower=3000.0, upper=3000.0)
    builder.rows("farm", {"farm": np.arange(FARMS)}, [(farm, flow.ids, 1.0)], upper=100.0)
    all_flows = [(np.zeros(2 * FARMS, dtype=int), flow.ids, 1.0)]
    builder.rows("together", {"at": np.arange(1)}, all_flows, upper=most)
    far = flow.ids[farm == FARMS - 1]
    builder.rows("far", {"village": np.arange(2)}, [(np.arange(2), far, 1.0)], lower=least)
    return builder.build()


def whole(program: Program) -> float:
    return float(program.cost @ solve_program(program, "highs", algorithm="simplex").values)


@INNER
def test_every_row_family_costs_what_the_whole_program_costs(plan: Solution, inner: str) -> None:
    found = generate_columns(plan.program, inner)
    assert float(plan.program.cost @ found.values) == pytest.approx(plan.objective, rel=1e-9)


@INNER
def test_the_plan_is_proven_for_every_column(plan: Solution, inner: str) -> None:
    found = generate_columns(plan.program, inner)
    assert found.entered is not None
    assert found.entered < len(plan.values)
    require(certify(plan.program, found.values, found.duals), "highs")


@INNER
def test_a_kept_model_stands_at_the_plan(plan: Solution, inner: str) -> None:
    kept = LpSession(plan.program, generate_columns(plan.program, inner).basis)
    assert kept.solve() == pytest.approx(plan.objective, rel=1e-9)
    assert kept.highs.getInfo().simplex_iteration_count == 0


@INNER
def test_lanes_that_the_start_lacks_are_brought_in(inner: str) -> None:
    """The start knows a tenth of the farms that the villages need."""
    found = generate_columns(village(), inner)
    assert float(village().cost @ found.values) == pytest.approx(whole(village()))
    assert found.values[-2:] == pytest.approx([0.0, 0.0], abs=1e-6)


@INNER
def test_lanes_may_all_be_free(inner: str) -> None:
    program = village(most=5000.0, fare=0.0)
    assert float(program.cost @ generate_columns(program, inner).values) == pytest.approx(
        1000 * 1e7
    )


@INNER
def test_where_the_small_program_has_no_plan_the_whole_decides(inner: str) -> None:
    program = village(least=10.0)
    found = generate_columns(program, inner)
    assert float(program.cost @ found.values) == pytest.approx(whole(program))


@INNER
def test_a_whole_program_without_a_plan_is_told_so(inner: str) -> None:
    with pytest.raises(InfeasibleError):
        generate_columns(village(most=15.0, least=10.0), inner)


@INNER
def test_a_program_that_earns_without_end_is_refused(inner: str) -> None:
    builder = ProgramBuilder()
    builder.columns("x", {"at": np.arange(2)}, cost=np.array([-1000.0, 0.0]), part="earned")
    both = [(np.zeros(2, dtype=int), np.arange(2), np.array([1.0, -1.0]))]
    builder.rows("no_more_than", {"at": np.arange(1)}, both, upper=0.0)
    with pytest.raises(SolveError, match="stopped without a plan"):
        generate_columns(builder.build(), inner)


@INNER
def test_a_solver_cut_short_is_refused(monkeypatch: pytest.MonkeyPatch, inner: str) -> None:
    room: Any = importlib.import_module("planner.solving.column_generation")
    make = room.empty_highs

    def hurried() -> Any:
        highs = make()
        highs.setOptionValue("time_limit", 0.0)
        return highs

    monkeypatch.setattr(room, "empty_highs", hurried)
    with pytest.raises(SolveError, match="Limit"):
        generate_columns(village(), inner)


def test_a_run_says_how_many_columns_were_used(three_months: Scenario) -> None:
    facts = planner.make_run(planner.solve(three_months, algorithm="columns")).facts
    assert facts["algorithm"] == "columns"
    assert 0 < facts["size"]["columns_entered"] < facts["size"]["columns"]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios())
def test_any_market_has_the_plan_of_the_whole_program(scenario: Scenario) -> None:
    fast, slow = planner.solve(scenario, algorithm="columns"), planner.solve(scenario)
    assert fast.objective == pytest.approx(slow.objective, rel=1e-7, abs=1.0)
    assert np.abs(fast.values - slow.values).max() < 0.01
