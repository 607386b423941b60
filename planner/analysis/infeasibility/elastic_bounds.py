"""Twins of what comes in:  0  <=  x  <=  bound  becomes  x + twin, with the terms of x.

100 % is the bound; a bound of 0 borrows what is told with each function.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from planner.analysis.infeasibility.extended_model import ExtendedModel, raisable
from planner.analysis.infeasibility.relaxations import (
    ElasticVariables,
    describe_elastic_variables,
    elastic_variables,
    label_rows,
    mean_need,
)
from planner.arrays import Integers

BARREN = 0.1
"""Share of a need that counts as 100 % of a harvest where there is none."""
CLOSED = 0.5
"""Share of a mean need that counts as 100 % of an import that is not allowed; else all of it."""


def production(model: ExtendedModel) -> ElasticVariables:
    """Harvest more; borrows a part of the need where there is no harvest."""
    block, balance = model.wide.columns["supplied"], model.balance
    place = block.index["province"], block.index["commodity"], block.index["period"]
    axes = [balance.provinces, balance.commodities, balance.periods]
    table = model.scenario.tables["production"].set_index(["province", "commodity", "period"])
    figures = table[["tonnes", "loss"]].reindex(pd.MultiIndex.from_product(axes), fill_value=0.0)
    at = np.ravel_multi_index(place, balance.need.shape)
    gross, loss = figures.to_numpy(dtype=float)[at].T
    net, need = balance.produced[place], balance.need[place]
    cells = describe_elastic_variables(
        "production",
        label_rows((balance.provinces, place[0]), (balance.commodities, place[1])),
        period=place[2],
        old=gross,
        size=1 - loss,
        scale=np.where(net > 0, net, BARREN * need),
    )
    return elastic_variables(model, cells, _copies(model, block.ids))


def imports(model: ExtendedModel) -> ElasticVariables:
    """Let more in: 100 % is the mean need of the nation at every port, half of it where nothing is allowed."""
    block, balance = model.wide.columns["imported"], model.balance
    commodity = block.index["commodity"]
    allowed = model.wide.upper[block.span]
    cells = describe_elastic_variables(
        "import",
        label_rows((model.network.ports, block.index["port"]), (balance.commodities, commodity)),
        period=block.index["period"],
        old=allowed,
        scale=mean_need(model).sum(0)[commodity] * np.where(allowed > 0, 1.0, CLOSED),
    )
    return elastic_variables(model, cells, _copies(model, block.ids))


def slow_lanes(model: ExtendedModel) -> ElasticVariables:
    """Take lanes slower than the good keeps: the time decides. 100 % is the mean need of the nation."""
    network, flow = model.wide_network, model.wide.columns["flow"]
    longest = model.scenario.tables["commodities"]["max_days"].fillna(np.inf).to_numpy(dtype=float)
    slow = network.transit_days[network.lane_arc] > longest[network.lane_commodity]
    chosen = slow[flow.index["lane"]]
    lane = flow.index["lane"][chosen]
    commodity = network.lane_commodity[lane]
    cells = describe_elastic_variables(
        "slow",
        label_rows((model.balance.commodities, commodity)),
        old=longest[commodity],
        scale=mean_need(model).sum(0)[commodity],
        needs=network.transit_days[network.lane_arc[lane]],
    )
    return elastic_variables(model, cells, _copies(model, flow.ids[chosen]))


def opening_stocks(model: ExtendedModel) -> ElasticVariables:
    """Begin with more; 100 % is at least a mean need."""
    balance, change = model.balance, model.per_tonne_of_opening
    wanted = raisable(balance) & (balance.need.sum(2) > 0)
    column = np.full(wanted.shape, -1)
    column[wanted] = np.arange(wanted.sum())
    rows, columns = [np.zeros(0, int)], [np.zeros(0, int)]
    for block in model.program.rows.values():
        places = np.flatnonzero(change[block.span])
        if len(places):
            own = block.index["province"][places], block.index["commodity"][places]
            rows.append(places + block.start)
            columns.append(column[own])
    row, twin = np.concatenate(rows), np.concatenate(columns)
    row, twin = row[twin >= 0], twin[twin >= 0]
    place, opening = np.nonzero(wanted), balance.opening[wanted]
    cells = describe_elastic_variables(
        "opening",
        label_rows((balance.provinces, place[0]), (balance.commodities, place[1])),
        old=opening,
        scale=np.maximum(opening, mean_need(model)[wanted]),
    )
    shape = (len(change), len(opening))
    return elastic_variables(model, cells, csc_array((-change[row], (row, twin)), shape=shape))


COLUMNS: tuple[Callable[[ExtendedModel], ElasticVariables], ...] = (
    production,
    imports,
    slow_lanes,
    opening_stocks,
)
"""What comes in."""


def _copies(model: ExtendedModel, columns: Integers) -> csc_array:
    return csc_array(model.doors[:, columns])
