"""Runs one measurement in a process of its own and takes its wall time and peak memory.

Peak memory is `ru_maxrss` of the finished process: of the largest one, where it starts others; the
peak of all together is sampled (`family.py`). A process starts with the peak of the one that
started it, so whoever calls this for figures imports neither planner nor numpy. Windows does not
tell: memory is NaN there.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from family import watched

HERE = Path(__file__).parent
COMMAND = "from planner.cli import main; main()"
COMMANDS = {"planner run": [], "planner run --no-charts": ["--no-charts"]}
"""Whole commands, and the options that make them."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement: IDR, wall seconds, MB, seconds by phase, columns and rows."""

    objective: float
    wall: float
    peak: float
    family_peak: float = math.nan
    seconds: Mapping[str, float] = field(default_factory=dict)
    columns: int = 0
    rows: int = 0


class FailedRunError(Exception):
    """A process that did not finish its work, with what it said."""


def contender(name: str, scenario: Path) -> Run:
    """Run one way to the plan once."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        measured = timed([str(HERE / "contenders.py"), name, str(scenario), str(result)])
        return Run(**json.loads(result.read_text()), **measured)


def command(name: str, scenario: Path) -> Run:
    """Run `planner run` once as a user does, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "run")
        arguments = ["run", str(scenario), "--out", str(out), *COMMANDS[name]]
        measured = timed(["-c", COMMAND, *arguments])
        facts = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        return Run(facts["objective_idr"], seconds=facts["seconds"], **measured)


def timed(arguments: Sequence[str]) -> dict[str, float]:
    """Run Python with `arguments`; give wall seconds and peaks of memory in MB."""
    tests = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": tests.rstrip(os.pathsep)}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        with (
            subprocess.Popen(
                [sys.executable, *arguments], env=environment, stdout=said, stderr=said
            ) as process,
            watched(process.pid) as family,
        ):
            peak = _peak_when_done(process)
            wall = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise FailedRunError(said.read().decode(errors="replace"))
    return {"wall": wall, "peak": peak, "family_peak": family.megabytes}


def _peak_when_done(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process and give its peak memory in MB."""
    if sys.platform == "win32":
        process.wait()
        return math.nan
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
