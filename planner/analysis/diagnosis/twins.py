"""The elastic twins, one function for each kind of limit.

a row     sum of terms  <=  bound            sum of terms - twin  <=  bound
          sum of terms  >=  bound            sum of terms + twin  >=  bound
a column  0  <=  x  <=  bound                x + twin  in the place of x
price     100 * twin / bound  percent        a bound of 0 borrows a scale, told with each function

Need, the balance, the time goods keep in store and the soft targets (reserve, closing) have no twin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, hstack

from planner.analysis.diagnosis.limits import Twins
from planner.analysis.diagnosis.opened import Opened, raisable
from planner.arrays import Array, Floats, Integers, positions

TAKEN_AS_GIVEN = {"balance", "shelf_life", "reserve", "closing"}
"""Row families without twins."""
LITTLE = 0.01
"""Share of a need that counts as 100 % of a harvest where there is none."""
UNUSED_QUAY = 0.5
"""Share of a mean need that counts as 100 % of an import that is not allowed yet; else all of it."""


def twins_of(model: Opened) -> Twins:
    """Give the twins of every limit of a model."""
    parts = [make(model) for make in MAKERS]
    cells = pd.concat([part.cells for part in parts if len(part.cells)], ignore_index=True)
    return Twins(cells, csc_array(hstack([part.matrix for part in parts])))


def arcs(model: Opened) -> Twins:
    """Borrowed scale: what the destination needs of all goods in a mean period."""
    network, places = model.network, model.balance.provinces
    arc = model.program.rows["arc_capacity"].index["arc"]
    origin, destination = network.origin[arc], network.destination[arc]
    modes = np.array(network.mode, dtype=object)[arc]
    keys = [(places[o], places[d], m) for o, d, m in zip(origin, destination, modes, strict=True)]
    return _of_rows(model, "arc", "arc_capacity", keys, _mean_need(model).sum(1)[destination])


def ports(model: Opened) -> Twins:
    """Borrowed scale: what the province of the port needs of all goods in a mean period."""
    port = model.program.rows["port_throughput"].index["port"]
    home = positions(model.balance.provinces, model.scenario.tables["ports"]["province"])
    keys = [(model.network.ports[i],) for i in port]
    return _of_rows(
        model, "port", "port_throughput", keys, _mean_need(model).sum(1)[home[port]]
    )


def stores(model: Opened) -> Twins:
    """Borrowed scale: what the province needs of all goods in a mean period."""
    province = model.program.rows["storage"].index["province"]
    keys = [(model.balance.provinces[p],) for p in province]
    return _of_rows(model, "storage", "storage", keys, _mean_need(model).sum(1)[province])


def households(model: Opened) -> Twins:
    """What lies in households is let go: the local share of the opening stock falls."""
    balance, index = model.balance, model.program.rows["local_stock"].index
    place = index["province"], index["commodity"]
    opening, share = balance.opening[place], balance.local_share[place]
    twins = _of_rows(model, "local_stock", "local_stock", _named(model, *place), opening)
    local = opening * share
    return Twins(twins.cells.assign(old=share, size=opening, scale=local, most=local), twins.matrix)


def openings(model: Opened) -> Twins:
    """What should have lain there; at least a mean need counts as 100 %."""
    balance, change = model.balance, model.per_tonne_of_opening
    places, goods, _ = balance.need.shape
    wanted = raisable(balance) & (balance.need.sum(2) > 0)
    column = np.full((places, goods), -1)
    column[wanted] = np.arange(wanted.sum())
    parts = []
    for block in model.program.rows.values():
        touched = block.ids[change[block.span] != 0]
        if len(touched):
            index = block.index
            of = column[index["province"], index["commodity"]][touched - block.start]
            parts.append((touched[of >= 0], of[of >= 0]))
    row, twin = (np.concatenate(part) for part in zip(*parts, strict=True))
    shape = (len(change), int(wanted.sum()))
    opening = balance.opening[wanted]
    cells = _cells(
        "opening",
        _named(model, *np.nonzero(wanted)),
        old=opening,
        scale=np.maximum(opening, _mean_need(model)[wanted]),
    )
    return Twins(cells, csc_array((-change[row], (row, twin)), shape=shape))


def fields(model: Opened) -> Twins:
    """Borrowed scale: a hundredth of the need, where nothing is produced."""
    block, balance = model.wide.columns["supplied"], model.balance
    place = block.index["province"], block.index["commodity"], block.index["period"]
    axes = [balance.provinces, balance.commodities, balance.periods]
    table = model.scenario.tables["production"].set_index(["province", "commodity", "period"])
    figures = table[["tonnes", "loss"]].reindex(pd.MultiIndex.from_product(axes), fill_value=0.0)
    at = np.ravel_multi_index(place, balance.need.shape)
    net = balance.produced[place]
    cells = _cells(
        "production",
        _named(model, *place[:2]),
        period=place[2],
        old=figures["tonnes"].to_numpy()[at],
        size=1 - figures["loss"].to_numpy()[at],
        scale=np.where(net > 0, net, LITTLE * balance.need[place]),
    )
    return Twins(cells, _copies(model, block.ids))


def quays(model: Opened) -> Twins:
    """The same scale for all ports: the mean need of the nation, half of it for what is not allowed yet."""
    block, balance = model.wide.columns["imported"], model.balance
    commodity = block.index["commodity"]
    keys = [
        (model.network.ports[port], balance.commodities[k])
        for port, k in zip(block.index["port"], commodity, strict=True)
    ]
    allowed = model.wide.upper[block.span]
    mean = _mean_need(model).sum(0)[commodity]
    cells = _cells(
        "import",
        keys,
        period=block.index["period"],
        old=allowed,
        scale=mean * np.where(allowed > 0, 1.0, UNUSED_QUAY),
    )
    return Twins(cells, _copies(model, block.ids))


def slow_lanes(model: Opened) -> Twins:
    """Scale: the mean need of the nation; what counts is the time, whatever the tonnes."""
    network, flow = model.wide_network, model.wide.columns["flow"]
    longest = model.scenario.tables["commodities"]["max_days"].fillna(np.inf).to_numpy(dtype=float)
    slow = network.transit_days[network.lane_arc] > longest[network.lane_commodity]
    chosen = slow[flow.index["lane"]]
    lane = flow.index["lane"][chosen]
    commodity = network.lane_commodity[lane]
    cells = _cells(
        "slow",
        [(model.balance.commodities[k],) for k in commodity],
        old=longest[commodity],
        scale=_mean_need(model).sum(0)[commodity],
        needs=network.transit_days[network.lane_arc[lane]],
    )
    return Twins(cells, _copies(model, flow.ids[chosen]))


MAKERS: tuple[Callable[[Opened], Twins], ...] = (
    arcs,
    ports,
    stores,
    households,
    openings,
    fields,
    quays,
    slow_lanes,
)
"""Every kind of limit, one function each."""


def _of_rows(
    model: Opened, kind: str, family: str, keys: list[tuple[str, ...]], borrowed: Floats
) -> Twins:
    """Give a twin to each row of a family with one bound."""
    program, block = model.program, model.program.rows[family]
    upper, lower = program.row_upper[block.span], program.row_lower[block.span]
    at_most = np.isfinite(upper)
    bound = np.where(at_most, upper, lower)
    cells = _cells(
        kind,
        keys,
        period=block.index["period"],
        old=bound,
        scale=np.where(bound > 0, bound, borrowed),
    )
    terms = np.where(at_most, -1.0, 1.0), (block.ids, np.arange(block.size))
    return Twins(cells, csc_array(terms, shape=(program.matrix.shape[0], block.size)))


def _cells(kind: str, keys: list[tuple[str, ...]], **figures: Array) -> pd.DataFrame:
    usual = {"period": -1, "size": 1.0, "most": np.inf, "needs": np.nan}
    labels = pd.Series(keys, dtype=object)
    return pd.DataFrame({"kind": kind, "key": labels, **usual, **figures}, index=labels.index)


def _copies(model: Opened, columns: Integers) -> csc_array:
    return csc_array(csc_array(model.wide.matrix)[:, columns])


def _named(model: Opened, province: Integers, commodity: Integers) -> list[tuple[str, ...]]:
    places, goods = model.balance.provinces, model.balance.commodities
    return [(places[p], goods[k]) for p, k in zip(province, commodity, strict=True)]


def _mean_need(model: Opened) -> Floats:
    """Give the need of a mean period by province and commodity, never quite 0, t."""
    mean: Floats = np.maximum(model.balance.need.mean(2), 1e-3)
    return mean
