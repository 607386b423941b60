"""What a scenario consists of: settings, tables, and where each row was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner.formats.locations import Books
from planner.schema.horizon import Horizon
from planner.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class ScenarioTables:
    """The parts of a scenario; `Scenario` adds what can be asked of them.

    Parameters
    ----------
    name
        Name of the folder.
    settings
        Keys of `scenario.toml`, those of the base included.
    tables
        One frame for each table of the schema, by name. Rows of `production`, `need` and
        `imports` are spread over the periods; `need` has the further column `share_of_year`.
    lines
        File and line of each row, by table, on the same row index.
    books
        The sheets of the workbooks that were read.
    """

    name: str
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    lines: Mapping[str, pd.DataFrame]
    books: Books = field(default_factory=dict)

    @property
    def horizon(self) -> Horizon:
        """The periods of the plan."""
        return self.settings.periods


def empty(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame without rows whose columns have the given types."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
