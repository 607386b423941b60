"""What a solver found, as arrays in tonnes and IDR."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pulp

from planner.arrays import Floats
from planner.model import Program
from planner.solving.bridge import IDR, TONNES


@dataclass(frozen=True, slots=True)
class Found:
    """Values (t) and reduced costs (IDR/t) of the columns, duals (IDR/t) of the rows.

    The dual of a row is what the objective rises by when its bound rises by one.
    """

    values: Floats
    reduced_costs: Floats
    duals: Floats


def found_by_pulp(problem: pulp.LpProblem) -> Found:
    """Read back, one by one, what PuLP stored in its variables and constraints."""
    variables, constraints = problem.variables(), problem.constraints()
    return Found(
        values=np.array([variable.varValue or 0.0 for variable in variables]) * TONNES,
        reduced_costs=np.array([variable.dj or 0.0 for variable in variables]) * (IDR / TONNES),
        duals=np.array([constraint.pi or 0.0 for constraint in constraints]) * (IDR / TONNES),
    )


DIGITS = 1e-7
"""Share of the tonnes in a row that may be lost where a solver writes its values to a file."""


def violation(program: Program, values: Floats) -> float:
    """Give the largest breach of any bound or row, by our own arithmetic.

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
