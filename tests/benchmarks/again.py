"""How fast a kept plan is solved again after a change, beside the changed program solved from nothing.

    python tests/benchmarks/again.py [MARKET ...] [--draws N]

Small changes, drawn at random: the harvest of a good in a province a tenth less, the freight out of a
province a tenth more, the room of a port or arc a tenth less. Large ones: the harvest of a good a
twentieth less everywhere, all freight of a mode a tenth more. "Warm" is a trial of `planner.solving.what_if`:
change, solve, read the cost, undo. "Cold" is the same program, whole, handed to a new HiGHS and solved by
the algorithm that fits it; "chosen" is what `planner.solve` does with it, which may be generated columns.
Medians over N draws; all in turn, in one process; seconds of the processor, which others on the machine
disturb least.

A cost that differs by more than 1e-6 from the cold one, or from that of the same changes made in the
other order, is refused; exit code 1 then. The times themselves are never judged by a test.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from comparison import TOLERANCE, table
from generator import MARKETS, write
from sizes import NATIONAL, positive

import planner
from planner import Solution
from planner.solving import WhatIfSession, solve_program, what_if
from planner.solving.algorithm_choice import AUTO, choose_master_algorithm

AIMS = {"S1": 3.0, "S2": 10.0, "national": 3.0}
"""How many times faster than cold a small change shall be."""
SMALL = ("a harvest", "a freight", "a capacity")

type Change = Callable[[WhatIfSession], None]


class Asked(NamedTuple):
    """Seconds of one change: warm, cold, and cold by the way that `planner.solve` chooses."""

    warm: float
    cold: float
    chosen: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and give the exit code."""
    asked = _parser().parse_args(arguments)
    wrong: list[str] = []
    for name in asked.markets:
        solution = _solved(name)
        seconds = measure(solution, asked.draws, wrong)
        print(f"## {name}\n\n{report(seconds, AIMS.get(name))}\n", flush=True)
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


def _solved(name: str) -> Solution:
    if name not in MARKETS:
        return planner.solve(planner.read_scenario(NATIONAL if name == "national" else name))
    with tempfile.TemporaryDirectory() as folder:
        return planner.solve(planner.read_scenario(write(name, Path(folder, name))))


def measure(solution: Solution, draws: int, wrong: list[str]) -> dict[str, list[Asked]]:
    """Ask each change `draws` times; `wrong` receives every cost that is not what it should be."""
    rng, kept = np.random.default_rng(2023), what_if(solution)
    seconds: dict[str, list[Asked]] = {}
    for _ in range(draws):
        drawn = changes(solution, rng)
        for name, change in drawn.items():
            start = time.process_time()
            cost = _after(kept, [change])
            middle = time.process_time()
            changed = what_if(solution)
            change(changed)
            ways = []
            for algorithm in (choose_master_algorithm(changed.model.now), AUTO):
                begin = time.process_time()
                found = solve_program(changed.model.now, "highs", algorithm=algorithm)
                ways.append(time.process_time() - begin)
                wrong += _differs(name, cost, float(changed.model.now.cost @ found.values))
            seconds.setdefault(name, []).append(Asked(middle - start, *ways))
        every = list(drawn.values())
        wrong += _differs("the other order", _after(kept, every), _after(kept, every[::-1]))
    return seconds


def changes(solution: Solution, rng: np.random.Generator) -> dict[str, Change]:
    """Draw the changes, small ones first."""
    provinces, goods = solution.balance.provinces, solution.balance.commodities
    supplied, network = solution.column("supplied").index, solution.network
    grown = rng.integers(len(supplied["province"]))
    place, crop = provinces[supplied["province"][grown]], goods[supplied["commodity"][grown]]
    origin, good = provinces[rng.choice(network.origin)], str(rng.choice(goods))
    mode = str(rng.choice(network.mode))
    drawn: dict[str, Change] = {
        "a harvest": lambda kept: kept.change_harvest(0.9, province=place, commodity=crop),
        "a freight": lambda kept: kept.change_freight(1.1, origin=origin),
    }
    ports = np.flatnonzero(np.isfinite(network.throughput))
    arcs = np.flatnonzero(np.isfinite(network.capacity))
    if len(ports):
        port = network.ports[rng.choice(ports)]
        drawn["a capacity"] = lambda kept: kept.change_throughput(0.9, port=port)
    elif len(arcs):
        arc = rng.choice(arcs)
        ends = provinces[network.origin[arc]], provinces[network.destination[arc]]
        drawn["a capacity"] = lambda kept: kept.change_capacity(
            0.9, origin=ends[0], destination=ends[1]
        )
    drawn["a drought"] = lambda kept: kept.change_harvest(0.95, commodity=good)
    drawn["all freight"] = lambda kept: kept.change_freight(1.1, mode=mode)
    return drawn


def _after(kept: WhatIfSession, changes: Sequence[Change]) -> float:
    """Return the cost after some changes, and undo them."""
    with kept.trial():
        for change in changes:
            change(kept)
        kept.solve()
        return float(kept.model.now.cost @ kept.model.found().values)


def _differs(name: str, cost: float, reference: float) -> list[str]:
    if abs(cost - reference) <= TOLERANCE * max(1.0, abs(reference)):
        return []
    return [f"refused: {name} cost {cost:.10g} IDR, should be {reference:.10g} IDR"]


def report(seconds: dict[str, list[Asked]], aim: float | None) -> str:
    """Return a row for each change, and whether the small ones keep the aim."""
    rows = []
    for name, runs in seconds.items():
        warm, cold, chosen = (median(column) for column in zip(*runs, strict=True))
        kept = "" if aim is None or name not in SMALL else "met" if cold >= aim * warm else "MISSED"
        times = [f"{s:.3f}" for s in (warm, cold, chosen)]
        rows.append([name, *times, f"{cold / warm:.1f}", kept, f"{chosen / warm:.1f}"])
    most = "aim" if aim is None else f"aim {aim:g}"
    return table(
        ["change, medians", "warm s", "cold s", "chosen s", "cold / warm", most, "chosen / warm"],
        rows,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "markets", nargs="*", default=AIMS, help="made-up markets, national, folders"
    )
    parser.add_argument(
        "--draws", type=positive, default=5, help="draws of each change (default 5)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
