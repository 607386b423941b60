"""Plan against fact: of each lane and period, what was planned and what moved.

kept       = min(planned_t, realised_t)
unplanned  = max(0, realised_t - planned_t)         what moved beside or beyond the plan
share      = sum of kept / sum of planned_t
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.schema.horizon import Horizon

LANE = ["origin", "destination", "mode", "commodity"]
KEY = [*LANE, "period"]
_ANY_MODE = ["origin", "destination", "commodity"]


class AssessedPlan(NamedTuple):
    """What can be judged on a day: the plan of the periods that have begun, and what moved until then.

    Parameters
    ----------
    until
        The day.
    flows
        The plan of the periods that have begun.
    moved
        What moved until the day, each notice once.
    waiting
        The periods that have not begun.
    later
        Rows dated after the day, left out.
    repeated
        Rows that repeat a notice with all its cells, left out.
    """

    until: dt.date
    flows: pd.DataFrame
    moved: pd.DataFrame
    waiting: tuple[str, ...]
    later: pd.DataFrame
    repeated: pd.DataFrame


def split_assessable(
    flows: pd.DataFrame, moved: pd.DataFrame, horizon: Horizon, until: dt.date
) -> AssessedPlan:
    """Part what can be judged on a day from what cannot yet.

    Parameters
    ----------
    flows
        `flows.csv` of a run.
    moved
        Rows with `date`, `period` and `repeated`, as `read_manifest` gives them.
    horizon
        The periods of the plan.
    until
        Periods that begin after this day are no part of the comparison, and neither is cargo of a later day.
    """
    begun = horizon.begun_by(until)
    waiting = tuple(label for label in horizon.labels if label not in begun)
    later = moved["date"] > until.isoformat()
    once = moved.loc[~moved["repeated"] & ~later]
    repeated = moved.loc[moved["repeated"]]
    return AssessedPlan(
        until, flows.loc[flows["period"].isin(begun)], once, waiting, moved.loc[later], repeated
    )


def realisation_table(flows: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """Set what moved beside the plan.

    Parameters
    ----------
    flows
        `flows.csv` of a run: origin, destination, mode, commodity, period, tonnes.
    moved
        What really moved, with the same columns. A blank mode counts with the mode that the plan uses most
        between the two provinces for that commodity; where it uses none, the mode stays blank. A blank
        period lies outside the horizon and is left out: see `rows_outside_horizon`.

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


def sum_by(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up what `realisation_table` gives: kept, missing and unplanned stay those of the single lanes."""
    parts = ["planned_t", "realised_t", "kept_t", "unplanned_t", "missing_t"]
    return _with_share(frame.groupby(keys, as_index=False)[parts].sum())


def rows_outside_horizon(moved: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose day lies outside the horizon of the plan."""
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
