"""How fast a plan answers, beside the same questions asked of plans made anew.

    python tests/benchmarks/asking.py [SCENARIO] [--commodity NAME] [--runs N] [--skip-commands]

Two tables, medians over N runs:

1. Price intervals of a commodity, and one "why?" of an unused and of a used lane, where the plan is at
   hand. Beside it what as many plans made anew would take (`planner.solve`, and the model by
   dictionaries and `lpSum` of `tests/textbook.py`): one of each is measured, the rest multiplied.
2. `planner prices` and `planner why` as a user runs them: read, solve, answer.

`--narrow TONNES` asks one thing more, once: what is to be done where no arc by sea brings more than so many
tonnes a month to Maluku and Papua (300: the hardest diagnosis known). The aim is 60 s, the plan apart.

The lanes are the first, by codes, that carries nothing (but would for less freight), and the fullest.
Times are never judged by a test. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import apart
from sizes import NATIONAL, positive

import planner
from planner import Scenario, Solution
from planner.analysis.infeasibility.diagnose import explain_unmet
from planner.analysis.sensitivity.price_ranges import price_ranges
from planner.analysis.whynot.lane_selection import lane_table, select_lanes
from planner.analysis.whynot.why_not import why

WHYS = {"why, unused lane": 3, "why, used lane": 1}
"""Plans that an answer rests on: at no freight, just below and just above; without the lane."""
ANEW = ("planner.solve", "textbook PuLP")
AIMS = {"price intervals": 5.0, "why, unused lane": 10.0, "why, used lane": 10.0}
"""Most seconds that an answer about nasional-2023 may take."""

EAST = ("81", "82", "91", "94")
"""Maluku, Maluku Utara, Papua Barat, Papua."""
BY_SEA = ("sea", "sea_toll")

type Seconds = dict[str, list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and give the exit code."""
    asked = _parser().parse_args(arguments)
    scenario = planner.read_scenario(asked.scenario)
    solution = planner.solve(scenario)
    questions = questions_of(solution, asked.commodity)
    plans = {"price intervals": 2 * len(price_ranges(solution, asked.commodity)), **WHYS}
    answers = measure({name: ask for name, (ask, _) in questions.items()}, asked.runs)
    anew = measure(_anew(scenario), 1)
    print(table(answers, anew, plans))
    if asked.narrow:
        print("\n" + diagnosis_table(narrowed(scenario, asked.narrow)))
    if not asked.skip_commands:
        words = {name: words for name, (_, words) in questions.items()}
        print("\n" + command_table(commands(asked.scenario, words, asked.runs)))
    return 0


def narrowed(scenario: Scenario, tonnes: float) -> Scenario:
    """Return a scenario in which no arc by sea brings more than some tonnes a period to the east."""
    arcs = scenario.tables["arcs"]
    into = arcs["destination"].isin(EAST) & arcs["mode"].isin(BY_SEA)
    room = arcs["capacity"].mask(into, tonnes)
    return scenario.replace(
        arcs=arcs.assign(capacity=room, capacity_unit=arcs["capacity_unit"].mask(into, "t"))
    )


def diagnosis_table(scenario: Scenario) -> str:
    """Return the seconds of the plan of a broken scenario, and of its diagnosis."""
    held: list[Solution] = []
    plan = measure({"": lambda: held.append(planner.solve(scenario))}, 1)[""][0]
    answer = measure({"": lambda: explain_unmet(held[0])}, 1)[""][0]
    lines = ["| broken scenario | s | aim |", "|---|---|---|", f"| plan | {plan:.2f} | |"]
    return "\n".join([*lines, f"| diagnosis | {answer:.2f} | 60 |"])


def questions_of(
    solution: Solution, commodity: str
) -> dict[str, tuple[Callable[[], Any], list[str]]]:
    """Return each question as a call, and as the words of its command."""
    unused, used = _lanes(solution, commodity)
    return {
        "price intervals": (
            lambda: price_ranges(solution, commodity),
            ["prices", "--commodity", commodity],
        ),
        "why, unused lane": (
            lambda: why(solution, *unused, commodity),
            ["why", "--commodity", commodity, "--from", unused[0], "--to", unused[1]],
        ),
        "why, used lane": (
            lambda: why(solution, *used, commodity),
            ["why", "--commodity", commodity, "--from", used[0], "--to", used[1]],
        ),
    }


def _lanes(solution: Solution, commodity: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the ends of an unused lane that has a flip freight, and of the fullest."""
    lanes = lane_table(solution, select_lanes(solution, commodity))
    carried = lanes.groupby(["origin", "destination"])["tonnes"].sum()
    idle = list(carried[carried == 0].sort_index().index)
    flipping = (ends for ends in idle if _flips(solution, ends, commodity))
    return next(flipping, idle[0]), carried.idxmax()


def _flips(solution: Solution, ends: tuple[str, str], commodity: str) -> bool:
    return bool(why(solution, *ends, commodity).lanes["flip_idr_per_t"].notna().any())


def _anew(scenario: Scenario) -> dict[str, Callable[[], Any]]:
    sys.path.append(str(Path(__file__).parents[1]))  # where the textbook twin stands
    twins = import_module("textbook")
    ways = (lambda: planner.solve(scenario), lambda: twins.textbook(scenario).solve())
    return dict(zip(ANEW, ways, strict=True))


def measure(calls: Mapping[str, Callable[[], Any]], count: int) -> Seconds:
    """Time each call `count` times, in turn."""
    seconds: Seconds = {name: [] for name in calls}
    for _ in range(count):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def commands(scenario: Path, words: Mapping[str, list[str]], count: int) -> Seconds:
    """Time whole commands."""
    seconds: Seconds = {name: [] for name in words}
    for _ in range(count):
        for name, (command, *options) in words.items():
            done = apart.timed(["-c", apart.COMMAND, command, str(scenario), *options])
            seconds[name].append(done["wall"])
    return seconds


def table(answers: Seconds, anew: Seconds, plans: Mapping[str, int]) -> str:
    """Return the seconds of each answer, and how many times as long plans made anew would take."""
    lines = [
        f"| answer | s | aim | plans | {' | '.join(f'by {way}' for way in ANEW)} |",
        "|---|---|---|---|---|---|",
    ]
    for name, runs in answers.items():
        typical = median(runs)
        ratios = [f"{plans[name] * median(anew[way]) / typical:,.0f} x" for way in ANEW]
        lines.append(
            f"| {name} | {typical:.2f} | {AIMS[name]:g} | {plans[name]} | {' | '.join(ratios)} |"
        )
    return "\n".join(lines)


def command_table(seconds: Seconds) -> str:
    """Return the wall time of each command."""
    lines = ["| whole command | s |", "|---|---|"]
    return "\n".join(lines + [f"| {name} | {median(runs):.2f} |" for name, runs in seconds.items()])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("scenario", nargs="?", type=Path, default=NATIONAL, help="scenario folder")
    parser.add_argument("--commodity", default="beras", help="commodity (default beras)")
    parser.add_argument("--runs", type=positive, default=3, help="runs of each (default 3)")
    parser.add_argument(
        "--narrow", type=float, default=0.0, metavar="TONNES", help="also diagnose a narrow east"
    )
    parser.add_argument("--skip-commands", action="store_true", help="leave out whole commands")
    return parser


if __name__ == "__main__":
    sys.exit(main())
