"""A command of `planner`, called within this process, with all it says."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import typer

from planner.cli.app import COMMANDS
from planner.errors import InputError, PlannerError, Problem

from .judge import crash_of


class Called(NamedTuple):
    """What came of a command: the problems it told, its traceback or "", whether it did what was asked, its words."""

    problems: Sequence[Problem]
    crash: str = ""
    done: bool = False
    words: str = ""


def called(name: str, *arguments: Any, **options: Any) -> Called:
    """Call a command with its own arguments and options."""
    words = io.StringIO()
    try:
        with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
            COMMANDS[name](*arguments, language="en", debug=True, **options)
    except InputError as error:
        return Called(error.problems)
    except PlannerError as error:
        error.message("id")
        return Called([])
    except typer.Exit:
        return Called([], done=True, words=words.getvalue())
    except (Exception, RecursionError) as error:  # noqa: BLE001 (that is what is looked for)
        return Called([], crash_of(error))
    return Called([], done=True, words=words.getvalue())
