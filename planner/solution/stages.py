"""What each stage of a plan reached, beside the cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.arrays import Array, Booleans, Floats

SET_ASIDE = 1e-6
"""A coverage up to this cannot be raised by any plan: the cell is set aside."""


@dataclass(frozen=True, slots=True)
class CoverageReached:
    """The least that must go unmet.

    Parameters
    ----------
    least
        Least need unmet, each tonne times the priority of its commodity, t.
    held
        What the later stages keep to, t.
    """

    least: float
    held: float

    @property
    def stage(self) -> str:
        """Name of the stage."""
        return "coverage"

    def facts(self) -> dict[str, Any]:
        """Give what stands in `summary.json`."""
        return {"least_weighted_t": round(self.least, 3), "held_weighted_t": round(self.held, 3)}


@dataclass(frozen=True, slots=True)
class FairnessReached:
    """How high the coverage of each province and commodity could be raised, the lowest first.

    Parameters
    ----------
    province, commodity
        Codes of each cell.
    coverage
        Highest coverage over the horizon that the cell is given.
    rounds
        Rounds until every cell was settled.
    """

    province: Array
    commodity: Array
    coverage: Floats
    rounds: int

    @property
    def stage(self) -> str:
        """Name of the stage."""
        return "fairness"

    @property
    def set_aside(self) -> Booleans:
        """Say which cells no plan can reach."""
        aside: Booleans = self.coverage <= SET_ASIDE
        return aside

    @property
    def lowest(self) -> int | None:
        """Position of the lowest cell that can be reached; None where none is short."""
        coverage = np.where(self.set_aside, 1.0, self.coverage)
        return int(coverage.argmin()) if coverage.min(initial=1.0) < 1 else None

    def facts(self) -> dict[str, Any]:
        """Give what stands in `summary.json`."""
        aside = np.flatnonzero(self.set_aside)
        facts: dict[str, Any] = {"rounds": self.rounds, "short": int((self.coverage < 1).sum())}
        facts["set_aside"] = [f"{self.province[i]} {self.commodity[i]}" for i in aside]
        if self.lowest is not None:
            facts["lowest_coverage"] = round(float(self.coverage[self.lowest]), 6)
            facts["lowest"] = f"{self.province[self.lowest]} {self.commodity[self.lowest]}"
        return facts


type Reached = CoverageReached | FairnessReached
