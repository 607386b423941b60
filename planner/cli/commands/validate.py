"""`planner validate`: whether a data package is whole and right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Language, help_text
from planner.errors import format_problems
from planner.i18n import text


def validate(
    package: Annotated[
        Path, typer.Argument(metavar="PACKAGE", readable=False, help=help_text("package"))
    ],
    *,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Check a data package: its files, their digests, and every table."""
    with cli_errors(language, debug=debug) as screen:
        from planner.exchange.datapackages import read_package

        parcel = read_package(package)
        screen.say(format_problems(parcel.remarks, screen.language))
        facts = {"level": parcel.level, "files": len(parcel.files)}
        vintage = parcel.descriptor.get("vintage", "-")
        screen.say(text("parcel.valid", screen.language, vintage=vintage, **facts))
