"""Made-up markets of growing size, always the same for a seed, as scenario folders.

    python tests/benchmarks/generator.py SIZE FOLDER [--seed N]

Places lie at random between 95 and 141 degrees east; some have more than they eat, most have less. What
is sent pays by distance. Every place of S1 and S3 has a port that all goods share and that often has no
room left; S1 has a harvest season, stores that cost, and a month of stock at the start. Need that is not
met is paid for dearly, as in every scenario. Freight is about that of `nasional-2023`; nothing takes time.

    S0     34 places, 1 good, 1 year          276 columns x    34 rows
    S1     38 places, 9 goods, 12 months   89,712 columns x 4,560 rows    two modes, the nine nearest
    S2    514 places, 1 good, 1 year       64,476 columns x   514 rows    every producer to every other
    S3    514 places, 9 goods, 1 year     580,284 columns x 5,140 rows    the same, with shared ports

`national-ports` is `nasional-2023` with made-up room in its ports, of which no figures were found.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from market import Size, market_tables

from planner import Scenario, compute_balance, read_scenario

SEED = 2023
NATIONAL = Path(__file__).parents[2] / "scenarios" / "nasional-2023"
NATIONAL_PORTS = "national-ports"
NATIONAL_ROOM = (0.75, 1.5)
"""Room of a port a month, as a share of what its province makes too much and too little of."""
SETTINGS = """\
[scenario]
title = {{ id = "Pasar buatan {name}", en = "Made-up market {name}" }}
data_date = 2023-12-31

[horizon]
start = "{start}"
periods = {periods}
length = "{length}"

[policy]
closing = "free"
"""
OVERLAY = """\
[scenario]
title = {{ id = "Nasional dengan batas pelabuhan buatan", en = "National with made-up limits of ports" }}
extends = "{base}"
data_date = 2023-12-31
"""


SIZES = {
    "S0": Size(34, 1, producers=8),
    "S1": Size(38, 9, months=12, nearest=9, modes=("sea", "ferry"), room=(0.5, 1.3)),
    "S2": Size(514, 1, producers=206),
    "S3": Size(514, 9, producers=206, room=(0.3, 1.0)),
}


MARKETS = (*SIZES, NATIONAL_PORTS)


def generated(name: str, seed: int = SEED) -> Scenario:
    """Return a made-up market in memory, read from a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        return read_scenario(write(name, Path(folder, name), seed))


def write(name: str, folder: Path, seed: int = SEED) -> Path:
    """Write a made-up market as a scenario folder, and give the folder back."""
    rng = np.random.default_rng([seed, *name.encode()])
    folder.mkdir(parents=True, exist_ok=True)
    if name == NATIONAL_PORTS:
        settings = OVERLAY.format(base=Path(os.path.relpath(NATIONAL, folder)).as_posix())
        tables = {"ports": _national_ports(rng)}
    else:
        settings, tables = _settings(name, SIZES[name]), market_tables(SIZES[name], rng)
    tables["sources"] = pd.DataFrame(
        {"source": ["generated"], "kind": ["assumption"], "title": ["Made up by a seed"]}
    )
    (folder / "scenario.toml").write_text(settings, encoding="utf-8")
    for table, frame in tables.items():
        sourced = frame if table == "sources" else frame.assign(source="generated")
        sourced.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    return folder


def _settings(name: str, size: Size) -> str:
    start, length = ("2023-01", "month") if size.months else ("2023", "year")
    return SETTINGS.format(name=name, start=start, periods=size.months or 1, length=length)


def _national_ports(rng: np.random.Generator) -> pd.DataFrame:
    """Return the ports of the nation with limits."""
    scenario = read_scenario(NATIONAL)
    balance, ports = compute_balance(scenario), scenario.tables["ports"]
    moved = np.abs((balance.produced - balance.need).sum(2)).sum(1) / len(balance.periods)
    room = ports["province"].map(dict(zip(balance.provinces, moved, strict=True)))
    return ports.assign(throughput_t=(room * rng.uniform(*NATIONAL_ROOM, len(ports))).round(1))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one market."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("size", choices=MARKETS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    print(write(asked.size, asked.folder, asked.seed))


if __name__ == "__main__":
    main()
