"""Whatever finds it, the plan is the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders import arc, made, needed, provinces, scenario_of
from tie_scenarios import as_the_solver_left_it, full_of_ties, most_apart, shuffled

import planner
from planner import Scenario, Solution
from planner.errors import SolveError
from planner.solving.canonical import canonicalize, near_ties, optimal_face
from planner.solving.result import SolverResult

WAYS = [("highs", "ipm"), ("highs", "columns"), ("highs-pulp", "auto"), ("cbc", "auto")]
ways = pytest.mark.parametrize(("solver", "algorithm"), WAYS)


@pytest.fixture(scope="module")
def market(three_months: Scenario) -> Scenario:
    return full_of_ties(three_months)


@pytest.fixture(scope="module")
def plan(market: Scenario) -> Solution:
    return planner.solve(market)


@pytest.mark.parametrize(("solver", "algorithm"), [WAYS[0], WAYS[3]])
def test_left_alone_solvers_find_different_plans(
    monkeypatch: pytest.MonkeyPatch, market: Scenario, solver: str, algorithm: str
) -> None:
    first = as_the_solver_left_it(monkeypatch, market, "highs", "auto")
    other = as_the_solver_left_it(monkeypatch, market, solver, algorithm)
    assert most_apart(first, other) > 1000


@ways
def test_every_solver_ends_at_the_same_plan(
    market: Scenario, plan: Solution, solver: str, algorithm: str
) -> None:
    other = planner.solve(market, solver=solver, algorithm=algorithm)
    assert most_apart(plan, other) < 0.01


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_the_order_of_rows_changes_nothing(
    market: Scenario, plan: Solution, solver: str, seed: int
) -> None:
    other = planner.solve(shuffled(market, seed), solver=solver)
    assert most_apart(plan, other) < 0.01


def test_the_choice_costs_nothing(monkeypatch: pytest.MonkeyPatch, plan: Solution) -> None:
    other = as_the_solver_left_it(monkeypatch, plan.scenario, "highs", "ipm")
    assert plan.objective == pytest.approx(other.objective, rel=1e-12)


@pytest.fixture
def two_ways(tmp_path: Path) -> Solution:
    """B needs 10 t; A and C could both send them for 100 a tonne."""
    return planner.solve(
        scenario_of(
            tmp_path,
            provinces=provinces("A", "B", "C"),
            production=[made("A", 10), made("C", 10)],
            need=[needed("B", 10)],
            arcs=[arc("A", "B", 100), arc("C", "B", 100)],
        )
    )


def test_of_two_equal_ways_one_is_taken_whole(two_ways: Solution) -> None:
    assert two_ways.flows()["tonnes"].to_list() == pytest.approx([10])


def test_a_plan_dearer_than_its_optimum_is_refused(two_ways: Solution) -> None:
    program = two_ways.program
    nothing_moves = np.where(program.upper < np.inf, program.upper, 0.0)
    claimed = SolverResult(nothing_moves, two_ways.reduced_costs, two_ways.duals)
    with pytest.raises(SolveError, match="not proven"):
        canonicalize(program, claimed)


def test_a_reduced_cost_of_almost_nothing_is_told() -> None:
    assert near_ties(np.array([0.0, 1e-6, 5e-3, -5e-3, 1.0])) == 2


def test_noise_in_a_dual_shuts_no_plan_out(plan: Solution) -> None:
    """Beside duals of trillions a lane in use may show a reduced cost that is nothing but noise."""
    program, noisy = plan.program, plan.reduced_costs.copy()
    noisy[plan.values > 1] += 0.14
    face = optimal_face(program, plan.values, noisy, plan.duals, noisy=True)
    assert (face.lower <= plan.values + 1e-6).all()
    assert (face.upper >= plan.values - 1e-6).all()
