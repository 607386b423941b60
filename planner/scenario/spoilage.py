"""What time leaves of a good that spoils; what is next to nothing counts as nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.errors import Problem
from planner.scenario.checks.relations import Frames, iterate_cells
from planner.schema.horizon import Horizon

NOTHING = 1e-7
"""Share below which nothing is left: a tenth of a gram of a tonne. HiGHS drops coefficients below 1e-9."""


def share_left(decay_per_day: Floats, days: Floats | float) -> Floats:
    """Return the share that is left after some days: (1 - decay_per_day) ** days, or 0 where that is nothing."""
    left = np.clip(1 - decay_per_day, 0.0, None) ** days
    return np.where(left < NOTHING, 0.0, left)


def short_lived_commodities(frames: Frames, horizon: Horizon) -> Iterator[Problem]:
    """Find goods of which nothing lasts a period: perhaps percent for a fraction."""
    goods = frames["commodities"]
    gone = pd.Series(share_left(goods["decay_per_day"].to_numpy(), horizon.days) == 0, goods.index)
    for file, line, value in iterate_cells(goods, gone, "decay_per_day"):
        share = float(value)
        values = {"value": f"{share:g}", "percent": f"{100 * share:g}", "meant": f"{share / 100:g}"}
        values["days"] = f"{horizon.days:.3g}"
        yield Problem("nothing_lasts", file, line, "decay_per_day", values, blocking=False)
