"""What every measured way uses: seconds by phase, memory taken, and the file its answer goes to.

Standard library only.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PROCESSOR = "PLANNER_BENCHMARK_PROCESSOR"
"""Set: every clock counts seconds of the processor, those of finished children included."""


def _processor() -> float:
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


if os.environ.get(PROCESSOR):
    time.perf_counter = _processor  # that of `planner.solve` too


class Clock:
    """Seconds by phase, and memory; a phase within another counts for itself alone."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.seconds: dict[str, float] = defaultdict(float)
        self._phase, self._since = "", 0.0

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        outer = self._phase
        self._turn_to(phase)
        yield
        self._turn_to(outer)

    def _turn_to(self, phase: str) -> None:
        now = time.perf_counter()
        if self._phase:
            self.seconds[self._phase] += now - self._since
        self._phase, self._since = phase, now


class Memory:
    """What a process takes between two moments, in MB: the most it ever had less what it had at first.

    Of Linux alone; elsewhere NaN.
    """

    def __init__(self) -> None:
        self._before, self.taken = _megabytes("VmRSS"), math.nan

    def stop(self) -> None:
        """Count nothing that comes after; only the first time says so."""
        if math.isnan(self.taken):
            self.taken = _megabytes("VmHWM") - self._before


def _megabytes(figure: str) -> float:
    """Read a figure of this process from what the system tells of it."""
    file = Path("/proc/self/status")
    lines = file.read_text().splitlines() if file.exists() else []
    return next(
        (int(line.split()[1]) / 1024 for line in lines if line.startswith(figure)), math.nan
    )


class Answer(NamedTuple):
    """The objective in IDR, and the size of the problem."""

    objective: float
    columns: int
    rows: int


def write(result: str, clock: Clock, answer: Answer) -> None:
    """Write what was measured as JSON."""
    clock.memory.stop()
    measured = {"seconds": clock.seconds, "taken": clock.memory.taken, **answer._asdict()}
    Path(result).write_text(json.dumps(measured))


def require(proven: bool) -> None:
    """Accept nothing but a proven optimum."""
    if not proven:
        raise RuntimeError("no proven optimum")
