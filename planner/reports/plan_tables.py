"""The tables of the plan's workbook: what goes where each month, the balance, what is short, what it costs.

Each is made from tables of the run alone; codes become names, rows that add up others are marked.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.i18n import month, text
from planner.runs import Run

SUM = "_sum"
"""Whether a row adds up those above it."""
LANE = ["commodity", "origin", "destination", "mode", "service"]
_NODE_SUMS = [
    "supplied", "imported", "received", "made", "need", "unmet", "sent", "used", "spoilt", "discarded",
]  # fmt: skip


def plan_by_period(run: Run, language: str) -> pd.DataFrame:
    """Return one row a lane with tonnes by period of dispatch, in all, TEU and IDR/kg.

    Parameters
    ----------
    run
        The run.
    language
        ``"id"`` or ``"en"``: of names and periods.
    """
    flows, periods = run.tables["flows"], list(run.scenario.horizon.labels)
    wide = flows.pivot_table(
        index=LANE, columns="period", values="tonnes", aggfunc="sum", sort=False
    ).reindex(columns=periods)
    lanes = wide.reset_index()
    totals = flows.groupby(LANE, sort=False)[["tonnes", "idr"]].sum().reset_index()
    lanes = lanes.merge(totals, on=LANE, validate="one_to_one")
    lanes = _in_order(run, lanes.assign(teu=lanes["tonnes"] / _payload(run, lanes)))
    lanes = _with_sums(lanes, [*periods, "tonnes", "idr", "teu"])
    lanes["idr_per_kg"] = _per_kg(lanes)
    named = _named(run, lanes.drop(columns="idr"), language)
    return _without_blanks(named.rename(columns={t: month(t, language) for t in periods}))


def shipments(run: Run, language: str) -> pd.DataFrame:
    """Return one row a shipment: periods of dispatch and arrival, lane, ports, tonnes, freight."""
    flows = _in_order(run, run.tables["flows"].copy(), "period")
    flows = flows.assign(idr_per_kg=_per_kg(flows), **_ports(run, flows))
    for column in ("period", "arrival_period"):
        flows[column] = [month(label, language) for label in flows[column]]
    columns = [
        "period", "arrival_period", *LANE, "origin_port", "destination_port", "tonnes", "received_t",
        "idr", "idr_per_kg",
    ]  # fmt: skip
    return _without_blanks(_named(run, flows[columns], language))


def balance_after(run: Run, language: str) -> pd.DataFrame:
    """Return one row a commodity and province over the whole horizon, as planned; it closes from left to right.

    opening + supplied + imported + received + made  =  served + sent + used + spoilt + closing
    """
    nodes = run.tables["nodes"]
    key = ["commodity", "province"]
    groups = nodes.groupby(key, sort=False)
    table = groups[_NODE_SUMS].sum()
    table.insert(0, "opening", groups["opening"].first())
    table["closing"] = groups["closing"].last()
    table["served"] = table["need"] - table["unmet"]
    table["spoilt"] += table["discarded"]
    columns = [
        "opening", "supplied", "imported", "received", "made", "served", "sent", "used", "spoilt",
        "closing", "need", "unmet",
    ]  # fmt: skip
    found = _with_sums(_in_order(run, table[columns].reset_index()), columns)
    found = found.loc[:, [name in key or name == SUM or found[name].any() for name in found]]
    return _named(run, found, language)


def shortages(run: Run, language: str) -> pd.DataFrame:
    """Return one row a commodity and province that goes short: unmet by period, in all, coverage."""
    coverage, periods = run.tables["coverage"], list(run.scenario.horizon.labels)
    key = ["commodity", "province"]
    wide = coverage.pivot(index=key, columns="period", values="unmet_t").reindex(columns=periods)
    totals = coverage.groupby(key)[["need_t", "unmet_t"]].sum()
    short = wide.join(totals).loc[totals["unmet_t"] > 0].reset_index()
    short = _with_sums(_in_order(run, short), [*periods, "need_t", "unmet_t"])
    short["coverage"] = 1 - short["unmet_t"] / short["need_t"]
    named = _named(run, short, language)
    return named.rename(columns={label: month(label, language) for label in periods})


def costs(run: Run, language: str) -> pd.DataFrame:
    """Return the money the plan costs by part, commodity and mode; penalties are no money."""
    table = run.tables["costs"]
    money = table.loc[~table["part"].str.startswith("penalty_")].copy()
    total = pd.DataFrame([{"idr": money["idr"].sum(), SUM: True}])
    money = pd.concat([money.assign(**{SUM: False}), total], ignore_index=True)
    known = money["part"].notna()
    money["part"] = [
        text(f"report.part.{part}", language).capitalize()
        if told
        else text("plan_book.total", language)
        for part, told in zip(money["part"], known, strict=True)
    ]
    return _named(run, money, language)


def sources(run: Run) -> pd.DataFrame:
    """Return where the figures of the scenario come from."""
    return run.scenario.tables["sources"].copy()


def _payload(run: Run, lanes: pd.DataFrame) -> pd.Series[float]:
    """Return t/TEU of each lane whose mode charges by the container."""
    modes, goods = (run.scenario.tables[name] for name in ("modes", "commodities"))
    by_box = modes.loc[modes["idr_fixed_per_teu"] + modes["idr_per_teu_nm"] > 0, "mode"]
    payload = goods.set_index("commodity")["tonnes_per_teu"]
    return lanes["commodity"].map(payload).where(lanes["mode"].isin(by_box))


def _ports(run: Run, lanes: pd.DataFrame) -> dict[str, pd.Series[str]]:
    """Return the names of the ports of each lane that is an arc of the scenario."""
    names = run.scenario.tables["ports"].set_index("port")["name"]
    arcs = run.scenario.tables["arcs"].set_index(["origin", "destination", "mode"])
    ends = ["origin_port", "destination_port"]
    found = lanes.join(arcs[ends], on=["origin", "destination", "mode"])[ends]
    found = found.where(lanes["service"] == "")
    return {end: found[end].map(names).astype(object).fillna("") for end in ends}


def _per_kg(lanes: pd.DataFrame) -> pd.Series[float]:
    return lanes["idr"] / lanes["tonnes"].replace(0, np.nan) / 1000


def _in_order(run: Run, table: pd.DataFrame, first: str = "") -> pd.DataFrame:
    """Sort by commodity and place as the tables of the scenario have them."""
    places = {code: i for i, code in enumerate(run.scenario.provinces)}
    goods = {code: i for i, code in enumerate(run.scenario.commodities)}
    ranks: Mapping[str, Mapping[str, int]] = {
        "commodity": goods, "origin": places, "destination": places, "province": places,
    }  # fmt: skip
    keys = [first] if first else []
    keys += [name for name in ("commodity", "province", *LANE[1:]) if name in table]
    return table.sort_values(
        keys, key=lambda cells: cells.map(ranks[str(cells.name)]) if cells.name in ranks else cells
    ).reset_index(drop=True)


def _with_sums(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Add a row below each commodity that adds it up; goods of different kinds are never added."""
    parts = []
    for good, rows in table.groupby("commodity", sort=False):
        total = rows[columns].sum(min_count=1).to_dict() | {"commodity": good, SUM: True}
        parts += [rows.assign(**{SUM: False}), pd.DataFrame([total])]
    return pd.concat(parts, ignore_index=True) if parts else table.assign(**{SUM: False})


def _named(run: Run, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table with names in the place of codes; a blank where there is no code."""
    homes = {
        "commodity": "commodities", "mode": "modes", "origin": "provinces",
        "destination": "provinces", "province": "provinces",
    }  # fmt: skip
    named = table.copy()
    for column in named.columns.intersection(list(homes)):
        names = run.scenario.names(homes[column], language)
        named[column] = named[column].map(names).fillna("")
    if SUM in named and "commodity" in named:
        sums = named[SUM] & (named["commodity"] != "")
        total = text("plan_book.total", language)
        named["commodity"] = named["commodity"].where(~sums, total + " " + named["commodity"])
    return named


def _without_blanks(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out ports and services where nothing has one."""
    optional = table.columns.intersection(["service", "origin_port", "destination_port"])
    blank = [name for name in optional if (table[name].fillna("") == "").all()]
    return table.drop(columns=blank)
