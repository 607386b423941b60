"""How fast the planner is, market by market, beside bare HiGHS, PuLP, scipy and linopy.

    python tests/benchmarks/sizes.py [MARKET ...] [--runs N] [--skip NAME] [--limit SECONDS]
        [--processor] [--commands]

A market is one of `generator.py` (S0 to S3, national-ports), `national`, or a scenario folder. Every
measurement is a process of its own (`apart.py`), N of each in turn, so that a busy moment meets all
alike; figures are medians. Imports and the interpreter count for no phase, but for the wall time of
whole commands and for peak memory. For each market:

1. The phases of the planner; "tables" makes every table and writes it. The choice among equally
   cheap plans ("canonical") and the proof ("certify") are made by no other way: they count as ours,
   and in no total.
2. The ways of `contenders.py`, from the scenario in memory, and of `alone.py`, from the finished
   arrays, to values and prices as arrays. The floor is HiGHS alone, with the algorithm that is
   fastest there. Memory "taken" is what came on top of the scenario, or of the library (Linux only).
3. With --commands: `planner run` with and without charts, as a user runs it. Charts are drawn by
   several processes: memory of the largest (`ru_maxrss`), and of all together (sampled, Linux only).
4. Each aim, met or missed.

A row whose objective differs by more than 1e-6 from the bare solver's is refused; exit code 1 then.
The times themselves are never judged by a test. Run it on a quiet machine; on a busy one --processor
counts what each way took of the processor, on one thread about its wall time on a quiet machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import aims
import apart
import comparison
from apart import HERE, Market, Run
from clock import PROCESSOR
from comparison import OURS, Runs

NATIONAL = Path(__file__).parents[2] / "scenarios" / "nasional-2023"
GENERATED = ("S0", "S1", "S2", "S3", "national-ports")
USUAL = ("S0", "S1", "S2", "national")
PACKAGES = ("highspy", "pulp", "numpy", "pandas", "scipy", "linopy")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and give the exit code."""
    asked = _parser().parse_args(arguments)
    if asked.processor:
        os.environ[PROCESSOR] = "1"
    refused: dict[str, str] = {}
    every: dict[str, Runs] = {}
    try:
        for name in asked.markets:
            runs = _measured(name, asked)
            wrong = comparison.refusals(runs)
            print(report(name, runs, wrong), end="\n\n", flush=True)
            refused |= {f"{name}, {way}": said for way, said in wrong.items()}
            every[name] = {way: those for way, those in runs.items() if way not in wrong}
    except apart.FailedRunError as failed:
        print(failed, file=sys.stderr)
        return 1
    print(summary(every))
    print("\n".join(refused.values()), file=sys.stderr, end="\n" if refused else "")
    return 1 if refused else 0


def _measured(name: str, asked: argparse.Namespace) -> Runs:
    ways = [way for way in ways_here() if way not in asked.skip]
    commands = list(apart.COMMANDS) if asked.commands else []
    with tempfile.TemporaryDirectory() as folder:
        market = market_of(name, Path(folder))
        return measure(market, asked.runs, [*ways, *commands], asked.limit)


def ways_here() -> list[str]:
    """Return the ways that can be tried on this machine: all, without linopy where it is missing."""
    every = [*apart.FROM_SCENARIO, *apart.ALONE]
    return [way for way in every if way != "linopy" or _version("linopy")]


def market_of(name: str, folder: Path) -> Market:
    """Write a market that is made up, and the arrays of any."""
    scenario = NATIONAL if name == "national" else Path(name)
    if name in GENERATED:
        scenario = folder / name
        apart.timed([str(HERE / "generator.py"), name, str(scenario)])
    return apart.market(name, scenario, folder / "arrays.npz")


def measure(
    market: Market, count: int, names: Sequence[str], limit: float | None = None
) -> dict[str, list[Run]]:
    """Run each contender and command `count` times, in turn; none of one that takes too long."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    slow: set[str] = set()
    for i in range(count):
        for name in (name for name in names if name not in slow):
            _tell(f"{market.name} {i + 1}/{count} {name} ...")
            run = apart.command if name in apart.COMMANDS else apart.contender
            try:
                runs[name].append(run(name, market, limit))
            except apart.TooLongError:
                slow.add(name)
                runs[name].clear()
    _tell("")
    return runs


def _tell(now: str) -> None:
    """Return on a terminal what is running, in place of what ran before."""
    if sys.stderr.isatty():
        print(f"\r\033[K{now}", end="", file=sys.stderr, flush=True)


def report(name: str, runs: Runs, refused: dict[str, str]) -> str:
    """Return the tables of a market as text."""
    ways = {way: those for way, those in runs.items() if way not in apart.COMMANDS}
    commands = {way: those for way, those in runs.items() if way in apart.COMMANDS}
    parts = [_head(name, comparison.floor(runs)), comparison.comparison_table(ways, refused)]
    if runs.get(OURS) and OURS not in refused:
        parts[1:1] = [comparison.phase_table(runs[OURS])]
        parts.append("\n".join(aims.aims(name, runs)))
    if commands:
        most = f"aims for the nation with charts: {aims.RUN_WALL:g} s, {aims.RUN_PEAK:g} MB"
        parts += [comparison.command_table(commands, refused), most]
    return "\n\n".join(part for part in parts if part)


def _head(name: str, raw: Sequence[Run]) -> str:
    used = ", ".join(f"{package} {_version(package)}" for package in PACKAGES if _version(package))
    busy = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    size = f"{raw[0].columns:,} columns x {raw[0].rows:,} rows"
    return (
        f"## {name}\n\n{size}; runs of each: {len(raw)}\n"
        f"Python {platform.python_version()}, {used}; {os.cpu_count()} cores{busy}"
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def summary(every: dict[str, Runs]) -> str:
    """Return the total of each way as a ratio to the floor, market by market."""
    ways = dict.fromkeys(way for runs in every.values() for way in runs)
    rows = [
        [way, *(_ratio(runs, way) for runs in every.values())]
        for way in ways
        if way not in apart.COMMANDS
    ]
    floors = [
        f"{comparison.typical(comparison.floor(r), comparison.total):.3g} s" for r in every.values()
    ]
    return comparison.table(["total / floor", *every], [*rows, ["the floor", *floors]])


def _ratio(runs: Runs, way: str) -> str:
    if not runs.get(way):
        return "-"
    return f"{comparison.ratio(runs[way], comparison.floor(runs), comparison.total):.2f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    known = ", ".join((*GENERATED, "national"))
    parser.add_argument("markets", nargs="*", default=USUAL, help=f"{known}, or scenario folders")
    parser.add_argument("--runs", type=positive, default=3, help="runs of each (default 3)")
    parser.add_argument(
        "--skip", nargs="+", default=[], metavar="NAME", help="leave out these ways"
    )
    parser.add_argument(
        "--limit", type=float, default=300, help="seconds after which a way is given up (300)"
    )
    parser.add_argument(
        "--processor",
        action="store_true",
        help="seconds of the processor, where others are at work",
    )
    parser.add_argument("--commands", action="store_true", help="measure `planner run` too")
    return parser


def positive(typed: str) -> int:
    """Read a number of runs."""
    if int(typed) < 1:
        raise ValueError
    return int(typed)


if __name__ == "__main__":
    sys.exit(main())
