"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.i18n import DEFAULT_LANGUAGE, LANGUAGES, text


def help_text(name: str, **values: object) -> str:
    """Return a help text in the language of `PLANNER_LANGUAGE`; no scenario has been read yet."""
    wanted = os.environ.get("PLANNER_LANGUAGE", DEFAULT_LANGUAGE)
    return text(f"help.{name}", wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE, **values)


def out_option(help_name: str) -> Any:
    """Build an option `--out`: the folder to write into."""
    return typer.Option("--out", metavar="DIR", readable=False, help=help_text(help_name))


ScenarioPath = Annotated[
    Path, typer.Argument(metavar="SCENARIO", readable=False, help=help_text("scenario"))
]
ScenarioOrRun = Annotated[
    Path, typer.Argument(metavar="SCENARIO", readable=False, help=help_text("scenario_or_run"))
]
Out = Annotated[Path, out_option("out")]
Language = Annotated[str, typer.Option("--language", metavar="id|en", help=help_text("language"))]
Force = Annotated[bool, typer.Option("--force", help=help_text("force"))]
Solver = Annotated[str, typer.Option("--solver", metavar="NAME", help=help_text("solver"))]
Commodity = Annotated[
    str, typer.Option("--commodity", metavar="NAME", help=help_text("which_commodity"))
]
Period = Annotated[str, typer.Option("--period", metavar="PERIOD", help=help_text("period"))]
Debug = Annotated[bool, typer.Option("--debug", help=help_text("debug"))]
