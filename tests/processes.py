"""The command line as a real process."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from broken_scenarios import SCENARIOS

type Finished = subprocess.CompletedProcess[str]
_PLANNER = [sys.executable, "-m", "planner"]
_DROP_CAPABILITY = 24
_OVERRIDE_RIGHTS, _READ_ANYTHING = 1, 2


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which nothing of this session speaks for the user."""
    plain = {k: v for k, v in os.environ.items() if k not in {"PLANNER_LANGUAGE", "COLUMNS"}}
    return {**plain, "PYTHONIOENCODING": "utf-8", **more}


def planner(*words: object, before: Callable[[], None] | None = None, **env: str) -> Finished:
    """Run `planner` and wait for it."""
    return subprocess.run(
        [*_PLANNER, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**env),
        preexec_fn=before,
        timeout=120,
        check=False,
    )


def told_in_order(scenario: Path, out: Path) -> list[str]:
    """Run a scenario and give both its outputs in the order in which they were written."""
    words = [*_PLANNER, "run", str(scenario), "--out", str(out)]
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(),
        timeout=120,
        check=True,
    )
    return done.stdout.splitlines()


def script(body: str, *words: object, hash_seed: str = "0") -> Finished:
    """Run `planner` after some lines of Python that change what it stands on."""
    code = f"import sys\n{body}\nfrom planner.cli.app import main\nmain()\n"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment(PYTHONHASHSEED=hash_seed),
        timeout=120,
        check=False,
    )


@contextmanager
def started(scenario: str | Path, out: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a run in a process group of its own, as a terminal does."""
    words = [*_PLANNER, "run", str(SCENARIOS / scenario), "--out", str(out)]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Read the progress until it says these words."""
    assert process.stderr is not None
    said = next((line for line in process.stderr if words in line), None)
    assert said is not None


def as_a_user() -> Callable[[], None] | None:
    """Return what takes from a process of root the privilege to ignore the rights of files."""
    if sys.platform != "linux":
        return None
    kernel = ctypes.CDLL(None)

    def give_up() -> None:
        for capability in (_OVERRIDE_RIGHTS, _READ_ANYTHING):
            kernel.prctl(_DROP_CAPABILITY, capability, 0, 0, 0)

    return give_up
