"""Prices: what one more tonne of need would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

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
    dual = solution.dual("balance")
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
