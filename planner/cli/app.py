"""The command line: every file of `planner.cli.commands` is a command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated

import typer

from planner.cli import commands
from planner.cli.help import SpokenCommand, SpokenGroup, wrong_use
from planner.cli.options import help_text
from planner.cli.process import prepare
from planner.i18n import keys
from planner.version import __version__

FIRST = (
    *("check", "balance", "run", "diagnose", "why", "supply", "lanes", "prices", "frontier"),
    *("compare", "brief", "chart", "realise", "prove", "workbook", "template", "convert", "diff"),
    *("merge", "pack", "unpack", "validate", "formulation"),
)
"""The order of the help; a command that is not named here comes behind."""


def _commands() -> dict[str, Callable[..., None]]:
    """Find the commands: each file of `planner.cli.commands` has the function of its name."""
    there = {module.name for module in iter_modules(commands.__path__)}
    names = [*(name for name in FIRST if name in there), *sorted(there - set(FIRST))]
    return {name: getattr(import_module(f"{commands.__name__}.{name}"), name) for name in names}


COMMANDS = _commands()
WRONG_USE = 2

app = typer.Typer(
    help=help_text("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    cls=SpokenGroup,
)
for name, command in COMMANDS.items():
    # a command that the catalogue does not know yet shows its docstring
    spoken = help_text(name) if f"help.{name}" in keys() else None
    app.command(name, help=spoken, cls=SpokenCommand)(command)


@app.callback(invoke_without_command=True)
def version(
    *, version: Annotated[bool, typer.Option("--version", help=help_text("version"))] = False
) -> None:
    """Answer `planner --version`."""
    if version:
        sys.stdout.write(f"planner {__version__}\n")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    prepare()
    try:
        ended = app(standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        sys.stderr.writelines(f"{line}\n" for line in wrong_use(error))
        ended = WRONG_USE
    sys.exit(ended or 0)
