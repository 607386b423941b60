"""Scenario -> Solution: balance, network, model, solver, and nothing accepted on trust."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pulp

from planner.errors import InfeasibleError, SolveError, SolverMissingError
from planner.given import require_kind
from planner.market.balance import compute_balance
from planner.market.market import Market, build_market
from planner.market.network import build_network
from planner.market.reachability import require_reach
from planner.model import Program, formulate
from planner.scenario import Scenario
from planner.scenario.checks.extremes import extremes
from planner.scenario.in_memory import is_sound
from planner.solution import Solution
from planner.solution.certificate import MOST_BREACH, Certificate, certify, require, violation
from planner.solution.least_unmet import LeastUnmet
from planner.solving.algorithm_choice import (
    AUTO,
    choose_algorithm,
    choose_master_algorithm,
    require_algorithm,
    ways,
)
from planner.solving.array_highs import ArrayHiGHS
from planner.solving.bridge import require_finite, to_pulp
from planner.solving.canonical import canonicalize
from planner.solving.column_generation import generate_columns
from planner.solving.coverage_first import coverage_first, misses
from planner.solving.priced_parts import duals_in_parts
from planner.solving.result import SolverResult, read_from_pulp
from planner.solving.solvers import make_solver
from planner.solving.stages import BEFORE_COST
from planner.solving.stages.stability import stabilise

LOG = logging.getLogger("planner")


def solve(
    scenario: Scenario,
    *,
    solver: str = "highs",
    algorithm: str = AUTO,
    progress: Callable[[str], None] | None = None,
) -> Solution:
    """Find the cheapest plan of a scenario, and of several equally cheap ones always the same.

    Parameters
    ----------
    scenario
        The input.
    solver
        `highs` (default), `highs-pulp` (the same without our fast hand-over) or `cbc`.
    algorithm
        One of `planner.solving.ALGORITHMS` for `highs`; `auto` (default) chooses by the shape of the program.
    progress
        Called with the name of each phase as it starts.

    Returns
    -------
    Solution
        The plan with its prices and the certificate that none is cheaper; its `outcome` is always
        "optimal".

    Raises
    ------
    InputError
        If a province cannot be reached, or a need has no possible supply.
    OptionError, SolverMissingError
        If the solver or the algorithm is unknown, or not to be had; or if this is no scenario.
    InfeasibleError
        If no plan keeps all limits.
    SolveError
        If the solver stops without a proven optimum, or its plan does not stand up to the certificate.

    Examples
    --------
    >>> import planner
    >>> solution = planner.solve(planner.read_scenario("scenarios/dua-pulau"))
    >>> solution.money_idr, solution.unmet_t
    (7450000.0, 0.0)
    """
    require_kind(scenario, Scenario, "planner.solve")
    require_algorithm(algorithm, solver)
    clock = Clock(progress)
    market, program = build_program(scenario, clock)
    reached = []
    for stage in scenario.settings.policy.stages:
        if stage in BEFORE_COST:
            with clock(stage):
                program, result = BEFORE_COST[stage](program, market)
            reached.append(result)
    calms = "calm" in scenario.settings.policy.stages
    proven = _Proven(scenario, solver, algorithm, clock)
    plan = proven.plan(program, hold=calms)
    if calms:
        with clock("calm"):
            calmed = stabilise(plan.program, market, plan.found)
        plan = proven.plan(calmed.program)
        reached.append(calmed.reached(plan.found))
    found = plan.found
    return Solution(
        market=market,
        program=plan.program,
        values=found.values,
        reduced_costs=found.reduced_costs,
        duals=found.duals,
        parts=duals_in_parts(plan.program, found.basis, plan.covered),
        basis=found.basis,
        certificate=plan.certificate,
        outcome="optimal",
        solver=plan.solver,
        algorithm=found.algorithm,
        entered=len(found.values) if found.entered is None else found.entered,
        seconds=clock.seconds,
        stages=tuple(reached),
        covered=plan.covered,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """A proven optimum: the program with the row that holds the least unmet, what was found, and by which solver."""

    program: Program
    found: SolverResult
    covered: LeastUnmet | None
    certificate: Certificate
    solver: str


@dataclass(frozen=True, slots=True)
class _Proven:
    """Solves until a plan is proven: as asked, by the other algorithms, by another solver."""

    scenario: Scenario
    solver: str
    algorithm: str
    clock: Clock

    def plan(self, program: Program, *, hold: bool = False) -> _Plan:
        """Solve a program with the least need unmet, and prove the one plan of its optima.

        Raises
        ------
        InfeasibleError
            If nothing satisfies the program.
        SolveError
            If no way leads to a proven plan; it names the figures that stand out.
        """
        tried: list[str] = []
        for solver, algorithm in ways(self.solver, self.algorithm, program):
            try:
                return self._by(solver, algorithm, program, hold=hold)
            except InfeasibleError:
                raise
            except SolverMissingError:
                if not tried:
                    raise
            except SolveError as error:
                tried.append(f"{solver} {algorithm}".strip())
                reason = error
        named = extremes(self.scenario)
        raise SolveError(
            "solve.extreme" if named else "solve.unproven",
            tried=", ".join(tried),
            reason=reason,
            figures=named,
        ) from reason

    def _by(self, solver: str, algorithm: str, program: Program, *, hold: bool) -> _Plan:
        clock, covered = self.clock, None
        found = solve_program(program, solver, clock, algorithm=algorithm)
        if hold or misses(program, found):
            with clock("coverage"):
                program, found, covered = coverage_first(program, found, hold=hold)
        with clock("canonical"):
            found = canonicalize(program, found)
        with clock("certify"):
            certificate = certify(program, found.values, found.duals)
            require(certificate, solver)
        return _Plan(program, found, covered, certificate, solver)


def build_program(scenario: Scenario, clock: Clock) -> tuple[Market, Program]:
    """Compute market and model of a scenario.

    Parameters
    ----------
    scenario
        The input.
    clock
        Measures the phases.

    Raises
    ------
    InputError
        If a province cannot be reached, a need has no possible supply, or a table was changed in place to what
        no file may hold.
    """
    try:
        if not is_sound(scenario):
            scenario.checked()
        return _assembled(scenario, clock)
    except (ArithmeticError, LookupError, TypeError, ValueError, SolveError):
        scenario.checked()  # tells what was changed behind its back
        raise


def _assembled(scenario: Scenario, clock: Clock) -> tuple[Market, Program]:
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        with clock("balance"):
            balance = compute_balance(scenario)
            network = build_network(scenario)
            require_reach(scenario, balance, network)
        with clock("assemble"):
            market = build_market(scenario, balance, network)
            program = formulate(market)
            require_finite(program)
    return market, program


def solve_program(
    program: Program, solver: str, clock: Clock | None = None, *, algorithm: str = AUTO
) -> SolverResult:
    """Solve a program and accept only a proven optimum that keeps every row.

    Where the algorithm was chosen and does not end with a plan, simplex has the last word.

    Parameters
    ----------
    program
        What to solve.
    solver
        Name of the solver.
    clock
        Measures the phases.
    algorithm
        One of `ALGORITHMS` for `highs`, or `auto`.

    Raises
    ------
    InfeasibleError
        If nothing satisfies the program.
    SolveError
        With the reason, if there is no such plan.
    """
    clock = clock or Clock(None)
    if solver != "highs":
        return _solved(program, solver, clock, "")
    used = choose_algorithm(program) if algorithm == AUTO else algorithm
    try:
        return _solved(program, solver, clock, used)
    except SolveError:
        if algorithm != AUTO or used == "simplex":
            raise
    return _solved(program, solver, clock, "simplex")


def _solved(program: Program, solver: str, clock: Clock, algorithm: str) -> SolverResult:
    """Solve with one algorithm: generated columns alone, everything else through PuLP.

    The whole problem of PuLP can be had from `to_pulp` whatever the algorithm.
    """
    if algorithm == "columns":
        with clock("solve"):
            found = generate_columns(program, choose_master_algorithm(program))
    else:
        found = _solved_whole(program, solver, clock, algorithm)
    breach = violation(program, found.values)
    if breach > MOST_BREACH:
        raise SolveError("solve.broken_plan", solver=solver, breach=f"{breach:.3g}")
    return replace(found, algorithm=algorithm)


def _solved_whole(program: Program, solver: str, clock: Clock, algorithm: str) -> SolverResult:
    """Solve a program with all its columns, through PuLP; what takes arrays needs no variables of PuLP."""
    with clock("hand over"):
        chosen = make_solver(solver, program, algorithm)
        problem = pulp.LpProblem() if isinstance(chosen, ArrayHiGHS) else to_pulp(program)
    before = clock.seconds.get("solve", 0.0)
    with clock("solve"):
        stats = problem.solve(chosen)
    if isinstance(chosen, ArrayHiGHS):
        spent = clock.seconds["solve"] - before
        clock.move("solve", "hand over", spent - chosen.run_seconds)
    if stats.status == pulp.constants.LpSolveStatus.Infeasible:
        raise InfeasibleError("solve.infeasible")
    if stats.status != pulp.constants.LpSolveStatus.Optimal:
        raise SolveError("solve.not_optimal", solver=solver, status=stats.status.name)
    with clock("read back"):
        return getattr(chosen, "found", None) or read_from_pulp(problem)


class Clock:
    """Measures phases and announces them, also to the logger `planner`: each at INFO, its seconds at DEBUG."""

    def __init__(self, progress: Callable[[str], None] | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    def move(self, phase: str, to: str, seconds: float) -> None:
        """Count seconds measured in one phase as another's."""
        self.seconds[phase] -= seconds
        self.seconds[to] += seconds

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        """Announce a phase, and measure what is done inside."""
        if self._progress is not None:
            self._progress(phase)
        LOG.info("%s", phase)
        start = time.perf_counter()
        yield
        spent = time.perf_counter() - start
        LOG.debug("%s: %.3f s", phase, spent)
        self.seconds[phase] = self.seconds.get(phase, 0.0) + spent
