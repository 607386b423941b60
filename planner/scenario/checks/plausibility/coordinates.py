"""Looks at where ports and capitals lie."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Problem
from planner.scenario.checks.plausibility.outliers import remarks
from planner.scenario.checks.plausibility.views import FAR, View


def _ports(view: View) -> Iterator[Problem]:
    """Find ports far from the capital of their province, and places whose ways are too short for where they lie.

    Where all ports of a province are far off and their ways fit, it is the capital that is misplaced.
    """
    ports, provinces = view["ports"], view["provinces"]
    by_ways = ports["port"].isin(view.misplaced["distance_nm"])
    rest = view.far_off & ~by_ways
    alone = view.far_off.groupby(ports["province"]).transform("all") & rest
    fitting = alone & ports["port"].isin(view["arcs"]["origin_port"])
    yield from remarks("port_far", ports, view.far_off & ~fitting, "lat", km=FAR)
    yield from remarks("place_unlike_ways", ports, by_ways & ~view.far_off, "lat")
    odd = provinces["province"].isin({*ports.loc[fitting, "province"]})
    yield from remarks("capital_far", provinces, odd, "lat", km=FAR)
    roads = provinces["province"].isin(view.misplaced["distance_km"]) & ~odd
    yield from remarks("place_unlike_ways", provinces, roads, "lat")


LOOKS_AT_PLACES = (_ports,)
