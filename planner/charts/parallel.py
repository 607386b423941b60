"""Draws several charts at a time, in processes that end with their parent."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any

from planner.errors import OutputError

_state: dict[str, Any] = {}
_STOPS = [name for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""What ends a command from outside; not every system has each."""


def in_processes[Task, Result](
    work: Callable[[Any, Task], Result],
    shared: object,
    tasks: Sequence[Task],
    workers: int,
) -> Iterator[Result]:
    """Do tasks in several processes and give the results in their order.

    Spawned, since forking a process that has threads is unsafe.

    Parameters
    ----------
    work
        A function of a module: of what is shared, and of a task.
    shared
        Sent to each process once.
    tasks
        What is done, in the order in which it is begun.
    workers
        How many processes.

    Raises
    ------
    OutputError
        If a process was ended from outside.
    """
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (work, shared))
    try:
        with _stopped_later():
            waiting = [pool.submit(_do, task) for task in tasks]
        for task in waiting:
            yield task.result()
    except BrokenProcessPool as error:
        raise OutputError("command.worker_ended") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any, Any], Any], shared: object) -> None:
    """Keep what all tasks need; leave being stopped to the parent, and go when it is gone."""
    _state.update(work=work, shared=shared)
    for name in _STOPS:
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _do(task: object) -> Any:
    return _state["work"](_state["shared"], task)


def _end_after(parent: BaseProcess) -> None:
    """End with the parent, even if it was killed."""
    parent.join()
    os._exit(1)


@contextmanager
def _stopped_later() -> Iterator[None]:
    """Hold back what stops a command while workers start; they inherit that, and so leave it to their parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in _STOPS})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
