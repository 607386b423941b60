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
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from family import watched

HERE = Path(__file__).parent
FROM_SCENARIO = (
    "planner",
    "planner, LpProblem",
    "pulp.HiGHS",
    "textbook PuLP",
    "textbook PuLP, CBC",
)
ALONE = ("highspy", "highspy, no presolve", "highspy, interior point", "scipy", "linopy")
"""The ways of `contenders.py`, from the scenario in memory, and of `alone.py`, from the finished arrays."""
COMMAND = "from planner.cli.app import main; main()"
COMMANDS = {"planner run": [], "planner run --no-charts": ["--no-charts"]}
"""Whole commands, and the options that make them."""


@dataclass(frozen=True, slots=True)
class Market:
    """A scenario folder, and the arrays of its model."""

    name: str
    folder: Path
    arrays: Path


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement: IDR, wall seconds, MB, seconds by phase, columns and rows; MB that solving took."""

    objective: float
    wall: float
    peak: float
    family_peak: float = math.nan
    seconds: Mapping[str, float] = field(default_factory=dict)
    columns: int = 0
    rows: int = 0
    taken: float = math.nan


class FailedRunError(Exception):
    """A process that did not finish its work, with what it said."""


class TooLongError(Exception):
    """A process that was stopped because it took too long."""


def market(name: str, folder: Path, arrays: Path) -> Market:
    """Build the arrays of a scenario."""
    timed([str(HERE / "contenders.py"), "arrays", str(folder), str(arrays)])
    return Market(name, folder, arrays)


def contender(name: str, market: Market, limit: float | None = None) -> Run:
    """Run one way to the plan once, for at most `limit` seconds."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        way = [str(HERE / "alone.py"), name, str(market.arrays)]
        if name in FROM_SCENARIO:
            way = [str(HERE / "contenders.py"), name, str(market.folder)]
        measured = timed([*way, str(result)], limit)
        return Run(**json.loads(result.read_text()), **measured)


def command(name: str, market: Market, limit: float | None = None) -> Run:
    """Run `planner run` once as a user does, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "run")
        arguments = ["run", str(market.folder), "--out", str(out), *COMMANDS[name]]
        measured = timed(["-c", COMMAND, *arguments], limit)
        facts = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        return Run(facts["cost_idr"], seconds=facts["seconds"], **measured)


def timed(arguments: Sequence[str], limit: float | None = None) -> dict[str, float]:
    """Run Python with `arguments`; give wall seconds and peaks of memory in MB.

    Raises
    ------
    TooLongError
        If it took more than `limit` seconds.
    FailedRunError
        If it failed.
    """
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
            stopper = threading.Timer(limit or math.inf, process.kill)
            if limit is not None:
                stopper.start()
            peak = _peak_when_done(process)
            stopper.cancel()
            wall = time.perf_counter() - start
        if limit is not None and wall > limit:
            raise TooLongError
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
