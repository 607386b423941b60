"""What each stage of a plan reached, beside the cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planner.arrays import Array, Booleans, Floats

SET_ASIDE = 1e-6
"""A coverage up to this cannot be raised by any plan: the cell is set aside."""


@dataclass(frozen=True, slots=True)
class CoverageResult:
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
        """Return what stands in `summary.json`."""
        return {"least_weighted_t": round(self.least, 3), "held_weighted_t": round(self.held, 3)}


@dataclass(frozen=True, slots=True)
class FairnessResult:
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
        """Return which cells no plan can reach."""
        aside: Booleans = self.coverage <= SET_ASIDE
        return aside

    @property
    def lowest(self) -> int | None:
        """Position of the lowest cell that can be reached; None where none is short."""
        coverage = np.where(self.set_aside, 1.0, self.coverage)
        return int(coverage.argmin()) if coverage.min(initial=1.0) < 1 else None

    def facts(self) -> dict[str, Any]:
        """Return what stands in `summary.json`."""
        aside = np.flatnonzero(self.set_aside)
        facts: dict[str, Any] = {"rounds": self.rounds, "short": int((self.coverage < 1).sum())}
        facts["set_aside"] = [f"{self.province[i]} {self.commodity[i]}" for i in aside]
        if self.lowest is not None:
            facts["lowest_coverage"] = round(float(self.coverage[self.lowest]), 6)
            facts["lowest"] = f"{self.province[self.lowest]} {self.commodity[self.lowest]}"
        return facts


@dataclass(frozen=True, slots=True)
class StabilityResult:
    """How few lanes change against the signed plan.

    Parameters
    ----------
    lanes
        `calm.csv`: the signed and the newly used lanes, `signed_t` and `planned_t` over the horizon;
        `change` is kept, new or given_up; `keeping_idr_per_t`: what a tonne more asked of a kept lane
        would cost, NaN where none is asked.
    bound
        Changes that every plan within the slack needs, as far as proven.
    cheapest_changes
        Changes that the cheapest plan would make.
    rise
        Cost above that of the cheapest plan, penalties left aside, IDR.
    finished
        Whether the search came to its end: no plan on the lanes looked at has fewer changes.
    """

    lanes: pd.DataFrame
    bound: int
    cheapest_changes: int
    rise: float
    finished: bool

    @property
    def stage(self) -> str:
        """Name of the stage."""
        return "calm"

    def count(self, change: str) -> int:
        """Count the lanes with a change."""
        return int((self.lanes["change"] == change).sum())

    @property
    def changes(self) -> int:
        """Number of lanes newly used or given up."""
        return self.count("new") + self.count("given_up")

    def facts(self) -> dict[str, Any]:
        """Return what stands in `summary.json`."""
        return {
            "changes": self.changes,
            "new": self.count("new"),
            "given_up": self.count("given_up"),
            "kept": self.count("kept"),
            "proven_at_least": self.bound,
            "gap": self.changes - self.bound,
            "search_finished": self.finished,
            "changes_of_the_cheapest_plan": self.cheapest_changes,
            "rise_idr": round(self.rise),
        }


type Reached = CoverageResult | FairnessResult | StabilityResult
