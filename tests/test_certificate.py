"""The certificate: our own proof that a plan keeps its limits and none is cheaper."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import planner
from planner import Solution
from planner.errors import SolveError
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solution.certificate import certify, require
from planner.solving.result import SolverResult

TWO_ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"


def two_sources() -> Program:
    """Minimise 1000 x_0 + 2000 x_1, x_0 at most 30, where together they are at least 40."""
    builder = ProgramBuilder()
    builder.columns(
        "x",
        {"at": np.arange(2)},
        upper=np.array([30.0, np.inf]),
        cost=np.array([1e3, 2e3]),
        part="purchase",
    )
    both = [(np.zeros(2, dtype=int), np.arange(2), 1.0)]
    builder.rows("total", {"at": np.arange(1)}, both, lower=40.0)
    return builder.build()


def test_the_cheapest_plan_reaches_its_lower_bound() -> None:
    proof = certify(two_sources(), np.array([30.0, 10.0]), np.array([2000.0]))
    assert (proof.cost, proof.bound) == (50_000, 50_000)


def test_a_dearer_plan_lies_above_its_lower_bound() -> None:
    proof = certify(two_sources(), np.array([20.0, 20.0]), np.array([2000.0]))
    assert proof.gap == pytest.approx(10_000 / 60_000)


def test_a_plan_that_lacks_a_tonne_breaks_a_limit_by_a_tonne() -> None:
    proof = certify(two_sources(), np.array([30.0, 9.0]), np.array([2000.0]))
    assert proof.breach == pytest.approx(1.0, abs=1e-4)


def test_a_dual_without_a_bound_to_stand_on_proves_nothing() -> None:
    proof = certify(two_sources(), np.array([30.0, 10.0]), np.array([2003.0]))
    assert proof.dual_breach == pytest.approx(3.0)


WRONG = {
    "a dearer plan": (np.array([20.0, 20.0]), np.array([2000.0])),
    "a tonne too little": (np.array([30.0, 9.0]), np.array([2000.0])),
    "a tonne above a bound": (np.array([31.0, 9.0]), np.array([2000.0])),
    "below nothing": (np.array([41.0, -1.0]), np.array([2000.0])),
    "no number": (np.array([np.nan, 10.0]), np.array([2000.0])),
    "duals too high": (np.array([30.0, 10.0]), np.array([2003.0])),
    "duals too low": (np.array([30.0, 10.0]), np.array([1500.0])),
    "duals of the other sign": (np.array([30.0, 10.0]), np.array([-2000.0])),
    "duals that are no numbers": (np.array([30.0, 10.0]), np.array([np.nan])),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_solution_is_refused(wrong: str) -> None:
    with pytest.raises(SolveError):
        require(certify(two_sources(), *WRONG[wrong]), "highs")


def test_a_right_solution_is_let_through() -> None:
    require(certify(two_sources(), np.array([30.0, 10.0]), np.array([2000.0])), "highs")


@pytest.fixture(scope="module")
def plan() -> Solution:
    return planner.solve(planner.read_scenario(TWO_ISLANDS))


def test_every_plan_carries_its_certificate(plan: Solution) -> None:
    assert plan.certificate.bound == pytest.approx(plan.objective, rel=1e-9)


def swapped(found: SolverResult, plan: Solution) -> SolverResult:
    """Send one tonne more than the plan does on a lane, and leave it unused where it comes from."""
    values = found.values.copy()
    values[plan.column("flow").start] += 1.0
    return replace(found, values=values)


def lying(found: SolverResult, plan: Solution) -> SolverResult:
    return replace(found, duals=found.duals * 1.01)


@pytest.mark.parametrize("wrong", [swapped, lying])
def test_a_run_that_ends_at_a_wrong_solution_is_refused(
    monkeypatch: pytest.MonkeyPatch, plan: Solution, wrong: Any
) -> None:
    room = importlib.import_module("planner.solving.solve")
    monkeypatch.setattr(room, "canonicalize", lambda _program, found: wrong(found, plan))
    with pytest.raises(SolveError):
        planner.solve(plan.scenario)
