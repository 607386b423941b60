"""How long goods keep: their age goes with them, in store and on the way."""

from collections.abc import Iterator

import numpy as np

from planner.arrays import Array, Integers
from planner.market.market import Market
from planner.model.constraints.terms import (
    arrivals,
    cell_of,
    departures,
    destinations,
    made_cells,
)
from planner.model.program import Number, ProgramBuilder, Role
from planner.model.variables import Columns

type Entry = tuple[Integers, Array | int, Integers, Number]
"""Cells, ages, ids of the columns and coefficients."""


def age(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """Goods that spoil within the horizon are sent and stored at the age they have.

    in[t,a] + survival stock[t-1,a] + arrivals[t,a]  >=  dispatched[t,a] + stock[t,a+1]
    for every province, every commodity with max_stock_periods m > 0, every period and every age a = 0 .. m
    (where nothing is stored, the balance says the same)

    The age counts the ends of periods since goods came in:  in[t,0] = supplied + imported + made, and nothing
    comes in older. The opening stock is of age 1 in the first period. Goods of age m are not stored again,
    and what would arrive older is spoilt. What is eaten, used or discarded of an age is what is left
    between the two sides. All other rows count the sum over the ages.

    Goods with m = 0 do not last to the end of a period: they are eaten, used or sent in the period in which they
    come in, and no reserve or closing stock of them can lie in store. An opening stock counts as come in in
    the first period. What would be spoilt when it arrives is not sent.

    Dual: what one more tonne of that age, sent or kept instead of a fresh one, would save (IDR/t).
    """
    ages, aging = inputs.oldest + 1, inputs.network.aging
    index = _rows(inputs)
    rows = np.full((*inputs.shape, ages), -1)
    rows[tuple(index.values())] = np.arange(len(index["age"]))
    row_of = rows.reshape(-1, ages)
    terms = []
    for entry in _entries(inputs, columns):
        cell, old, ids, value = np.broadcast_arrays(*entry)
        spoils = aging[cell // inputs.periods % inputs.shape[1]]
        terms.append((row_of[cell[spoils], old[spoils]], ids[spoils], value[spoils]))
    oldest = np.minimum(inputs.network.keeps, 1)[index["commodity"]]
    opening = (inputs.balance.opening * inputs.survival)[index["province"], index["commodity"]]
    begins = (index["period"] == 0) & (index["age"] == oldest)
    program.rows("age", index, terms, lower=np.where(begins, -opening, 0.0), role=Role.GIVEN)


def _rows(inputs: Market) -> dict[str, Integers]:
    """Index the ages that goods can have: none is older than an opening stock would be."""
    keeps = inputs.network.keeps[:, None, None]
    period, old = np.arange(inputs.periods)[:, None], np.arange(inputs.oldest + 1)
    seen = inputs.network.aging[:, None, None] & (old <= keeps) & (old <= period + 1)
    there = np.broadcast_to(seen, (inputs.shape[0], *seen.shape))
    return dict(zip(("province", "commodity", "period", "age"), np.nonzero(there), strict=True))


def _entries(inputs: Market, columns: Columns) -> Iterator[Entry]:
    """Yield what comes in, and with a minus what is sent or stored, of every commodity."""
    stock, flow = columns.stock, columns.flow
    for fresh in (columns.supplied, columns.imported):
        yield cell_of(inputs, fresh), 0, fresh.ids, 1.0
    made, ids, yields = made_cells(inputs, columns.processed)
    yield made, 0, ids, yields
    place, old = cell_of(inputs, stock), stock.index["age"]
    later = stock.index["period"] + 1 < inputs.periods
    survival = inputs.survival[stock.index["commodity"]]
    yield (place + 1)[later], old[later], stock.ids[later], survival[later]
    yield place, old - 1, stock.ids, -1.0
    arriving = arrivals(inputs, flow)
    there = destinations(inputs, flow, arriving)
    yield there, arriving.age, flow.ids[arriving.flow], arriving.share
    yield departures(inputs, flow), flow.index["age"], flow.ids, -1.0
