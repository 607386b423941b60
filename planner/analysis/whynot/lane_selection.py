"""Lanes as a table: what each costs, how long it takes, what it carries in the plan."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Integers
from planner.solution import Solution
from planner.solution.tables.flow_table import arc_labels


def select_lanes(
    solution: Solution,
    commodity: str,
    *,
    origin: str = "",
    destination: str = "",
    mode: str = "",
) -> Integers:
    """Return the positions of the lanes of a commodity, by codes; "" stands for any."""
    network, goods = solution.network, solution.balance.commodities
    arcs = np.isin(network.lane_arc, _arcs(solution, origin, destination, mode))
    return np.flatnonzero(arcs & (network.lane_commodity == goods.index(commodity)))


def lane_table(solution: Solution, lanes: Integers, period: str = "") -> pd.DataFrame:
    """Return one row for each lane, the fullest first, then the cheapest.

    Parameters
    ----------
    solution
        The plan.
    lanes
        Positions of the lanes, which become the index.
    period
        Count only what is dispatched in this period; "" counts the whole horizon.
    """
    network = solution.network
    flow = solution.column("flow")
    place = flow_columns(solution, lanes, period) - flow.start
    carried = np.bincount(
        flow.index["lane"][place], solution.value("flow")[place], len(network.freight)
    )
    table = _ways(solution, network.lane_arc[lanes]).set_index(pd.Index(lanes))
    table = table.assign(idr_per_t=network.freight[lanes], tonnes=carried[lanes])
    return table.sort_values(["tonnes", "idr_per_t"], ascending=[False, True], kind="stable")


def flow_columns(solution: Solution, lanes: Integers, period: str = "") -> Integers:
    """Return the ids of the flow columns of some lanes, in one period or all."""
    flow = solution.column("flow")
    chosen = np.isin(flow.index["lane"], lanes)
    if period:
        chosen &= flow.index["period"] == solution.balance.periods.index(period)
    return flow.ids[chosen]


def barred_connections(
    solution: Solution, commodity: str, *, origin: str, destination: str, mode: str = ""
) -> pd.DataFrame:
    """Return the connections that a commodity cannot use.

    Returns
    -------
    `reason` is "slow" (more days than `max_days`, or than it takes to spoil), "dear" (its freight stands for never)
    or "no_container" (it has no `tonnes_per_teu`).
    """
    arcs = _arcs(solution, origin, destination, mode)
    lanes = select_lanes(solution, commodity, origin=origin, destination=destination, mode=mode)
    shut = np.setdiff1d(arcs, solution.network.lane_arc[lanes])
    goods = solution.scenario.tables["commodities"].set_index("commodity")
    network, good = solution.network, solution.balance.commodities.index(commodity)
    spoilt = (network.keeps[good] + 1) * solution.scenario.horizon.days
    most = np.fmin(goods["max_days"][commodity], spoilt)
    table = _ways(solution, shut).assign(max_days=most)
    slow = (table["transit_days"] > most) | (table["transit_days"] >= spoilt)
    closed = network.closed_arc[network.closed_commodity == good]
    reason = np.where(slow, "slow", np.where(np.isin(shut, closed), "dear", "no_container"))
    return table.assign(reason=reason)


def _arcs(solution: Solution, origin: str, destination: str, mode: str) -> Integers:
    network, provinces = solution.network, solution.balance.provinces
    chosen = np.ones(len(network.origin), dtype=bool)
    for ends, code in ((network.origin, origin), (network.destination, destination)):
        if code:
            chosen &= ends == provinces.index(code)
    if mode:
        chosen &= np.array(network.mode, dtype=object) == mode
    return np.flatnonzero(chosen)


def _ways(solution: Solution, arcs: Integers) -> pd.DataFrame:
    labels = arc_labels(solution.balance, solution.network, arcs)
    return pd.DataFrame({**labels, "transit_days": solution.network.transit_days[arcs]})
