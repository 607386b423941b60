"""`planner validate`: whether a data package is whole and right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Language, help_text
from planner.errors import told
from planner.language import text


def validate(
    package: Annotated[
        Path, typer.Argument(metavar="PACKAGE", readable=False, help=help_text("package"))
    ],
    *,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Check a data package: its files, their digests, and every table."""
    with guarded(language, debug=debug) as screen:
        from planner.exchange.parcel import read_parcel

        parcel = read_parcel(package)
        screen.say(told(parcel.remarks, screen.language))
        facts = {"level": parcel.level, "files": len(parcel.files)}
        vintage = parcel.descriptor.get("vintage", "-")
        screen.say(text("parcel.valid", screen.language, vintage=vintage, **facts))
