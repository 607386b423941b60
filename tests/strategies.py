"""Small random scenarios for property tests, and the what-ifs asked of them."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from builders import SOURCE, arc, made, needed, provinces, scenario_of, store
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from planner import Scenario

MONTHS = ("2023-01", "2023-02", "2023-03")
PLACES = ("A", "B", "C")
GOODS = ("paddy", "rice")
CELLS = [(place, month, good) for place in PLACES for month in MONTHS for good in GOODS]
NAN = float("nan")
asked_often = settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
"""For a property that asks a plan many things."""


@cache
def frame_work() -> Scenario:
    """Three provinces, two goods, three months; the figures are drawn later."""
    ports = [{"port": place.lower(), "province": place} for place in PLACES]
    entry = [
        {"port": "a", "commodity": k, "period": t, "max_tonnes": 1} for t in MONTHS for k in GOODS
    ]
    rates = {"idr_fixed_per_teu": 300_000, "idr_per_teu_nm": 700}
    ship = {"service": "L", "name": "L", "mode": "liner", "capacity_teu": 1}
    loop = [("a", ""), ("b", 90), ("c", 250), ("a", 310)]
    ways = [(p, q) for p in PLACES for q in PLACES if p != q]
    with tempfile.TemporaryDirectory() as folder:
        return scenario_of(
            Path(folder),
            horizon=(MONTHS[0], len(MONTHS), "month"),
            provinces=provinces(*PLACES),
            commodities=[{"commodity": k, "tonnes_per_teu": 10, "tests_per_t": 0.5} for k in GOODS],
            production=[made(p, 1, month, k) for p, month, k in CELLS],
            need=[needed(p, 1, month, k) for p, month, k in CELLS],
            stocks=[store(p, 0, k) for p in PLACES for k in GOODS],
            storage=[{"province": "A", "capacity_t": 1}],
            ports=ports,
            modes=[{"mode": "ship"}, {"mode": "liner", **rates}],
            services=[{**ship, "voyages_per_period": 2, "days_per_voyage": 17}],
            calls=[
                {"service": "L", "call": number, "port": port, "nm_from_previous": nm}
                for number, (port, nm) in enumerate(loop, start=1)
            ],
            imports=entry,
            recipes=[{"recipe": "mill", "input": "paddy", "output": "rice", "yield": 1}],
            arcs=[arc(p, q, 1, origin_port=p.lower(), destination_port=q.lower()) for p, q in ways],
            rules=[{"rule": f"rule{i}", **LOOSE} for i in range(2)],
        )


LOOSE = {"sense": "<=", "bound": 1e9, "measure": "tonnes"}
RULES = {
    "sense": ["<=", ">=", "="],
    "origin": ["", "A"],
    "destination": ["", "B", "C"],
    "port": ["", "a"],
    "commodity": ["", "rice"],
    "period": ["", "2023-02;2023-03"],
    "per": ["origin", "origin;period", "port", "good;destination"],
    "penalty_idr": [30_000.0, 300_000.0],
}
BOUNDS = {"tonnes": 12.0, "teu": 1.0, "idr": 500_000.0, "tests": 5.0, "share": 0.6}
"""A bound for each measure that often binds."""
FIGURES: dict[str, dict[str, list[float]]] = {
    "production": {"tonnes": [0, 0, 10, 25, 60], "loss": [0, 0.1]},
    "need": {"tonnes": [0, 5, 13, 30]},
    "stocks": {"opening_t": [0, 0, 20, 45], "reserve_t": [0, 10], "local_share": [0, 0, 0.8]},
    "storage": {"capacity_t": [90, 120]},
    "imports": {"max_tonnes": [0, 7, 40], "idr_per_t": [0, 200_000, 500_000]},
    "recipes": {
        "yield": [0.4, 0.64, 1],
        "capacity_t": [NAN, NAN, 0, 8],
        "fee_idr_per_t": [0, 0, 15_000],
    },
    "ports": {"throughput_t": [NAN, 25, 50]},
    "services": {"capacity_teu": [0, 0.4, 3], "loss": [0, 0.05]},
    "commodities": {
        "priority": [1, 2],
        "decay_per_day": [0, 0.001],
        "max_days": [NAN, 20],
        "max_stock_periods": [NAN, NAN, 0, 1, 2],
        "holding_idr_per_t": [0, 5_000],
    },
    "arcs": {
        "idr_per_t": [1_000, 40_000, 111_000, 237_000, 398_000],
        "transit_days": [0, 5, 15.21875, 40],
        "loss": [0, 0, 0.02, 0.1],
        "capacity": [NAN, NAN, 2, 9, 30],
    },
}
"""What each column may hold."""


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw the figures; every row family may occur."""
    base = frame_work()
    tables = {name: draw(figures(base.tables[name], name)) for name in FIGURES}
    tables["stocks"]["closing_t"] = tables["stocks"]["opening_t"]
    tables["rules"] = draw(rules(base.tables["rules"]))
    tables["arcs"]["capacity_unit"] = draw(st.sampled_from(["t", "TEU"]))
    closing = draw(st.sampled_from(["free", "opening"]))
    policy = base.settings.policy.model_copy(update={"closing": closing})
    return base.replace(settings=base.settings.model_copy(update={"policy": policy}), **tables)


@st.composite
def figures(draw: st.DrawFn, frame: pd.DataFrame, table: str) -> pd.DataFrame:
    columns = {
        name: draw(st.lists(st.sampled_from(values), min_size=len(frame), max_size=len(frame)))
        for name, values in FIGURES[table].items()
    }
    return frame.assign(**{name: pd.Series(drawn, dtype=float) for name, drawn in columns.items()})


@st.composite
def rules(draw: st.DrawFn, frame: pd.DataFrame) -> pd.DataFrame:
    """Draw rules; those that could not be kept are soft, others now and then."""
    drawn = {
        name: [draw(st.sampled_from(cells)) for _ in frame.index] for name, cells in RULES.items()
    }
    measures = [draw(st.sampled_from(list(BOUNDS))) for _ in frame.index]
    bounds = [BOUNDS[measure] for measure in measures]
    ways = ["origin" if m == "share" else p for m, p in zip(measures, drawn["per"], strict=True)]
    rows = frame.assign(**drawn).assign(measure=measures, bound=bounds, per=ways)
    hard = (rows["sense"] == "<=") & (rows["penalty_idr"] > 50_000)
    return rows.assign(penalty_idr=rows["penalty_idr"].mask(hard))


@st.composite
def perishable(draw: st.DrawFn) -> Scenario:
    """Draw goods that spoil within the horizon, on roads and ships that take up to two months."""
    base = draw(scenarios())
    goods, arcs = base.tables["commodities"], base.tables["arcs"]
    life = draw(st.lists(st.sampled_from([1, 1, 2, 3]), min_size=len(goods), max_size=len(goods)))
    days = st.sampled_from([0, 0, 5, 15.21875, 30.4375, 40])
    way = draw(st.lists(days, min_size=len(arcs), max_size=len(arcs)))
    return base.replace(
        commodities=goods.assign(max_stock_periods=np.array(life, dtype=float), max_days=NAN),
        arcs=arcs.assign(transit_days=np.array(way, dtype=float)),
    )


def without_rules(scenario: Scenario) -> Scenario:
    return scenario.replace(rules=scenario.tables["rules"].iloc[:0])


def without_keeping_costs(scenario: Scenario) -> Scenario:
    """Stocks keep for ever at no cost, and there is room for them: more need then saves nothing."""
    goods = scenario.tables["commodities"].assign(holding_idr_per_t=0.0, max_stock_periods=NAN)
    return scenario.replace(commodities=goods, storage=scenario.tables["storage"].iloc[:0])


def with_plenty(scenario: Scenario) -> Scenario:
    """Province B can feed all others at once: nothing is short."""
    production, arcs = scenario.tables["production"], scenario.tables["arcs"]
    more = production["tonnes"] + 200.0 * (production["province"] == "B")
    return without_keeping_costs(without_rules(scenario)).replace(
        production=production.assign(tonnes=more),
        arcs=arcs.assign(capacity=NAN, transit_days=0.0),
        ports=scenario.tables["ports"].assign(throughput_t=NAN),
    )


def lean(scenario: Scenario) -> Scenario:
    """Little is made, every stock is to be kept, and the weightier paddy gives 0.4 of rice, lossy to carry."""
    base = without_keeping_costs(without_rules(scenario))
    tables = base.tables
    held = tables["stocks"]["opening_t"].clip(lower=20.0)
    policy = base.settings.policy.model_copy(update={"closing": "opening"})
    return base.replace(
        settings=base.settings.model_copy(update={"policy": policy}),
        stocks=tables["stocks"].assign(opening_t=held, reserve_t=held),
        commodities=tables["commodities"].assign(priority=[2.0, 1.0]),
        production=tables["production"].assign(tonnes=tables["production"]["tonnes"] / 5),
        imports=tables["imports"].assign(max_tonnes=0.0),
        recipes=tables["recipes"].assign(capacity_t=NAN, **{"yield": 0.4}),
        arcs=tables["arcs"].assign(loss=0.1, transit_days=0.0, capacity=NAN),
        ports=tables["ports"].assign(throughput_t=NAN),
    )


def with_more_need(scenario: Scenario, row: int, tonnes: float) -> Scenario:
    need = scenario.tables["need"].copy()
    need.loc[row, "tonnes"] += tonnes
    return scenario.replace(need=need)


def with_another_arc(scenario: Scenario, idr_per_t: float) -> Scenario:
    """Add a quick arc from the last province to the first, by a mode of its own."""
    arcs, modes = scenario.tables["arcs"], scenario.tables["modes"]
    ends = {"origin": scenario.provinces[-1], "destination": scenario.provinces[0], "mode": "plane"}
    numbers = {"idr_per_t": idr_per_t, "transit_days": 0.0, "loss": 0.0}
    blanks = {"origin_port": "", "destination_port": "", "capacity_unit": "t", "source": SOURCE}
    return scenario.replace(
        arcs=_with_row(arcs, {**ends, **numbers, **blanks}),
        modes=_with_row(modes, {**modes.iloc[0].to_dict(), "mode": "plane"}),
    )


def _with_row(frame: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    longer = frame.reindex(range(len(frame) + 1))
    for column, value in row.items():
        longer.loc[len(frame), column] = value
    return longer


def turned_round(scenario: Scenario) -> Scenario:
    """Every table upside down, and every province under another code."""
    codes = dict(zip(scenario.provinces, reversed(scenario.provinces), strict=True))
    places = ("province", "origin", "destination")
    tables = {}
    for name, frame in scenario.tables.items():
        renamed = {column: frame[column].replace(codes) for column in places if column in frame}
        tables[name] = frame.assign(**renamed).iloc[::-1].reset_index(drop=True)
    return scenario.replace(**tables)


PRICES: dict[str, list[float]] = {"producer": [1, 500, 3_000], "distance_km": [0, 100, 900]}
"""Producer prices in IDR/kg, and the distances that rates are multiplied by."""


@st.composite
def with_every_feature(draw: st.DrawFn) -> Scenario:
    """Draw beside the figures what the frame leaves blank: rates, bands, needs a head, prices, closing stocks."""
    base = draw(st.one_of(scenarios(), scenarios(), perishable()))
    tables = {
        name: base.tables[name].copy() for name in ("arcs", "modes", "need", "provinces", "stocks")
    }
    many = st.sampled_from([True, False, False])
    _by_rate(draw, tables["arcs"], tables["modes"], many)
    heads = [draw(many) for _ in tables["need"].index]
    tables["provinces"]["population"] = [draw(st.sampled_from([500.0, 1_500.0])) for _ in PLACES]
    tables["need"].loc[heads, "tonnes"] = NAN
    tables["need"].loc[heads, "kg_per_capita"] = 100.0
    tables["stocks"]["closing_t"] = [
        draw(st.sampled_from([0.0, 5.0, 30.0])) for _ in tables["stocks"].index
    ]
    tables["prices"] = base.tables["prices"]
    if draw(st.booleans()):
        tables["prices"] = _prices(draw, base.tables["production"])
    policy = base.settings.policy.model_copy(
        update={
            "closing": draw(st.sampled_from(["free", "opening", "closing_t"])),
            "freight": draw(st.sampled_from(["low", "central", "high"])),
            "stages": draw(
                st.sampled_from([("cost",)] * 6 + [("coverage", "cost"), ("fairness", "cost")])
            ),
        }
    )
    settings_ = base.settings.model_copy(update={"policy": policy})
    return base.replace(settings=settings_, **tables)


def _by_rate(
    draw: st.DrawFn, arcs: pd.DataFrame, modes: pd.DataFrame, many: st.SearchStrategy[bool]
) -> None:
    """Let some arcs cost what the rates of their mode make of the distance."""
    by_rate = [draw(many) for _ in arcs.index]
    for column in ("distance_km", "distance_nm"):
        arcs[column] = [draw(st.sampled_from(PRICES["distance_km"])) for _ in arcs.index]
    arcs.loc[by_rate, "idr_per_t"] = NAN
    modes["idr_per_t_km"] = [draw(st.sampled_from([100.0, 700.0])), 0.0]
    modes["handling_idr_per_t"] = [draw(st.sampled_from([0.0, 20_000.0])) for _ in modes.index]
    modes["idr_low"], modes["idr_high"] = 0.8, 1.3


def _prices(draw: st.DrawFn, production: pd.DataFrame) -> pd.DataFrame:
    rows = production[["province", "commodity", "period", "share_of_year", "source"]]
    drawn = [draw(st.sampled_from(PRICES["producer"])) for _ in rows.index]
    return rows.assign(idr_per_kg=drawn, level="producer")
