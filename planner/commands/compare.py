"""`planner compare`: what was changed between two runs, and what that changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.commands.frame import guarded
from planner.commands.options import Debug, Force, Language, help_text, out_option
from planner.errors import InputError, Problem
from planner.language import text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from planner.analysis.compare import Comparison
    from planner.runs import Run


def compare(
    before: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("run_before"))],
    after: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("run_after"))],
    *,
    out: Annotated[Path | None, out_option("out_compare")] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Say what differs between two runs: changed inputs first; and write it."""
    with guarded(language, debug=debug) as screen:
        from planner.analysis import compare as side_by_side
        from planner.analysis.compare_report import compare_report
        from planner.runs import require_free

        if out is not None:
            for folder in (before, after):
                require_free(out, folder, force=force)
        runs = _read([before, after])
        screen.speak_as(runs[1].scenario.settings.scenario.language)
        found = side_by_side.compare(*runs)
        screen.say(compare_report(found, screen.language))
        if out is not None:
            _write(found, out, screen.language)
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


def _write(found: Comparison, out: Path, language: str) -> None:
    """Write the tables and the charts, whole or not at all."""
    from planner.charts import picture, save_set
    from planner.runs import SUMMARY_FILE, whole_folder, write_json, write_tables

    foot = comparison_source(found.before, found.after, language)
    with whole_folder(out) as folder:
        write_tables(folder, found.tables)
        charts = _charts(found, language)
        drawn = {name: picture(ax, source_line=foot) for name, ax in charts.items()}
        save_set(drawn, folder / "charts")
        facts = {
            side: {"run": run.name, "input_digest": run.facts["input_digest"]}
            for side, run in (("before", found.before), ("after", found.after))
        }
        write_json(folder / SUMMARY_FILE, facts)


def _charts(found: Comparison, language: str) -> dict[str, Axes]:
    """Draw the lanes that changed, and the prices of the commodities that changed most."""
    from planner.charts import comparison, price_dumbbell

    tables = found.after.scenario.tables
    names: dict[str, Any] = {name: tables[name] for name in ("provinces", "commodities")}
    periods = found.after.scenario.horizon.labels
    lanes = comparison(
        found.lanes, **names, modes=tables["modes"], periods=periods, language=language
    )
    return {"comparison": lanes} | {
        f"price_dumbbell-{code}": price_dumbbell(
            found.prices, **names, commodity=code, language=language
        )
        for code in _dearest(found.prices)
    }


def _dearest(prices: pd.DataFrame) -> list[str]:
    """Give the commodities whose prices changed most, as a share of what they were; scarcity first."""
    shares = (prices["idr_per_t_difference"] / prices["idr_per_t_before"]).abs().fillna(1.0)
    return [str(code) for code in shares.groupby(prices["commodity"]).mean().nlargest(2).index]


def comparison_source(before: Run, after: Run, language: str) -> str:
    """Say at the foot of a chart which runs it compares."""
    return text(
        "command.comparison_source",
        language,
        before=Path(before.name).name,
        after=Path(after.name).name,
        old=before.facts["input_digest"],
        new=after.facts["input_digest"],
    )
