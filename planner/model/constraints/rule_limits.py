"""Agreements, budgets, bans, largest shares, laboratories: the table `rules`."""

import numpy as np

from planner.market.market import Market
from planner.model.program import ProgramBuilder
from planner.model.variables import Columns


def rules(program: ProgramBuilder, inputs: Market, columns: Columns) -> None:
    """What is carried keeps to the rules, or pays the penalty of those that are soft.

    sum of  measure flow[t]  (- share received[t])  + rule_gap  (<=, >=, =)  bound
    for every rule and every cell of its `per`, over the lanes and periods that its filters allow

    measure = 1 (t) · 1 / tonnes_per_teu (TEU) · freight (million IDR) · tests_per_t (tests)
              · what is received of a tonne (share)
    share    = the bound of the table, for a rule about shares; the right-hand side of its rows is 0
    received = flow less losses of all lanes with the same destinations, goods and periods of dispatch, whichever
               way it comes; harvests and imports there count on neither side
    rule_gap stands only in soft rules: what is missing counts with +, what is beyond with -
    A period is that of dispatch. A rule binds a leg: what may not go straight may still go by a hub.

    Dual: what one more unit of the bound costs (IDR); loosening the rule by one unit saves as much, which
    is reported as its congestion rent.
    """
    rows, gap = inputs.rules, columns.rule_gap
    flow = columns.flow
    counted, whole = (
        rows.of_flows(terms, flow.index, inputs.network) for terms in (rows.counted, rows.whole)
    )
    program.rows(
        "rules",
        rows.index,
        terms=[
            (counted.row, flow.ids[counted.flow], counted.value),
            (whole.row, flow.ids[whole.flow], -rows.share[whole.row] * whole.value),
            (gap.index["rule_row"], gap.ids, np.where(gap.index["over"], -1.0, 1.0)),
        ],
        lower=rows.lower,
        upper=rows.upper,
        unit="unit of the rule",
    )
