"""The one plan among equals.

Transport programs have many optima: two solvers agree on the cost and put percents of the tonnes
elsewhere. All optima x share every optimal dual y, and only they satisfy, with d = c - A' y,

    x[j] at its lower bound where d[j] > 0,  at its upper bound where d[j] < 0
    row i at its lower bound where y[i] > 0,  at its upper bound where y[i] < 0

So these are fixed, and of what is left the plan is taken that minimises  sum of weight[j] x[j]  where the
weights, between 1 and 2, come from a fixed sequence by the rank of a column among all columns: by family,
then by its labels (commodity, period, origin, destination, mode, service, ...), never by the order of rows.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.arrays import Floats, Integers
from planner.errors import SolveError
from planner.model import Program
from planner.solving.basis import BASIC, guess_basis, make_basis
from planner.solving.result import SolverResult
from planner.solving.session import LpSession

TIE = 1e-2
"""A reduced cost or dual up to this is nothing, IDR/t."""
NOISE = 1e-4
"""Above this a reduced cost that counts as nothing is told as a near tie, IDR/t."""
AGREEMENT = 1e-6
"""Share of the cost by which a solver's optimum may differ from the one HiGHS makes of it."""
SEED = 2023


def canonicalize(program: Program, found: SolverResult) -> SolverResult:
    """Return the plan that every solver, algorithm and order of rows leads to.

    Parameters
    ----------
    program
        What was solved.
    found
        An optimum of it.

    Returns
    -------
    The canonical plan; reduced costs in our own arithmetic; duals and basis of the optimum handed in.

    Raises
    ------
    SolveError
        If the optimum handed in is none.
    """
    found, rank = with_basis(program, found), program.ranks()
    reduced = program.cost - program.matrix.T @ found.duals
    optimum = found.values, reduced, found.duals
    try:
        values = _least_weight(optimal_face(program, *optimum), found, rank)
    except SolveError:
        values = _least_weight(optimal_face(program, *optimum, noisy=True), found, rank)
    return replace(found, values=values, reduced_costs=reduced)


def _least_weight(face: Program, found: SolverResult, rank: Integers) -> Floats:
    """Return the plan of least weight on the face; columns that can only stay where they are need no solver."""
    basis, values = found.basis, face.lower.copy()
    may_move = (face.lower < face.upper) | (basis.columns == BASIC)
    moving, taken = np.flatnonzero(may_move), face.matrix @ np.where(may_move, 0.0, values)
    small = replace(
        face.with_columns(moving),
        cost=weights(rank)[moving],
        row_lower=face.row_lower - taken,
        row_upper=face.row_upper - taken,
    )
    kept = LpSession(small, make_basis(basis.columns[moving], basis.rows))
    kept.solve()
    values[moving] = kept.found().values
    return values


def optimal_face(
    program: Program,
    values: Floats,
    reduced_costs: Floats,
    duals: Floats,
    *,
    noisy: bool = False,
) -> Program:
    """Narrow a program to its optima, as the conditions on top of this file say.

    A dual of trillions, as a floor of `fairness` can have, holds more noise than what counts as nothing, and
    may close bounds that no plan keeps together. Where that has happened, no bound is closed before the
    optimum handed in.

    Parameters
    ----------
    program
        The program.
    values, reduced_costs, duals
        Of any of its optima, t and IDR/t.
    noisy
        Whether the optimum handed in has to stay inside.
    """
    if not noisy:
        lower, upper = _closed(reduced_costs, program.lower, program.upper)
        row_lower, row_upper = _closed(duals, program.row_lower, program.row_upper)
        return replace(program, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)
    lower, upper = _settled(values, reduced_costs, program.lower, program.upper)
    activity = program.matrix @ values
    row_lower, row_upper = _settled(activity, duals, program.row_lower, program.row_upper)
    return replace(program, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)


def near_ties(reduced_costs: Floats) -> int:
    """Count the columns whose reduced cost is small enough to count as nothing, and yet is something."""
    size = np.abs(reduced_costs)
    return int(((size > NOISE) & (size <= TIE)).sum())


def _closed(dual: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Close the bounds on the one that a dual points to."""
    return np.where(dual < -TIE, upper, lower), np.where(dual > TIE, lower, upper)


def _settled(at: Floats, dual: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Close the bounds on the one that a dual points to, but not before where the optimum stands."""
    inside = np.clip(at, lower, upper)
    low, high = _closed(dual, lower, upper)
    return np.minimum(low, inside), np.maximum(high, inside)


def with_basis(program: Program, found: SolverResult) -> SolverResult:
    """Return an optimum with all its digits and its basis.

    Raises
    ------
    SolveError
        If it was none.
    """
    if found.basis is not None:
        return found
    kept = LpSession(program, guess_basis(program, found.values, found.duals))
    cost, claimed = kept.solve(), float(program.cost @ found.values)
    gap = abs(cost - claimed) / max(abs(cost), 1.0)
    if gap > AGREEMENT:
        raise SolveError("solve.not_proven", gap=f"{gap:.3g}")
    return kept.found()


def weights(rank: Integers) -> Floats:
    """Give each rank its number between 1 and 2; the raw stream of PCG64 is the same everywhere."""
    sequence = np.random.PCG64(SEED).random_raw(len(rank)) / 2.0**64
    numbers: Floats = 1.0 + sequence[rank]
    return numbers
