"""A model, and the same with every door in it: columns for ways that the tables do not open.

supplied   also where something is needed and nothing is produced
imported   also other goods at the ports that take in something
flow       also on lanes slower than the good keeps
opening    a tonne more of it changes the right sides of the rows by `per_tonne_of_opening`

A rule may have more rows with more lanes: those are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from planner.arrays import Booleans, Floats, Integers, positions
from planner.market.balance import Balance
from planner.market.market import InMarket, Market, build_market
from planner.market.network import Network
from planner.model import Program, formulate
from planner.scenario import Scenario

type Key = tuple[str, ...]

OF_OPENING = ("balance", "age", "local_stock")
"""Families in which the opening stock stands."""


@dataclass(frozen=True, slots=True)
class ExtendedModel(InMarket):
    """A model and its doors.

    Parameters
    ----------
    market, program
        As the tables have them.
    wide_network, wide
        With every door.
    doors
        Terms of the columns of `wide` in the rows of `program`.
    per_tonne_of_opening
        Change of the bounds of each row when every stock that may be raised opens with a tonne more.
    """

    market: Market
    program: Program
    wide_network: Network
    wide: Program
    doors: csc_array
    per_tonne_of_opening: Floats


def extend_model(scenario: Scenario) -> ExtendedModel:
    """Write the model of a scenario, without its doors and with them."""
    market = build_market(scenario)
    program = formulate(market)
    ajar = build_market(_with_doors(scenario, market.balance))
    wide = formulate(ajar)
    return ExtendedModel(
        market=market,
        program=program,
        wide_network=ajar.network,
        wide=wide,
        doors=csc_array(wide.matrix[_same_rows(program, wide)]),
        per_tonne_of_opening=_per_tonne_of_opening(ajar, market.network, program),
    )


def raisable(balance: Balance) -> Booleans:
    """Return which opening stocks may be raised: not those of which an unknown part would be local."""
    may: Booleans = (balance.opening > 0) | (balance.local_share == 0)
    return may


def _same_rows(program: Program, wide: Program) -> Integers:
    """Return the row of the wide model that each row stands for."""
    found = []
    for name, block in program.rows.items():
        here, there = (
            pd.MultiIndex.from_arrays(list(b.index.values())) for b in (block, wide.rows[name])
        )
        found.append(wide.rows[name].start + there.get_indexer(here))
    return np.concatenate(found)


def _with_doors(scenario: Scenario, balance: Balance) -> Scenario:
    tables = scenario.tables
    places, goods, periods = balance.provinces, balance.commodities, balance.periods
    barren = np.argwhere((balance.need > 0) & (balance.produced == 0)).tolist()
    fields: list[Key] = [(places[p], goods[k], periods[t]) for p, k, t in barren]
    quays = product(dict.fromkeys(tables["imports"]["port"]), goods, periods)
    shut = {"max_tonnes": 0.0, "idr_per_t": 0.0}
    bare = dict.fromkeys(["opening_t", "closing_t", "reserve_t", "local_share"], 0.0)
    return _with_tables(
        scenario,
        commodities=tables["commodities"].assign(max_days=np.nan),
        production=_longer(tables["production"], fields, {"tonnes": 1.0, "loss": 0.0}),
        imports=_longer(tables["imports"], _new(tables["imports"], quays), shut),
        stocks=_longer(tables["stocks"], _new(tables["stocks"], product(places, goods)), bare),
    )


def _with_tables(scenario: Scenario, **tables: pd.DataFrame) -> Scenario:
    """Return a scenario with tables that no file may hold, such as ways without a source."""
    return replace(scenario, tables={**scenario.tables, **tables})


def _new(frame: pd.DataFrame, keys: Iterable[Key]) -> list[Key]:
    """Return the keys that no row of a table has."""
    known = set(frame[_key_of(frame)].itertuples(index=False, name=None))
    return [key for key in keys if key not in known]


def _longer(frame: pd.DataFrame, keys: list[Key], values: Mapping[str, float]) -> pd.DataFrame:
    rows = pd.DataFrame(keys, columns=_key_of(frame)).assign(**values)
    return pd.concat([frame, rows], ignore_index=True) if len(rows) else frame


def _key_of(frame: pd.DataFrame) -> list[str]:
    return [name for name in ("port", "province", "commodity", "period") if name in frame]


def _per_tonne_of_opening(wide: Market, network: Network, program: Program) -> Floats:
    """Build the model once more with a tonne more in every store, and compare."""
    balance, stocks = wide.balance, wide.scenario.tables["stocks"]
    places = positions(balance.provinces, stocks["province"])
    goods = positions(balance.commodities, stocks["commodity"])
    more = stocks["opening_t"] + raisable(balance)[places, goods]
    fuller = _with_tables(wide.scenario, stocks=stocks.assign(opening_t=more))
    other = formulate(build_market(fuller, network=network))
    change: Floats = np.zeros(len(program.row_lower))
    for family in OF_OPENING:
        here, there = program.rows[family].span, other.rows[family].span
        before, after = _bound(program)[here], _bound(other)[there]
        change[here] = after - before
    return change


def _bound(program: Program) -> Floats:
    """Return the bound of rows that have one, or two that are the same."""
    return np.where(np.isfinite(program.row_upper), program.row_upper, program.row_lower)
