"""The price of fairness for reading: a table of its points, and what it comes to in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from rich.table import Table

from planner.analysis.fairness_frontier import Frontier
from planner.i18n import amount, money, money_decimals, number, percent, text, tonnes
from planner.scenario import Scenario

LANES = 4
"""Lanes that are named."""


def frontier_view(scenario: Scenario, found: Frontier, language: str) -> Table:
    """Tabulate the points: the lowest coverage and what it costs."""
    names, goods = _names(scenario, language)
    title = text("frontier.title", language)
    view = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for key in ("lowest", "where"):
        view.add_column(text(f"frontier.{key}", language), no_wrap=True)
    for key in ("short", "unmet", "rise", "per_kg"):
        view.add_column(text(f"frontier.{key}", language), justify="right", no_wrap=True)
    for row in found.points.to_dict("records"):
        per_t = row["rise_idr_per_t"]
        view.add_row(
            percent(row["lowest_coverage"], language, 2),
            _where(f"{names[row['province']]}, {goods[row['commodity']]}", row, language),
            number(row["short_cells"], language),
            tonnes(row["unmet_t"], language),
            money(row["rise_idr"], language),
            ""
            if pd.isna(per_t)
            else amount(per_t / 1000, language, money_decimals(per_t / 1000, language)),
        )
    return view


def frontier_report(scenario: Scenario, found: Frontier, language: str) -> list[str]:
    """Write what the fairest plan costs more than the cheapest, and which lanes that changes."""
    points = found.points
    if points.empty:
        return [text("frontier.nothing_short", language)]
    names, goods = _names(scenario, language)
    first, last = points.iloc[0], points.iloc[-1]
    values = {
        "province": names[first["province"]],
        "commodity": goods[first["commodity"]],
        "first": percent(first["lowest_coverage"], language, 1),
        "last": percent(last["lowest_coverage"], language, 1),
    }
    if found.lanes.empty:
        return [text("frontier.as_fair", language, **values)]
    price = text(
        "frontier.price",
        language,
        rise=money(last["rise_idr"], language),
        share=percent(last["rise_idr"] / first["cost_idr"], language, 2),
        shifted=tonnes(last["shifted_t"], language),
        unmet=tonnes(last["unmet_t"] - first["unmet_t"], language),
        **values,
    )
    lanes = [
        text(
            "frontier.lane",
            language,
            origin=names[lane["origin"]],
            destination=names[lane["destination"]],
            commodity=goods[lane["commodity"]],
            first=tonnes(lane["first_t"], language),
            last=tonnes(lane["last_t"], language),
        )
        for lane in found.lanes.head(LANES).to_dict("records")
    ]
    changes = text("frontier.lanes", language, lanes="; ".join(lanes))
    return [price, changes, text("frontier.note", language)]


def _where(place: str, row: Mapping[Any, Any], language: str) -> str:
    """Name the lowest cell, and count those that are as low."""
    others = int(row["lowest_cells"]) - 1
    return text("frontier.others", language, place=place, count=others) if others else place


def _names(scenario: Scenario, language: str) -> tuple[dict[str, str], dict[str, str]]:
    goods = scenario.names("commodities", language)
    return scenario.names("provinces", language), {k: v.lower() for k, v in goods.items()}
