"""Which algorithm of HiGHS solves a program, chosen from its shape.

simplex   dual simplex without presolve: small programs, and networks of many periods whose limits are few
ipm       interior point with crossover: many periods in which most lanes share limits with other goods

Measured with HiGHS 1.16 on one thread, seconds of the processor:

                        columns x rows     simplex, presolve   simplex   ipm
    nasional-2023      130,889 x 6,776            2.4             2.1     50
    kemarau-2023       163,542 x 8,402            4.1             2.7
    S1, shared ports    97,920 x 4,560          111              50        7.5
    nasional-2023 with
    limited ports      130,889 x 7,208           59              69       23

Presolve finds nothing to take away from these programs: without it simplex was never slower. A row shares
when it joins parts of the program that balance rows leave apart, as a port joins the networks of two goods.
With most columns in such rows simplex wanders along the limits, and interior point does not.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from planner.errors import OptionError
from planner.model import Program
from planner.scenario.names import nearest

AUTO = "auto"
ALGORITHMS = ("simplex", "ipm")
"""What can be asked of the solver `highs`; the others use their own."""
LARGE = 20_000
"""Columns below which simplex is done before another algorithm has started."""
SHARED = 0.5
"""Share of the columns in rows that join parts, from which interior point is the faster."""


def require_algorithm(asked: str, solver: str) -> None:
    """Refuse an algorithm that does not exist, or that a solver cannot be told to use.

    Parameters
    ----------
    asked
        One of `ALGORITHMS`, or `auto` to choose by the shape of the program.
    solver
        Name of the solver.

    Raises
    ------
    OptionError
        With the nearest known name.
    """
    known = (AUTO, *ALGORITHMS)
    if asked not in known:
        hint = nearest(asked, known)
        raise OptionError(
            "solve.unknown_algorithm", asked=asked, nearest=hint, known=", ".join(known)
        )
    if asked != AUTO and solver != "highs":
        raise OptionError("solve.own_algorithm", asked=asked, solver=solver)


def fitting(program: Program) -> str:
    """Choose one of `ALGORITHMS` by the shape of a program, for the reasons on top of this file."""
    if len(program.cost) < LARGE:
        return "simplex"
    return "ipm" if shared(program) >= SHARED else "simplex"


def shared(program: Program) -> float:
    """Give the share of the columns in rows that join parts which equations leave apart."""
    entries = program.matrix.tocoo()
    row, column = entries.coords
    count = program.matrix.shape[0]
    equal = (program.row_lower == program.row_upper)[row]
    ends = row[equal], count + column[equal]
    size = count + len(program.cost)
    graph = coo_array((np.ones(len(ends[0]), dtype=bool), ends), shape=(size, size))
    part = connected_components(graph.tocsr(), directed=False)[1][count:][column]
    least, most = np.full(count, size), np.full(count, -1)
    np.minimum.at(least, row, part)
    np.maximum.at(most, row, part)
    joining = least < most
    return len(np.unique(column[joining[row]])) / len(program.cost)
