"""Prices: what one more tonne of need would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.arrays import Floats

if TYPE_CHECKING:
    from planner.solution.solution import Solution


def table(solution: Solution) -> pd.DataFrame:
    """Give the local price of each province, commodity and period.

    Returns
    -------
    `kind` is "delivered", or "short" where one more tonne of need could not be met, or only by breaking
    a reserve or the closing stock: there the dual holds a penalty and `idr_per_t` is NaN.
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
            "idr_per_t": np.where(short, np.nan, np.maximum(dual, 0.0) + 0.0),
        }
    )
    return frame.sort_values(["province", "commodity", "period"], ignore_index=True)


def _one_more_tonne(solution: Solution) -> Floats:
    """Give what one more tonne of need would cost, IDR/t: need stands in two families of rows.

    price[t]  =  dual of balance[t]  -  sum over s >= t of  dual of local_stock[s]
    """
    local = solution.row("local_stock")
    cells: Floats = np.zeros(solution.balance.need.shape)
    place = tuple(local.index[axis] for axis in ("province", "commodity", "period"))
    cells[place] = solution.dual("local_stock")
    later = np.cumsum(cells[:, :, ::-1], axis=2)[:, :, ::-1]
    return solution.dual("balance") - later.ravel()
