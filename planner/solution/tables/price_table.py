"""Prices: what one more tonne of need would cost, and what would go missing for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from planner.arrays import Floats, Integers
from planner.model.penalties import need_weights
from planner.solution.plan_values import PlanValues
from planner.solution.price_parts import NOTHING, PriceParts

LEAST = 1e-2
"""A reduced cost up to this is nothing, IDR/t."""


def price_table(plan: PlanValues) -> pd.DataFrame:
    """Return the local price of each province, commodity and period.

    Returns
    -------
    `kind` says what gives way for one more tonne of need. "delivered": money alone, `idr_per_t`. "stock": a
    reserve or closing stock, by `gap_t_per_t`; `idr_per_t` is the money beside it. "short": need, here or
    elsewhere, by `short_t_per_t` (tonnes of this good, others weighed by priority); it has no price, and
    `idr_per_t` is NaN. Below zero, one more tonne of need would save money: it is eaten out of a stock that
    costs its keeping.
    """
    index, parts = plan.row("balance").index, cells_in_parts(plan)
    weight = need_weight_by_cell(plan)
    frame = pd.DataFrame(
        {
            "province": plan.label("province", index["province"]),
            "commodity": plan.label("commodity", index["commodity"]),
            "period": plan.label("period", index["period"]),
            "kind": parts.kind,
            "idr_per_t": parts.idr,
            "gap_t_per_t": tonnes(parts.gap),
            "short_t_per_t": tonnes(parts.unmet / weight),
        }
    )
    return frame.sort_values(["province", "commodity", "period"], ignore_index=True)


def cells_in_parts(plan: PlanValues) -> PriceParts:
    """Return what one more tonne of need would cost in each cell, in parts, in the order of the balance rows."""
    parts, unmet = plan.parts.times(need_in_rows(plan)), plan.column("unmet")
    whole = plan.reduced_cost("unmet") < -LEAST  # all of the need is unmet: a tonne more is so too
    cells = cell_of_need_column(plan)[whole]
    money, gap, short = parts.money.copy(), parts.gap.copy(), parts.unmet.copy()
    money[cells], gap[cells], short[cells] = 0.0, 0.0, plan.program.weight[unmet.span][whole]
    return PriceParts(money, gap, short)


def last_tonne(plan: PlanValues) -> float:
    """Return the cost of the last tonne fed because feeding comes first, IDR/t weighted; 0 where cost decides."""
    row = plan.program.rows.get("coverage_first")
    if row is None or plan.covered is None or not plan.covered.binds:
        return 0.0
    return max(-float(plan.parts.money[row.start]), 0.0)


def tonnes(values: Floats) -> Floats:
    """Return tonnes a tonne without the noise of the arithmetic."""
    return np.where(np.abs(values) > NOTHING, values, 0.0)


def need_weight_by_cell(plan: PlanValues) -> Floats:
    """Return the weight of a missing tonne of each cell, in the order of the balance rows."""
    return need_weights(plan.market.priority)[plan.row("balance").index["commodity"]]


def cell_of_need_column(plan: PlanValues) -> Integers:
    """Return the cell of each column of unmet need, by its place among the balance rows."""
    index = plan.column("unmet").index
    axes = tuple(index[axis] for axis in ("province", "commodity", "period"))
    return np.ravel_multi_index(axes, plan.balance.need.shape)


def need_in_rows(plan: PlanValues) -> csr_array:
    """Return by how much the bounds of each row move when the need of a cell rises by one tonne.

    Need stands in two families of rows, so that

    price[t]  =  dual of balance[t]  -  sum over s >= t of  dual of local_stock[s]

    Returns
    -------
    One row for each cell, in the order of the balance rows; one column for each row of the program.
    """
    balance, local = plan.row("balance"), plan.row("local_stock")
    shape = plan.balance.need.shape
    first = np.ravel_multi_index(
        (local.index["province"], local.index["commodity"], np.zeros(local.size, dtype=int)), shape
    )
    until = local.index["period"] + 1
    row = np.repeat(local.ids, until)
    cell = np.repeat(first - (np.cumsum(until) - until), until) + np.arange(len(row))
    entries = np.concatenate([np.ones(balance.size), np.full(len(row), -1.0)])
    places = np.concatenate([np.arange(balance.size), cell]), np.concatenate([balance.ids, row])
    return coo_array((entries, places), (balance.size, len(plan.duals))).tocsr()
