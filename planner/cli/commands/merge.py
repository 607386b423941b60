"""`planner merge`: two scenarios as one, conflicts never decided silently."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Language, help_text, out_option
from planner.errors import format_problems
from planner.i18n import text

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
    with cli_errors(language, debug=debug) as screen:
        from planner.exchange.merge.conflict_rules import ConflictRules, read_conflict_rules
        from planner.exchange.merge.merge import merge as together
        from planner.exchange.merge.read_any import read_any
        from planner.exchange.merge.write_merged import write_merged

        sides = read_any(a), read_any(b)
        given = ConflictRules() if rules is None else read_conflict_rules(rules, sides)
        screen.speak_as(sides[0].head)
        merged = together(*sides, given)
        screen.remark(format_problems(write_merged(merged, sides, out), screen.language))
        count = {"tables": len(merged.tables), "rows": len(merged.provenance)}
        screen.say(text("merge.written", screen.language, out=out, **count))
        for rule, cells in merged.conflicts.groupby("rule"):
            screen.say(text("merge.decided", screen.language, rule=rule, count=len(cells)))
