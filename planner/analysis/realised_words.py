"""Plan against fact in sentences, and as a table."""

from __future__ import annotations

import pandas as pd
from rich.table import Table

from planner.analysis.realised import LANE, by, outside
from planner.language import month, number, percent, text, tonnes
from planner.scenario import Scenario

PARTS = ("planned", "realised", "kept", "unplanned")
MOST = 12
"""Lanes that are shown."""


def realised_told(frame: pd.DataFrame, moved: pd.DataFrame, language: str) -> list[str]:
    """Say how much of the plan was kept, and what moved beside it."""
    sums = {part: float(frame[f"{part}_t"].sum()) for part in PARTS}
    planned = sums["planned"]
    share = percent(sums["kept"] / planned, language, 1) if planned > 0 else "-"
    size = {part: tonnes(value, language) for part, value in sums.items()}
    lines = [text("realised.total", language, share=share, **size)]
    idle = int(((frame["planned_t"] > 0) & (frame["realised_t"] == 0)).sum())
    odd = int(((frame["planned_t"] == 0) & (frame["realised_t"] > 0)).sum())
    lines.append(text("realised.lanes", language, idle=idle, odd=odd))
    beyond = outside(moved)
    if len(beyond):
        amount = tonnes(float(beyond["tonnes"].sum()), language)
        lines.append(text("realised.outside", language, count=len(beyond), amount=amount))
    if (moved["mode"] == "").any():
        lines.append(text("realised.any_mode", language, count=int((moved["mode"] == "").sum())))
    return lines


def lane_view(frame: pd.DataFrame, scenario: Scenario, language: str) -> Table:
    """Lay out the lanes over the horizon, the largest gap between plan and fact first."""
    names = scenario.names("provinces", language)
    goods, modes = scenario.names("commodities", language), scenario.names("modes", language)
    lanes = by(frame, LANE)
    gap = (lanes["missing_t"] + lanes["unplanned_t"]).sort_values(ascending=False, kind="stable")
    view = _view("realised.by_lane", ["realised.lane"], language)
    for row in lanes.loc[gap.index].head(MOST).to_dict("records"):
        way = f"{names[row['origin']]} > {names[row['destination']]}"
        kind = ", ".join(filter(None, [goods[row["commodity"]], modes.get(row["mode"], "")]))
        view.add_row(f"{way}, {kind}", *_figures(row, language))
    return view


def month_view(frame: pd.DataFrame, language: str) -> Table:
    """Lay out the periods."""
    view = _view("realised.by_month", ["realised.month"], language)
    for row in by(frame, ["period"]).to_dict("records"):
        view.add_row(month(row["period"], language), *_figures(row, language))
    return view


def _view(title: str, first: list[str], language: str) -> Table:
    view = Table(title=text(title, language), title_justify="left", box=None, pad_edge=False)
    for key in first:
        view.add_column(text(key, language))
    for key in ("planned", "moved", "kept", "unplanned"):
        view.add_column(text(f"realised.{key}", language), justify="right", no_wrap=True)
    return view


def _figures(row: dict[object, float], language: str) -> list[str]:
    share = row["share"]
    kept = "-" if pd.isna(share) else percent(share, language)
    amounts = [row["planned_t"], row["realised_t"], row["unplanned_t"]]
    planned, moved, unplanned = (number(amount, language) for amount in amounts)
    return [planned, moved, kept, unplanned]
