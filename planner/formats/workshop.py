"""Where a result is made before it takes its name: a hidden folder beside it, known to be alive by a lock.

A process that is killed leaves its workshop behind, unlocked. The next one that writes beside it clears it away,
and puts back a result that was just being replaced.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.formats.file_lock import hold_lock

LOCK, OLD = ".lock", "-old"
_LEFT = re.compile(r"\..*-[a-z0-9_]{8}\.lock")
_LONGEST = 40
"""Letters of the name of a result in that of its workshop: no system takes much longer names."""
STOPS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]
"""What ends a command from outside; not every system has each."""


@contextmanager
def temporary_folder(target: Path) -> Iterator[Path]:
    """Return a new folder beside a target, and take it away in the end.

    Parameters
    ----------
    target
        What is to be made; folders above it are made too, and taken away again if nothing came of it.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    above = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear(target.parent)
    lock, handle = _locked(target)
    room = lock.with_suffix("")
    try:
        room.mkdir(mode=0o700)
        yield room
    finally:
        with hold_signals():
            for made in (room, backup_path(room)):
                shutil.rmtree(made, ignore_errors=True)
            if handle is not None:
                os.close(handle)
            lock.unlink(missing_ok=True)
            for folder in above:
                _away(folder)


def backup_path(room: Path) -> Path:
    """Name the place of what is just being replaced."""
    return room.with_name(room.name + OLD)


@contextmanager
def hold_signals() -> Iterator[None]:
    """Hold back what ends a command from outside, for the moment of putting things in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {stop: signal.signal(stop, signal.SIG_IGN) for stop in STOPS}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, signal.SIG_DFL if handler is None else handler)


def _locked(target: Path) -> tuple[Path, int | None]:
    """Build a lock that names its target; no handle where the file system knows no locks."""
    for _ in range(3):  # the next one may have cleared a lock away before it was held
        opened, name = tempfile.mkstemp(
            prefix=f".{target.name[:_LONGEST]}-", suffix=LOCK, dir=target.parent
        )
        with os.fdopen(opened, "w", encoding="utf-8", errors="surrogateescape") as stream:
            stream.write(target.name)
        handle = hold_lock(Path(name))
        if handle is not None:
            break
    return Path(name), handle


def _clear(parent: Path) -> None:
    """Clear away the workshops of processes that no longer live; what cannot be cleared stays."""
    try:
        left = [entry for entry in parent.iterdir() if _LEFT.fullmatch(entry.name)]
    except OSError:
        return
    for lock in left:
        handle = hold_lock(lock)
        if handle is None:
            continue
        room = lock.with_suffix("")
        try:
            name = lock.read_text(encoding="utf-8", errors="surrogateescape")
            if name and backup_path(room).exists() and not (parent / Path(name).name).exists():
                backup_path(room).rename(parent / Path(name).name)
        except OSError:
            os.close(handle)
            continue
        for made in (room, backup_path(room)):
            shutil.rmtree(made, ignore_errors=True)
        os.close(handle)
        _gone(lock)


def _gone(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def _away(folder: Path) -> None:
    """Take a folder away if it is empty."""
    try:
        folder.rmdir()
    except OSError:
        return
