"""Twins of the rules: a ceiling rises, a floor falls, and what has to be equal keeps one of its sides.

tonnes, teu, idr, tests    counted - twin  <=  bound            the new bound is  bound + twin
share                      counted - share * whole - twin  <=  0    the new share is  share + twin / whole

and the same with >= and the other sign. How large the whole is, only the answer tells.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array, csr_array

from planner.analysis.infeasibility.extended_model import ExtendedModel
from planner.analysis.infeasibility.relaxations import (
    LESS,
    MORE,
    ElasticVariables,
    describe_elastic_variables,
    label_rows,
    mean_need,
)
from planner.arrays import Booleans
from planner.market.rules import RuleRows
from planner.market.rules.rule_rows import MILLION

RANK_OF = {"policy": "policy", "contract": "contract", "physical": "transport"}
UNIT_OF = {"tonnes": "t", "teu": "TEU", "idr": "IDR", "tests": "tests", "share": "share"}


def rules(model: ExtendedModel) -> ElasticVariables:
    """Loosen any rule, hard or soft; a bound of 0 borrows the need of a mean province."""
    rows = model.market.rules
    parts = [_side(model, rows, np.isfinite(rows.upper), at_most=True)]
    parts.append(_side(model, rows, np.isfinite(rows.lower), at_most=False))
    return ElasticVariables.joined(parts)


def _side(
    model: ExtendedModel, rows: RuleRows, chosen: Booleans, *, at_most: bool
) -> ElasticVariables:
    """Return the twins of the rows that have a ceiling, or a floor."""
    row = np.flatnonzero(chosen)
    own = model.scenario.tables["rules"].iloc[rows.index["rule"][row]].reset_index(drop=True)
    share, figure = (own["measure"] == "share").to_numpy(), own["bound"].to_numpy(dtype=float)
    borrowed = mean_need(model).sum(1).mean()
    bound = np.where(share, figure * borrowed, rows.bound[row])
    money, equal = (own["measure"] == "idr").to_numpy(), (own["sense"] == "=").to_numpy()
    cells = describe_elastic_variables(
        np.where(equal, "equal", "ceiling" if at_most else "floor"),
        label_rows((list(own["rule"]), np.arange(len(row)))),
        rank=own["kind"].map(RANK_OF).to_numpy(),
        period=rows.index["period"][row],
        old=np.where(equal, 0.0, figure),
        size=np.where(money, 1 / MILLION, 1.0),
        step=np.where(money, 1e3, np.where(share, 1e-3, 1.0)),
        scale=np.where(bound > 0, bound, borrowed),
        most=np.inf if at_most else np.where(share, np.inf, bound),
        needs=np.where(equal, MORE if at_most else LESS, np.nan),
        unit=np.where(equal, rows.unit[row], own["measure"].map(UNIT_OF)),
    )
    program, block = model.program, model.program.rows["rules"]
    sign, places = -1.0 if at_most else 1.0, (block.start + row, np.arange(len(row)))
    matrix = csc_array((np.full(len(row), sign), places), shape=(program.matrix.shape[0], len(row)))
    return ElasticVariables(cells, matrix, _whole(model, rows)[row])


def _whole(model: ExtendedModel, rows: RuleRows) -> csr_array:
    """Return what a share is a share of: tonnes received, by rule row and column of the program."""
    flow = model.program.columns["flow"]
    whole = rows.of_flows(rows.whole, flow.index, model.network)
    terms = whole.value, (whole.row, flow.ids[whole.flow])
    return csr_array(terms, shape=(len(rows.bound), len(model.program.cost)))
