"""What every measured way uses: seconds by phase, and the file its answer goes to. Standard library only."""

from __future__ import annotations

import json
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
    """Seconds by phase; a phase within another counts for itself alone."""

    def __init__(self) -> None:
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


class Answer(NamedTuple):
    """The objective in IDR, and the size of the problem."""

    objective: float
    columns: int
    rows: int


def write(result: str, clock: Clock, answer: Answer) -> None:
    """Write what was measured as JSON."""
    Path(result).write_text(json.dumps({"seconds": clock.seconds, **answer._asdict()}))


def require(proven: bool) -> None:
    """Accept nothing but a proven optimum."""
    if not proven:
        raise RuntimeError("no proven optimum")
