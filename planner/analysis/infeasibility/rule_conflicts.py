"""Rule against rule, and rule against room, without a solver.

A hard rule asks for   sum of v x  >=  b.   Limits of one kind, each  sum of w x  <=  c,  that together count
all it counts, let through at most

    sum over these limits of  c * max of v / w      where that is less than b, no plan can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from planner.analysis.infeasibility.extended_model import ExtendedModel
from planner.analysis.infeasibility.relaxations import LESS, ElasticVariables
from planner.analysis.infeasibility.remedies import LimitRef
from planner.arrays import Integers

KINDS_OF_ROOM = ("arc", "service", "port", "ceiling", "equal")
"""Limits that count what is carried."""
CERTAIN = 1e-6
"""Share by which the bound must lie above what is let through."""


@dataclass(frozen=True, slots=True)
class RuleConflict:
    """A hard rule that asks for more than other limits let through.

    Parameters
    ----------
    rule
        Its name.
    asked, possible
        In `unit`: t, TEU, million IDR or tests.
    against
        The other limits.
    """

    rule: str
    asked: float
    possible: float
    unit: str
    against: tuple[LimitRef, ...]


def rule_conflicts(model: ExtendedModel, twins: ElasticVariables) -> list[RuleConflict]:
    """Return every hard rule that is certain not to be kept, once for each kind of limit against it.

    Parameters
    ----------
    model
        The model.
    twins
        The twins of its limits: they know which row belongs to which figure.
    """
    rows = model.market.rules
    floors = (rows.sense != "<=") & np.isnan(rows.penalty) & np.isnan(rows.share) & (rows.bound > 0)
    names = model.scenario.tables["rules"]["rule"].to_numpy()[rows.index["rule"]]
    block, found = model.program.rows["rules"], []
    for number in np.flatnonzero(floors).tolist():
        asked, row = float(rows.bound[number]), model.program.matrix[[block.start + number]]
        for limits, ceilings in _rooms(model, twins):
            others = ceilings != block.start + number
            possible, used = _through(model, row, ceilings[others])
            if possible < asked * (1 - CERTAIN):
                keys = limits.loc[others].iloc[used].drop_duplicates(["kind", "key"])
                against = tuple(
                    LimitRef(k, key) for k, key in zip(keys["kind"], keys["key"], strict=True)
                )
                found.append(
                    RuleConflict(names[number], asked, possible, rows.unit[number], against)
                )
    return found


def _rooms(
    model: ExtendedModel, twins: ElasticVariables
) -> Iterator[tuple[pd.DataFrame, Integers]]:
    """Return limits and their rows in the program: all of one kind together, each rule by itself.

    A share of what arrives, and a rule that may be missed, let through as much as one will: they are left out.
    """
    kind = twins.cells["kind"]
    above = kind.isin(KINDS_OF_ROOM) & (twins.cells["needs"] != LESS)
    cells = twins.cells.loc[above, ["kind", "key"]]
    row = twins.matrix.indices[twins.matrix.indptr[cells.index]]
    firm = model.program.matrix[row].min(axis=1).toarray().ravel() >= 0
    cells, row = cells.loc[firm], row[firm]
    of_rule = cells["kind"].isin(["ceiling", "equal"])
    together = cells["kind"].where(~of_rule, cells["key"].map(str))
    for _, limits in cells.assign(row=row).groupby(together, sort=False):
        yield limits, limits["row"].to_numpy()


def _through(model: ExtendedModel, row: csr_array, ceilings: Integers) -> tuple[float, Integers]:
    """Return the most that some ceilings let a row reach, and which of them count in it."""
    counts = abs(model.program.matrix[ceilings][:, row.indices]).tocoo()
    limit, cargo = counts.coords
    covered = np.unique(cargo, return_index=True)
    if len(covered[0]) < len(row.indices):
        return np.inf, np.zeros(0, dtype=np.int64)
    first = covered[1]
    ratio = row.data[cargo[first]] / counts.data[first]
    most = np.zeros(len(ceilings))
    np.maximum.at(most, limit[first], ratio)
    used = np.unique(limit[first]).astype(np.int64)
    return float(most[used] @ model.program.row_upper[ceilings[used]]), used
