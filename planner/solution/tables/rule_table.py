"""Rules: how far each is used or missed, and what loosening it would save."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Array, Floats, Integers
from planner.market.rules import RuleRows, Terms, row_names
from planner.solution.plan_values import PlanValues


def rule_table(plan: PlanValues) -> pd.DataFrame:
    """Return one row for each rule and each cell of its `per`.

    Returns
    -------
    `used` and `capacity` (the bound) in `unit`: t, TEU, million IDR, tests, or % for a share, which is
    NaN where nothing is received. `congestion_rent` in IDR per unit, for a share per percentage point:
    what loosening the rule by one unit would save in money, NaN where it would feed people; that is told by
    `feeds_t_per_unit`, and `gap_t_per_unit`, as in `capacities.csv`. `too_little` and `too_much`: by how much a
    soft rule misses its bound, in `missed_unit`; that of a share is t received.
    """
    block, rows = plan.row("rules"), plan.market.rules
    used, whole = (_counted(plan, rows, terms) for terms in (rows.counted, rows.whole))
    saved = plan.parts.saved(block.span, np.where(plan.dual("rules") > 0, -1.0, 1.0))
    share = ~np.isnan(rows.share)
    part = np.divide(100 * used, whole, out=np.full(block.size, np.nan), where=whole > 0)
    gap, missed = plan.column("rule_gap").index, plan.value("rule_gap")
    under, over = (
        np.bincount(gap["rule_row"], np.where(gap["over"] == side, missed, 0.0), block.size)
        for side in (0, 1)
    )
    return pd.DataFrame(
        {
            "rule": plan.scenario.tables["rules"]["rule"].to_numpy()[block.index["rule"]],
            "name": row_names(plan.scenario, plan.network, block.index),
            "period": _periods(plan, rows.counted, block.size),
            "sense": rows.sense,
            "used": np.where(share, part, used),
            "capacity": np.where(share, 100 * rows.share, rows.bound),
            "unit": np.where(share, "%", rows.unit),
            **{name: np.where(share, part * whole / 100, part) for name, part in saved.items()},
            "too_little": under,
            "too_much": over,
            "missed_unit": rows.unit,
        }
    )


def _counted(plan: PlanValues, rows: RuleRows, terms: Terms) -> Floats:
    counted = rows.of_flows(terms, plan.column("flow").index, plan.network)
    tonnes = plan.value("flow")[counted.flow] * counted.value
    return np.bincount(counted.row, tonnes, len(rows.bound))


def _periods(plan: PlanValues, terms: Terms, size: int) -> Array:
    """Return the period that each row counts, or its first and last."""
    first: Integers = np.full(size, len(plan.balance.periods))
    last: Integers = np.zeros(size, dtype=np.int64)
    np.minimum.at(first, terms.row, terms.period)
    np.maximum.at(last, terms.row, terms.period)
    begin, end = plan.label("period", first), plan.label("period", last)
    return np.where(first == last, begin, begin + "/" + end)
