"""`planner unpack`: a data package as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Language, help_text
from planner.errors import format_problems
from planner.i18n import text


def unpack(
    package: Annotated[
        Path, typer.Argument(metavar="PACKAGE", readable=False, help=help_text("package"))
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=help_text("unpack_out"))],
    *,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Check a data package and write its files into a new folder."""
    with cli_errors(language, debug=debug) as screen:
        from planner.exchange.datapackages import read_package
        from planner.exchange.datapackages import unpack as unpacked

        parcel = read_package(package)
        screen.remark(format_problems(parcel.remarks, screen.language))
        unpacked(parcel, out)
        screen.say(text("parcel.unpacked", screen.language, out=out, files=len(parcel.files)))
