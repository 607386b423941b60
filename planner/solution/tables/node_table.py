"""Nodes: every term of the balance of a province, and how much of its need is met."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.solution.plan_values import PlanValues
from planner.solution.tables.processing_table import tonnes_made


def node_table(plan: PlanValues) -> pd.DataFrame:
    """Return every term of every balance row.

    opening + supplied + imported + received + made + unmet
        =  need + sent + used + spoilt + discarded + closing,
    and production = supplied + unused.
    """
    closing = plan.cube("stock")
    opening = np.concatenate([plan.balance.opening[:, :, None], closing[:, :, :-1]], axis=2)
    sent, received = _dispatched(plan), _received(plan)
    supplied = plan.cube("supplied")
    return _frame(
        plan,
        opening=opening,
        supplied=supplied,
        unused=plan.balance.produced - supplied,
        imported=plan.cube("imported"),
        received=received,
        made=tonnes_made(plan),
        unmet=plan.cube("unmet"),
        need=plan.balance.need,
        sent=sent,
        used=plan.cube("processed"),
        spoilt=opening * (1 - plan.market.survival)[None, :, None],
        discarded=plan.cube("discarded"),
        closing=closing,
    )


def coverage_table(plan: PlanValues) -> pd.DataFrame:
    """Return need, what is served of it, what is not, and the share served, where there is need."""
    need, unmet = plan.balance.need, plan.cube("unmet")
    share = np.divide(need - unmet, need, out=np.ones_like(need), where=need > 0)
    frame = _frame(plan, need_t=need, served_t=need - unmet, unmet_t=unmet, coverage=share)
    return frame.loc[frame["need_t"] > 0].reset_index(drop=True)


def _frame(plan: PlanValues, **cubes: Floats) -> pd.DataFrame:
    balance = plan.balance
    axes = [balance.provinces, balance.commodities, balance.periods]
    index = pd.MultiIndex.from_product(axes, names=["province", "commodity", "period"])
    data = {name: cube.ravel() for name, cube in cubes.items()}
    frame = pd.DataFrame(data, index=index).reset_index()
    return frame.sort_values(["province", "commodity", "period"], ignore_index=True)


def _dispatched(plan: PlanValues) -> Floats:
    network, index = plan.network, plan.column("flow").index
    lane = index["lane"]
    sent = np.zeros(plan.balance.need.shape)
    place = network.lane_origin[lane], network.lane_commodity[lane], index["period"]
    np.add.at(sent, place, plan.value("flow"))
    return sent


def _received(plan: PlanValues) -> Floats:
    """Add up what arrives within the horizon, net of loss."""
    network, index = plan.network, plan.column("flow").index
    lane, periods = index["lane"], len(plan.balance.periods)
    received = np.zeros(plan.balance.need.shape)
    tonnes = plan.value("flow")
    for delay, share in network.arriving(lane, index["age"]):
        arrival = index["period"] + delay
        inside = arrival < periods
        place = network.lane_destination[lane], network.lane_commodity[lane], arrival
        np.add.at(received, tuple(axis[inside] for axis in place), (tonnes * share)[inside])
    return received
