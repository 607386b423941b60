"""`planner merge`: two scenarios as one, conflicts never decided silently."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Language, help_text, out_option
from planner.errors import told
from planner.language import text

Side = Annotated[Path, typer.Argument(metavar="A", readable=False, help=help_text("merge_a"))]
Other = Annotated[Path, typer.Argument(metavar="B", readable=False, help=help_text("merge_b"))]


def merge(
    a: Side,
    b: Other,
    *,
    out: Annotated[Path, out_option("merge_out")],
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="FILE.toml", help=help_text("merge_rules"))
    ] = None,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Lay two scenarios together; conflicts are listed, and decided only by a rule file."""
    with guarded(language, debug=debug) as screen:
        from planner.exchange.merge import merge as together
        from planner.exchange.merge_rules import Rules, read_rules
        from planner.exchange.merge_write import write_merged
        from planner.exchange.offered import read_offered

        sides = read_offered(a), read_offered(b)
        given = Rules() if rules is None else read_rules(rules, sides)
        screen.speak_as(sides[0].language)
        merged = together(*sides, given)
        screen.remark(told(write_merged(merged, sides, out), screen.language))
        count = {"tables": len(merged.tables), "rows": len(merged.provenance)}
        screen.say(text("merge.written", screen.language, out=out, **count))
        for rule, cells in merged.conflicts.groupby("rule"):
            screen.say(text("merge.decided", screen.language, rule=rule, count=len(cells)))
