"""Looks at the sums of the nation, and at what may be imported."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import (
    OTHERS,
    remarks,
    shown_figures,
    unlike_most,
)
from planner.scenario.checks.plausibility.views import View

_SUMMED = {"production", "need", "stocks", "imports", "provinces", "commodities", "conversions"}
LEAST_STOCK = 1.0
"""Days of need below which the opening stock of a nation is hardly true."""


def _unbalanced(view: View) -> Iterator[Problem]:
    """Find goods of which the nation has two and a half times what it needs, or less than it needs."""
    rows = view["need"].drop_duplicates("commodity").set_index("commodity")
    for commodity in view.whole_years:
        if key := _balance_key(view, commodity):
            place = str(rows["_file"][commodity]), int(rows["_line"][commodity])
            have = view.available.get(commodity, np.nan)
            values = {
                "value": commodity,
                "need": f"{view.nation[commodity]:.0f}",
                "have": f"{have:.0f}",
            }
            yield Problem(key, *place, "commodity", values, blocking=False)


def _balance_key(view: View, commodity: str) -> str:
    """Return the name of the remark on a balance; "" where there is nothing to remark."""
    if commodity in view.unbalanced:
        return "nation_unbalanced"
    if view.spoilt & _SUMMED or commodity in _processed(view):
        return ""
    return "nation_short" if view.available.get(commodity, np.nan) < view.nation[commodity] else ""


def _processed(view: View) -> set[str]:
    """Return what is made of other goods, or into others: its harvest does not tell how much there is."""
    recipes = view["recipes"]
    return {*recipes["input"], *recipes["output"]}


def _opening(view: View) -> Iterator[Problem]:
    """Find goods with opening stocks in many provinces that would be eaten within a day."""
    stocks = view["stocks"]
    given = stocks[stocks["opening_t"] > 0]
    for commodity, rows in given.groupby("commodity", sort=False):
        need = view.nation.get(commodity, 0.0)
        days = rows["opening_t"].sum() / need * 365 if need > 0 else np.inf
        if len(rows) >= OTHERS and days < LEAST_STOCK and not view.spoilt:
            first = rows.iloc[0]
            values = {"value": commodity, "days": f"{days:.2g}"}
            place = str(first["_file"]), int(first["_line"]), "opening_t"
            yield Problem("stock_of_a_day", *place, values, blocking=False)


def _imports(view: View) -> Iterator[Problem]:
    """Find imports of more than the nation needs, or unlike those over other ports."""
    imports = view["imports"]
    need = imports["commodity"].map(view.nation)
    yearly = (imports["period"] == "") & ~imports["commodity"].isin(view.dated | view.unbalanced)
    more = yearly & (imports["max_tonnes"] > need)
    figures = {"need": [f"{figure:.0f}" for figure in need[more]]}
    yield from remarks("import_above_need", imports, more, "max_tonnes", **figures)
    little = (
        yearly & (imports["max_tonnes"] > 0) & (imports["max_tonnes"] < _usual_limit(imports) / 15)
    )
    usual = shown_figures(_usual_limit(imports)[little])
    yield from remarks("unlike_usual", imports, little, "max_tonnes", usual=usual)
    rows, most = unlike_most(imports["idr_per_t"], imports["commodity"].map(lambda _: ""), 2.5)
    yield from remarks(
        "unlike_all_others", imports, rows, "idr_per_t", usual=shown_figures(most[rows])
    )


def _usual_limit(imports: pd.DataFrame) -> pd.Series[float]:
    """Return the median over the ports of a good; NaN where there are fewer than four."""
    group = imports.groupby("commodity")["max_tonnes"]
    return group.transform("median").where(group.transform("count") >= 4)


LOOKS_AT_THE_NATION = (_unbalanced, _opening, _imports)
