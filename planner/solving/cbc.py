"""`pulp.COIN_CMD` that Ctrl-C ends: CBC is a process of its own, which PuLP would leave running."""

from __future__ import annotations

import tempfile
import traceback
from subprocess import Popen
from typing import Any

import pulp

pulp_cbc: Any = pulp.COIN_CMD


class StoppableCbc(pulp_cbc):  # type: ignore[misc]
    """CBC that leaves neither a process nor a file behind, however it ends."""

    def actualSolve(self, lp: pulp.LpProblem, **more: Any) -> Any:
        """Solve a problem, and end CBC where that is broken off."""
        with tempfile.TemporaryDirectory(prefix="planner-cbc-") as folder:
            self.tmpDir = folder
            try:
                return super().actualSolve(lp, **more)
            except BaseException as error:
                _end_processes(error)
                raise


def _end_processes(error: BaseException) -> None:
    """End every process that a function on the way of an error was waiting for."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        for process in [value for value in frame.f_locals.values() if isinstance(value, Popen)]:
            process.kill()
            process.wait()
