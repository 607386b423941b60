"""Room in the mills."""

import numpy as np

from planner.market.market import Market
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def processing(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """What a recipe uses up in a province stays within what its mills can take.

    processed[t]  <=  capacity            for every limited recipe and province and every period

    Dual: what one more tonne of room for the input would save (IDR/t); reported with its sign reversed
    as the congestion rent.
    """
    capacity, processed = inputs.recipes.capacity, columns.processed
    limited = np.flatnonzero(np.isfinite(capacity))
    row_of = np.full(len(capacity), -1)
    row_of[limited] = np.arange(len(limited)) * inputs.periods
    row = row_of[processed.index["recipe"]]
    there = row >= 0
    program.rows(
        "processing",
        {
            "recipe": np.repeat(limited, inputs.periods),
            "period": np.tile(np.arange(inputs.periods), len(limited)),
        },
        terms=[(row[there] + processed.index["period"][there], processed.ids[there], 1.0)],
        upper=np.repeat(capacity[limited], inputs.periods),
    )
