"""Which algorithm of HiGHS solves a program, chosen from its shape.

simplex   dual simplex without presolve: small programs, and networks of many periods that share few limits
ipm       interior point with crossover: many periods, most lanes in limits that goods share
columns   generated columns: every producer to every consumer, or very many entries in shared limits

Measured with HiGHS 1.16 on one thread, seconds:

                        columns x rows   entries   simplex, presolve   simplex    ipm   columns
    nasional-2023      130,889 x 6,776     0.6 M        1.6              1.4     24       2.6
    kemarau-2023       163,542 x 8,402                                   2.6
    S1, shared ports    89,712 x 4,560     0.3 M        2.6              4.0      1.8     2.5
    national-ports     130,889 x 7,208     0.9 M       10.0              9.9     15.0     3.5
    S2, one good        64,476 x   514     0.1 M         .13              .05     .48      .01
    S3, shared ports   580,284 x 5,140     2.3 M        6.7              5.5     26        .9

S1 to S3 and national-ports are the markets of `tests/benchmarks/generator.py`.

Presolve finds nothing to take away from these programs: without it simplex was slower on S1 alone. A row shares
when it joins parts of the program that equations leave apart, as a port joins the networks of two goods.
With most columns in such rows simplex wanders along the limits, and interior point does not. Generated columns
win where most lanes are far from any plan; on sparse networks of many periods nearly as much is solved as
before, and they are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from planner.errors import OptionError
from planner.formats.hints import hint
from planner.model import Program

AUTO = "auto"
ALGORITHMS = ("simplex", "ipm", "columns")
"""What can be asked of the solver `highs`; the others use their own."""
LARGE = 20_000
"""Columns below which simplex is done before another algorithm has started."""
DENSE = 50
"""Columns for each row, from which most of them are far from any plan."""
SHARED = 0.5
"""Share of the columns in rows that join parts, from which interior point is the faster."""
HEAVY = 500_000
"""Entries from which interior point is slow enough for generated columns to pay."""


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
        meant = hint(str(asked), known, listed=False)
        raise OptionError(
            "solve.unknown_algorithm", asked=asked, hint=meant, known=", ".join(known)
        )
    if asked != AUTO and solver != "highs":
        raise OptionError("solve.own_algorithm", asked=asked, solver=solver)


def choose_algorithm(program: Program) -> str:
    """Choose one of `ALGORITHMS` by the shape of a program, for the reasons on top of this file."""
    program = _usual(program)
    if len(program.cost) < LARGE:
        return "simplex"
    if _dense(program):
        return "columns"
    if coupling_share(program) < SHARED:
        return "simplex"
    return "columns" if program.matrix.nnz >= HEAVY else "ipm"


def ways(solver: str, algorithm: str, program: Program) -> Iterator[tuple[str, str]]:
    """Yield solvers and their algorithms in the order in which they are tried until one proves a plan.

    Parameters
    ----------
    solver, algorithm
        What was asked for: it comes first.
    program
        What is to be solved; the algorithm that fits it best is not tried twice.
    """
    yield solver, algorithm
    first = choose_algorithm(program) if algorithm == AUTO and solver == "highs" else algorithm
    others = (name for name in ALGORITHMS if (solver, name) != ("highs", first))
    yield from (("highs", name) for name in others)
    if solver != "cbc":
        yield "cbc", AUTO


def choose_master_algorithm(program: Program) -> str:
    """Choose what solves the small programs of generated columns: `simplex` or `ipm`."""
    program = _usual(program)
    return "simplex" if _dense(program) or coupling_share(program) < SHARED else "ipm"


def _usual(program: Program) -> Program:
    """Return a program without its rare columns, which hardly any solver is given."""
    return program.with_columns(np.flatnonzero(~program.rare)) if program.rare.any() else program


def _dense(program: Program) -> bool:
    rows, columns = program.matrix.shape
    return columns >= DENSE * rows


def coupling_share(program: Program) -> float:
    """Return the share of the columns in rows that join parts which equations leave apart."""
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
