"""Coverage first: no plan leaves less need unmet, each tonne times its weight, whatever that costs.

    sum                  minimise  money + penalties;   u = sum of weight * unmet in its plan
    least                minimise  sum of weight * unmet,   by primal simplex from there
    coverage_first:      sum of weight * unmet  <=  least + 1e-7 * sum of weight * need

The row joins only where u lies above its bound, and the sum is solved once more with it, by dual simplex. Without a
share of the need the last grams would cost all there is: to lose nothing more on the way, the lanes of least loss
would be taken at any freight.

Dual of the row: what one weighted tonne more of unmet need would save (IDR/t), sign reversed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.arrays import Floats
from planner.errors import SolveError
from planner.model import Program
from planner.model.program import ProgramBuilder
from planner.solution.certificate import certify
from planner.solution.least_unmet import LeastUnmet
from planner.solving.basis import BASIC, Basis, make_basis
from planner.solving.canonical import with_basis
from planner.solving.result import SolverResult
from planner.solving.session import LpSession

ROW = "coverage_first"
TOLERANCE = 1e-7
"""Share of the weighted need by which a plan may miss the least."""
UNIT = 1e6
"""Cost of the weightiest tonne while the least is looked for, IDR/t."""
FINE = 1e-9
"""How far HiGHS may break a bound here, thousand t: a gram."""


def coverage_first(
    program: Program, found: SolverResult, *, hold: bool = False
) -> tuple[Program, SolverResult, LeastUnmet | None]:
    """Prove that an optimum leaves the least need unmet, or find the one that does.

    Parameters
    ----------
    program
        What was solved.
    found
        An optimum of it.
    hold
        Whether to add the row even where it is kept anyway, for programs that are made of this one.

    Returns
    -------
    The program, with the row where it was needed; its optimum; and what was found, None where nothing is unmet.

    Raises
    ------
    SolveError
        If HiGHS cannot prove how little may go unmet.
    """
    short = misses(program, found)
    if not (short or hold):
        return program, found, None
    found = with_basis(program, found)
    ready = with_row(program)
    basis = with_row_free(found.basis, ready)
    if not short:
        held = _held_to(ready, leeway(program))
        return held, replace(found, duals=_longer(found.duals, ready), basis=basis), None
    kept = LpSession(ready, basis)
    kept.solve()
    covered = cover(kept)
    if not (covered.binds or hold):
        return program, found, covered.of_rows(len(program.row_lower))
    bound = covered.least + leeway(program)
    return (
        _held_to(ready, bound),
        replace(kept.found(), algorithm=found.algorithm, entered=found.entered),
        covered,
    )


def solve_least_unmet(kept: LpSession) -> LeastUnmet:
    """Solve a kept program `with_row` as it is now, the least need unmet first.

    Raises
    ------
    InfeasibleError
        If nothing satisfies it.
    SolveError
        If HiGHS stops without a proven optimum.
    """
    row = kept.program.rows[ROW].ids
    if np.isfinite(kept.now.row_upper[row]).any():
        kept.change_rows(row, -np.inf, np.inf)
    kept.solve()
    return cover(kept)


def cover(kept: LpSession) -> LeastUnmet:
    """Prove the least unmet of a kept program that has just been solved, and hold it to that.

    Parameters
    ----------
    kept
        A program `with_row`; it ends at the optimum with the row.
    """
    now = kept.now
    plan, most = kept.found(), leeway(now)
    left = unmet(now, plan.values)
    if left <= most:
        return LeastUnmet(0.0, left, binds=False, rates=np.zeros(len(now.row_lower)))
    cost, every = now.cost.copy(), np.arange(len(now.cost))
    scale = UNIT / now.weight.max()
    kept.be_fine(FINE)
    kept.change_costs(every, now.weight * scale)
    kept.solve()
    best = kept.found()
    proof = certify(kept.now, best.values, best.duals)
    if not abs(proof.cost - proof.bound) <= most * scale:
        raise SolveError(
            "solve.least_not_proven", gap=f"{abs(proof.cost - proof.bound) / scale:.3g}"
        )
    kept.change_costs(every, cost)
    kept.stand_at(plan.basis)
    least = max(unmet(now, best.values), 0.0)
    binds = left > least + most
    if binds:
        kept.change_rows(now.rows[ROW].ids, -np.inf, least + most)
    kept.solve()
    return LeastUnmet(least, left, binds=binds, rates=best.duals / scale)


def misses(program: Program, found: SolverResult) -> bool:
    """Return whether an optimum leaves so much unmet that less might be."""
    return unmet(program, found.values) > leeway(program)


def unmet(program: Program, values: Floats) -> float:
    """Return the need that goes unmet in a plan, each tonne times its weight, t."""
    return float(program.weight @ np.maximum(values, 0.0))


def leeway(program: Program) -> float:
    """Return by how much a plan may miss the least, t."""
    need = program.weight > 0
    return TOLERANCE * float(program.weight[need] @ program.upper[need])


def with_row(program: Program) -> Program:
    """Return the program with the row, which holds nothing yet; one that has it as it is."""
    if ROW in program.rows:
        return program
    builder, need = ProgramBuilder(program), np.flatnonzero(program.weight)
    only = np.zeros(1, dtype=np.int64)
    builder.rows(ROW, {"stage": only}, [(np.zeros_like(need), need, program.weight[need])])
    return builder.build()


def with_row_free(basis: Basis, program: Program) -> Basis:
    """Return a basis for the program with the row, in which the row is free."""
    rows = basis.rows
    more = len(program.row_lower) - len(rows)
    return make_basis(
        basis.columns, np.append(rows, np.full(more, BASIC, rows.dtype)), basis.guessed
    )


def with_empty_row(program: Program) -> Program:
    """Return the program with the row, holding nothing."""
    return _held_to(with_row(program), np.inf)


def _held_to(program: Program, bound: float) -> Program:
    upper = program.row_upper.copy()
    upper[program.rows[ROW].span] = bound
    return replace(program, row_upper=upper)


def _longer(duals: Floats, program: Program) -> Floats:
    return np.append(duals, np.zeros(len(program.row_lower) - len(duals)))
