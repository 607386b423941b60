"""Rows without a period or a province -> one row for each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.schema.columns import Table
from planner.schema.horizon import Horizon

SHARE = "share_of_year"


def spread(
    table: Table, frame: pd.DataFrame, horizon: Horizon, profiles: dict[str, Floats]
) -> pd.DataFrame:
    """Return a table whose every row names its period.

    A flow of a whole year is shared out:  flow[t] = flow[year] * share[t],  where the share comes from
    the profile of the row, or is the same every day. A price of a whole year holds in every period.

    Parameters
    ----------
    table
        Declaration of the table.
    frame
        Typed rows; a blank period means a calendar year. Rows that were spread before keep their share.
    horizon
        Periods to spread over.
    profiles
        Shares of the twelve months by profile.

    Returns
    -------
    Rows of the periods of the horizon with the further column `share_of_year`: the share of a year that
    falls into the period. The row index counts through; `_file` and `_line` stay with each row.
    """
    labels = np.array(horizon.labels, dtype=object)
    yearly = (frame["period"] == "").to_numpy()
    even = horizon.shares()
    fixed = frame.loc[~yearly & frame["period"].isin(labels).to_numpy()].copy()
    shared = pd.Series(even[pd.Index(labels).get_indexer(fixed["period"])], fixed.index)
    fixed[SHARE] = fixed[SHARE].fillna(shared) if SHARE in fixed else shared
    whole = frame.loc[yearly]
    long = whole.loc[whole.index.repeat(horizon.periods)].copy()
    shapes = {name: horizon.shares(shape) for name, shape in profiles.items()} | {"": even}
    names = whole["profile"] if "profile" in whole else pd.Series("", index=whole.index)
    shares = [shapes.get(name, even) for name in names]
    long["period"] = np.tile(labels, len(whole))
    long[SHARE] = np.concatenate(shares) if shares else np.zeros(0)
    for column in table.spread:
        long[column] = long[column] * long[SHARE]
    return (
        pd.concat([long, fixed], ignore_index=True) if len(fixed) else long.reset_index(drop=True)
    )


def in_every_province(table: Table, frame: pd.DataFrame, provinces: pd.Series[str]) -> pd.DataFrame:
    """Return a table whose every row names its province.

    Parameters
    ----------
    table
        Declaration of the table.
    frame
        Typed rows; a blank province means every one that has no row of its own under the same key.
    provinces
        BPS codes.

    Returns
    -------
    Rows of named provinces first. The row index counts through; `_file` and `_line` stay with each row.
    """
    blank = frame["province"] == ""
    if not blank.any() or provinces.empty:
        return frame
    codes = provinces.to_frame("province")
    everywhere = frame.loc[blank].drop(columns="province").merge(codes, how="cross")
    long = pd.concat([frame.loc[~blank], everywhere[frame.columns]], ignore_index=True)
    return long.drop_duplicates(list(table.key), ignore_index=True)
