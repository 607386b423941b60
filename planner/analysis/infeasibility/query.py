"""What is asked of a diagnosis: which needs, and which remedies nobody can use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.analysis.infeasibility.relaxations import WEIGHTS
from planner.arrays import Booleans
from planner.errors import OptionError
from planner.scenario import Scenario
from planner.scenario.lookup import find_code, find_period
from planner.solution import Solution

AXES = ("province", "commodity", "period")


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    Parameters
    ----------
    province, commodity, period
        Which needs, by code; "" for all.
    without
        Kinds of remedy (keys of `WEIGHTS`) that nobody can use.
    """

    province: str = ""
    commodity: str = ""
    period: str = ""
    without: tuple[str, ...] = ()

    def about(self, solution: Solution) -> Booleans:
        """Return which needs, in the order of the columns `unmet`, are asked about."""
        index = solution.column("unmet").index
        wanted = {axis: getattr(self, axis) for axis in AXES}
        chosen = [
            solution.label(axis, index[axis]) == code for axis, code in wanted.items() if code
        ]
        about = np.ones(len(index["period"]), dtype=bool)
        for named in chosen:
            about &= named
        return about


EVERYTHING = Query()


def parse_query(
    scenario: Scenario, province: str, commodity: str, period: str, without: Sequence[str]
) -> Query:
    """Build a question of what a user typed.

    Parameters
    ----------
    scenario
        Knows the codes and names.
    province, commodity
        By code or by name; "" for all.
    period
        Label; "" for all.
    without
        Kinds of remedy.

    Raises
    ------
    OptionError
        If one of them is not known.
    """
    for kind in without:
        if kind not in WEIGHTS:
            raise OptionError("diagnosis.unknown_kind", asked=kind, known=", ".join(WEIGHTS))
    return Query(
        find_code(scenario, "provinces", province) if province else "",
        find_code(scenario, "commodities", commodity) if commodity else "",
        find_period(scenario, period) if period else "",
        tuple(without),
    )
