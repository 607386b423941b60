"""What stands around every command: messages, exit codes, the scenario it is about.

0 done, 1 input problems, 2 wrong use, 3 no solution, 4 solver missing, 5 result not writable
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner.cli.console import Terminal
from planner.errors import (
    InfeasibleError,
    InputError,
    OptionError,
    OutputError,
    PlannerError,
    SolveError,
    SolverMissingError,
    format_problems,
)
from planner.i18n import DEFAULT_LANGUAGE, LANGUAGES, text

if TYPE_CHECKING:
    from planner.runs import Run
    from planner.scenario import Scenario

EXIT_CODES: dict[type[PlannerError], int] = {
    InputError: 1,
    OptionError: 2,
    SolveError: 3,
    InfeasibleError: 3,
    SolverMissingError: 4,
    OutputError: 5,
}
INTERRUPTED = 130


@contextmanager
def cli_errors(language: str, *, debug: bool) -> Iterator[Terminal]:
    """Turn what goes wrong into a message and an exit code; no traceback unless asked for."""
    screen = Terminal(language)
    try:
        if screen.language not in LANGUAGES:
            unknown, screen.language = screen.language, DEFAULT_LANGUAGE
            raise OptionError("command.unknown_language", asked=unknown)
        yield screen
    except PlannerError as error:
        if debug:
            raise
        screen.complain(error.message(screen.language))
        raise typer.Exit(EXIT_CODES[type(error)]) from None
    except (OSError, MemoryError) as error:
        if debug:
            raise
        detail = getattr(error, "strerror", None) or str(error) or type(error).__name__
        screen.complain(text("command.system", screen.language, detail=detail))
        raise typer.Exit(EXIT_CODES[OutputError]) from None
    except KeyboardInterrupt:
        screen.complain(text("command.interrupted", screen.language))
        raise typer.Exit(INTERRUPTED) from None
    finally:
        screen.quiet()


def run_at(path: Path) -> Run | None:
    """Read a run folder; None where the path is none.

    Raises
    ------
    InputError
        If it is a folder of results that cannot be used.
    """
    from planner.formats.raw_scenario import is_folder, is_result
    from planner.runs import read_run

    return read_run(path) if is_folder(path) and is_result(path) else None


def read(path: Path, screen: Terminal, *, runs: bool = True) -> Scenario:
    """Read a scenario, take its language, and tell the remarks on it; of a run folder (`runs`), its inputs.

    Raises
    ------
    InputError
        With every problem that stands in its way.
    """
    from planner.scenario import examine

    if runs and (run := run_at(path)):
        screen.speak_as(run.scenario.settings.scenario)
        return run.scenario
    scenario, problems = examine(path)
    if scenario is None:
        raise InputError([problem for problem in problems if problem.blocking])
    screen.speak_as(scenario.settings.scenario)
    screen.remark(format_problems(problems, screen.language))
    return scenario
