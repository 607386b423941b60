"""A command of `planner`, called within this process, with all it says."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any

import typer

from planner.cli import COMMANDS
from planner.errors import InputError, PlannerError, Problem

from .judge import crash_of


def called(name: str, *arguments: Any, **options: Any) -> tuple[Sequence[Problem], str, bool]:
    """Call a command.

    Parameters
    ----------
    name
        Such as ``"merge"``.
    arguments, options
        Its own.

    Returns
    -------
    The problems it told; its traceback, or ""; and whether it did what was asked.
    """
    words = io.StringIO()
    try:
        with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
            COMMANDS[name](*arguments, language="en", debug=True, **options)
    except InputError as error:
        return error.problems, "", False
    except PlannerError as error:
        error.message("id")
        return [], "", False
    except typer.Exit:
        return [], "", True
    except (Exception, RecursionError) as error:  # noqa: BLE001 (that is what is looked for)
        return [], crash_of(error), False
    return [], "", True
