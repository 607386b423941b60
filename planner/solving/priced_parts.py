"""Basis -> the duals in parts: see `planner.solution.price_parts`."""

from __future__ import annotations

import numpy as np
from scipy.sparse.linalg import splu

from planner.arrays import Floats
from planner.model import Program
from planner.solution.least_unmet import LeastUnmet
from planner.solution.price_parts import PriceParts, costs_in_parts
from planner.solving.basis import BASIC, Basis
from planner.solving.coverage_first import ROW

HELD = ("coverage_stage", ROW)
"""Rows that hold the least unmet need, and move along with it."""


def duals_in_parts(program: Program, basis: Basis, covered: LeastUnmet | None) -> PriceParts:
    """Take the duals of a plan apart.

    Parameters
    ----------
    program
        The program.
    basis
        An optimal basis of it.
    covered
        What is known of the least unmet; None where nothing is unmet.

    Returns
    -------
    One entry for each row: what moves when its bound rises by one, and the least unmet need with it.
    """
    free, tight = np.flatnonzero(basis.columns == BASIC), np.flatnonzero(basis.rows != BASIC)
    costs = costs_in_parts(program)
    right = np.stack([costs.money[free], costs.gap[free], costs.unmet[free]], axis=1)
    duals: Floats = np.zeros((len(program.row_lower), 3))
    if len(free):
        duals[tight] = splu(program.matrix[tight][:, free].tocsc()).solve(right, "T")
    if covered is not None:
        for row in (program.rows[name].start for name in HELD if name in program.rows):
            duals += np.outer(covered.rates, duals[row])
    return PriceParts(*duals.T)
