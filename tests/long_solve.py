"""A program that solvers work on for long, and Ctrl-C in the middle: `python long_solve.py SOLVER ALGORITHM`.

Prints how the solve ended, how long after Ctrl-C, how many processes, threads and
files are left in the end.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

import planner
from planner.model import Block, Program
from planner.solving.solve import Clock, build_program, solve_program

FIRST = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
ROWS, COLUMNS, ENTRIES = 1_500, 9_000, 40


def long_program() -> Program:
    """Return a covering program without structure, of fewer columns than a good of the nation has."""
    dice = np.random.default_rng(7)
    row = dice.integers(0, ROWS, COLUMNS * ENTRIES)
    column = np.repeat(np.arange(COLUMNS), ENTRIES)
    matrix = csr_array((dice.uniform(0.1, 1.0, len(row)), (row, column)), shape=(ROWS, COLUMNS))
    small = build_program(planner.read_scenario(FIRST), Clock(None))[1]
    return replace(
        small,
        columns={"flow": Block("flow", 0, COLUMNS, {"lane": np.arange(COLUMNS)}, "t")},
        rows={"need": Block("need", 0, ROWS, {"province": np.arange(ROWS)}, "t")},
        cost=dice.uniform(1e5, 2e5, COLUMNS),
        lower=np.zeros(COLUMNS),
        weight=np.zeros(COLUMNS),
        rare=np.zeros(COLUMNS, dtype=bool),
        upper=np.full(COLUMNS, np.inf),
        matrix=matrix,
        row_lower=dice.uniform(1e4, 2e4, ROWS),
        row_upper=np.full(ROWS, np.inf),
    )


class Interrupting(Clock):
    """Presses Ctrl-C a second after the solver has begun."""

    pressed = 0.0

    def __init__(self) -> None:
        super().__init__(self.seen)

    def seen(self, phase: str) -> None:
        if phase == "solve":
            threading.Timer(1.0, self.press).start()

    def press(self) -> None:
        self.pressed = time.perf_counter()
        os.kill(os.getpid(), signal.SIGINT)


def left_running() -> int:
    """Count the processes that this one has started and that still run."""
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return sum(len(file.read_text().split()) for file in found)


def main(solver: str, algorithm: str) -> None:
    clock = Interrupting()
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            solve_program(long_program(), solver, clock, algorithm=algorithm)
            ending = "solved"
        except KeyboardInterrupt:
            ending = "interrupted"
        after = time.perf_counter() - clock.pressed
        for thread in threading.enumerate():
            if thread is not threading.current_thread():
                thread.join(30)
        files = len(list(Path(folder).iterdir()))
        print(ending, f"{after:.2f}", left_running(), threading.active_count() - 1, files)


if __name__ == "__main__":
    main(*sys.argv[1:])
