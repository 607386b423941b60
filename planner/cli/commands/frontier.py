"""`planner frontier`: the price of fairness."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors, read
from planner.cli.options import Debug, Force, Language, ScenarioOrRun, help_text, out_option
from planner.i18n import text

if TYPE_CHECKING:
    from planner.analysis.fairness_frontier import Frontier
    from planner.cli.console import Terminal
    from planner.runs import Target
    from planner.scenario import Scenario


def frontier(
    scenario: ScenarioOrRun,
    *,
    points: Annotated[int, typer.Option("--points", help=help_text("points"))] = 11,
    out: Annotated[Path | None, out_option("out_frontier")] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Show what it costs to raise the lowest coverage step by step, and write it."""
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis.fairness_frontier import frontier as work_out
        from planner.reports.fairness_frontier_view import frontier_report, frontier_view
        from planner.runs import require_new_output

        if out is not None:
            place = require_new_output(out, scenario, force=force)
        screen.progress("read")
        given = read(scenario, screen)
        found = work_out(given, points=points, progress=screen.progress)
        if len(found.points):
            screen.show(frontier_view(given, found, screen.language))
        screen.say(frontier_report(given, found, screen.language))
        if out is not None:
            _write(given, found, place, screen)
            screen.say(text("command.written", screen.language, folder=out))


def _write(scenario: Scenario, found: Frontier, place: Target, screen: Terminal) -> None:
    """Write the folder, whole or not at all."""
    from planner.charts import frontier as draw
    from planner.charts import picture, save_set
    from planner.runs import SUMMARY_FILE, atomic_folder, round_for_output, write_json, write_tables

    with atomic_folder(place) as folder:
        tables = {"frontier_coverage": found.coverage, "frontier_lanes": found.lanes}
        money = scenario.settings.scenario.money_decimals
        write_tables(folder, {"frontier": found.points, **tables}, money)
        if len(found.points):
            ax = draw(
                round_for_output(found.points, money),
                provinces=scenario.tables["provinces"],
                commodities=scenario.tables["commodities"],
                language=screen.language,
                currency=scenario.settings.scenario.currency,
            )
            drawn = picture(ax, source_line=scenario.source_line(screen.language))
            save_set({"frontier": drawn}, folder / "charts")
        facts = {"scenario": scenario.name, "points": len(found.points)}
        seconds = {phase: round(value, 3) for phase, value in found.seconds.items()}
        write_json(
            folder / SUMMARY_FILE, {**facts, "seconds": seconds, "input_digest": scenario.digest()}
        )
