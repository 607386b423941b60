"""Flows: what is dispatched from where to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from planner.solution.solution import Solution

KEY = ["origin", "destination", "mode", "service", "commodity", "period"]


def table(solution: Solution) -> pd.DataFrame:
    """Give one row for each lane and period that carries cargo.

    Returns
    -------
    `tonnes` as dispatched, `received_t` after loss, `idr` freight and handling; `arrival_period` is the
    last in which part of it arrives, which may lie behind the horizon. Where a service joins two
    provinces by several pairs of calls, their cargo is added up.
    """
    network, tonnes = solution.network, solution.value("flow")
    moved = np.flatnonzero(tonnes)
    index = solution.column("flow").index
    lane, period = index["lane"][moved], index["period"][moved]
    arrival = period + network.lag[lane] + (network.late[lane] > 0)
    labels = solution.scenario.horizon.labels_with(int(network.lag.max(initial=0)) + 1)
    frame = pd.DataFrame(
        {
            "origin": solution.label("province", network.lane_origin[lane]),
            "destination": solution.label("province", network.lane_destination[lane]),
            "mode": np.array(network.mode, dtype=object)[network.lane_arc[lane]],
            "service": np.array(network.service, dtype=object)[network.lane_arc[lane]],
            "commodity": solution.label("commodity", network.lane_commodity[lane]),
            "period": solution.label("period", period),
            "arrival_period": np.array(labels, dtype=object)[arrival],
            "tonnes": tonnes[moved],
            "received_t": tonnes[moved] * (1 - network.loss[lane]),
            "idr": tonnes[moved] * network.freight[lane],
        }
    )
    sums = {"arrival_period": "max", "tonnes": "sum", "received_t": "sum", "idr": "sum"}
    return frame.groupby(KEY, as_index=False).agg(sums)
