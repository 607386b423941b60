"""What the run says about who supplies whom and about price gaps."""

from __future__ import annotations

import pandas as pd

from planner.i18n import bare_money, number, percent, text
from planner.scenario import Scenario


def origins_line(supply: pd.DataFrame, language: str) -> list[str]:
    """Write in one line where the need met came from, and what bringing it from elsewhere costs.

    Parameters
    ----------
    supply
        The table of supply paths.
    language
        ``"id"`` or ``"en"``.
    """
    eaten = supply.loc[supply["use"] == "need"]
    if eaten.empty:
        return []
    away = eaten["origin"] != eaten["destination"]
    imported = eaten["source"] == "import"
    total = eaten["tonnes"].sum()
    parts = {"own": ~away & ~imported, "others": away & ~imported, "imported": imported}
    shares = {
        name: percent(eaten.loc[rows, "tonnes"].sum() / total, language)
        for name, rows in parts.items()
    }
    if eaten.loc[away, "tonnes"].sum() <= 0:
        return [text("supply.own_only", language, **shares)]
    costs = ["freight_idr", "handling_idr", "holding_idr"]
    idr = eaten.loc[away, costs].to_numpy().sum() / eaten.loc[away, "tonnes"].sum() / 1000
    return [text("supply.origins", language, idr=bare_money(idr, language), **shares)]


def price_gap_line(gaps: pd.DataFrame, scenario: Scenario, language: str) -> list[str]:
    """Write in one line which price gap is the largest, and what price gaps can and cannot mean.

    Parameters
    ----------
    gaps
        The table of price gaps.
    scenario
        Gives the names.
    language
        ``"id"`` or ``"en"``.
    """
    known = gaps.loc[gaps["gap_idr_per_kg"].notna()]
    if known.empty:
        return []
    largest = known.iloc[0]
    provinces = scenario.names("provinces", language)
    return [
        text(
            "supply.gap",
            language,
            commodity=scenario.names("commodities", language)[largest["commodity"]].lower(),
            origin=provinces[largest["origin"]],
            destination=provinces[largest["destination"]],
            difference=bare_money(largest["difference_idr_per_kg"], language),
            gap=bare_money(largest["gap_idr_per_kg"], language),
            missing=number(len(gaps) - len(known), language),
            all=number(len(gaps), language),
        )
    ]
