"""The command line in this process: what a command writes and how it ends, without a second to start Python.

What depends on the process itself (signals, rights, encodings, the environment) is tested by `processes`.
"""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from subprocess import CompletedProcess
from unittest.mock import patch

from planner.cli.app import main

type Finished = CompletedProcess[str]


def planner(*words: object) -> Finished:
    """Run `planner` and return what came of it, as a process would."""
    said = ["planner", *map(str, words)]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    alone = patch("planner.cli.app.prepare")  # signals and hooks of this process belong to pytest
    with alone, patch("sys.argv", said), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            ended = 0
        except SystemExit as end:
            ended = end.code if isinstance(end.code, int) else int(end.code is not None)
    return CompletedProcess(said, ended, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
