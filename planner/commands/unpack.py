"""`planner unpack`: a data package as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Language, help_text
from planner.errors import told
from planner.language import text


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
    with guarded(language, debug=debug) as screen:
        from planner.exchange.parcel import read_parcel
        from planner.exchange.parcel import unpack as unpacked

        parcel = read_parcel(package)
        screen.remark(told(parcel.remarks, screen.language))
        unpacked(parcel, out)
        screen.say(text("parcel.unpacked", screen.language, out=out, files=len(parcel.files)))
