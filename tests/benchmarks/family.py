"""Peak memory of a process together with those it starts, sampled on Linux.

Twice a second the proportional set sizes are added up: a page that two processes share counts once.
Elsewhere it is NaN.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INTERVAL = 0.5
PROC = Path("/proc")


class Peak:
    """The largest sum seen, in MB."""

    def __init__(self) -> None:
        self.megabytes = math.nan

    def see(self, megabytes: float) -> None:
        self.megabytes = max(megabytes, self.megabytes if self.megabytes > 0 else 0.0)


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Watch a process and its descendants until the block ends."""
    peak, done = Peak(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(pid, peak, done))
    if (PROC / str(pid) / "smaps_rollup").exists():
        watcher.start()
    try:
        yield peak
    finally:
        done.set()
        if watcher.ident:
            watcher.join()


def _watch(pid: int, peak: Peak, done: threading.Event) -> None:
    while not done.wait(INTERVAL):
        peak.see(sum(_megabytes(each) for each in _family(pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for listed in (PROC / str(pid) / "task").glob("*/children"):
        for child in _read(listed).split():
            yield from _family(int(child))


def _megabytes(pid: int) -> float:
    lines = _read(PROC / str(pid) / "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _read(file: Path) -> str:
    """Read what the system tells of a process, or nothing when it has just ended."""
    try:
        return file.read_text()
    except OSError:
        return ""
