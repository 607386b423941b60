"""`planner realise`: what of a plan really moved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, help_text, out_option
from planner.i18n import text


def realise(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("run_planned"))],
    manifest: Annotated[
        Path, typer.Argument(metavar="MANIFEST", readable=False, help=help_text("manifest"))
    ],
    *,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=help_text("until"))] = "",
    out: Annotated[Path | None, out_option("out_realise")] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Set what really moved beside the plan, by lane and by period."""
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis.realisation import realisation_table, split_assessable
        from planner.exchange.manifest import last_day, read_manifest
        from planner.formats.datapackage import SUMMARY_FILE
        from planner.reports.realisation_report import lane_view, month_view, realisation_report
        from planner.runs import (
            atomic_folder,
            read_run,
            require_new_output,
            write_json,
            write_tables,
        )

        if out is not None:
            place = require_new_output(out, run, force=force)
        planned = read_run(run)
        screen.speak_as(planned.scenario.settings.scenario)
        moved = read_manifest(manifest, planned.scenario)
        day = last_day(moved, until, manifest)
        case = split_assessable(planned.tables["flows"], moved, planned.scenario.horizon, day)
        found = realisation_table(case.flows, case.moved)
        screen.show(lane_view(found, planned.scenario, screen.language))
        screen.show(month_view(found, screen.language))
        screen.say(realisation_report(found, case, screen.language))
        if out is not None:
            with atomic_folder(place) as folder:
                write_tables(folder, {"realised": found})
                facts = {
                    "run": str(run),
                    "until": day.isoformat(),
                    "input_digest": planned.facts["input_digest"],
                }
                write_json(folder / SUMMARY_FILE, facts)
            screen.say(text("command.written", screen.language, folder=out))
