"""Plan against fact in sentences, and as a table."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from rich.table import Table

from planner.analysis.realisation import LANE, AssessedPlan, rows_outside_horizon, sum_by
from planner.i18n import date, month, number, percent, text, tonnes
from planner.scenario import Scenario

PARTS = ("planned", "realised", "kept", "unplanned")
MOST = 12
"""Lanes that are shown."""


def realisation_report(frame: pd.DataFrame, case: AssessedPlan, language: str) -> list[str]:
    """Write how much of the plan was kept until when, what moved beside it, and what was left out."""
    sums = {part: float(frame[f"{part}_t"].sum()) for part in PARTS}
    planned = sums["planned"]
    share = percent(sums["kept"] / planned, language, 1) if planned > 0 else "-"
    size = {part: tonnes(value, language) for part, value in sums.items()}
    lines = [text("realised.total", language, share=share, **size)]
    idle = int(((frame["planned_t"] > 0) & (frame["realised_t"] == 0)).sum())
    odd = int(((frame["planned_t"] == 0) & (frame["realised_t"] > 0)).sum())
    lines.append(text("realised.lanes", language, idle=idle, odd=odd))
    return [*lines, *_left_out(case, language)]


def _left_out(case: AssessedPlan, language: str) -> Iterator[str]:
    """Report until when the plan is judged, and which rows of the manifest do not count."""
    until = date(case.until, language)
    if case.waiting:
        periods = ", ".join(month(label, language) for label in case.waiting[:MOST])
        values = {"until": until, "count": len(case.waiting), "periods": periods}
        yield text("realised.waiting", language, **values)
    if case.moved.empty:
        yield text("realised.nothing", language, until=until)
    left_out = {
        "outside": rows_outside_horizon(case.moved), "repeated": case.repeated, "later": case.later
    }  # fmt: skip
    for key, rows in left_out.items():
        if len(rows):
            amount = tonnes(float(rows["tonnes"].sum()), language)
            values = {"count": len(rows), "amount": amount, "until": until}
            yield text(f"realised.{key}", language, **values)
    unnumbered = case.moved.loc[case.moved["document"] == ""]
    if alike := int(unnumbered.duplicated().sum()):
        yield text("realised.alike", language, count=alike)
    if any_mode := int((case.moved["mode"] == "").sum()):
        yield text("realised.any_mode", language, count=any_mode)


def lane_view(frame: pd.DataFrame, scenario: Scenario, language: str) -> Table:
    """Tabulate the lanes over the horizon, the largest gap between plan and fact first."""
    names = scenario.names("provinces", language)
    goods, modes = scenario.names("commodities", language), scenario.names("modes", language)
    lanes = sum_by(frame, LANE)
    gap = (lanes["missing_t"] + lanes["unplanned_t"]).sort_values(ascending=False, kind="stable")
    view = _view("realised.by_lane", ["realised.lane"], language)
    for row in lanes.loc[gap.index].head(MOST).to_dict("records"):
        way = f"{names[row['origin']]} > {names[row['destination']]}"
        kind = ", ".join(filter(None, [goods[row["commodity"]], modes.get(row["mode"], "")]))
        view.add_row(f"{way}, {kind}", *_figures(row, language))
    return view


def month_view(frame: pd.DataFrame, language: str) -> Table:
    """Tabulate the periods."""
    view = _view("realised.by_month", ["realised.month"], language)
    for row in sum_by(frame, ["period"]).to_dict("records"):
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
