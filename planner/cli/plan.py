"""One run, from scenario to run folder: solve, say, draw, write."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.alternatives import alternative_lanes
from planner.analysis.infeasibility import conflicting_rules
from planner.analysis.make_run import make_run
from planner.analysis.trade_potential.potential import trade_potential
from planner.charts import INPUTS, draw_all, flows_geojson
from planner.cli.console import Terminal
from planner.errors import InfeasibleError, OptionError
from planner.i18n import number, text
from planner.reports import diagnosis as told
from planner.reports.run_report import alternatives_report, limits, run_report
from planner.reports.supply_report import origins_line, price_gap_line
from planner.runs import Run, Target, atomic_folder, write_json, write_run
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solving import solve

SHORT = {"pair": "spent.pair", "charts": "spent.charts", "other": "spent.other"}
"""What phases are called once they are over, where that is not what they are announced as."""
BANDS = ("low", "central", "high")


def plan(
    scenario: Scenario,
    place: Target,
    screen: Terminal,
    *,
    solver: str,
    algorithm: str,
    freight: str,
    within: Sequence[float],
    charts: bool,
) -> None:
    """Solve a scenario, say what was found, and write the run folder.

    Parameters
    ----------
    scenario
        The input.
    place
        Folder for the result.
    screen
        Where the summary and the progress go.
    solver
        Name of the solver.
    algorithm
        Algorithm of the solver; `auto` chooses by the shape of the problem.
    freight
        Freight band instead of that of the scenario; "" keeps it.
    within
        Percents of the cost within which to look for other ways, beside those that cost nothing.
    charts
        Whether to draw.

    Raises
    ------
    PlannerError
        If there is no plan, or it cannot be written.
    """
    scenario = _with_band(scenario, freight)
    with atomic_folder(place) as folder:
        solution = _solved(scenario, solver, algorithm, screen)
        pair_table = _pair(solution, screen)
        swap_table = _swaps(solution, within, screen)
        screen.progress("tables")
        more = {"swaps": swap_table} | ({} if pair_table is None else {"pair": pair_table})
        run = make_run(solution, more)
        lines = run_report(solution, run.facts, pair_table, screen.language)
        lines += alternatives_report(solution, swap_table, [0.0, *within], screen.language)
        lines += origins_line(run.tables["supply"], screen.language)
        lines += [text("diagnosis.hint", screen.language)] if run.facts["unmet_t"] else []
        screen.say(lines)
        lanes = flows_geojson(run.tables["flows"], scenario.tables["provinces"])
        write_json(folder / "flows.geojson", lanes)
        if charts:
            _draw(solution, run, folder, screen)
        screen.progress("tables")
        run.facts["seconds"].update(_seconds(solution, screen))
        write_run(folder, run)
        run.facts["seconds"].update(_seconds(solution, screen))  # with the tables written
        closing = _closing_words(solution, run.facts, screen)
        closing += price_gap_line(run.tables["price_gaps"], scenario, screen.language)
        (folder / "run.log").write_text(_log(lines + closing), encoding="utf-8")
    screen.say([*closing, text("command.written", screen.language, folder=place.path)])


def _solved(scenario: Scenario, solver: str, algorithm: str, screen: Terminal) -> Solution:
    """Find the plan; where there is none, say which limits stand against each other."""
    try:
        return solve(scenario, solver=solver, algorithm=algorithm, progress=screen.progress)
    except InfeasibleError:
        screen.progress("diagnose")
        screen.say(told(scenario, conflicting_rules(scenario), screen.language))
        raise


def _with_band(scenario: Scenario, freight: str) -> Scenario:
    if not freight:
        return scenario
    if freight not in BANDS:
        raise OptionError("command.unknown_band", band=freight)
    settings = scenario.settings
    policy = settings.policy.model_copy(update={"freight": freight})
    return scenario.replace(settings=settings.model_copy(update={"policy": policy}))


def _pair(solution: Solution, screen: Terminal) -> pd.DataFrame | None:
    """Look at the pair of provinces in focus, if the scenario names two."""
    focus = solution.scenario.settings.scope.focus
    if len(focus) != 2:
        return None
    names = solution.scenario.names("provinces", screen.language)
    screen.progress("pair", first=names[focus[0]], second=names[focus[1]])
    return trade_potential(solution, *focus, solver=solution.solver)


def _swaps(solution: Solution, within: Sequence[float], screen: Terminal) -> pd.DataFrame:
    """Look for other ways that cost nothing, and within some percents more."""
    screen.progress("swaps")
    return pd.concat([alternative_lanes(solution, percent / 100) for percent in (0.0, *within)])


def _draw(solution: Solution, run: Run, folder: Path, screen: Terminal) -> None:
    """Draw from the tables as they are written."""
    inputs = {name: run.scenario.tables[name] for name in INPUTS}
    draw_all(
        {**run.tables, **inputs},
        folder,
        language=screen.language,
        source_line=solution.scenario.source_line(screen.language),
        focus=solution.scenario.settings.scope.focus,
        progress=lambda name: screen.progress("charts", name=name),
        workers=min(2, os.cpu_count() or 1),
        currency=solution.scenario.settings.scenario.currency,
    )


def _seconds(solution: Solution, screen: Terminal) -> dict[str, float]:
    """Return seconds by phase, those of the solution as it measured them, what is left, and their sum."""
    spent = screen.seconds
    phases, total = spent | dict(solution.seconds), sum(spent.values())
    phases |= {"other": max(total - sum(phases.values()), 0.0), "total": total}
    return {name: round(seconds, 3) for name, seconds in phases.items()}


def _closing_words(solution: Solution, facts: Mapping[str, Any], screen: Terminal) -> list[str]:
    """Write how sure the plan is, where the time went and what it cannot tell."""
    parts = ", ".join(
        f"{text(SHORT.get(phase, f'phase.{phase}'), screen.language).lower()} "
        f"{number(s, screen.language, 1)} s"
        for phase, s in facts["seconds"].items()
    )
    notes = [f"- {note}" for note in limits(solution, screen.language)]
    proof = facts["certificate"]
    return [
        text(
            "report.proof",
            screen.language,
            breach=number(proof["breach_t"], screen.language, 3),
            gap=number(100 * proof["gap"], screen.language, 6),
        ),
        text("command.time", screen.language, parts=parts),
        *_algorithm(facts, screen),
        text("command.limits", screen.language),
        *notes,
    ]


def _algorithm(facts: Mapping[str, Any], screen: Terminal) -> list[str]:
    """Write which algorithm was chosen, where there was a choice."""
    size = facts["size"]
    counts = {name: number(count, screen.language) for name, count in size.items()}
    name = facts["algorithm"]
    return [text(f"algorithm.{name}", screen.language, **counts)] if name else []


def _log(lines: list[str]) -> str:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return "\n".join([now, *lines]) + "\n"
