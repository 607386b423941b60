"""What a tonne is worth at both ends of a lane, and what it would cost there: the reduced cost taken apart.

A flow j from o to d pays freight, takes a tonne from o and room on the way, and lands shares of it in d:

    d[j]  =  freight + y[o, t] + rents  -  sum over arrivals of  share y[d, s]           y the duals of the plan

    home    =  y[o, t]                                       worth of a tonne where it would leave
    there   =  sum of share y[d, s] / sum of share           worth of a tonne where it would arrive
    landed  =  (freight + home + rents) / sum of share       cost of a tonne there by this lane
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Booleans
from planner.solution import Solution

LANDING = ("balance", "closing")
"""Rows in which a flow arrives: within the horizon, or on the way at its end."""
LEAST_RENT = 1.0
"""A limit that holds a lane back by less is not told, IDR/t."""


@dataclass(frozen=True, slots=True)
class Worth:
    """IDR/t; NaN where it holds a penalty, because the place is short. `limits` are families of rows."""

    home: float
    there: float
    landed: float
    limits: tuple[str, ...]


def worth(solution: Solution, column: int) -> Worth:
    """Take the reduced cost of a flow apart.

    Parameters
    ----------
    solution
        The plan.
    column
        Id of the flow column.
    """
    program = solution.program
    entry = program.matrix[:, [column]].tocoo()
    row, earned = entry.coords[0], entry.data * solution.duals[entry.coords[0]]
    landing = np.zeros(len(row), dtype=bool)
    for name in LANDING:
        landing |= _inside(solution, name, row)
    landing &= entry.data > 0
    leaving = _inside(solution, "balance", row) & (entry.data < 0)
    share = float(entry.data[landing].sum())
    home = -float(earned[leaving].sum())
    rents = {
        name: -float(earned[_inside(solution, name, row)].sum())
        for name in program.rows
        if name not in LANDING
    }
    landed = float(program.cost[column]) + home + sum(rents.values())
    there = float(earned[landing].sum())
    return Worth(
        home=_money(solution, home),
        there=_money(solution, there / share) if share else 0.0,
        landed=_money(solution, landed / share) if share else np.inf,
        limits=tuple(name for name, rent in rents.items() if rent > LEAST_RENT),
    )


def _inside(solution: Solution, family: str, rows: Array) -> Booleans:
    block = solution.row(family)
    inside: Booleans = (rows >= block.start) & (rows < block.start + block.size)
    return inside


def _money(solution: Solution, idr_per_t: float) -> float:
    """Give NaN for a price above the bound: it holds a penalty and is no rupiah."""
    return np.nan if idr_per_t > solution.program.short_price else idr_per_t
