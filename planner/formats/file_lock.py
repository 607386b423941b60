"""A file that a process holds while it lives: the system lets go of it however the process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def hold_lock(file: Path) -> int | None:
    """Take hold of a file that is there.

    Parameters
    ----------
    file
        The file.

    Returns
    -------
    The handle to close in the end; None where another process has it, where it is gone, and where the file
    system knows no locks.
    """
    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return None
    try:
        _take(handle)
        held = os.fstat(handle).st_ino == file.stat().st_ino
    except OSError:
        held = False
    if not held:
        os.close(handle)
    return handle if held else None
