"""Stocks that sit in households."""

import numpy as np

from planner.arrays import Integers
from planner.market.market import Market
from planner.model.program import Block, Number, ProgramBuilder, Term
from planner.model.variables import Columns


def local_stock(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """What lies in households at the start is eaten there, or stays; it is not sent away.

    dispatched + processed so far
        <=  supplied + arrivals + imported + made so far + (1 - local_share) opening

    where what households process at home counts on neither side. The balance rows turn this into the
    same with far fewer terms:

    need met so far + stock[t] + spoilt and discarded so far + processed at home so far
        >=  local_share opening + made at home so far
    for every period, where part of the opening stock is local, and where it can be made into

    Dual: what one more tonne of local stock costs the nation (IDR/t). As need stands on the right here
    too, the local price of t is the dual of the balance less the duals of these rows from t on.
    """
    balance, periods = inputs.balance, inputs.periods
    local = balance.local_share * balance.opening
    province, commodity = np.nonzero(inputs.in_households)
    first_row = np.full(inputs.shape[:2], -1)
    first_row[province, commodity] = np.arange(len(province)) * periods
    stock = columns.stock
    now = first_row[stock.index["province"], stock.index["commodity"]]
    processed, spoils = columns.processed, 1 - inputs.survival
    at_home = processed.index["at_home"].astype(float)
    made_at_home = at_home * inputs.recipes.yields[processed.index["recipe"]]
    eaten = np.cumsum(balance.need, axis=2)[province, commodity]
    spoilt = (spoils * balance.opening)[province, commodity]
    program.rows(
        "local_stock",
        {
            "province": np.repeat(province, periods),
            "commodity": np.repeat(commodity, periods),
            "period": np.tile(np.arange(periods), len(province)),
        },
        terms=[
            ((now + stock.index["period"])[now >= 0], stock.ids[now >= 0], 1.0),
            _so_far(first_row, stock, periods, spoils[stock.index["commodity"]], delay=1),
            _so_far(first_row, columns.unmet, periods, -1.0),
            _so_far(first_row, columns.discarded, periods, 1.0),
            _so_far(first_row, processed, periods, at_home),
            _so_far(first_row, processed, periods, -made_at_home, good="output"),
        ],
        lower=((local[province, commodity] - spoilt)[:, None] - eaten).ravel(),
    )


def _so_far(
    first_row: Integers,
    block: Block,
    periods: int,
    coefficient: Number,
    *,
    delay: int = 0,
    good: str = "commodity",
) -> Term:
    """Count a column in the row of its period, `delay` periods later, and in all later rows."""
    row = first_row[block.index["province"], block.index[good]]
    begin = block.index["period"] + delay
    times = np.where(row >= 0, np.maximum(periods - begin, 0), 0)
    column = np.repeat(np.arange(block.size), times)
    later = np.arange(len(column)) - np.repeat(np.cumsum(times) - times, times)
    value = np.broadcast_to(coefficient, block.size)[column]
    return (row + begin)[column] + later, block.ids[column], value
