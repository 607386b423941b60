"""Processing: what recipes use up and make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.market.recipes import build_recipes

if TYPE_CHECKING:
    from planner.solution.solution import Solution

KEY = ["recipe", "province", "period"]


def processing_table(solution: Solution) -> pd.DataFrame:
    """Return one row for each recipe, province and period in which something is made.

    Returns
    -------
    `used_t` of `input` and `made_t` of `output`; `idr` is the fee. What households process at home is
    included.
    """
    recipes, index = build_recipes(solution.scenario), solution.column("processed").index
    used, recipe = solution.value("processed"), index["recipe"]
    frame = pd.DataFrame(
        {
            "recipe": np.array(recipes.names, dtype=object)[recipe],
            "province": solution.label("province", index["province"]),
            "period": solution.label("period", index["period"]),
            "input": solution.label("commodity", index["commodity"]),
            "output": solution.label("commodity", index["output"]),
            "used_t": used,
            "made_t": used * recipes.yields[recipe],
            "idr": used * recipes.fee[recipe],
        }
    )
    return frame.loc[used > 0].groupby([*KEY, "input", "output"]).sum().reset_index()


def tonnes_made(solution: Solution) -> Floats:
    """Return what is made of each commodity, as an array over (province, commodity, period), t."""
    index = solution.column("processed").index
    yields = build_recipes(solution.scenario).yields[index["recipe"]]
    cube: Floats = np.zeros(solution.balance.need.shape)
    place = index["province"], index["output"], index["period"]
    np.add.at(cube, place, solution.value("processed") * yields)
    return cube
