"""The algorithm follows the shape of the program, and none of them changes the plan."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tie_scenarios import most_apart

import planner
from planner import Scenario, Solution
from planner.errors import InfeasibleError, OptionError, SolveError
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solving import ALGORITHMS, solve_program
from planner.solving.algorithm_choice import (
    LARGE,
    choose_algorithm,
    coupling_share,
    require_algorithm,
)

TWO_ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"


@pytest.fixture(scope="module")
def plan(three_months: Scenario) -> Solution:
    return planner.solve(three_months)


def market(goods: int, roads: int, *, with_port: bool = False) -> Program:
    """Bring 1000 t of each good by one of several roads, through a port that all goods share."""
    builder = ProgramBuilder()
    good = np.repeat(np.arange(goods), roads)
    flow = builder.columns(
        "flow", {"good": good}, cost=1000.0 + np.arange(len(good)) % roads, part="freight"
    )
    need = [(good, flow.ids, 1.0)]
    builder.rows("balance", {"good": np.arange(goods)}, need, lower=1000.0, upper=1000.0)
    if with_port:
        port = [(np.zeros_like(good), flow.ids, 1.0)]
        builder.rows("port", {"port": np.arange(1)}, port, upper=1000.0 * goods)
    return builder.build()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_finds_the_same_plan(
    three_months: Scenario, plan: Solution, algorithm: str
) -> None:
    other = planner.solve(three_months, algorithm=algorithm)
    assert other.algorithm == algorithm
    assert other.objective == pytest.approx(plan.objective, rel=1e-9)
    assert most_apart(plan, other) < 0.01


def test_a_small_program_is_left_to_simplex(plan: Solution) -> None:
    assert plan.algorithm == "simplex"


def test_goods_that_share_nothing_stand_apart() -> None:
    assert coupling_share(market(3, 5)) == 0.0


def test_a_port_joins_the_goods_that_pass_through_it() -> None:
    assert coupling_share(market(3, 5, with_port=True)) == 1.0


def test_a_limit_on_one_good_joins_nothing() -> None:
    assert coupling_share(market(1, 5, with_port=True)) == 0.0


@pytest.mark.parametrize(("with_port", "algorithm"), [(True, "ipm"), (False, "simplex")])
def test_interior_point_is_for_many_lanes_that_share_limits(
    with_port: bool, algorithm: str
) -> None:
    assert choose_algorithm(market(LARGE // 5, 5, with_port=with_port)) == algorithm


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_no_plan_is_no_plan_for_every_algorithm(algorithm: str) -> None:
    program = market(3, 5, with_port=True)
    too_little = program.row_upper.copy()
    too_little[-1] = 2999.0
    with pytest.raises(InfeasibleError):
        solve_program(replace(program, row_upper=too_little), "highs", algorithm=algorithm)


def test_what_interior_point_cannot_finish_simplex_does(monkeypatch: pytest.MonkeyPatch) -> None:
    room: Any = importlib.import_module("planner.solving.solve")
    asked, solved = [], room._solved

    def stubborn(program: Program, solver: str, clock: Any, algorithm: str) -> Any:
        asked.append(algorithm)
        if algorithm == "ipm":
            raise SolveError("solve.not_optimal", solver=solver, status="Undefined")
        return solved(program, solver, clock, algorithm)

    monkeypatch.setattr(room, "_solved", stubborn)
    monkeypatch.setattr(room, "choose_algorithm", lambda _program: "ipm")
    found = solve_program(market(3, 5), "highs")
    assert (asked, found.algorithm) == (["ipm", "simplex"], "simplex")


def test_an_algorithm_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(OptionError, match='Did you mean "simplex"'):
        require_algorithm("simpleks", "highs")


def test_an_algorithm_is_for_the_solver_that_can_be_told() -> None:
    with pytest.raises(OptionError, match="cbc uses its own algorithm"):
        planner.solve(planner.read_scenario(TWO_ISLANDS), solver="cbc", algorithm="ipm")
