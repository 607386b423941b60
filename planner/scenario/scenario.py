"""The Scenario: everything a plan starts from, frozen."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner.errors import place as told_place
from planner.language import DEFAULT_LANGUAGE, date, text
from planner.scenario.horizon import Horizon
from planner.scenario.places import Books, cell_of
from planner.scenario.settings import Settings


@dataclass(frozen=True, slots=True)
class Scenario:
    """The input of a plan; nothing is ever written back into it.

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

    @property
    def provinces(self) -> list[str]:
        """BPS codes of the provinces, in the order of the table."""
        return list(self.tables["provinces"]["province"])

    @property
    def commodities(self) -> list[str]:
        """Short names of the commodities, in the order of the table."""
        return list(self.tables["commodities"]["commodity"])

    def title(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Give the title in a language."""
        return str(getattr(self.settings.scenario.title, language))

    def source_line(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Say at the foot of a chart what it was made from: scenario, date of the data, digest."""
        day = date(self.settings.scenario.data_date, language)
        values = {"title": self.title(language), "date": day, "digest": self.digest()}
        return text("command.source_line", language, **values)

    def names(self, table: str, language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
        """Return what the codes of a table (provinces, commodities, modes, rules) are called."""
        frame = self.tables[table]
        called = ["name_en", "name"] if language == "en" else ["name"]
        column = next((name for name in called if name in frame), frame.columns[0])
        return dict(zip(frame.iloc[:, 0], frame[column], strict=True))

    def place(self, file: str, line: int, column: str, language: str = DEFAULT_LANGUAGE) -> str:
        """Say where a figure stands: file, line and column, or workbook, sheet and cell."""
        seen, cell = cell_of(file, column, self.books)
        return told_place(seen, [line], column, cell, language)

    def replace(self, *, settings: Settings | None = None, **tables: pd.DataFrame) -> Scenario:
        """Give a scenario with other settings or other tables, for a what-if in a notebook.

        Parameters
        ----------
        settings
            The new settings.
        tables
            Whole new frames by table name, with the columns of the frame they replace.

        Raises
        ------
        KeyError
            If there is no such table.
        """
        unknown = set(tables) - set(self.tables)
        if unknown:
            raise KeyError(*sorted(unknown))
        return dataclasses.replace(
            self, settings=settings or self.settings, tables={**self.tables, **tables}
        )

    def digest(self) -> str:
        """Give 12 hex digits that change when any input changes; a writer's words are none."""
        hasher = hashlib.sha256(self.settings.model_dump_json(exclude={"brief"}).encode())
        for name in sorted(self.tables):
            hasher.update(name.encode())
            hasher.update(self.tables[name].to_csv(index=False, lineterminator="\n").encode())
        return hasher.hexdigest()[:12]

    def __repr__(self) -> str:
        size = f"{len(self.provinces)} provinces, {len(self.commodities)} commodities"
        return f"<Scenario {self.name}: {size}, {self.horizon.periods} periods>"


def empty(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Give a frame without rows whose columns have the given types."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
