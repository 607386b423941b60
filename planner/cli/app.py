"""The command line: which commands there are; each stands in a file of `planner.cli.commands`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from planner.cli.commands.balance import balance
from planner.cli.commands.brief import brief
from planner.cli.commands.chart import chart
from planner.cli.commands.check import check
from planner.cli.commands.compare import compare
from planner.cli.commands.convert import convert
from planner.cli.commands.diagnose import diagnose
from planner.cli.commands.diff import diff
from planner.cli.commands.formulation import formulation
from planner.cli.commands.frontier import frontier
from planner.cli.commands.lanes import lanes
from planner.cli.commands.merge import merge
from planner.cli.commands.pack import pack
from planner.cli.commands.prices import prices
from planner.cli.commands.prove import prove
from planner.cli.commands.realise import realise
from planner.cli.commands.run import run
from planner.cli.commands.supply import supply
from planner.cli.commands.template import template
from planner.cli.commands.unpack import unpack
from planner.cli.commands.validate import validate
from planner.cli.commands.why import why
from planner.cli.commands.workbook import workbook
from planner.cli.help import SpokenCommand, SpokenGroup, wrong_use
from planner.cli.options import help_text
from planner.cli.process import prepare
from planner.version import __version__

COMMANDS: dict[str, Callable[..., None]] = {
    "check": check,
    "balance": balance,
    "run": run,
    "diagnose": diagnose,
    "why": why,
    "supply": supply,
    "lanes": lanes,
    "prices": prices,
    "frontier": frontier,
    "compare": compare,
    "brief": brief,
    "chart": chart,
    "realise": realise,
    "prove": prove,
    "workbook": workbook,
    "template": template,
    "convert": convert,
    "diff": diff,
    "merge": merge,
    "pack": pack,
    "unpack": unpack,
    "validate": validate,
    "formulation": formulation,
}
"""In the order of the help."""

WRONG_USE = 2

app = typer.Typer(
    help=help_text("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    cls=SpokenGroup,
)
for name, command in COMMANDS.items():
    app.command(name, help=help_text(name), cls=SpokenCommand)(command)


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
