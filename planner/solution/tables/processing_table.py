"""Processing: what recipes use up and make."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.solution.plan_values import PlanValues

KEY = ["recipe", "province", "period"]


def processing_table(plan: PlanValues) -> pd.DataFrame:
    """Return one row for each recipe, province and period in which something is made.

    Returns
    -------
    `used_t` of `input` and `made_t` of `output`; `idr` is the fee. What households process at home is
    included.
    """
    recipes, index = plan.market.recipes, plan.column("processed").index
    used, recipe = plan.value("processed"), index["recipe"]
    frame = pd.DataFrame(
        {
            "recipe": np.array(recipes.names, dtype=object)[recipe],
            "province": plan.label("province", index["province"]),
            "period": plan.label("period", index["period"]),
            "input": plan.label("commodity", index["commodity"]),
            "output": plan.label("commodity", index["output"]),
            "used_t": used,
            "made_t": used * recipes.yields[recipe],
            "idr": used * recipes.fee[recipe],
        }
    )
    return frame.loc[used > 0].groupby([*KEY, "input", "output"]).sum().reset_index()


def tonnes_made(plan: PlanValues) -> Floats:
    """Return what is made of each commodity, as an array over (province, commodity, period), t."""
    index = plan.column("processed").index
    yields = plan.market.recipes.yields[index["recipe"]]
    cube: Floats = np.zeros(plan.balance.need.shape)
    place = index["province"], index["output"], index["period"]
    np.add.at(cube, place, plan.value("processed") * yields)
    return cube
