"""Ctrl-C ends a solve of any size, by any solver and algorithm, within a second and without a trace."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from processes import environment

SCRIPT = Path(__file__).with_name("long_solve.py")
WAYS = [
    ("highs", "simplex"),
    ("highs", "ipm"),
    ("highs", "columns"),
    ("highs-pulp", "auto"),
    ("cbc", "auto"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc are of Unix")
@pytest.mark.parametrize(("solver", "algorithm"), WAYS)
def test_ctrl_c_ends_a_long_solve_and_leaves_nothing_behind(solver: str, algorithm: str) -> None:
    words = [sys.executable, str(SCRIPT), solver, algorithm]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, env=environment(), check=True
    )
    ending, seconds, *left = done.stdout.split()
    assert (ending, left, done.stderr) == ("interrupted", ["0", "0", "0"], "")
    assert float(seconds) < 10  # a second where nothing else runs; the solve itself takes minutes
