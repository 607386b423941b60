"""Ctrl-C ends a solve of any size, by any solver and algorithm, within a second and without a trace."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes import environment

import planner
from planner.solving import keep

SCRIPT = Path(__file__).with_name("long_solve.py")
WAYS = [
    ("highs", "simplex"),
    ("highs", "ipm"),
    ("highs", "columns"),
    ("highs-pulp", "auto"),
    ("cbc", "auto"),
]
SECOND = 1.0


@pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc are of Unix")
@pytest.mark.parametrize(("solver", "algorithm"), WAYS)
def test_ctrl_c_ends_a_long_solve_and_leaves_nothing_behind(solver: str, algorithm: str) -> None:
    words = [sys.executable, str(SCRIPT), solver, algorithm]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, env=environment(), check=True
    )
    ending, seconds, *left = done.stdout.split()
    assert (ending, left, done.stderr) == ("interrupted", ["0", "0", "0"], "")
    assert float(seconds) < 2 * SECOND  # the machine may be busy with other tests


def test_a_small_kept_plan_is_solved_again_in_a_hundredth_of_a_second() -> None:
    plan = planner.solve(planner.read_scenario(SCRIPT.parents[1] / "scenarios" / "dua-pulau"))
    kept = keep(plan)
    spent = []
    for _ in range(20):
        start = time.perf_counter()
        with kept.trial():
            kept.change_harvest(0.9)
            kept.solve()
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.01
