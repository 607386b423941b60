"""HiGHS fed and read by arrays, in thousand tonnes and million IDR."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from planner.arrays import Integers
from planner.model import Program
from planner.solving.basis import Basis, highspy
from planner.solving.bridge import IDR, TONNES, require_finite, scaled_cost
from planner.solving.result import SolverResult

OPTIONS: dict[str, dict[str, Any]] = {
    "simplex": {"solver": "simplex", "presolve": "off"},
    "ipm": {"solver": "ipm"},
}
"""What HiGHS is told for each of its algorithms."""
PATIENCE = 1.0
"""Seconds that HiGHS has to stop after Ctrl-C, before it is left to end by itself: its presolve looks up seldom."""


def hand_over(highs: Any, program: Program) -> None:
    """Give the arrays of a program to an empty HiGHS, in thousand tonnes and million IDR.

    Raises
    ------
    SolveError
        If a figure is NaN, or infinite where it cannot be.
    """
    require_finite(program)
    empty = np.zeros(0, dtype=np.int32)
    highs.addCols(
        len(program.cost),
        scaled_cost(program),
        program.lower / TONNES,
        program.upper / TONNES,
        0,
        empty,
        empty,
        np.zeros(0),
    )
    matrix = program.matrix
    highs.addRows(
        matrix.shape[0],
        program.row_lower / TONNES,
        program.row_upper / TONNES,
        matrix.nnz,
        matrix.indptr[:-1].astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
    )


def add_columns(highs: Any, program: Program, ids: Integers, terms: Any) -> None:
    """Give more columns (ids) of a program to a HiGHS that has its rows; `terms` has the entries of each in turn."""
    highs.addCols(
        len(ids),
        scaled_cost(program)[ids],
        program.lower[ids] / TONNES,
        program.upper[ids] / TONNES,
        terms.nnz,
        terms.indptr[:-1].astype(np.int32),
        terms.indices.astype(np.int32),
        terms.data,
    )


def run(highs: Any) -> None:
    """Run HiGHS beside the main thread, so that Ctrl-C stops it; that costs 0.2 ms, whatever the size."""
    if threading.current_thread() is not threading.main_thread():
        highs.run()  # Ctrl-C never comes here, and highspy starts one solver at a time in a process
        return
    highs.HandleUserInterrupt = True
    try:
        highs.startSolve()
        while not highs.wait(0.1)[0]:
            pass
    except KeyboardInterrupt:
        highs.cancelSolve()
        if not highs.wait(PATIENCE)[0]:
            threading.Thread(target=highs.wait).start()  # Python does not end before HiGHS has
        raise
    # A HiGHS that listens holds itself, and with it some 100 MB of a national plan long after its last use.
    highs.HandleUserInterrupt = False


def read_back(highs: Any) -> SolverResult:
    """Take what HiGHS found as arrays in tonnes and IDR, and where it stood."""
    solution = highs.getSolution()
    return SolverResult(
        values=np.array(solution.col_value) * TONNES,
        reduced_costs=np.array(solution.col_dual) * (IDR / TONNES),
        duals=np.array(solution.row_dual) * (IDR / TONNES),
        basis=Basis(highs.getBasis()),
    )


def empty_highs() -> Any:
    """Return a silent HiGHS with nothing in it."""
    made = highspy().Highs
    with quiet_stdout():
        highs = made()
    for option, value in {"output_flag": False, "threads": 1}.items():
        highs.setOptionValue(option, value)
    return highs


@contextmanager
def quiet_stdout() -> Iterator[None]:
    """Point file descriptor 1 at nothing for a moment: HiGHS writes there below Python."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
