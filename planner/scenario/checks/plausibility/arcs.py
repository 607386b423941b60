"""Looks at arcs: their length, their time, and whether the way back is like the way there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import (
    OTHERS,
    remarks,
    shown_figures,
    unlike_most,
    whole_remarks,
)
from planner.scenario.checks.plausibility.views import View
from planner.schema.tables import LONGEST_DAYS

LOW_FREIGHT = 5_000
"""IDR/t: less than this for a tonne is rather the rate of a kilogram."""
SLOWEST = 90
"""Days within which every ship has arrived."""
ROUNDABOUT = 8
"""Times the straight line that no way is long."""
_BOTH_WAYS = ("distance_km", "distance_nm", "idr_per_t", "capacity", "transit_days")


def _lengths(view: View) -> Iterator[Problem]:
    """Find arcs shorter than the straight line, or many times as long, weeks too slow, paid by the kilogram."""
    arcs = view["arcs"]
    for column in ("distance_km", "distance_nm"):
        ratio = view.lengths[column]
        part = "" if column == "distance_km" else "_port"
        odd_place = view.misplaced[column]
        ours = ~arcs[f"origin{part}"].isin(odd_place) & ~arcs[f"destination{part}"].isin(odd_place)
        ours &= ~_at_far_port(view, column)
        yield from remarks("too_short", arcs, ours & (ratio < 0.9), column)
        long = ours & (ratio > ROUNDABOUT) & np.isfinite(ratio)
        yield from remarks("too_long", arcs, long, column, times=shown_figures(ratio[long]))
    slow = (arcs["transit_days"] > SLOWEST) & (arcs["transit_days"] <= LONGEST_DAYS)
    yield from remarks("too_slow", arcs, slow, "transit_days", most=SLOWEST)
    cheap = (arcs["idr_per_t"] < LOW_FREIGHT) & (arcs["idr_per_t"] > 0)
    if len(arcs) >= OTHERS and view.in_rupiah:
        yield from remarks("freight_per_kg", arcs, cheap, "idr_per_t")


def _at_far_port(view: View, column: str) -> pd.Series[bool]:
    """Return which arcs touch a port that is far from its province: nothing is known of their length."""
    arcs, far = view["arcs"], set(view["ports"].loc[view.far_off, "port"])
    if column == "distance_km":
        return pd.Series(data=False, index=arcs.index)
    return arcs["origin_port"].isin(far) | arcs["destination_port"].isin(far)


def _both_ways(view: View) -> Iterator[Problem]:
    """Find arcs unlike the way back, where nearly all others are like it.

    Of the two the one is told that is farther from the usual for its mode.
    """
    arcs = view["arcs"]
    if len(arcs) < OTHERS:
        return
    back = _way_back(arcs)
    for column in _BOTH_WAYS:
        here, there = arcs[column], arcs[column].reindex(back).set_axis(arcs.index)
        known = here.notna() & there.notna() & (there > 0) & (here > 0)
        differs = known & (np.abs(np.log(here.where(known) / there)) > 0.05)
        if known.sum() < OTHERS or differs.sum() > max(2, 0.05 * known.sum()):
            continue
        strange = _strangeness(view, column)
        theirs = strange.reindex(back).to_numpy()
        rows = differs & (
            (strange > theirs) | ((strange == theirs) & (back > arcs.index.to_numpy()))
        )
        yield from remarks("unlike_way_back", arcs, rows, column, back=shown_figures(there[rows]))
    loss, usual = unlike_most(arcs["loss"], arcs["mode"], 3)
    yield from remarks(
        "unlike_all_others", arcs, loss, "loss", usual=[f"{share:g}" for share in usual[loss]]
    )


def _way_back(arcs: pd.DataFrame) -> Floats:
    """Return the row of the way back of each arc; -1 where there is none."""
    there = ["origin", "destination", "mode", "origin_port", "destination_port"]
    back = ["destination", "origin", "mode", "destination_port", "origin_port"]
    key = pd.MultiIndex.from_frame(arcs[there])
    if key.has_duplicates:
        return np.full(len(arcs), -1.0)
    found = key.get_indexer(pd.MultiIndex.from_frame(arcs[back].set_axis(there, axis=1)))
    return np.where(found >= 0, arcs.index.to_numpy()[found], -1).astype(float)


def _strangeness(view: View, column: str) -> pd.Series[float]:
    """Return how far a figure is from the usual one of its mode, in powers of e: of its length, if it has one."""
    arcs = view["arcs"]
    ratio = view.lengths.get(column, arcs[column])
    usual = ratio.groupby(arcs["mode"]).transform("median")
    if column == "transit_days":
        length = arcs["distance_km"].fillna(arcs["distance_nm"])
        by_length = arcs.assign(_length=length).sort_values(["mode", "_length"])
        days = by_length.groupby("mode")[column]
        near = days.transform(
            lambda cells: cells.rolling(OTHERS + 1, center=True, min_periods=1).median()
        )
        usual = near.reindex(arcs.index)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.Series(np.log(ratio / usual), arcs.index).abs().fillna(0)


def _signed_nowhere(view: View) -> Iterator[Problem]:
    """Find lanes of a signed plan that are no way of the scenario."""
    signed, arcs = view["signed_plan"], view["arcs"]
    if view.spoilt & {"signed_plan", "arcs"}:
        return
    ends = ["origin", "destination", "mode"]
    offered = pd.MultiIndex.from_frame(arcs[ends])
    known = pd.Series(pd.MultiIndex.from_frame(signed[ends]).isin(offered), signed.index)
    ways = signed["origin"] + " - " + signed["destination"] + ", " + signed["mode"]
    yield from whole_remarks(
        "signed_nowhere", signed.assign(mode=ways), ~known & (signed["service"] == ""), "mode"
    )


LOOKS_AT_WAYS = (_lengths, _both_ways, _signed_nowhere)
