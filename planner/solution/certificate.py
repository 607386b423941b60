"""Proof that a plan is the cheapest, by our own arithmetic and apart from any solver.

For  minimise c x,  l <= x <= u,  L <= A x <= U,  and any duals y, with  d = c - A' y:

    c x  >=  sum over rows of     y[i] L[i] where y[i] > 0,  y[i] U[i] where y[i] < 0
           + sum over columns of  d[j] l[j] where d[j] > 0,  d[j] u[j] where d[j] < 0      (weak duality)

A plan that keeps all bounds and reaches the right-hand side is therefore the cheapest. A dual that would need an
infinite bound breaks the proof: by so many IDR/t. Sums are compensated: penalties of trillions stand beside freights.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.errors import SolveError
from planner.model import Program

DIGITS = 1e-7
"""Share of the tonnes in a row that may be lost where a solver writes its values to a file."""
MOST_BREACH = 0.01
"""Largest breach of a row or bound that an accepted plan may have, t."""
MOST_DUAL_BREACH = 0.05
"""Largest breach of the sign of a dual or reduced cost, IDR/t, or else:"""
MOST_DUAL_NOISE = 1e-11
"""Largest such breach as a share of the largest dual: a number of sixteen digits has no more, once it was added up."""
MOST_GAP = 1e-7
"""Largest distance of the cost from the bound, as a share of the cost."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """How far a plan is from keeping every limit, and from its own lower bound.

    Parameters
    ----------
    breach
        Largest breach of a bound or row, t.
    dual_breach
        Largest breach of the sign of a dual or reduced cost, IDR/t.
    largest_dual
        Largest dual of a row, IDR per unit: what the breach is to be measured by.
    cost, bound
        Cost with penalties, and the lower bound that the duals prove for every plan, IDR.
    """

    breach: float
    dual_breach: float
    largest_dual: float
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """Distance of the cost from the bound, as a share of the cost."""
        return abs(self.cost - self.bound) / max(abs(self.cost), 1.0)

    @property
    def dual_noise(self) -> float:
        """Largest breach of the sign of a dual or reduced cost that is rounding, IDR/t."""
        return max(MOST_DUAL_BREACH, MOST_DUAL_NOISE * self.largest_dual)


def certify(program: Program, values: Floats, duals: Floats) -> Certificate:
    """Measure a plan against the proof; the inequality stands on top of this file.

    Parameters
    ----------
    program
        The program.
    values
        Value of each column, t.
    duals
        Dual of each row, IDR per unit of the row.
    """
    reduced = program.cost - program.matrix.T @ duals
    row_part, row_breach = _bound(duals, program.row_lower, program.row_upper)
    column_part, column_breach = _bound(reduced, program.lower, program.upper)
    return Certificate(
        breach=violation(program, values),
        dual_breach=max(row_breach, column_breach),
        largest_dual=float(np.abs(duals).max(initial=0.0)),
        cost=math.fsum(program.cost * values),
        bound=row_part + column_part,
    )


def require(certificate: Certificate, solver: str) -> None:
    """Refuse a plan that is not proven.

    Raises
    ------
    SolveError
        If it breaks a limit, or its cost is not shown to be the least.
    """
    if not certificate.breach <= MOST_BREACH:
        raise SolveError("solve.broken_plan", solver=solver, breach=f"{certificate.breach:.3g}")
    if not certificate.gap <= MOST_GAP:
        raise SolveError("solve.not_proven", gap=f"{certificate.gap:.3g}")
    if not certificate.dual_breach <= certificate.dual_noise:
        breach = f"{certificate.dual_breach:.3g}"
        raise SolveError(
            "solve.prices_not_proven", breach=breach, most=f"{certificate.dual_noise:.3g}"
        )


def violation(program: Program, values: Floats) -> float:
    """Return the largest breach of any bound or row, by our own arithmetic.

    Returns
    -------
    Tonnes (or TEU) beyond what a value printed with seven digits may be off; infinite if any value is no number.
    """
    if not np.isfinite(values).all():
        return np.inf
    activity, size = program.matrix @ values, abs(program.matrix) @ np.abs(values)
    breaches = (
        program.lower - values,
        values - program.upper - DIGITS * np.abs(values),
        program.row_lower - activity - DIGITS * size,
        activity - program.row_upper - DIGITS * size,
    )
    return float(max(breach.max(initial=0.0) for breach in breaches))


def _bound(dual: Floats, lower: Floats, upper: Floats) -> tuple[float, float]:
    """Return what the duals prove, IDR, and the largest one without a bound to stand on, IDR/t."""
    side = np.where(dual > 0, lower, upper)
    firm = np.isfinite(side)
    proven = math.fsum(dual[firm] * side[firm])
    return proven, float(np.abs(dual[~firm]).max(initial=0.0))
