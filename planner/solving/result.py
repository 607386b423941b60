"""What a solver found, as arrays in tonnes and IDR."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pulp

from planner.arrays import Floats, Integers
from planner.solving.basis import LOWER, make_basis
from planner.solving.bridge import IDR, TONNES


@dataclass(frozen=True, slots=True)
class SolverResult:
    """Values (t) and reduced costs (IDR/t) of the columns, duals (IDR/t) of the rows.

    The dual of a row is what the objective rises by when its bound rises by one. `basis` is where
    HiGHS stood at the end; None where another solver gave none. `algorithm` is one of `ALGORITHMS`; ""
    where a solver used its own. `entered` counts the columns that were ever in its program; None where
    all were.
    """

    values: Floats
    reduced_costs: Floats
    duals: Floats
    basis: Any = None
    algorithm: str = ""
    entered: int | None = None

    def of_whole(self, ids: Integers, reduced_costs: Floats) -> SolverResult:
        """Return what was found for some columns (ids) of a program as that of all: the others lie at zero.

        Parameters
        ----------
        ids
            The columns, in the order in which they were solved with.
        reduced_costs
            Those of all columns, IDR/t.
        """
        values = np.zeros(len(reduced_costs))
        statuses = np.full(len(reduced_costs), LOWER, dtype=np.int8)
        values[ids], statuses[ids] = self.values, self.basis.columns
        basis = make_basis(statuses, self.basis.rows)
        return replace(
            self, values=values, reduced_costs=reduced_costs, basis=basis, entered=len(ids)
        )


def read_from_pulp(problem: pulp.LpProblem) -> SolverResult:
    """Read back, one by one, what PuLP stored in its variables and constraints."""
    variables, constraints = problem.variables(), problem.constraints()
    return SolverResult(
        values=np.array([variable.varValue or 0.0 for variable in variables]) * TONNES,
        reduced_costs=np.array([variable.dj or 0.0 for variable in variables]) * (IDR / TONNES),
        duals=np.array([constraint.pi or 0.0 for constraint in constraints]) * (IDR / TONNES),
    )
