"""Changed cells of the periods of a row, gathered: one line for each factor by which they changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.arrays import positions

MOST_FACTORS = 3
"""Of so many factors at most each gets a line of its own in a row whose periods changed unlike."""


def group_periods(
    cells: pd.DataFrame, periods: Sequence[str], flows: Sequence[str]
) -> pd.DataFrame:
    """Build one line of the periods in which a cell changed alike.

    Parameters
    ----------
    cells
        Changed cells: column, key, period (blank where the table has none), change, source, and before
        and after as numbers or as text_before and text_after.
    periods
        Periods of the horizon.
    flows
        Columns that are summed over periods; of all others the mean is given.
    """
    cells = cells.assign(factor=_factors(cells), when=positions(periods, cells["period"]))
    lines = cells.groupby(["column", "change", "key", "factor"], sort=False)
    result = lines[["text_before", "text_after", "source"]].first()
    flow = result.index.get_level_values("column").isin(flows)
    for side in ("before", "after"):
        result[side] = np.where(flow, lines[side].sum(min_count=1), lines[side].mean())
    result = result.reset_index()
    result["periods"] = lines["when"].agg(lambda when: _period_words(when, periods)).to_numpy()
    result["by_period"] = np.where(result["factor"] == "", "varies", "same")
    result.loc[lines.size().to_numpy() == 1, "by_period"] = ""
    result["difference"] = result["after"] - result["before"]
    result["relative"] = result["difference"] / result["before"].where(result["before"] != 0)
    for side in ("before", "after"):
        words = result[side].map(format_cell)
        result[side] = words.where(words != "", result[f"text_{side}"])
    return result


def format_cell(value: object) -> str:
    """Write a cell: blank for an open number, no more digits than it has."""
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.10g}"
    return str(value)


def _factors(cells: pd.DataFrame) -> pd.Series[str]:
    """Name the change of each cell; blank where a row has too many to tell apart."""
    ratio = cells["after"] / cells["before"].where(cells["before"] != 0)
    texts = cells["text_before"] + "\n" + cells["text_after"]
    factor = ratio.map(lambda value: f"{value:.7g}").where(cells["before"].notna(), texts)
    kinds = factor.groupby([cells["column"], cells["change"], cells["key"]]).transform("nunique")
    return factor.where(kinds <= MOST_FACTORS, "")


def _period_words(when: pd.Series[int], periods: Sequence[str]) -> str:
    """Name periods: the first and last of an unbroken span, or each."""
    places = sorted(set(when))
    if places[0] < 0:
        return ""
    if places[-1] - places[0] + 1 == len(places) > 1:
        return f"{periods[places[0]]}/{periods[places[-1]]}"
    return ", ".join(periods[place] for place in places)
