"""What leaves the office at which sharing level.

internal   all tables as they are
partner    all tables without the rows of traders; what traders of a province can deliver only as a sum
public     provinces, commodities and the yearly balance of each province; the same sum of traders

A row of traders counts in a sum only if its own `sharing` allows the level, and a sum is given only where at
least `LEAST_OWNERS` owners stand behind it. No sum over sums is given, from which one could be taken off.
Sources that only rows left out refer to are left out with them, and so are a writer's own words.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.market.balance import compute_balance
from planner.scenario import Scenario
from planner.schema.columns import Column, Table
from planner.schema.tables import SHARING, TABLES

LEVELS = SHARING
LEAST_OWNERS = 3

TRADED = Table(
    "_traders_by_province",
    f"What traders can deliver, where at least {LEAST_OWNERS} owners stand behind the figure.",
    (
        Column("province", "BPS code of the province", key=True, required=True, refers="provinces"),
        Column("commodity", "Commodity", key=True, required=True, refers="commodities"),
        Column("period", "Period; blank is a whole calendar year", "period", key=True, blank="a year"),
        Column("owners", "Owners behind the figure", "number", "", required=True, low=LEAST_OWNERS),
        Column("capacity_t", "Most that they can deliver together", "number", "t", required=True, low=0.0),
    ),
)  # fmt: skip
BALANCE = Table(
    "balance",
    "The balance of each province over the whole horizon, before any trade.",
    (
        Column("province", "BPS code of the province", key=True, required=True, refers="provinces"),
        Column("commodity", "Commodity", key=True, required=True, refers="commodities"),
        Column("period", "First and last period", key=True, required=True),
        *(
            Column(name, f"{name.replace('_', ' ').capitalize()}", "number", "t", required=True)
            for name in (
                "opening_stock", "production", "imported", "need", "reserve", "surplus", "shortage",
            )
        ),
    ),
)  # fmt: skip
DECLARED = {**TABLES, TRADED.name: TRADED, BALANCE.name: BALANCE}
"""Every table that a package may hold."""
_OF_EVERYBODY = ("provinces", "commodities")


def tables_to_share(
    tables: Mapping[str, pd.DataFrame], scenario: Scenario, level: str
) -> dict[str, pd.DataFrame]:
    """Return the tables that may leave the office.

    Parameters
    ----------
    tables
        Text cells by table, as they were written, with only the columns of their files.
    scenario
        The same, read.
    level
        ``"public"``, ``"partner"`` or ``"internal"``.
    """
    if level == "internal":
        return dict(tables)
    if level == "partner":
        kept = {name: frame for name, frame in tables.items() if name != "traders"}
    else:
        kept = {name: frame for name, frame in tables.items() if name in _OF_EVERYBODY}
        kept["balance"] = _balance(scenario)
    sums = traders_by_province(scenario, level)
    if len(sums):
        kept[TRADED.name] = sums
    return _with_their_sources(kept, tables["sources"])


def traders_by_province(scenario: Scenario, level: str) -> pd.DataFrame:
    """Add up what traders can deliver, cells of fewer than three owners left out."""
    traders = scenario.tables["traders"]
    open_to = LEVELS[: LEVELS.index(level) + 1]
    rows = traders.loc[traders["sharing"].isin(open_to)]
    cells = rows.assign(who=rows["owner"].str.strip().str.casefold()).groupby(
        ["province", "commodity", "period"]
    )
    sums = cells.agg(owners=("who", "nunique"), capacity_t=("capacity_t", "sum")).reset_index()
    return sums.loc[sums["owners"] >= LEAST_OWNERS].round({"capacity_t": 3}).astype(str)


def _balance(scenario: Scenario) -> pd.DataFrame:
    names = [column.name for column in BALANCE.columns]
    return compute_balance(scenario).totals()[names].round(3).astype(str)


def _with_their_sources(
    kept: Mapping[str, pd.DataFrame], sources: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Keep only the sources that a kept table names."""
    own = {name: frame for name, frame in kept.items() if name != "sources"}
    named = {source for frame in own.values() if "source" in frame for source in frame["source"]}
    return own | {"sources": sources.loc[sources["source"].isin(named)]}
