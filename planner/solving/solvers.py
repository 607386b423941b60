"""The solvers a user can name."""

from __future__ import annotations

from typing import Any

from planner.errors import OptionError, SolverMissingError
from planner.model import Program
from planner.solving.array_highs import ArrayHiGHS, QuietHiGHS
from planner.solving.cbc import StoppableCbc
from planner.solving.highs import OPTIONS

SOLVERS = ("highs", "highs-pulp", "cbc")
"""`highs` fed by arrays; the same through stock PuLP; CBC."""


def make_solver(name: str, program: Program, algorithm: str = "simplex") -> Any:
    """Return a PuLP solver.

    Parameters
    ----------
    name
        One of `SOLVERS`.
    program
        The program it will solve.
    algorithm
        What HiGHS fed by arrays shall use: "simplex" or "ipm"; the others use their own.

    Raises
    ------
    OptionError
        If there is no solver of that name.
    SolverMissingError
        If it is not installed here.
    """
    if name not in SOLVERS:
        raise OptionError("solve.unknown_solver", solver=name, known=", ".join(SOLVERS))
    if name == "highs":
        solver: Any = ArrayHiGHS(program, **OPTIONS[algorithm])
    elif name == "highs-pulp":
        solver = QuietHiGHS(msg=False, threads=1)
    else:
        solver = StoppableCbc(msg=False, threads=1)
    if not solver.available():
        extra = "cbc" if name == "cbc" else "highs"
        raise SolverMissingError("solve.missing_solver", solver=name, extra=extra)
    return solver
