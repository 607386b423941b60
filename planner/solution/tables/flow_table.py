"""Flows: what is dispatched from where to where."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Array, Integers
from planner.market.balance import Balance
from planner.market.network import Network
from planner.solution.plan_values import PlanValues

LANE = ["origin", "destination", "mode", "service", "commodity"]
KEY = [*LANE, "period"]


def flow_table(plan: PlanValues) -> pd.DataFrame:
    """Return one row for each lane and period that carries cargo.

    Returns
    -------
    `tonnes` as dispatched, `received_t` after loss and without what is spoilt when it arrives, `idr` freight and
    handling; `arrival_period` is the last in which part of it arrives, which may lie behind the horizon. Where a
    service joins two provinces by several pairs of calls, their cargo is added up.
    """
    network, tonnes = plan.network, plan.value("flow")
    moved = np.flatnonzero(tonnes)
    index = plan.column("flow").index
    lane, period, age = (index[axis][moved] for axis in ("lane", "period", "age"))
    arrival = period + network.lag[lane] + (network.late[lane] > 0)
    labels = plan.scenario.horizon.labels_with(int(network.lag.max(initial=0)) + 1)
    frame = pd.DataFrame(
        {
            **lane_labels(plan.balance, network, lane),
            "period": plan.label("period", period),
            "arrival_period": np.array(labels, dtype=object)[arrival],
            "tonnes": tonnes[moved],
            "received_t": tonnes[moved] * network.received(lane, age),
            "idr": tonnes[moved] * network.freight[lane],
        }
    )
    sums = {"arrival_period": "max", "tonnes": "sum", "received_t": "sum", "idr": "sum"}
    return frame.groupby(KEY, as_index=False).agg(sums)


def lane_labels(balance: Balance, network: Network, lanes: Integers) -> dict[str, Array]:
    """Return what lanes are called, by the columns of `LANE`."""
    goods = np.array(balance.commodities, dtype=object)
    return {
        **arc_labels(balance, network, network.lane_arc[lanes]),
        "commodity": goods[network.lane_commodity[lanes]],
    }


def arc_labels(balance: Balance, network: Network, arcs: Integers) -> dict[str, Array]:
    """Return origin, destination, mode and service of arcs."""
    places = np.array(balance.provinces, dtype=object)
    return {
        "origin": places[network.origin[arcs]],
        "destination": places[network.destination[arcs]],
        "mode": np.array(network.mode, dtype=object)[arcs],
        "service": np.array(network.service, dtype=object)[arcs],
    }
