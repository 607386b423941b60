"""Figures in another form of the good -> tonnes of the commodity, by the published rate of the province.

tonnes of the commodity = tonnes of the form * tonnes_per_tonne[commodity, form, province]

Paddy (GKP, GKG) and rice never add up as they are: without a rate the figure is a problem.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.errors import Problem

AMOUNTS = {
    "production": ["tonnes"],
    "need": ["tonnes", "kg_per_capita"],
    "stocks": ["opening_t", "closing_t", "reserve_t"],
}
"""Tables that may name a form, and their columns in it."""


def in_one_form(
    frames: dict[str, pd.DataFrame], problems: list[Problem]
) -> dict[str, pd.DataFrame]:
    """Return the tables with every figure in the form of its commodity.

    Parameters
    ----------
    frames
        Typed tables.
    problems
        Receives one entry for every figure without a rate.

    Returns
    -------
    The tables; `form` is blank where a figure was turned.
    """
    return frames | {name: _turned(frames, name, problems) for name in AMOUNTS}


def _turned(frames: dict[str, pd.DataFrame], name: str, problems: list[Problem]) -> pd.DataFrame:
    frame, goods = frames[name], frames["commodities"].drop_duplicates("commodity")
    own = frame["commodity"].map(goods.set_index("commodity")["form"].str.lower())
    other = (frame["form"] != "") & (frame["form"].str.lower() != own)
    if not other.any():
        return frame
    rows = frame.loc[other]
    rate = _rates(frames["conversions"], rows)
    lost = rows.loc[np.isnan(rate), ["_file", "_line", "form", "commodity"]]
    for file, line, form, commodity in lost.itertuples(index=False, name=None):
        values = {"value": form, "commodity": commodity}
        problems.append(Problem("unlike_forms", file, line, "form", values))
    turned = frame.copy()
    for column in AMOUNTS[name]:
        turned.loc[other, column] = rows[column] * rate
    turned.loc[other, "form"] = ""
    return turned


def _rates(conversions: pd.DataFrame, rows: pd.DataFrame) -> Floats:
    """Return the rate of each row: that of its province, else that of the nation; NaN without one."""
    known = conversions.assign(form=conversions["form"].str.lower())
    rates = known.drop_duplicates(["commodity", "form", "province"]).set_index(
        ["commodity", "form", "province"]
    )["tonnes_per_tonne"]
    asked = rows[["commodity", "form", "province"]].assign(form=rows["form"].str.lower())
    local = rates.reindex(pd.MultiIndex.from_frame(asked)).to_numpy(dtype=float)
    national = rates.reindex(pd.MultiIndex.from_frame(asked.assign(province=""))).to_numpy(
        dtype=float
    )
    return np.where(np.isnan(local), national, local)
