"""A plan made of another: the same question with a few figures changed, as sure as the first."""

from __future__ import annotations

from dataclasses import replace

from planner.model import Program
from planner.solution import Solution
from planner.solution.certificate import certify, require
from planner.solution.least_unmet import LeastUnmet
from planner.solving.canonical import canonicalize
from planner.solving.coverage_first import coverage_first, with_empty_row, with_row_free
from planner.solving.priced_parts import duals_in_parts
from planner.solving.result import SolverResult
from planner.solving.session import LpSession


def resolve(solution: Solution, program: Program) -> Solution:
    """Solve a program that differs from that of a plan in bounds and costs alone, from where the plan stood.

    The least need unmet is found anew.

    Raises
    ------
    InfeasibleError
        If nothing satisfies it.
    SolveError
        If its plan is not proven.
    """
    free = with_empty_row(program)
    kept = LpSession(free, with_row_free(solution.basis, free))
    kept.solve()
    return replace_result(solution, *coverage_first(free, kept.found()))


def replace_result(
    solution: Solution, program: Program, found: SolverResult, covered: LeastUnmet | None
) -> Solution:
    """Return a plan with what was found for a changed program in the place of its own.

    Raises
    ------
    SolveError
        If it is not proven.
    """
    found = canonicalize(program, found)
    certificate = certify(program, found.values, found.duals)
    require(certificate, "highs")
    return replace(
        solution,
        program=program,
        values=found.values,
        reduced_costs=found.reduced_costs,
        duals=found.duals,
        parts=duals_in_parts(program, found.basis, covered),
        basis=found.basis,
        certificate=certificate,
        covered=covered,
    )
