"""Program -> `pulp.LpProblem`, in bulk: names, `.lp` and `.mps` files, and every solver PuLP knows.

PuLP's typed but underscored batch calls are used here and nowhere else; a contract test fails when
their meaning changes. Inside the problem tonnes are thousands and rupiah millions: solver tolerances
are absolute, and so they mean grams and rupiah.
"""

from __future__ import annotations

import numpy as np
import pulp
from pulp import _rustcore as rust

from planner.arrays import Floats
from planner.errors import SolveError
from planner.model import Block, Program

TONNES = 1e3
"""Tonnes (or TEU) in one unit of a column or a row."""
IDR = 1e6
"""Rupiah in one unit of the objective."""


def scaled_cost(program: Program) -> Floats:
    """Return the cost of a thousand tonnes in million IDR."""
    return program.cost * (TONNES / IDR)


def require_finite(program: Program) -> None:
    """Refuse a program with figures that are none: a solver may never come back from them.

    Raises
    ------
    SolveError
        If a figure is NaN, or infinite where it cannot be.
    """
    low = program.lower, program.row_lower
    high = program.upper, program.row_upper
    sound = [np.isfinite(part) for part in (program.cost, program.matrix.data)]
    sound += [bound < np.inf for bound in low] + [bound > -np.inf for bound in high]
    if not all(part.all() for part in sound):
        raise SolveError("solve.not_finite")


def to_pulp(program: Program, name: str = "planner") -> pulp.LpProblem:
    """Write a program as a PuLP problem; column j is variable j, row i is constraint i.

    Parameters
    ----------
    program
        The model, in tonnes and IDR.
    name
        Name of the problem, without spaces.

    Returns
    -------
    The problem in thousand tonnes and million IDR, columns named `flow_0` and so on by block.

    Raises
    ------
    SolveError
        If a figure is NaN, or infinite where it cannot be.
    """
    require_finite(program)
    problem = pulp.LpProblem(name, pulp.LpMinimize)
    model = problem.toRustModel()
    infinite = float("inf")
    for block in program.columns.values():
        variables = model.add_variables_batch(
            _names(block), 0.0, infinite, rust.Category.Continuous
        )
        upper = program.upper[block.span] / TONNES
        for i in np.flatnonzero(np.isfinite(upper)).tolist():
            variables[i].set_ub(float(upper[i]))
    objective = rust.AffineExpr()
    objective.add_term_ids_coeffs(
        model, np.arange(len(program.cost), dtype=np.uint64), scaled_cost(program)
    )
    model.set_objective(objective)
    _add_rows(model, program)
    return problem


def _names(block: Block) -> list[str]:
    return list(map(f"{block.name}_".__add__, map(str, range(block.size))))


def _add_rows(model: rust.Model, program: Program) -> None:
    matrix = program.matrix
    ids, values = matrix.indices.astype(np.uint64), matrix.data
    starts = matrix.indptr.tolist()
    lower, upper = program.row_lower / TONNES, program.row_upper / TONNES
    equal, at_most = lower == upper, np.isfinite(upper)
    if (np.isfinite(lower) & at_most & ~equal).any():
        message = "PuLP has no rows with two different bounds; write two rows"
        raise ValueError(message)
    senses = np.where(equal, 0, np.where(at_most, 1, 2)).tolist()
    bounds = np.where(at_most, upper, lower).tolist()
    kinds = (rust.Sense.Equal, rust.Sense.LessEqual, rust.Sense.GreaterEqual)
    for block in program.rows.values():
        for i, row in enumerate(range(block.start, block.start + block.size)):
            expression = rust.AffineExpr()
            here = slice(starts[row], starts[row + 1])
            expression.add_term_ids_coeffs(model, ids[here], values[here])
            expression.set_constant(-bounds[row])
            expression.set_sense(kinds[senses[row]])
            expression.set_name(f"{block.name}_{i}")
            model.add_constraint(expression)
