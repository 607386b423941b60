"""`planner compare`: what was changed between two runs, and what that changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, help_text, out_option
from planner.errors import InputError, Problem
from planner.i18n import date, text

if TYPE_CHECKING:
    from planner.analysis.comparison.compare import Comparison
    from planner.runs import Run, Target


def compare(
    before: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("run_before"))],
    after: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("run_after"))],
    *,
    out: Annotated[Path | None, out_option("out_compare")] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Write what differs between two runs: changed inputs first; and write it."""
    with cli_errors(language, debug=debug) as screen:
        from planner.analysis.comparison.compare import compare as side_by_side
        from planner.reports.comparison_report import compare_report
        from planner.runs import require_new_output

        if out is not None:
            for folder in (before, after):
                place = require_new_output(out, folder, force=force)
        runs = _read([before, after])
        screen.speak_as(runs[1].scenario.settings.scenario)
        found = side_by_side(*runs)
        screen.say(compare_report(found, screen.language))
        if out is not None:
            _write(found, place, screen.language)
            screen.say(text("command.written", screen.language, folder=out))


def _read(folders: list[Path]) -> list[Run]:
    """Read the runs, or tell what is wrong with any of them."""
    from planner.runs import read_run

    runs: list[Run] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            runs.append(read_run(folder))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return runs


def _write(found: Comparison, place: Target, language: str) -> None:
    """Write the tables and the charts, whole or not at all."""
    from planner.charts import INPUTS, draw, of_comparison, picture, save_set
    from planner.runs import SUMMARY_FILE, atomic_folder, write_json, write_tables

    foot = comparison_source(found.before, found.after, language)
    compared = {"compared_lanes": found.lanes, "compared_prices": found.prices}
    inputs = {name: found.after.scenario.tables[name] for name in INPUTS}
    periods = found.after.scenario.horizon.labels
    currency = found.after.scenario.settings.scenario.currency
    with atomic_folder(place) as folder:
        write_tables(folder, found.tables, found.after.scenario.settings.scenario.money_decimals)
        drawn = {
            order.name: picture(
                draw(
                    order,
                    compared | inputs,
                    language=language,
                    periods=periods,
                    currency=currency,
                ),
                source_line=foot,
            )
            for order in of_comparison(found.prices)
        }
        save_set(drawn, folder / "charts")
        facts = {
            side: {"run": run.name, "input_digest": run.facts["input_digest"]}
            for side, run in (("before", found.before), ("after", found.after))
        }
        write_json(folder / SUMMARY_FILE, facts)


def comparison_source(before: Run, after: Run, language: str) -> str:
    """Write at the foot of a chart which runs it compares."""
    days = [run.scenario.settings.scenario.data_date for run in (before, after)]
    old_date, new_date = (date(day, language) for day in days)
    return text(
        "command.comparison_source",
        language,
        before=Path(before.name).name,
        after=Path(after.name).name,
        old=before.facts["input_digest"],
        new=after.facts["input_digest"],
        old_date=old_date,
        new_date=new_date,
    )
