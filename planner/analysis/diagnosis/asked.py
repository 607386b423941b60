"""What is asked of a diagnosis: which needs, and which remedies nobody can use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.analysis.diagnosis.limits import WEIGHTS
from planner.arrays import Booleans
from planner.errors import OptionError
from planner.scenario import Scenario
from planner.scenario.names import code_of, period_of
from planner.solution import Solution

AXES = ("province", "commodity", "period")


@dataclass(frozen=True, slots=True)
class Asked:
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
        """Say which needs, in the order of the columns `unmet`, are asked about."""
        index = solution.column("unmet").index
        wanted = {axis: getattr(self, axis) for axis in AXES}
        chosen = [
            solution.label(axis, index[axis]) == code for axis, code in wanted.items() if code
        ]
        about = np.ones(len(index["period"]), dtype=bool)
        for named in chosen:
            about &= named
        return about


ALL = Asked()


def asked_of(
    scenario: Scenario, province: str, commodity: str, period: str, without: Sequence[str]
) -> Asked:
    """Make a question of what a user typed.

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
    return Asked(
        code_of(scenario, "provinces", province) if province else "",
        code_of(scenario, "commodities", commodity) if commodity else "",
        period_of(scenario, period) if period else "",
        tuple(without),
    )
