"""A pair of provinces inside the market: what they trade, what they could trade, what that would cost.

For one commodity from o to d, those that recipes join with it free too, all others as in the plan. Every
flow column of the commodity is doubled by a traced one that starts in o and ends in d; both together obey
every row of the model.

planned     the most of the flows of the plan that can be traced from o to d
potential   maximise  what d accepts of the traced cargo, where
              unmet, discarded and gaps  <=  those of the plan                   in every province
              receipts and imports of o  <=  those of the plan                   o sends what is its own:
              traced out of o  <=  production + made + opening - need met - used - closing stock of o
              d sends no more, supplies no less, stores no more at the end       nothing is sent on or left
              each of them in every form and grade that recipes join with the traced one
extra       = (least cost with the potential - cost of the plan) / (potential - planned)
freight     = freight of the way on which the first tonnes would go
flip        = freight - extra cost of the first tonnes                           by solving again
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.trade_potential.traced_program import TracedProgram
from planner.errors import OptionError
from planner.given import require_kind
from planner.scenario.lookup import find_code
from planner.solution import Solution

COLUMNS = [
    "direction", "commodity", "period", "planned_t", "potential_t", "extra_idr_per_t", "freight_idr_per_t",
    "flip_idr_per_t",
]  # fmt: skip
FIRST_TONNES = 1000.0
"""Tonnes by which the trade is raised to find the flip freight."""
NOTHING = 0.5
"""Less than this is no trade, t."""


def trade_potential(
    solution: Solution, first: str, second: str, *, solver: str = "highs"
) -> pd.DataFrame:
    """Report what two provinces trade and could trade in each commodity.

    Parameters
    ----------
    solution
        The plan.
    first, second
        Provinces, by code, name or initials.
    solver
        Solver of the further programs.

    Returns
    -------
    One row for each direction and commodity over the whole horizon. `planned_t`: the most of what the
    plan moves that can be traced from the one to the other. `potential_t`: the most the one could send
    without any province being worse covered. `extra_idr_per_t`: what that costs the nation more, for
    each tonne above the plan. `freight_idr_per_t`: what the first of these tonnes would pay today.
    `flip_idr_per_t`: the freight below which they would move; below zero, not even free freight would do.
    All three are NaN where the potential is already moved.

    Raises
    ------
    OptionError
        If this is no plan, there is no such province, or both are the same.
    """
    require_kind(solution, Solution, "planner.analysis.trade_potential")
    scenario, provinces = solution.scenario, solution.balance.provinces
    first, second = (find_code(scenario, "provinces", asked) for asked in (first, second))
    if first == second:
        raise OptionError("why.same_province", province=scenario.names("provinces")[first])
    ends = [(first, second), (second, first)]
    rows = [
        _row(solution, provinces.index(origin), provinces.index(destination), k, solver)
        for origin, destination in ends
        for k in range(len(solution.balance.commodities))
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["direction", "commodity"], ignore_index=True)


def _row(
    solution: Solution, origin: int, destination: int, commodity: int, solver: str
) -> list[object]:
    balance = solution.balance
    market = TracedProgram(solution, origin, destination, commodity, solver)
    planned = market.planned()
    potential, extra, freight, flip = planned, np.nan, np.nan, np.nan
    if market.could_trade():
        most = market.most()
        potential = max(most.accepted, planned)
    if potential > planned + NOTHING:
        extra = most.rise / (potential - planned)
        step = min(FIRST_TONNES, potential - planned)
        first = market.at_least(planned + step)
        freight = first.freight / first.accepted
        flip = freight - first.rise / step
    return [
        f"{balance.provinces[origin]}-{balance.provinces[destination]}",
        balance.commodities[commodity],
        f"{balance.periods[0]}/{balance.periods[-1]}",
        planned,
        potential if potential > NOTHING else 0.0,
        extra,
        freight,
        flip,
    ]
