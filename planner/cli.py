"""The command line: which commands there are; each stands in a file of `planner.commands`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from planner import __version__
from planner.commands.balance import balance
from planner.commands.brief import brief
from planner.commands.chart import chart
from planner.commands.check import check
from planner.commands.compare import compare
from planner.commands.convert import convert
from planner.commands.diagnose import diagnose
from planner.commands.diff import diff
from planner.commands.formulation import formulation
from planner.commands.frontier import frontier
from planner.commands.lanes import lanes
from planner.commands.manual import SpokenCommand, SpokenGroup, wrong_use
from planner.commands.merge import merge
from planner.commands.options import help_text
from planner.commands.pack import pack
from planner.commands.prices import prices
from planner.commands.process import prepare
from planner.commands.prove import prove
from planner.commands.realise import realise
from planner.commands.run import run
from planner.commands.supply import supply
from planner.commands.template import template
from planner.commands.unpack import unpack
from planner.commands.validate import validate
from planner.commands.why import why
from planner.commands.workbook import workbook

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
