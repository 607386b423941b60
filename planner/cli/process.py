"""How the process of a command behaves: when it is stopped from outside, and what its outputs can hold."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

_FROM_OUTSIDE = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""A service that is stopped, a terminal that is closed, Ctrl-Break; not every system has each."""


def prepare() -> None:
    """Take being stopped from outside as Ctrl-C, and let nothing that cannot be written end in a traceback."""
    for name in _FROM_OUTSIDE:
        found = getattr(signal, name, None)
        if found is not None and signal.getsignal(found) == signal.SIG_DFL:
            signal.signal(found, _stop)
    _open_outputs()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace" if _is_unicode(stream) else "replace")
    sys.unraisablehook = _unraised


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def _open_outputs() -> None:
    """Return a process that was started without outputs some that go nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open to the end)
            setattr(sys, name, nowhere)


def _is_unicode(stream: io.TextIOWrapper) -> bool:
    return stream.encoding.lower().startswith("utf")


def _unraised(found: Any) -> None:
    """Write nothing of what fails while a file that could not be written is let go: it has been told."""
    of_files = isinstance(found.exc_value, OSError | KeyboardInterrupt | ValueError)
    if not of_files and not found.exc_type.__module__.startswith("lxml"):
        sys.__unraisablehook__(found)
