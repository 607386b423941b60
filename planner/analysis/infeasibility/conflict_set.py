"""What a line stands against: the fewest limits that cannot be kept together with it.

1. With all other lines done, how much must this one give way? Limits without a dual have no part in that, and
are let go. 2. Each limit that is left is let go in turn: if this line then need not give way, the limit is one of
those it stands against and comes back; else it had no part in it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.infeasibility.elastic_program import ElasticProgram
from planner.analysis.infeasibility.remedies import NOTHING, LimitRef
from planner.arrays import Booleans, Integers


def conflicting_limits(
    elastic: ElasticProgram, cells: pd.DataFrame, group: Integers, number: int
) -> tuple[LimitRef, ...]:
    """Return the limits that one line stands against; all bounds are afterwards as they were.

    Parameters
    ----------
    elastic
        The model, every limit as the lines of the answer leave it.
    cells
        What each twin stands for.
    group
        The line or limit that each twin belongs to.
    number
        The line.
    """
    before, own = elastic.most.copy(), group == number
    elastic.allow(own, cells["most"].to_numpy()[own])
    elastic.least_of(own)
    suspects = np.setdiff1d(group[elastic.wanted()], [number])
    elastic.allow(~own & ~np.isin(group, suspects), np.inf)
    kept = [one for one in suspects.tolist() if _has_part(elastic, group == one, own)]
    elastic.allow(np.ones(len(group), dtype=bool), before)
    first = cells.iloc[[int(np.argmax(group == one)) for one in kept]]
    return tuple(LimitRef(kind, key) for kind, key in zip(first["kind"], first["key"], strict=True))


def _has_part(elastic: ElasticProgram, limit: Booleans, own: Booleans) -> bool:
    before = elastic.most[limit]
    elastic.allow(limit, np.inf)
    if elastic.least_of(own)[own].max() > NOTHING:
        return False
    elastic.allow(limit, before)
    return True
