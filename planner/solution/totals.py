"""What a plan comes to, in figures that are never added up: money, and tonnes that are missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.model import PENALTIES, Program

LEAST_TONNES = 5e-4
"""Half of the last digit written: less than this is nothing, t."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan comes to.

    Parameters
    ----------
    money_idr
        What it costs, penalties left aside, IDR.
    unmet_t
        Need that goes unmet, t.
    reserve_gap_t, closing_gap_t
        What is missing in reserves, summed over the periods, and in the closing stock, t.
    discarded_t
        Opening stock that is given up, t.
    """

    money_idr: float
    unmet_t: float
    reserve_gap_t: float
    closing_gap_t: float
    discarded_t: float


def compute_totals(program: Program, values: Floats) -> Totals:
    """Add up a plan.

    Parameters
    ----------
    program
        The program.
    values
        Value of each column, t.
    """
    plan = without_noise(values, program.upper)
    names = ("unmet", "reserve_gap", "closing_gap", "discarded")
    tonnes = (float(plan[program.columns[name].span].sum()) for name in names)
    return Totals(compute_money(program, plan), *tonnes)


def compute_money(program: Program, values: Floats) -> float:
    """Return what a plan costs, penalties left aside, IDR."""
    spans = [block.span for block in program.having(*PENALTIES)]
    return float(program.cost @ values - sum(program.cost[span] @ values[span] for span in spans))


def without_noise(values: Floats, upper: Floats) -> Floats:
    """Return values of columns with the noise of the solver removed, t."""
    inside = np.clip(values, 0.0, upper)
    return np.where(inside < LEAST_TONNES, 0.0, inside)
