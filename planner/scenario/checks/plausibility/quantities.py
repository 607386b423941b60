"""Looks at people, need, harvests and stocks of the provinces."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import (
    others_range,
    outside,
    remarks,
    shown_figures,
    unlike_most,
)
from planner.scenario.checks.plausibility.views import View
from planner.scenario.checks.relations import iterate_cells

MOST_A_HEAD = 2.5
"""Factor above the largest harvest a head elsewhere that is still believed."""
STOCK_FACTOR = 1.8
"""Factor beyond the range of days of need elsewhere, within which a stock is still believed."""
_YEAR = 365


def kilograms(view: View) -> Iterator[Problem]:
    """Find need or stock of more than two tonnes a person, and harvests beyond all measure.

    Where hardly anybody lives it is the people that are wrong, and all their tonnes look absurd.
    """
    nobody = _hardly_anybody(view)
    provinces = view["provinces"]
    at = provinces["province"].isin(nobody)
    for file, line, value in iterate_cells(provinces, at, "population"):
        yield Problem("hardly_anybody", file, line, "population", {"value": f"{value:.10g}"})
    for table, column, rows in _absurd(view):
        known = rows & ~view[table]["province"].isin(nobody)
        for file, line, value in iterate_cells(view[table], known, column):
            yield Problem("looks_like_kg", file, line, column, {"value": f"{float(value):.10g}"})


def _absurd(view: View) -> list[tuple[str, str, pd.Series[bool]]]:
    """Return table, column and rows of tonnes that can be nothing but kilograms."""
    return [
        ("need", "tonnes", view["need"]["tonnes"] > 2 * view.people_of("need")),
        ("stocks", "opening_t", view["stocks"]["opening_t"] > 2 * view.people_of("stocks")),
        ("production", "tonnes", absurd_harvest(view)),
    ]


def _hardly_anybody(view: View) -> set[str]:
    """Return the provinces of fewer than a thousand people, all of whose need is absurd for so few."""
    provinces, need = view["provinces"], view["need"]
    few = provinces.loc[provinces["population"].between(0, 1000, inclusive="left"), "province"]
    if few.empty:
        return set()
    people = view.of_province(need["province"], "population")
    absurd = (need["tonnes"] > 2 * people).groupby(need["province"]).all()
    return {*few} & {*absurd.index[absurd]}


def absurd_harvest(view: View) -> pd.Series[bool]:
    """Return where more than five tonnes a person, and twenty times the need of the nation, are produced."""
    made = view["production"]
    many = made["tonnes"] > 5 * view.people_of("production")
    return many & (made["tonnes"] > 20 * made["commodity"].map(view.nation))


def _people(view: View) -> Iterator[Problem]:
    """Find populations in thousands, larger than all others together, or unlike the stocks."""
    provinces = view["provinces"]
    people = provinces["population"]
    usual = f"{people.median():.0f}"
    yield from remarks("few_people", provinces, view.few, "population", usual=usual)
    first = pd.Series(np.arange(len(provinces)) == 0, provinces.index) & view.in_thousands
    yield from remarks("people_in_thousands", provinces, first, "population")
    yield from remarks("people_of_all", provinces, view.most, "population")
    fitting = provinces["province"].map(view.doubted)
    rows = fitting.notna() & ~view.few & ~view.most
    yield from remarks(
        "people_unlike", provinces, rows, "population", fitting=shown_figures(fitting[rows])
    )
    twice = provinces.duplicated("name") & (provinces["name"] != "")
    yield from remarks("doubled_name", provinces, twice, "name")


def _need_of_a_person(view: View) -> Iterator[Problem]:
    """Find need of a person that is three times, or a third of, what is usual elsewhere."""
    need, person, usual = view["need"], view.person, view.usual_person
    odd = (person > 3 * usual) | (person < usual / 3)
    for column in ("kg_per_capita", "tonnes"):
        rows = odd & need[column].notna()
        yield from remarks("need_unlike", need, rows, column, usual=shown_figures(usual[rows]))


def _harvests(view: View) -> Iterator[Problem]:
    """Find provinces that produce far more a head than any other, or three times the need of the nation."""
    made = view["production"]
    many = (made["tonnes"] > 3 * made["commodity"].map(view.nation)) & ~absurd_harvest(view)
    many &= ~made["commodity"].isin(view.unbalanced)
    yield from remarks("more_than_nation", made, many, "tonnes")
    head = made["tonnes"] / view.people_of("production")
    head = head.where(~made["province"].isin(view.doubted.index))
    _, most = others_range(head, made["commodity"] + " " + made["period"])
    rows = (head > MOST_A_HEAD * most) & (made["tonnes"] > view.need_of("production"))
    figures = {
        "head": shown_figures(1000 * head[rows]),
        "most": shown_figures(1000 * most[rows.to_numpy()]),
    }
    yield from remarks("harvest_unlike", made, rows & ~many, "tonnes", **_kept(figures, rows, many))


def _kept(
    figures: dict[str, list[str]], rows: pd.Series[bool], left_out: pd.Series[bool]
) -> dict[str, list[str]]:
    """Leave out the figures of rows that another remark tells of."""
    kept = ~left_out[rows].to_numpy()
    return {
        name: [f for f, keep in zip(cells, kept, strict=True) if keep]
        for name, cells in figures.items()
    }


def _losses(view: View) -> Iterator[Problem]:
    """Find a loss after harvest unlike that of all other provinces."""
    made = view["production"]
    rows, usual = unlike_most(made["loss"], made["commodity"], 3)
    yield from remarks("unlike_all_others", made, rows, "loss", usual=shown_figures(usual[rows]))


def _stocks(view: View) -> Iterator[Problem]:
    """Find opening stocks of years of need, or for far more or fewer days than elsewhere."""
    stocks = view["stocks"]
    keys = pd.MultiIndex.from_frame(stocks[["province", "commodity"]])
    years = stocks["opening_t"] / view.flow.reindex(keys).to_numpy()
    many = (years > 2) & np.isfinite(years) & ~stocks["commodity"].isin(view.unbalanced)
    many &= ~(stocks["opening_t"] > 2 * view.people_of("stocks"))
    yield from remarks("stock_of_years", stocks, many, "opening_t")
    share = view.stock_share.where(~stocks["province"].isin(view.doubted.index))
    low, high = (bound * _YEAR for bound in others_range(share, stocks["commodity"]))
    rows = outside(share, stocks["commodity"], STOCK_FACTOR) & ~many
    at = rows.to_numpy()
    days = {
        "days": shown_figures(share[rows] * _YEAR),
        "low": shown_figures(low[at]),
        "high": shown_figures(high[at]),
    }
    yield from remarks("stock_unlike", stocks, rows, "opening_t", **days)


def _kept_back(view: View) -> Iterator[Problem]:
    """Find reserves for far more days than elsewhere, and shares of households unlike those of others."""
    stocks = view["stocks"]
    days = (stocks["reserve_t"] / view.need_of("stocks")).where(stocks["reserve_t"] > 0)
    low, high = others_range(days, stocks["commodity"])
    rows = (days > 2 * high) & ~stocks["province"].isin(view.doubted.index)
    bounds = {
        "days": shown_figures(_YEAR * days[rows]),
        "high": shown_figures(_YEAR * high[rows.to_numpy()]),
    }
    yield from remarks("reserve_unlike", stocks, rows, "reserve_t", **bounds)
    share = stocks["local_share"]
    low, high = others_range(share, stocks["commodity"])
    rows = outside(share, stocks["commodity"], 2)
    at = rows.to_numpy()
    bounds = {"low": shown_figures(low[at]), "high": shown_figures(high[at])}
    yield from remarks("unlike_range", stocks, rows, "local_share", **bounds)


def _rates(view: View) -> Iterator[Problem]:
    """Find rates of conversion unlike those of other provinces."""
    rates = view["conversions"]
    group = rates["commodity"] + " " + rates["form"].str.lower()
    low, high = others_range(rates["tonnes_per_tonne"], group)
    rows = outside(rates["tonnes_per_tonne"], group, 1.3)
    at = rows.to_numpy()
    bounds = {"low": shown_figures(low[at]), "high": shown_figures(high[at])}
    yield from remarks("unlike_range", rates, rows, "tonnes_per_tonne", **bounds)


LOOKS_AT_TONNES = (
    kilograms, _people, _need_of_a_person, _harvests, _losses, _stocks, _kept_back, _rates,
)  # fmt: skip
