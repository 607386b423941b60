"""Nodes: every term of the balance of a province, and how much of its need is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.solution.tables.processing_table import tonnes_made

if TYPE_CHECKING:
    from planner.solution.solution import Solution


def node_table(solution: Solution) -> pd.DataFrame:
    """Return every term of every balance row.

    opening + supplied + imported + received + made + unmet
        =  need + sent + used + spoilt + discarded + closing,
    and production = supplied + unused.
    """
    closing = solution.cube("stock")
    opening = np.concatenate([solution.balance.opening[:, :, None], closing[:, :, :-1]], axis=2)
    sent, received = _dispatched(solution), _received(solution)
    supplied = solution.cube("supplied")
    goods = solution.scenario.tables["commodities"]
    decay = goods["decay_per_day"].to_numpy(dtype=float)
    survival = (1 - decay) ** solution.balance.days
    return _frame(
        solution,
        opening=opening,
        supplied=supplied,
        unused=solution.balance.produced - supplied,
        imported=solution.cube("imported"),
        received=received,
        made=tonnes_made(solution),
        unmet=solution.cube("unmet"),
        need=solution.balance.need,
        sent=sent,
        used=solution.cube("processed"),
        spoilt=opening * (1 - survival)[None, :, None],
        discarded=solution.cube("discarded"),
        closing=closing,
    )


def coverage_table(solution: Solution) -> pd.DataFrame:
    """Return need, what is served of it, what is not, and the share served, where there is need."""
    need, unmet = solution.balance.need, solution.cube("unmet")
    share = np.divide(need - unmet, need, out=np.ones_like(need), where=need > 0)
    frame = _frame(solution, need_t=need, served_t=need - unmet, unmet_t=unmet, coverage=share)
    return frame.loc[frame["need_t"] > 0].reset_index(drop=True)


def _frame(solution: Solution, **cubes: Floats) -> pd.DataFrame:
    balance = solution.balance
    axes = [balance.provinces, balance.commodities, balance.periods]
    index = pd.MultiIndex.from_product(axes, names=["province", "commodity", "period"])
    data = {name: cube.ravel() for name, cube in cubes.items()}
    frame = pd.DataFrame(data, index=index).reset_index()
    return frame.sort_values(["province", "commodity", "period"], ignore_index=True)


def _dispatched(solution: Solution) -> Floats:
    network, index = solution.network, solution.column("flow").index
    lane = index["lane"]
    sent = np.zeros(solution.balance.need.shape)
    place = network.lane_origin[lane], network.lane_commodity[lane], index["period"]
    np.add.at(sent, place, solution.value("flow"))
    return sent


def _received(solution: Solution) -> Floats:
    """Add up what arrives within the horizon, net of loss."""
    network, index = solution.network, solution.column("flow").index
    lane, periods = index["lane"], len(solution.balance.periods)
    received = np.zeros(solution.balance.need.shape)
    tonnes = solution.value("flow")
    for delay, share in network.arriving(lane, index["age"]):
        arrival = index["period"] + delay
        inside = arrival < periods
        place = network.lane_destination[lane], network.lane_commodity[lane], arrival
        np.add.at(received, tuple(axis[inside] for axis in place), (tonnes * share)[inside])
    return received
