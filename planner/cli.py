"""Commands and exit codes, nothing else.

0 done, 1 input problems, 2 wrong use, 3 no solution, 4 solver missing, 5 result not writable
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner import __version__
from planner.errors import (
    InputError,
    OptionError,
    OutputError,
    PlannerError,
    SolveError,
    SolverMissingError,
    told,
)
from planner.language import DEFAULT_LANGUAGE, LANGUAGES, text
from planner.screen import Screen

if TYPE_CHECKING:
    from planner.scenario import Scenario

EXIT_CODES: dict[type[PlannerError], int] = {
    InputError: 1,
    OptionError: 2,
    SolveError: 3,
    SolverMissingError: 4,
    OutputError: 5,
}
INTERRUPTED = 130


def _help(name: str) -> str:
    wanted = os.environ.get("PLANNER_LANGUAGE", DEFAULT_LANGUAGE)
    return text(f"help.{name}", wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE)


app = typer.Typer(
    help=_help("app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

ScenarioPath = Annotated[
    Path, typer.Argument(metavar="SCENARIO", readable=False, help=_help("scenario"))
]
Language = Annotated[str, typer.Option("--language", metavar="id|en", help=_help("language"))]
Force = Annotated[bool, typer.Option("--force", help=_help("force"))]
Debug = Annotated[bool, typer.Option("--debug", help=_help("debug"))]


@app.callback(invoke_without_command=True)
def version(
    *, version: Annotated[bool, typer.Option("--version", help=_help("version"))] = False
) -> None:
    """Answer `planner --version`."""
    if version:
        sys.stdout.write(f"planner {__version__}\n")
        raise typer.Exit


@app.command(help=_help("check"))
def check(scenario: ScenarioPath, *, language: Language = "", debug: Debug = False) -> None:
    """List every problem and remark of a scenario."""
    with _guarded(language, debug=debug) as screen:
        from planner.network import reach_problems
        from planner.scenario import examine

        read, problems = examine(scenario)
        if read is not None:
            screen.speak_as(read.settings.scenario.language)
            problems += reach_problems(read)
        if any(problem.blocking for problem in problems):
            raise InputError(problems)
        screen.say(told(problems, screen.language))
        if read is not None:
            screen.say(text("command.check_fine", screen.language, **_size(read)))


@app.command(help=_help("balance"))
def balance(
    scenario: ScenarioPath,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", readable=False, help=_help("out_balance"))
    ] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Show the balance of every province, and write it."""
    with _guarded(language, debug=debug) as screen:
        from planner.analysis.balance_view import balance_view
        from planner.balance import balance_of
        from planner.runs import SUMMARY_FILE, require_free, whole_folder, write_json, write_tables

        if out is not None:
            require_free(out, scenario, force=force)
        read = _read(scenario, screen)
        worked_out = balance_of(read)
        screen.show(balance_view(read, worked_out, screen.language))
        screen.say(text("command.balance_note", screen.language))
        if out is not None:
            with whole_folder(out) as folder:
                write_tables(folder, {"balance": worked_out.table()})
                write_json(
                    folder / SUMMARY_FILE, {"scenario": read.name, "input_digest": read.digest()}
                )
            screen.say(text("command.written", screen.language, folder=out))


@app.command(help=_help("formulation"))
def formulation(scenario: ScenarioPath, *, language: Language = "", debug: Debug = False) -> None:
    """Show the equations of the model as the code has them, with their sizes."""
    with _guarded(language, debug=debug) as screen:
        from planner.balance import balance_of
        from planner.model import described, formulate
        from planner.network import network_of

        read = _read(scenario, screen)
        screen.say(described(formulate(read, balance_of(read), network_of(read))))


@app.command(help=_help("run"))
def run(
    scenario: ScenarioPath,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", readable=False, help=_help("out"))],
    force: Force = False,
    language: Language = "",
    solver: Annotated[
        str, typer.Option("--solver", metavar="NAME", help=_help("solver"))
    ] = "highs",
    freight: Annotated[str, typer.Option("--freight", metavar="BAND", help=_help("freight"))] = "",
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help=_help("charts"))] = True,
    debug: Debug = False,
) -> None:
    """Find the cheapest plan and write the run folder."""
    with _guarded(language, debug=debug) as screen:
        from planner.plan import plan
        from planner.runs import require_free

        require_free(out, scenario, force=force)
        screen.progress("read")
        read = _read(scenario, screen)
        plan(read, out, screen, solver=solver, freight=freight, charts=charts)


def _read(path: Path, screen: Screen) -> Scenario:
    from planner.scenario import examine

    scenario, problems = examine(path)
    if scenario is None:
        raise InputError([problem for problem in problems if problem.blocking])
    screen.speak_as(scenario.settings.scenario.language)
    screen.remark(told(problems, screen.language))
    return scenario


def _size(scenario: Scenario) -> dict[str, object]:
    return {
        "scenario": scenario.name,
        "provinces": len(scenario.provinces),
        "commodities": len(scenario.commodities),
        "periods": scenario.horizon.periods,
        "rows": sum(len(lines.drop_duplicates()) for lines in scenario.lines.values()),
    }


@contextmanager
def _guarded(language: str, *, debug: bool) -> Iterator[Screen]:
    """Turn what goes wrong into a message and an exit code; no traceback unless asked for."""
    screen = Screen(language)
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
    except KeyboardInterrupt:
        screen.complain(text("command.interrupted", screen.language))
        raise typer.Exit(INTERRUPTED) from None
    finally:
        screen.quiet()


def main() -> None:
    """Run the command line."""
    app()
