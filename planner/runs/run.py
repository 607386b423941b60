"""The Run: what was found, and what it was found from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.html import facts_table
from planner.scenario import Scenario

FORMAT = 2
"""Raised when a file, column or unit changes its meaning; not for a new input table or column: see `read_run`."""

UNITS = {"quantity": "t", "money": "IDR"}


@dataclass(frozen=True, slots=True)
class Run:
    """A plan as its run folder holds it.

    Parameters
    ----------
    name
        The folder as the user named it; for a run that was never written, the name of its scenario.
    facts
        The facts of `summary.json`.
    tables
        The result tables by name, rounded as they are written; codes are text.
    scenario
        What the plan was made from: tables spread over the periods and adjusted, in full precision.
    """

    name: str
    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    scenario: Scenario

    def __repr__(self) -> str:
        return f"<Run {self.name}: {len(self.tables)} tables, {self.scenario!r}>"

    def _repr_html_(self) -> str:
        rows = {name: f"{len(frame):,} rows" for name, frame in self.tables.items()}
        return facts_table(f"Run {self.name} of {self.scenario.name}", rows)
