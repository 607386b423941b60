"""Scenarios broken on purpose, what has to be told of each, and doing what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from broken_scenarios import SCENARIOS, way_to
from builders import FEBRUARY, JANUARY, MARCH, Row, arc, made, needed, provinces, scenario_of, store

import planner
from planner import Scenario
from planner.analysis.infeasibility import Remedy
from planner.analysis.infeasibility.relaxations import MORE
from planner.reports.remedy_cells import SENSES

type Tables = Mapping[str, Any]

TWO = {"provinces": provinces("A", "B")}
PLENTY = {**TWO, "production": [made("A", 100)], "need": [needed("A", 20), needed("B", 50)]}
"""A has 80 t to spare and B needs 50."""
WAY = [arc("A", "B", 100)]
QUAYS = [{"port": "a", "province": "A"}, {"port": "b", "province": "B"}]
BY_PORT = [arc("A", "B", 100, origin_port="a", destination_port="b")]


def quarter(first: str = JANUARY) -> tuple[str, int, str]:
    return first, 3, "month"


def rule(name: str, sense: str, bound: float, measure: str = "tonnes", **more: object) -> Row:
    return {"rule": name, "sense": sense, "bound": bound, "measure": measure, **more}


def quay(port: str, throughput: float) -> list[Row]:
    return [{**row, "throughput_t": throughput} if row["port"] == port else row for row in QUAYS]


def entry(tonnes: float, period: str = JANUARY, commodity: str = "rice") -> Row:
    return {"port": "b", "commodity": commodity, "period": period, "max_tonnes": tonnes}


DEAL = rule("deal", ">=", 40, kind="contract", origin="A", destination="B")
GOODS = [{"commodity": "rice", "tonnes_per_teu": 10, "tests_per_t": 0.5}]
PADDY = [{"commodity": "paddy", "good": "rice"}, {"commodity": "rice", "good": "rice"}]
MILL = {
    "recipe": "mill", "input": "paddy", "output": "rice", "yield": 0.5, "fee_idr_per_t": 200,
    "capacity_t": 60, "province": "A",
}  # fmt: skip
SHIP = {
    "service": "L", "name": "L", "mode": "ship", "capacity_teu": 1, "voyages_per_period": 2,
    "days_per_voyage": 1,
}  # fmt: skip
CALLS = [
    {"service": "L", "call": 1, "port": "a"},
    {"service": "L", "call": 2, "port": "b", "nm_from_previous": 100},
    {"service": "L", "call": 3, "port": "a", "nm_from_previous": 100},
]


@dataclass(frozen=True)
class Broken:
    """A scenario, the question it has to raise, and the first of the kinds and figures of the answer."""

    tables: Tables
    lines: tuple[tuple[str, float], ...]
    """Kind of each line of the answer and the last of its new figures."""
    question: str = "unmet"

    def scenario(self, folder: Path) -> Scenario:
        return scenario_of(folder, **self.tables)


def _spoiling(goods: float) -> list[Row]:
    return [{"commodity": "rice", "max_stock_periods": goods}]


BROKEN = {
    "an arc without room": Broken(
        {**PLENTY, "arcs": [arc("A", "B", 9, capacity=30)]}, (("arc", 50),)
    ),
    "an arc without containers": Broken(
        {
            **PLENTY,
            "commodities": GOODS,
            "arcs": [arc("A", "B", 9, capacity=3, capacity_unit="TEU")],
        },
        (("arc", 5),),
    ),
    "a strait that is closed": Broken(
        {**PLENTY, "arcs": [arc("A", "B", 9, capacity=0)]}, (("arc", 50),)
    ),
    "a port that cannot unload": Broken(
        {**PLENTY, "ports": quay("b", 12), "arcs": BY_PORT}, (("port", 50),)
    ),
    "a port that is short in one month only": Broken(
        {
            **TWO,
            "horizon": quarter(),
            "commodities": _spoiling(0),
            "production": [made("A", 100, month) for month in (JANUARY, FEBRUARY, MARCH)],
            "need": [needed("B", 9), needed("B", 9, FEBRUARY), needed("B", 52, MARCH)],
            "ports": quay("a", 12),
            "arcs": BY_PORT,
        },
        (("port", 52),),
    ),
    "an import quota too small": Broken(
        {
            **TWO,
            "production": [made("A", 20)],
            "need": [needed("A", 20), needed("B", 30)],
            "ports": QUAYS,
            "imports": [entry(5)],
            "arcs": WAY,
        },
        (("import", 30),),
    ),
    "a good that may not be imported": Broken(
        {
            **TWO,
            "commodities": [{"commodity": "rice"}, {"commodity": "sugar"}],
            "production": [made("A", 20)],
            "need": [needed("A", 20), needed("B", 30), needed("B", 5, commodity="sugar")],
            "ports": QUAYS,
            "imports": [entry(5, commodity="sugar")],
            "arcs": WAY,
        },
        (("import", 30),),
    ),
    "rice that sits in households": Broken(
        {
            **TWO,
            "stocks": [store("A", 60, local_share=0.8)],
            "production": [made("A", 10)],
            "need": [needed("A", 20), needed("B", 40)],
            "arcs": WAY,
        },
        (("local_stock", 0.5),),
    ),
    "nothing to eat before the harvest": Broken(
        {
            **TWO,
            "horizon": (JANUARY, 2, "month"),
            "production": [made("A", 100, FEBRUARY)],
            "need": [needed("A", 20), needed("B", 5), needed("B", 10, FEBRUARY)],
            "arcs": WAY,
        },
        (("opening", 25),),
    ),
    "a harvest that failed and could not have been kept": Broken(
        {
            **TWO,
            "horizon": (JANUARY, 2, "month"),
            "commodities": _spoiling(0),
            "production": [made("A", 30), {**made("A", 10, FEBRUARY), "loss": 0.2}],
            "need": [needed("A", 20), needed("B", 20, FEBRUARY)],
            "arcs": WAY,
        },
        (("production", 25),),
    ),
    "a store too small for the harvest": Broken(
        {
            **TWO,
            "horizon": (JANUARY, 2, "month"),
            "production": [made("A", 100)],
            "need": [needed("A", 20), needed("A", 50, FEBRUARY)],
            "storage": [{"province": "A", "capacity_t": 15}],
            "arcs": WAY,
        },
        (("storage", 50),),
    ),
    "a perishable good and a slow ship": Broken(
        {
            **TWO,
            "horizon": (JANUARY, 2, "month"),
            "commodities": [{"commodity": "rice", "max_days": 7}],
            "production": [made("A", 90), made("B", 1)],
            "need": [needed("A", 20), needed("B", 30, FEBRUARY)],
            "arcs": [arc("A", "B", 9, transit_days=9)],
        },
        (("slow", 9),),
    ),
    "a ship too small": Broken(
        {
            **PLENTY,
            "commodities": GOODS,
            "modes": [{"mode": "ship", "idr_per_teu_nm": 100}],
            "horizon": (JANUARY, 2, "month"),
            "need": [needed("A", 20), needed("B", 50, FEBRUARY)],
            "ports": QUAYS,
            "services": [SHIP],
            "calls": CALLS,
            "arcs": [arc("B", "A", 9)],
        },
        (("service", 2),),
    ),
    "a mill too small": Broken(
        {
            **TWO,
            "commodities": PADDY,
            "production": [made("A", 100, commodity="paddy")],
            "need": [needed("B", 40)],
            "arcs": WAY,
            "recipes": [MILL, {**MILL, "province": "B", "capacity_t": 0}],
        },
        (("mill", 80),),
    ),
    "a freight budget too small": Broken(
        {**PLENTY, "arcs": [arc("A", "B", 1e6)], "rules": [rule("budget", "<=", 2e7, "idr")]},
        (("ceiling", 5e7),),
    ),
    "a quarantine ban": Broken(
        {**PLENTY, "arcs": WAY, "rules": [rule("ban", "=", 0, origin="A")]}, (("equal", MORE),)
    ),
    "a largest share too small": Broken(
        {
            "provinces": provinces("A", "B", "C"),
            "production": [made("A", 100), made("C", 5)],
            "need": [needed("A", 20), needed("B", 50)],
            "arcs": [arc("A", "B", 100), arc("C", "B", 100)],
            "rules": [rule("spread", "<=", 0.6, "share", destination="B", origin="A")],
        },
        (("ceiling", 0.9),),
    ),
    "a laboratory too small": Broken(
        {
            **PLENTY,
            "commodities": GOODS,
            "arcs": WAY,
            "rules": [rule("laboratory", "<=", 10, "tests", kind="physical", origin="A")],
        },
        (("ceiling", 25),),
    ),
    "a port and a harvest too small": Broken(
        {
            **TWO,
            "production": [made("A", 40)],
            "need": [needed("A", 20), needed("B", 30)],
            "ports": quay("a", 12),
            "arcs": BY_PORT,
        },
        (("port", 20), ("opening", 10)),
    ),
    "an agreement beyond the ship": Broken(
        {**PLENTY, "arcs": [arc("A", "B", 9, capacity=30)], "rules": [DEAL]},
        (("floor", 30),),
        "contradiction",
    ),
    "an agreement and a ban": Broken(
        {**PLENTY, "arcs": WAY, "rules": [DEAL, rule("ban", "=", 0, origin="A")]},
        (("equal", MORE),),
        "contradiction",
    ),
    "two agreements and a budget": Broken(
        {
            **PLENTY,
            "arcs": [arc("A", "B", 1e6), arc("B", "A", 1e6)],
            "rules": [
                DEAL,
                rule("return", ">=", 10, kind="contract", origin="B"),
                rule("budget", "<=", 4.5e7, "idr"),
            ],
        },
        (("ceiling", 5e7),),
        "contradiction",
    ),
    "a floor above a ceiling": Broken(
        {**PLENTY, "arcs": WAY, "rules": [DEAL, rule("most", "<=", 25, kind="contract")]},
        (("floor", 25),),
        "contradiction",
    ),
    "an agreement beyond the harvest": Broken(
        {**PLENTY, "arcs": WAY, "rules": [{**DEAL, "bound": 400}]},
        (("floor", 100),),
        "contradiction",
    ),
}
"""Small ones, for which the answer can be worked out by hand."""

SCOPE = """
[scenario]
title = {{ id = "Tiga barang", en = "Three goods" }}
extends = "{base}"
data_date = 2023-12-31
[scope]
commodities = ["beras", "bawang_merah", "telur"]
"""


def _drought(folder: Path) -> Scenario:
    """Rice runs out before the harvest of 2024."""
    del folder
    return planner.read_scenario(SCENARIOS / "kemarau-2023")


def _port_of_papua(folder: Path) -> Scenario:
    """All goods for Papua have to go through one port."""
    del folder
    scenario = planner.read_scenario(SCENARIOS / "nasional-2023")
    return _with_figure(scenario, ("ports", "throughput_t"), {"port": "jayapura"}, 5_000)


def _agreement(folder: Path) -> Scenario:
    """An agreement on more shallots than the budget pays for and the laboratory tests."""
    folder.mkdir()
    base = way_to(SCENARIOS / "perjanjian-jabar-ntb", folder)
    (folder / "scenario.toml").write_text(SCOPE.format(base=base), encoding="utf-8")
    scenario = planner.read_scenario(folder)
    return _with_figure(scenario, ("rules", "bound"), {"rule": "janji_bawang"}, 80_000)


NATIONAL: dict[str, Callable[[Path], Scenario]] = {
    "a drought": _drought,
    "the port of Papua": _port_of_papua,
    "an agreement on all shallots": _agreement,
}
"""Broken scenarios with real figures."""


def _with_figure(scenario: Scenario, cell: tuple[str, str], key: Row, figure: float) -> Scenario:
    table, column = cell
    given = {**key, "source": _source_of(scenario)}
    return scenario.replace(**{table: _written(scenario.tables[table], key, column, figure, given)})


def mended(scenario: Scenario, lines: Iterable[Remedy]) -> Scenario:
    """Do literally what lines of an answer say, and nothing else."""
    tables = dict(scenario.tables)
    for line in lines:
        for change in line.changes:
            frame, period = (
                tables[line.of.table],
                {"period": change.period} if change.period else {},
            )
            if line.kind == "equal" and change.new not in SENSES:
                tables["rules"] = frame.loc[frame["rule"] != line.where["rule"]]
                continue
            new = SENSES[int(change.new)] if line.kind == "equal" else change.new
            key = {**line.where, **period}
            row = {**key, "source": _source_of(scenario)}
            tables[line.of.table] = _written(frame, key, line.of.column, new, row)
    return scenario.replace(**tables)


def _source_of(scenario: Scenario) -> str:
    """Return some source, for rows that are new."""
    return str(scenario.tables["sources"]["source"].iloc[0])


def _written(
    frame: pd.DataFrame, key: Row, column: str, figure: float | str, new: Row
) -> pd.DataFrame:
    rows = np.all([frame[name] == code for name, code in key.items()], axis=0)
    if rows.any():
        changed = frame.copy()
        changed.loc[rows, column] = figure
        return changed
    blank = dict.fromkeys(frame.select_dtypes("number").columns, 0.0)
    return pd.concat([frame, pd.DataFrame([{**blank, **new, column: figure}])], ignore_index=True)
