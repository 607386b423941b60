"""Stocks that sit in households."""

import numpy as np

from planner.arrays import Array
from planner.model.inputs import Inputs
from planner.model.program import ProgramBuilder, Term
from planner.model.variables import Columns


def local_stock(program: ProgramBuilder, inputs: Inputs, columns: Columns) -> None:
    """What lies in households at the start is eaten there, or stays; it is not sent away.

    dispatched so far  <=  supplied + arrivals + imported so far + (1 - local_share) opening

    which the balance rows turn into the same with far fewer terms:

    need met so far + stock[t] + spoilt and discarded so far  >=  local_share opening
    for every period, where part of the opening stock is local

    Dual: what one more tonne of local stock costs the nation (IDR/t). As need stands on the right here
    too, the local price of t is the dual of the balance less the duals of these rows from t on.
    """
    balance, periods = inputs.balance, inputs.periods
    local = balance.local_share * balance.opening
    province, commodity = np.nonzero(local > 0)
    row_of = np.full(inputs.shape[:2], -1)
    row_of[province, commodity] = np.arange(len(province)) * periods
    stock, unmet = columns.stock, columns.unmet
    spoils = 1 - inputs.survival[stock.index["commodity"]]
    stock_row = row_of[stock.index["province"], stock.index["commodity"]]
    now = stock_row >= 0
    terms: list[Term] = [(stock_row[now] + stock.index["period"][now], stock.ids[now], 1.0)]
    spoiling = now & (spoils > 0) & (stock.index["period"] < periods - 1)
    terms += _from_then_on(stock_row, stock.index["period"] + 1, stock.ids, spoils, spoiling, periods)
    unmet_row = row_of[unmet.index["province"], unmet.index["commodity"]]
    everywhere = np.full(unmet.size, -1.0)
    terms += _from_then_on(unmet_row, unmet.index["period"], unmet.ids, everywhere, unmet_row >= 0, periods)
    gone = columns.discarded
    gone_row = row_of[gone.index["province"], gone.index["commodity"]]
    once = np.ones(gone.size)
    terms += _from_then_on(gone_row, gone.index["period"], gone.ids, once, gone_row >= 0, periods)
    eaten = np.cumsum(balance.need, axis=2)[province, commodity]
    spoilt = ((1 - inputs.survival) * balance.opening)[province, commodity]
    program.rows(
        "local_stock",
        {
            "province": np.repeat(province, periods),
            "commodity": np.repeat(commodity, periods),
            "period": np.tile(np.arange(periods), len(province)),
        },
        terms,
        lower=((local[province, commodity] - spoilt)[:, None] - eaten).ravel(),
    )


def _from_then_on(
    first_row: Array, period: Array, column: Array, value: Array, chosen: Array, periods: int
) -> list[Term]:
    """Count a column in the rows of its period and of all later ones."""
    terms: list[Term] = []
    for t in range(periods):
        begun = chosen & (period <= t)
        terms.append((first_row[begun] + t, column[begun], value[begun]))
    return terms
