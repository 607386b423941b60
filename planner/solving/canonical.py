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
from planner.solving.basis import near_basis
from planner.solving.found import Found
from planner.solving.kept import KeptModel

TIE = 1e-2
"""A reduced cost or dual up to this is nothing, IDR/t."""
NOISE = 1e-4
"""Above this a reduced cost that counts as nothing is told as a near tie, IDR/t."""
AGREEMENT = 1e-6
"""Share of the cost by which a solver's optimum may differ from the one HiGHS makes of it."""
SEED = 2023


def canonical(program: Program, found: Found, rank: Integers) -> Found:
    """Give the plan that every solver, algorithm and order of rows leads to.

    Parameters
    ----------
    program
        What was solved.
    found
        An optimum of it.
    rank
        Rank of each column by its labels.

    Returns
    -------
    The canonical plan with reduced costs in our own arithmetic, duals, and the basis of `found`.

    Raises
    ------
    SolveError
        If the optimum handed in is none.
    """
    basis = found.basis or near_basis(program, found.values, found.duals)
    kept = KeptModel(program, basis)
    if found.basis is None:
        found = _polished(kept, found)
    reduced = program.cost - program.matrix.T @ found.duals
    _keep_optimal(kept, reduced, found.duals)
    kept.change_costs(np.arange(len(rank)), _weights(rank))
    kept.solve()
    return replace(found, values=kept.found().values, reduced_costs=reduced)


def near_ties(reduced_costs: Floats) -> int:
    """Count the columns whose reduced cost is small enough to count as nothing, and yet is something."""
    size = np.abs(reduced_costs)
    return int(((size > NOISE) & (size <= TIE)).sum())


def optimal_bounds(program: Program, reduced: Floats) -> tuple[Integers, Floats]:
    """Give the columns that have the same value in every optimum, and that value, t."""
    fixed = np.flatnonzero(np.abs(reduced) > TIE)
    return fixed, np.where(reduced[fixed] > 0, program.lower[fixed], program.upper[fixed])


def _keep_optimal(kept: KeptModel, reduced: Floats, duals: Floats) -> None:
    """Narrow the program to its optima."""
    program = kept.program
    fixed, value = optimal_bounds(program, reduced)
    kept.change_columns(fixed, value, value)
    tight = np.flatnonzero((np.abs(duals) > TIE) & (program.row_lower != program.row_upper))
    bound = np.where(duals[tight] > 0, program.row_lower[tight], program.row_upper[tight])
    kept.change_rows(tight, bound, bound)


def _polished(kept: KeptModel, found: Found) -> Found:
    """Give an optimum with all its digits, and refuse one that was none."""
    cost, claimed = kept.solve(), float(kept.program.cost @ found.values)
    if abs(cost - claimed) > AGREEMENT * max(abs(cost), 1.0):
        raise SolveError("solve.not_proven", gap=f"{abs(cost - claimed) / max(abs(cost), 1.0):.3g}")
    return kept.found()


def _weights(rank: Integers) -> Floats:
    """Give each rank its number between 1 and 2; the raw stream of PCG64 is the same everywhere."""
    sequence = np.random.PCG64(SEED).random_raw(len(rank)) / 2.0**64
    weights: Floats = 1.0 + sequence[rank]
    return weights
