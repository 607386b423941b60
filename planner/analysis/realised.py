"""Plan against fact: of each lane and period, what was planned and what moved.

kept       = min(planned_t, realised_t)
unplanned  = max(0, realised_t - planned_t)         what moved beside or beyond the plan
share      = sum of kept / sum of planned_t
"""

from __future__ import annotations

import numpy as np
import pandas as pd

LANE = ["origin", "destination", "mode", "commodity"]
KEY = [*LANE, "period"]
_ANY_MODE = ["origin", "destination", "commodity"]


def realised(flows: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """Set what moved beside the plan.

    Parameters
    ----------
    flows
        `flows.csv` of a run: origin, destination, mode, commodity, period, tonnes.
    moved
        What really moved, with the same columns. A blank mode counts with the mode that the plan uses most
        between the two provinces for that commodity; where it uses none, the mode stays blank. A blank
        period lies outside the horizon and is left out: see `outside`.

    Returns
    -------
    One row for each lane and period with cargo in either: `planned_t`, `realised_t`, `kept_t`,
    `unplanned_t`, `missing_t` (t) and `share` (kept of planned; NaN where nothing was planned), the
    largest gap between plan and fact first.
    """
    inside = moved.loc[moved["period"] != ""]
    fact = inside.assign(mode=_modes(flows, inside)).groupby(KEY)["tonnes"].sum()
    plan = flows.groupby(KEY)["tonnes"].sum()
    both = pd.concat({"planned_t": plan, "realised_t": fact}, axis=1).fillna(0.0)
    both = both.loc[(both > 0).any(axis=1)]
    return _compared(both.reset_index())


def by(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up what `realised` gives: kept, missing and unplanned stay those of the single lanes."""
    parts = ["planned_t", "realised_t", "kept_t", "unplanned_t", "missing_t"]
    return _with_share(frame.groupby(keys, as_index=False)[parts].sum())


def outside(moved: pd.DataFrame) -> pd.DataFrame:
    """Give the rows whose day lies outside the horizon of the plan."""
    return moved.loc[moved["period"] == ""]


def _modes(flows: pd.DataFrame, moved: pd.DataFrame) -> pd.Series[str]:
    used = flows.groupby([*_ANY_MODE, "mode"])["tonnes"].sum().reset_index()
    most = used.sort_values(["tonnes", "mode"], ascending=[False, True]).drop_duplicates(_ANY_MODE)
    asked = pd.MultiIndex.from_frame(moved[_ANY_MODE])
    likely = most.set_index(_ANY_MODE)["mode"].reindex(asked).fillna("").to_numpy()
    return moved["mode"].where(moved["mode"] != "", pd.Series(likely, index=moved.index))


def _compared(both: pd.DataFrame) -> pd.DataFrame:
    plan, fact = both["planned_t"], both["realised_t"]
    both["kept_t"] = np.minimum(plan, fact)
    both["unplanned_t"] = np.maximum(fact - plan, 0.0)
    both["missing_t"] = np.maximum(plan - fact, 0.0)
    gap = (plan - fact).abs()
    order = both.assign(gap=-gap).sort_values(["gap", *KEY], kind="stable").index
    return _with_share(both.loc[order].reset_index(drop=True))


def _with_share(both: pd.DataFrame) -> pd.DataFrame:
    planned = both["planned_t"]
    return both.assign(share=both["kept_t"] / planned.where(planned > 0))
