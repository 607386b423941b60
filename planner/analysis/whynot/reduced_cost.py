"""What a tonne is worth at both ends of a lane, and what it would cost there: the reduced cost taken apart.

A flow j from o to d pays freight, takes a tonne from o and room on the way, and lands shares of it in d:

    d[j]  =  freight + y[o, t] + rents  -  sum over arrivals of  share y[d, s]           y the duals of the plan

    home     =  y[o, t]                                      worth of a tonne where it would leave
    arrived  =  sum of share y[d, s]                         worth of what would arrive of it
    there    =  arrived / sum of share                       worth of a tonne where it would arrive
    landed   =  (freight + home + rents) / sum of share      cost of a tonne there by this lane
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Array, Booleans, Floats, Integers
from planner.model import Block
from planner.solution import Solution
from planner.solution.price_parts import NOTHING

LANDING = ("balance", "closing")
"""Rows in which a flow arrives: within the horizon, or on the way at its end."""
LEAST_RENT = 1.0
"""A limit that weighs less on a lane is not told, IDR/t."""


@dataclass(frozen=True, slots=True)
class ReducedCost:
    """A flow taken apart at the duals of the plan.

    Parameters
    ----------
    home, arrived, there, landed
        Money, IDR/t; NaN where need would go unmet for it.
    limits, rules
        What makes it dearer (families of rows, names of rules), and the rules that make it cheaper.
    """

    home: float
    arrived: float
    there: float
    landed: float
    limits: tuple[str, ...]
    rules: tuple[str, ...]


def decompose_reduced_cost(solution: Solution, column: int) -> ReducedCost:
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
    rows = entry.coords[0]
    earned = entry.data * solution.duals[rows]
    arriving = np.zeros(len(rows), dtype=bool)
    for family in LANDING:
        arriving |= _inside(solution.row(family), rows)
    leaving = arriving & (entry.data < 0)
    landing = arriving & (entry.data > 0)
    share = float(entry.data[landing].sum())
    rents, rules = -earned[~arriving], _inside(solution.row("rules"), rows[~arriving])
    names = np.array([_name(solution, row) for row in rows[~arriving]], dtype=object)
    home = _money(solution, -entry.data[leaving], rows[leaving])
    arrived = _money(solution, entry.data[landing], rows[landing])
    taken = _money(solution, -entry.data[~landing], rows[~landing])
    return ReducedCost(
        home=home,
        arrived=arrived,
        there=arrived / share if share else 0.0,
        landed=(float(program.cost[column]) + taken) / share if share else np.inf,
        limits=tuple(names[rents > LEAST_RENT]),
        rules=tuple(names[rules & (rents < -LEAST_RENT)]),
    )


def binding_rules(solution: Solution, columns: Integers) -> tuple[str, ...]:
    """Name the rules that ask for at least so much and count some of these flows."""
    rules, program = solution.row("rules"), solution.program
    counted = program.matrix[rules.span][:, columns].max(axis=1).toarray().ravel()
    asking = rules.ids[(counted > 0) & np.isfinite(program.row_lower[rules.span])]
    return tuple(dict.fromkeys(_name(solution, row) for row in asking))


def _inside(block: Block, rows: Array) -> Booleans:
    inside: Booleans = (rows >= block.start) & (rows < block.start + block.size)
    return inside


def _name(solution: Solution, row: int) -> str:
    """Return the name of the rule that a row stands for, or else of its family."""
    for family, block in solution.program.rows.items():
        if block.start <= row < block.start + block.size:
            if family != "rules":
                return family
            rules = solution.scenario.tables["rules"]["rule"]
            return str(rules.iloc[block.index["rule"][row - block.start]])
    raise IndexError(row)


def _money(solution: Solution, tonnes: Floats, rows: Array) -> float:
    """Return what tonnes taken from or brought to rows are worth in money, IDR; NaN where need would go unmet."""
    parts = solution.parts
    if tonnes @ parts.unmet[rows] > NOTHING:
        return np.nan
    return float(tonnes @ parts.money[rows]) + 0.0
