"""How fast the planner is, beside the bare solver, stock PuLP and textbook PuLP.

    python tests/benchmarks/national.py [SCENARIO] [--runs N] [--interior-point] [--skip-commands]

Every measurement is a process of its own (`apart.py`), N of each in turn, so that a busy moment
meets all alike; figures are medians. Imports and the interpreter count for no phase, but for the
wall time of whole commands and for peak memory. The three tables:

1. The phases of the planner; "tables" makes every table and writes it. Our own part is all but the
   time HiGHS runs to find a plan; the choice among equally cheap ones, which no other way makes,
   counts as ours.
2. The ways of `contenders.py` to the same optimum, from the scenario in memory to values and prices
   as arrays. The floor is HiGHS alone, with the faster algorithm where two are measured.
3. `planner run` with and without charts, as a user runs it. Charts are drawn by several processes:
   memory of the largest (`ru_maxrss`), and of all together (sampled, Linux only).

A row whose objective differs by more than 1e-6 from the bare solver's is refused; exit code 1 then.
The times themselves are never judged by a test. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import apart
import comparison
from apart import Run
from comparison import INTERIOR_POINT, OURS, PEAK_AIM, REFERENCE, WALL_AIM, Runs

NATIONAL = Path(__file__).parents[2] / "scenarios" / "nasional-2023"
CONTENDERS = ("planner", "highspy", "pulp.HiGHS", "textbook PuLP")
OPTIONS = {
    "--interior-point": "add HiGHS alone by interior point and crossover",
    "--skip-commands": "leave out `planner run`",
}
PACKAGES = ("highspy", "pulp", "numpy", "pandas")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and give the exit code."""
    asked = _parser().parse_args(arguments)
    names = [*CONTENDERS, *([INTERIOR_POINT] if asked.interior_point else [])]
    names += [] if asked.skip_commands else apart.COMMANDS
    try:
        runs = measure(asked.scenario, asked.runs, names)
    except apart.FailedRunError as failed:
        print(failed, file=sys.stderr)
        return 1
    refused = comparison.refusals(runs)
    print(report(asked.scenario, runs, refused))
    print("\n".join(refused.values()), file=sys.stderr, end="\n" if refused else "")
    return 1 if refused else 0


def measure(scenario: Path, count: int, names: Sequence[str]) -> Runs:
    """Run each contender and command `count` times, in turn."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for i in range(count):
        for name, those in runs.items():
            _tell(f"{i + 1}/{count} {name} ...")
            run = apart.command if name in apart.COMMANDS else apart.contender
            those.append(run(name, scenario))
    _tell("")
    return runs


def _tell(now: str) -> None:
    """Say on a terminal what is running, in place of what ran before."""
    if sys.stderr.isatty():
        print(f"\r\033[K{now}", end="", file=sys.stderr, flush=True)


def report(scenario: Path, runs: Runs, refused: dict[str, str]) -> str:
    """Give the tables as text."""
    ways = {name: those for name, those in runs.items() if name not in apart.COMMANDS}
    commands = {name: those for name, those in runs.items() if name in apart.COMMANDS}
    parts = [_head(scenario, runs[REFERENCE])]
    if OURS not in refused:
        parts += [comparison.phase_table(runs[OURS]), comparison.own_part_line(runs)]
        parts.append(comparison.canonical_line(runs))
    parts.append(comparison.comparison_table(ways, refused))
    if commands:
        parts += [comparison.command_table(commands, refused), _aims()]
    return "\n\n".join(parts)


def _head(scenario: Path, runs: Sequence[Run]) -> str:
    used = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    busy = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    size = f"{runs[0].columns:,} columns x {runs[0].rows:,} rows"
    return (
        f"{scenario.resolve().name}: {size}; runs of each: {len(runs)}\n"
        f"Python {platform.python_version()}, {used}; {os.cpu_count()} cores{busy}"
    )


def _aims() -> str:
    return f"aims for nasional-2023 with charts: {WALL_AIM:g} s, {PEAK_AIM:g} MB"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("scenario", nargs="?", type=Path, default=NATIONAL, help="scenario folder")
    parser.add_argument("--runs", type=positive, default=3, help="runs of each (default 3)")
    for option, help_text in OPTIONS.items():
        parser.add_argument(option, action="store_true", help=help_text)
    return parser


def positive(typed: str) -> int:
    """Read a number of runs."""
    if int(typed) < 1:
        raise ValueError
    return int(typed)


if __name__ == "__main__":
    sys.exit(main())
