"""`planner realise`: what of a plan really moved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Force, Language, help_text, out_option
from planner.language import text


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
    with guarded(language, debug=debug) as screen:
        from planner.analysis.realised import judged, realised
        from planner.analysis.realised_words import lane_view, month_view, realised_told
        from planner.exchange.manifest import last_day, read_manifest
        from planner.runs import read_run, require_free, whole_folder, write_json, write_tables
        from planner.runs.package import SUMMARY_FILE

        if out is not None:
            place = require_free(out, run, force=force)
        planned = read_run(run)
        screen.speak_as(planned.scenario.settings.scenario.language)
        moved = read_manifest(manifest, planned.scenario)
        day = last_day(moved, until, manifest)
        case = judged(planned.tables["flows"], moved, planned.scenario.horizon, day)
        found = realised(case.flows, case.moved)
        screen.show(lane_view(found, planned.scenario, screen.language))
        screen.show(month_view(found, screen.language))
        screen.say(realised_told(found, case, screen.language))
        if out is not None:
            with whole_folder(place) as folder:
                write_tables(folder, {"realised": found})
                facts = {
                    "run": str(run),
                    "until": day.isoformat(),
                    "input_digest": planned.facts["input_digest"],
                }
                write_json(folder / SUMMARY_FILE, facts)
            screen.say(text("command.written", screen.language, folder=out))
