"""Prices: what one more tonne of need would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from planner.arrays import Floats

if TYPE_CHECKING:
    from planner.solution.solution import Solution


def table(solution: Solution) -> pd.DataFrame:
    """Give the local price of each province, commodity and period.

    Returns
    -------
    `kind` is "delivered", or "short" where one more tonne of need could not be met, or only by breaking
    a reserve or the closing stock: there the dual holds a penalty and `idr_per_t` is NaN. Below zero,
    one more tonne of need would save money: it is eaten out of a stock that costs its keeping.
    """
    index = solution.row("balance").index
    dual = _one_more_tonne(solution)
    short = dual > solution.program.short_price
    frame = pd.DataFrame(
        {
            "province": solution.label("province", index["province"]),
            "commodity": solution.label("commodity", index["commodity"]),
            "period": solution.label("period", index["period"]),
            "kind": np.where(short, "short", "delivered"),
            "idr_per_t": np.where(short, np.nan, dual) + 0.0,
        }
    )
    return frame.sort_values(["province", "commodity", "period"], ignore_index=True)


def _one_more_tonne(solution: Solution) -> Floats:
    """Give what one more tonne of need would cost, IDR/t."""
    dual: Floats = need_in_rows(solution) @ solution.duals
    return dual


def need_in_rows(solution: Solution) -> csr_array:
    """Say by how much the bounds of each row move when the need of a cell rises by one tonne.

    Need stands in two families of rows, so that

    price[t]  =  dual of balance[t]  -  sum over s >= t of  dual of local_stock[s]

    Returns
    -------
    One row for each cell, in the order of the balance rows; one column for each row of the program.
    """
    balance, local = solution.row("balance"), solution.row("local_stock")
    shape = solution.balance.need.shape
    first = np.ravel_multi_index(
        (local.index["province"], local.index["commodity"], np.zeros(local.size, dtype=int)), shape
    )
    until = local.index["period"] + 1
    row = np.repeat(local.ids, until)
    cell = np.repeat(first - (np.cumsum(until) - until), until) + np.arange(len(row))
    entries = np.concatenate([np.ones(balance.size), np.full(len(row), -1.0)])
    places = np.concatenate([np.arange(balance.size), cell]), np.concatenate([balance.ids, row])
    return coo_array((entries, places), (balance.size, len(solution.duals))).tocsr()
