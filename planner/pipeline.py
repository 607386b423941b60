r"""One run, from scenario to run folder: solve, report, draw, write.

>>> from planner.pipeline import run_scenario
>>> result = run_scenario(planner.read_scenario("scenarios/dua-pulau"), "runs/dua-pulau", charts=False)
>>> print(*result.report, sep="\n")

It prints nothing: `planner run` shows what it hands over as it comes, a notebook what it returns.
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.alternatives import alternative_lanes
from planner.analysis.infeasibility import conflicting_rules
from planner.analysis.make_run import make_run
from planner.analysis.trade_potential.potential import trade_potential
from planner.charts import INPUTS, draw_all, flows_geojson
from planner.errors import InfeasibleError, OptionError
from planner.given import require_kind, require_language, require_path
from planner.i18n import DEFAULT_LANGUAGE, number, text
from planner.reports.diagnosis import diagnosis_report
from planner.reports.run_report import alternatives_report, limits, run_report
from planner.reports.supply_report import origins_line, price_gap_line
from planner.runs import (
    Run,
    Target,
    atomic_folder,
    exists,
    replaced_run,
    write_json,
    write_run,
)
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solving import solve

SHORT = {"pair": "spent.pair", "charts": "spent.charts", "other": "spent.other"}
"""What phases are called once they are over, where that is not what they are announced as."""
MOST_PERCENT = 100
BANDS = ("low", "central", "high")


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to.

    Parameters
    ----------
    folder
        The run folder.
    solution
        The plan.
    run
        Its tables and facts, as the folder holds them.
    report
        The summary, line by line.
    closing
        How sure the plan is, where the time went, and what it cannot show.
    """

    folder: Path
    solution: Solution
    run: Run
    report: tuple[str, ...]
    closing: tuple[str, ...]


class Phases:
    """Announces the phases of a run and measures them, each until the next.

    Parameters
    ----------
    announce
        Called with the name of each phase as it starts, and what its announcement mentions.
    """

    def __init__(self, announce: Callable[..., None] | None = None) -> None:
        self._announce = announce or (lambda _, **__: None)
        self._last, self._since = "", 0.0
        self._spent: dict[str, float] = {}

    def __call__(self, key: str, **values: object) -> None:
        """Begin a phase."""
        self._spent = self.seconds
        self._last, self._since = key, time.perf_counter()
        self._announce(key, **values)

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds by phase since the first was announced."""
        if not self._last:
            return {}
        now = self._spent.get(self._last, 0.0) + time.perf_counter() - self._since
        return {**self._spent, self._last: now}


def run_scenario(  # noqa: PLR0913 - an argument for each option of the command
    scenario: Scenario,
    out: Target | Path | str,
    *,
    language: str = DEFAULT_LANGUAGE,
    solver: str = "highs",
    algorithm: str = "auto",
    freight: str = "",
    within: Sequence[float] = (),
    charts: bool = True,
    force: bool = False,
    phases: Phases | None = None,
    show: Callable[[list[str]], None] | None = None,
) -> RunResult:
    """Solve a scenario and write the run folder.

    Parameters
    ----------
    scenario
        The input.
    out
        Folder for the result; ``~`` is the home folder.
    language
        Language of the report and the charts, ``"id"`` or ``"en"``.
    solver, algorithm
        As `planner.solve` takes them.
    freight
        Freight band (`low`, `central`, `high`) instead of that of the scenario; "" keeps it.
    within
        Percents of the cost within which to look for other ways, beside those that cost nothing.
    charts
        Whether to draw.
    force
        Whether a run that is there is replaced; nothing else ever is.
    phases
        Measures what each phase takes; hand one over to have them announced.
    show
        Called with the report as soon as there is a plan, before charts are drawn; where there is none, with the
        limits that contradict each other.

    Raises
    ------
    PlannerError
        If there is no plan, or it cannot be written: nothing is left behind then.
    """
    phases, show = phases or Phases(), show or (lambda _: None)
    require_kind(scenario, Scenario, "planner.pipeline.run_scenario")
    require_language(language)
    if not all(0 < percent <= MOST_PERCENT for percent in within):
        raise OptionError("given.within", given=list(within), most=MOST_PERCENT)
    scenario, place = _with_band(scenario, freight), _place(out, force=force)
    language = scenario.locale(language)
    with atomic_folder(place) as folder:
        try:
            solution = solve(scenario, solver=solver, algorithm=algorithm, progress=phases)
        except InfeasibleError:
            phases("diagnose")
            show(diagnosis_report(scenario, conflicting_rules(scenario), language))
            raise
        pair_table = _pair(solution, language, phases)
        swap_table = _swaps(solution, within, phases)
        phases("tables")
        more = {"swaps": swap_table} | ({} if pair_table is None else {"pair": pair_table})
        run = make_run(solution, more)
        lines = run_report(solution, run.facts, pair_table, language)
        lines += alternatives_report(solution, swap_table, [0.0, *within], language)
        lines += origins_line(run.tables["supply"], language)
        lines += [text("diagnosis.hint", language)] if run.facts["unmet_t"] else []
        show(lines)
        lanes = flows_geojson(run.tables["flows"], scenario.tables["provinces"])
        write_json(folder / "flows.geojson", lanes)
        if charts:
            _draw(run, folder, language, phases)
        phases("tables")
        run.facts["seconds"].update(_seconds(solution, phases))
        write_run(folder, run)
        run.facts["seconds"].update(_seconds(solution, phases))  # with the tables written
        closing = _closing_words(solution, run.facts, language)
        closing += price_gap_line(run.tables["price_gaps"], scenario, language)
        (folder / "run.log").write_text(_log(lines + closing), encoding="utf-8")
    return RunResult(place.path, solution, run, tuple(lines), tuple(closing))


def _place(out: Target | Path | str, *, force: bool) -> Target:
    """Return where the run goes."""
    if isinstance(out, Target):
        return out
    require_path(out, "planner.pipeline.run_scenario")
    path = Path(out).expanduser()
    if exists(path) and not force:
        raise OptionError("given.run_exists", folder=path)
    return replaced_run(path)


def _with_band(scenario: Scenario, freight: str) -> Scenario:
    if not freight:
        return scenario
    if freight not in BANDS:
        raise OptionError("command.unknown_band", band=freight)
    return scenario.with_policy(freight=freight)


def _pair(solution: Solution, language: str, phases: Phases) -> pd.DataFrame | None:
    """Look at the pair of provinces in focus, if the scenario names two."""
    focus = solution.scenario.settings.scope.focus
    if len(focus) != 2:
        return None
    names = solution.scenario.names("provinces", language)
    phases("pair", first=names[focus[0]], second=names[focus[1]])
    return trade_potential(solution, *focus, solver=solution.solver)


def _swaps(solution: Solution, within: Sequence[float], phases: Phases) -> pd.DataFrame:
    """Look for other ways that cost nothing, and within some percents more."""
    phases("swaps")
    return pd.concat([alternative_lanes(solution, percent / 100) for percent in (0.0, *within)])


def _draw(run: Run, folder: Path, language: str, phases: Phases) -> None:
    """Draw from the tables as they are written."""
    inputs = {name: run.scenario.tables[name] for name in INPUTS}
    draw_all(
        {**run.tables, **inputs},
        folder,
        language=language,
        source_line=run.scenario.source_line(language),
        focus=run.scenario.settings.scope.focus,
        currency=run.scenario.settings.scenario.currency,
        progress=lambda name: phases("charts", name=name),
        workers=min(2, os.cpu_count() or 1),
    )


def _seconds(solution: Solution, phases: Phases) -> dict[str, float]:
    """Return seconds by phase, those of the solution as it measured them, what is left, and their sum."""
    spent = phases.seconds
    known, total = spent | dict(solution.seconds), sum(spent.values())
    known |= {"other": max(total - sum(known.values()), 0.0), "total": total}
    return {name: round(seconds, 3) for name, seconds in known.items()}


def _closing_words(solution: Solution, facts: Mapping[str, Any], language: str) -> list[str]:
    """Write how sure the plan is, where the time went and what it cannot tell."""
    parts = ", ".join(
        f"{text(SHORT.get(phase, f'phase.{phase}'), language).lower()} {number(s, language, 1)} s"
        for phase, s in facts["seconds"].items()
    )
    notes = [f"- {note}" for note in limits(solution, language)]
    proof = facts["certificate"]
    return [
        text(
            "report.proof",
            language,
            breach=number(proof["breach_t"], language, 3),
            gap=number(100 * proof["gap"], language, 6),
        ),
        text("command.time", language, parts=parts),
        *_algorithm(facts, language),
        text("command.limits", language),
        *notes,
    ]


def _algorithm(facts: Mapping[str, Any], language: str) -> list[str]:
    """Write which algorithm was chosen, where there was a choice."""
    size = facts["size"]
    counts = {name: number(count, language) for name, count in size.items()}
    name = facts["algorithm"]
    return [text(f"algorithm.{name}", language, **counts)] if name else []


def _log(lines: list[str]) -> str:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return "\n".join([now, *lines]) + "\n"
