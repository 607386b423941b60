"""A plan made of another: the same question with a few figures changed, as sure as the first."""

from __future__ import annotations

from dataclasses import replace

from planner.model import Program
from planner.solution import Solution
from planner.solution.certificate import certify, require
from planner.solution.covered import Covered
from planner.solving.canonical import canonical
from planner.solving.coverage_first import coverage_first, opened, with_row_free
from planner.solving.found import Found
from planner.solving.kept import KeptModel
from planner.solving.priced_parts import duals_in_parts
from planner.solving.ranks import ranks


def solved_again(solution: Solution, program: Program) -> Solution:
    """Solve a program that differs from that of a plan in bounds and costs alone, from where the plan stood.

    The least need unmet is found anew.

    Raises
    ------
    InfeasibleError
        If nothing satisfies it.
    SolveError
        If its plan is not proven.
    """
    free = opened(program)
    kept = KeptModel(free, with_row_free(solution.basis, free))
    kept.solve()
    return replanned(solution, *coverage_first(free, kept.found()))


def replanned(
    solution: Solution, program: Program, found: Found, covered: Covered | None
) -> Solution:
    """Give a plan with what was found for a changed program in the place of its own.

    Raises
    ------
    SolveError
        If it is not proven.
    """
    found = canonical(program, found, ranks(program, solution.balance, solution.network))
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
