"""How long the arcs are in terms of the straight line, and which places that speaks against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.scenario.checks.plausibility.outliers import great_circle_km

if TYPE_CHECKING:
    from planner.scenario.checks.plausibility.views import View

KM_PER_NM = 1.852
_ENDS = (("origin", "lat"), ("origin", "lon"), ("destination", "lat"), ("destination", "lon"))


def detour_ratio(view: View, column: str) -> pd.Series[float]:
    """Return the length of each arc in terms of the straight line; NaN where it is not known.

    Where the freight is given, a distance only informs: that of a ferry may leave out the road.
    """
    arcs = view["arcs"]
    rated = arcs[arcs["idr_per_t"].isna() & (arcs[column] > 0)]
    if column == "distance_km":
        ends = [view.of_province(rated[end], place) for end, place in _ENDS]
        km = rated[column]
    else:
        ends = [view.of_port(rated[f"{end}_port"], place) for end, place in _ENDS]
        km = rated[column] * KM_PER_NM
    with np.errstate(divide="ignore"):
        return (km / great_circle_km(*ends)).reindex(arcs.index)


def misplaced_points(view: View, column: str) -> set[str]:
    """Return the ports, or provinces, of which several ways are shorter than the straight line.

    Not the lengths are wrong there but the place itself. The worst is named first, and its ways are then left
    out: they do not speak against their other ends.
    """
    arcs, ratio = view["arcs"], view.lengths[column]
    part = "" if column == "distance_km" else "_port"
    known = ratio.notna().to_numpy()
    short = (ratio[known] < 0.9).to_numpy()
    ends = [arcs.loc[known, f"{end}{part}"].to_numpy(object) for end in ("origin", "destination")]
    found: set[str] = set()
    while short.any():
        there = pd.Series(np.concatenate([short, short])).groupby(np.concatenate(ends))
        count = there.agg(["sum", "mean"]).sort_values("mean")
        worst = count.iloc[-1]
        if worst["sum"] < 4 or worst["mean"] < 0.1:
            break
        found.add(str(count.index[-1]))
        rest = (ends[0] != count.index[-1]) & (ends[1] != count.index[-1])
        short, ends = short[rest], [end[rest] for end in ends]
    return found
