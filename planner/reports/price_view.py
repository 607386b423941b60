"""Price intervals as a table for reading."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from rich.table import Table

from planner.i18n import bare_money, locale_of, month, number, text
from planner.scenario import Scenario

LEAST_TOLD = 500.0
"""Half of a rupiah a kilogram, IDR/t; of another currency half of what is written of a kilogram."""
HEADS = ("price", "less", "more", "one_less", "one_more")


def price_view(table: pd.DataFrame, scenario: Scenario, language: str) -> Table:
    """Tabulate price intervals: a line for each province or, of one province, for each period.

    Parameters
    ----------
    table
        Rows of `price_ranges` of one commodity.
    scenario
        For the names.
    language
        ``"id"`` or ``"en"``.

    Returns
    -------
    Prices in rupiah a kilogram. A line that stands for many periods gives the lowest and highest price and
    the narrowest interval.
    """
    goods = scenario.names("commodities", language)[table["commodity"].iloc[0]].lower()
    title = text("prices.title", language, commodity=goods)
    view = Table(title=title, title_justify="left", box=None, pad_edge=False)
    one_each = not _many(table)
    view.add_column("", no_wrap=True)
    for head in HEADS if one_each else HEADS[:3]:
        view.add_column(text(f"prices.{head}", language), justify="right")
    names = scenario.names("provinces", language)
    alone = table["province"].nunique() == 1
    for key, rows in table.groupby("period" if alone else "province", sort=False):
        label = month(str(key), language) if alone else names[str(key)]
        ones = _ones(rows.iloc[0], language) if one_each else []
        view.add_row(label, *_line(rows, language), *ones)
    return view


def price_notes(table: pd.DataFrame, language: str) -> list[str]:
    """Write how to read the table, and how sure it is."""
    ends = table[["less_t", "more_t"]]
    agreed = text("prices.checked", language, agreed=int(ends.notna().sum().sum()), ends=ends.size)
    turning = int(table["degenerate"].sum())
    notes = [text("prices.meaning", language), agreed]
    if (table["idr_per_t"] < -LEAST_TOLD / 10 ** locale_of(language).money_decimals).any():
        notes.append(text("prices.below_zero", language))
    for kind, key in (("stock", "stock"), ("short", "scarce")):
        if count := int((table["kind"] == kind).sum()):
            notes.append(text(f"prices.{key}", language, count=count))
    if turning:
        key = "degenerate_spread" if _many(table) else "degenerate"
        notes.append(text(f"prices.{key}", language, count=turning))
    if _many(table):
        first, last = (
            month(label, language) for label in (table["period"].min(), table["period"].max())
        )
        notes.insert(0, text("prices.each_period", language, first=first, last=last))
    return notes


def _many(table: pd.DataFrame) -> bool:
    """Return whether a line of the view stands for many periods."""
    return table["province"].nunique() > 1 and table["period"].nunique() > 1


def _line(rows: pd.DataFrame, language: str) -> list[str]:
    low, high = (
        _kg(price, language) for price in (rows["idr_per_t"].min(), rows["idr_per_t"].max())
    )
    said = low if low == high else text("prices.span", language, low=low, high=high)
    return [said, _tonnes(rows["less_t"].min(), language), _tonnes(rows["more_t"].min(), language)]


def _ones(row: pd.Series[Any], language: str) -> list[str]:
    """Write what one tonne less saves, a dash where there is none, and what one more costs."""
    none_less = np.isnan(row["one_less_idr_per_t"]) and row["kind"] != "short"
    less = "-" if none_less else _kg(row["one_less_idr_per_t"], language)
    return [less, _kg(row["one_more_idr_per_t"], language)]


def _kg(idr_per_t: float, language: str) -> str:
    if np.isnan(idr_per_t):
        return text("prices.short", language)
    return bare_money(idr_per_t / 1000, language)


def _tonnes(value: float, language: str) -> str:
    """Write tonnes; nothing where solving again did not agree."""
    if np.isnan(value):
        return ""
    if np.isinf(value):
        return text("prices.endless", language)
    return number(value, language, 0 if value >= 10 else 1)
