"""Three ways to solve, what PuLP promises them, and what is refused."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pulp
import pytest
from pulp import _rustcore as rust

import planner
from planner import Scenario
from planner.errors import InfeasibleError, OptionError, SolveError
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solving import SOLVERS, solve_program, to_pulp
from planner.solving.array_highs import ArrayHiGHS
from planner.solving.solve import Clock, build_program

TWO_ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
OTHERS = [solver for solver in SOLVERS if solver != "highs"]


def small(**bounds: Any) -> Program:
    """Minimise 1000 x_0 + 2000 x_1, each up to 3000, where x_0 + x_1 lies within the bounds."""
    builder = ProgramBuilder()
    builder.columns(
        "x", {"at": np.arange(2)}, upper=3000.0, cost=np.array([1000.0, 2000.0]), part="purchase"
    )
    both = [(np.zeros(2, dtype=int), np.arange(2), 1.0)]
    builder.rows("total", {"at": np.arange(1)}, both, **bounds)
    return builder.build()


def endless() -> Program:
    """Earn 1000 for each x_0, of which there may be as much as x_1."""
    builder = ProgramBuilder()
    builder.columns("x", {"at": np.arange(2)}, cost=np.array([-1000.0, 0.0]), part="earned")
    both = [(np.zeros(2, dtype=int), np.arange(2), np.array([1.0, -1.0]))]
    builder.rows("no_more_than", {"at": np.arange(1)}, both, upper=0.0)
    return builder.build()


@pytest.mark.parametrize("solver", OTHERS)
def test_two_islands_cost_the_same_with_every_solver(solver: str) -> None:
    scenario = planner.read_scenario(TWO_ISLANDS)
    fast, other = planner.solve(scenario), planner.solve(scenario, solver=solver)
    assert other.objective == pytest.approx(fast.objective, rel=1e-6)


@pytest.mark.parametrize("solver", OTHERS)
def test_two_islands_have_the_same_prices_with_every_solver(solver: str) -> None:
    scenario = planner.read_scenario(TWO_ISLANDS)
    fast, other = planner.solve(scenario), planner.solve(scenario, solver=solver)
    assert other.duals == pytest.approx(fast.duals, rel=1e-6, abs=0.01)


@pytest.mark.parametrize("solver", OTHERS)
def test_two_islands_have_the_same_reduced_costs_with_every_solver(solver: str) -> None:
    scenario = planner.read_scenario(TWO_ISLANDS)
    fast, other = planner.solve(scenario), planner.solve(scenario, solver=solver)
    assert other.reduced_costs == pytest.approx(fast.reduced_costs, rel=1e-6, abs=0.01)


@pytest.mark.parametrize("solver", OTHERS)
def test_every_row_family_costs_the_same_with_every_solver(
    three_months: Scenario, solver: str
) -> None:
    fast, other = planner.solve(three_months), planner.solve(three_months, solver=solver)
    assert other.objective == pytest.approx(fast.objective, rel=1e-6)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_row_from_below_and_above_has_a_dual_for_the_side_that_binds(solver: str) -> None:
    assert solve_program(small(lower=4000.0), solver).duals == pytest.approx([2000.0])


@pytest.mark.parametrize("solver", SOLVERS)
def test_columns_stay_within_their_own_bounds(solver: str) -> None:
    assert solve_program(small(lower=4000.0), solver).values == pytest.approx([3000.0, 1000.0])


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_program_that_nothing_satisfies_is_refused(solver: str) -> None:
    with pytest.raises(InfeasibleError, match="planner diagnose"):
        solve_program(small(lower=6001.0), solver)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_program_that_earns_without_end_is_refused(solver: str) -> None:
    with pytest.raises(SolveError, match="stopped without a plan"):
        solve_program(endless(), solver)


LIMITS = [{"timeLimit": 0}, {"simplex_iteration_limit": 0, "presolve": "off"}]


@pytest.mark.parametrize("limit", LIMITS, ids=["time", "iterations"])
@pytest.mark.parametrize("fed_by_arrays", [True, False])
def test_a_solver_cut_short_is_refused(
    three_months: Scenario,
    monkeypatch: pytest.MonkeyPatch,
    limit: dict[str, Any],
    fed_by_arrays: bool,
) -> None:
    def hurried(name: str, program: Program, *more: Any) -> Any:
        if fed_by_arrays:
            return ArrayHiGHS(program, **limit)
        return pulp.HiGHS(msg=False, threads=1, **limit)

    program = build_program(three_months, Clock(None))[1]
    monkeypatch.setattr(importlib.import_module("planner.solving.solve"), "make_solver", hurried)
    with pytest.raises(SolveError, match="Limit"):
        solve_program(program, "highs", algorithm="simplex")


@pytest.mark.parametrize("wrong", [1.0, -1.0, np.nan, np.inf])
def test_a_point_that_breaks_a_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, wrong: float
) -> None:
    honest = ArrayHiGHS.findSolutionValues

    def lying(self: ArrayHiGHS, lp: pulp.LpProblem) -> tuple[int, bool]:
        outcome = honest(self, lp)
        self.found.values[0] += wrong
        return outcome

    program = build_program(planner.read_scenario(TWO_ISLANDS), Clock(None))[1]
    monkeypatch.setattr(ArrayHiGHS, "findSolutionValues", lying)
    with pytest.raises(SolveError, match="breaks a limit"):
        solve_program(program, "highs")


def test_a_solver_that_does_not_exist_is_refused_with_the_names_that_do() -> None:
    with pytest.raises(OptionError, match="highs, highs-pulp, cbc"):
        planner.solve(planner.read_scenario(TWO_ISLANDS), solver="gurobbi")


def test_solving_says_nothing_on_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    planner.solve(planner.read_scenario(TWO_ISLANDS), solver="highs")
    assert capfd.readouterr().out == ""


class TestWhatPulpPromises:
    """The batch calls of PuLP that the bridge stands on."""

    @pytest.fixture
    def problem(self) -> pulp.LpProblem:
        return pulp.LpProblem("promise", pulp.LpMinimize)

    @pytest.fixture
    def variables(self, problem: pulp.LpProblem) -> list[Any]:
        names = [f"x_{i}" for i in range(12)]
        model = problem.toRustModel()
        return model.add_variables_batch(names, 0.0, float("inf"), rust.Category.Continuous)

    @staticmethod
    def row(problem: pulp.LpProblem, sense: Any, terms: dict[int, float], bound: float) -> None:
        expression, model = rust.AffineExpr(), problem.toRustModel()
        ids = np.array(list(terms), dtype=np.uint64)
        expression.add_term_ids_coeffs(model, ids, np.array(list(terms.values())))
        expression.set_constant(-bound)
        expression.set_sense(sense)
        expression.set_name("row")
        model.add_constraint(expression)

    @pytest.mark.usefixtures("variables")
    def test_variables_come_back_in_the_order_they_were_made(self, problem: pulp.LpProblem) -> None:
        assert [variable.name for variable in problem.variables()] == [f"x_{i}" for i in range(12)]

    def test_ids_count_from_zero(self, variables: list[Any]) -> None:
        assert [variable.id() for variable in variables] == list(range(12))

    @pytest.mark.usefixtures("variables")
    def test_batch_bounds_hold_for_every_variable(self, problem: pulp.LpProblem) -> None:
        bounds = {(v.lowBound, v.upBound) for v in problem.variables()}
        assert bounds <= {(0.0, None), (0.0, float("inf"))}

    def test_an_upper_bound_set_afterwards_counts(
        self, problem: pulp.LpProblem, variables: list[Any]
    ) -> None:
        variables[3].set_ub(7.0)
        assert problem.variables()[3].upBound == 7.0

    @pytest.mark.parametrize(
        ("sense", "lower", "upper"),
        [
            (rust.Sense.Equal, 4.0, 4.0),
            (rust.Sense.LessEqual, None, 4.0),
            (rust.Sense.GreaterEqual, 4.0, None),
        ],
    )
    @pytest.mark.usefixtures("variables")
    def test_the_constant_turned_round_is_the_bound_of_the_row(
        self, problem: pulp.LpProblem, sense: Any, lower: float | None, upper: float | None
    ) -> None:
        self.row(problem, sense, {0: 1.0, 11: 2.0}, 4.0)
        constraint = problem.constraints()[0]
        assert (constraint.getLb(), constraint.getUb()) == (lower, upper)

    @pytest.mark.usefixtures("variables")
    def test_ids_and_coefficients_make_the_terms_of_a_row(self, problem: pulp.LpProblem) -> None:
        self.row(problem, rust.Sense.Equal, {11: 2.0, 0: 1.0}, 4.0)
        terms = {variable.name: value for variable, value in problem.constraints()[0].items()}
        assert terms == {"x_11": 2.0, "x_0": 1.0}

    @pytest.mark.usefixtures("variables")
    def test_rows_keep_their_order_and_name(self, problem: pulp.LpProblem) -> None:
        for bound in (3.0, 1.0, 2.0):
            self.row(problem, rust.Sense.LessEqual, {0: 1.0}, bound)
        found = [(row.name, row.getUb()) for row in problem.constraints()]
        assert found == [("row", 3.0), ("row", 1.0), ("row", 2.0)]

    @pytest.mark.parametrize(
        ("bounds", "dual"),
        [({"lower": 4000.0}, 2000.0), ({"lower": 2000.0, "upper": 2000.0}, 1000.0)],
    )
    @pytest.mark.parametrize("solver", OTHERS)
    def test_duals_are_what_the_cost_rises_by_when_the_bound_rises(
        self, bounds: dict[str, float], dual: float, solver: str
    ) -> None:
        assert solve_program(small(**bounds), solver).duals == pytest.approx([dual])


def test_the_written_program_reads_like_the_equations(tmp_path: Path) -> None:
    file = tmp_path / "tiny.lp"
    to_pulp(small(lower=4000.0), "tiny").writeLP(str(file))
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    assert {"Minimize", "OBJ: x_0 + 2 x_1", "total_0: x_0 + x_1 >= 4", "x_0 <= 3"} <= set(lines)


def test_plans_may_be_made_in_several_threads_at_once() -> None:
    """Where need goes short a plan takes several runs of the solver, which meet those of the others."""
    scenario = planner.read_scenario(TWO_ISLANDS)
    scarce = [
        scenario.adjust("production", "tonnes", where={"province": "01"}, multiply=factor)
        for factor in (1.0, 0.8, 0.7, 0.6)
    ]
    alone = [planner.solve(one).money_idr for one in scarce]
    with ThreadPoolExecutor(3) as pool:
        together = [plan.money_idr for plan in pool.map(planner.solve, scarce)]
    assert together == alone
