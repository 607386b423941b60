"""The Scenario: everything a plan starts from, frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.errors import InputError, OptionError, Problem, Row
from planner.errors import format_location as told_place
from planner.formats.locations import find_cell
from planner.given import described, require_language
from planner.html import facts_table
from planner.i18n import DEFAULT_LANGUAGE, RUPIAH, Locale, date, name_columns, text
from planner.scenario.from_frames import read_frames
from planner.scenario.in_memory import replace_tables
from planner.scenario.scenario_tables import ScenarioTables
from planner.schema.columns import SEPARATOR
from planner.schema.settings import Settings

WHAT_IF = "what_if"
"""Source of what is changed in memory and names no other."""
WHAT_IF_TITLE = "Pengandaian, dibuat dalam memori / What-if, made in memory"


@dataclass(frozen=True, slots=True)
class Scenario(ScenarioTables):
    """The input of a plan; nothing is ever written back into it.

    Parameters
    ----------
    name, settings, tables, lines, books
        See `planner.scenario.scenario_tables.ScenarioTables`.
    """

    @classmethod
    def from_tables(
        cls,
        frames: Mapping[str, pd.DataFrame],
        settings: Mapping[str, Any] | str,
        *,
        name: str = "in memory",
    ) -> Scenario:
        """Return a scenario from frames of pandas, after the checks of files.

        Frames are as the files of a folder would be, before anything is spread or adjusted; to change the tables
        of a scenario there is, use `replace`.

        Parameters
        ----------
        frames
            By table name, with the columns of `scenarios/TABLES.md`. NaN, None and "" are blank.
        settings
            What `scenario.toml` would hold: nested mappings, or its text.
        name
            What the scenario is called.

        Raises
        ------
        InputError
            With every problem: its table, row and column, the value, and what to do.
        OptionError
            If the frames are no mapping, or the settings neither a mapping nor text.

        Examples
        --------
        >>> import pandas as pd, planner
        >>> from pathlib import Path
        >>> folder = Path("scenarios/dua-pulau")
        >>> frames = {file.stem: pd.read_csv(file, dtype=str) for file in folder.glob("*.csv")}
        >>> made = planner.Scenario.from_tables(frames, (folder / "scenario.toml").read_text("utf-8"))
        >>> planner.solve(made).money_idr
        7450000.0
        """
        content, books = read_frames(frames, settings)
        return cls(name, *content, books)

    @property
    def provinces(self) -> list[str]:
        """BPS codes of the provinces, in the order of the table."""
        return list(self.tables["provinces"]["province"])

    @property
    def commodities(self) -> list[str]:
        """Short names of the commodities, in the order of the table."""
        return list(self.tables["commodities"]["commodity"])

    def title(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the title in a language.

        Raises
        ------
        OptionError
            If nothing is written in it.
        """
        require_language(language)
        title = self.settings.scenario.title
        return str(getattr(title, language, title.en))

    def source_line(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Write at the foot of a chart what it was made from: scenario, date of the data, digest."""
        day = date(self.settings.scenario.data_date, language)
        values = {"title": self.title(language), "date": day, "digest": self.digest()}
        return text("command.source_line", language, **values)

    def names(self, table: str, language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
        """Return what the codes of a table (provinces, commodities, modes, rules) are called.

        Raises
        ------
        OptionError
            If there is no such table.
        """
        if table not in self.tables:
            raise OptionError("given.table", given=table, known=", ".join(self.tables))
        frame = self.tables[table]
        column = next(iter(name_columns(language, frame.columns)), frame.columns[0])
        return dict(zip(frame.iloc[:, 0], frame[column], strict=True))

    def place(self, file: str, line: int, column: str, language: str = DEFAULT_LANGUAGE) -> str:
        """Return where a figure stands: file, line and column, or workbook, sheet and cell."""
        seen, cell = find_cell(file, line, column, self.books)
        row = cell.name if isinstance(cell, Row) else line
        return told_place(seen, [row], column, cell, language)

    def replace(self, *, settings: Settings | None = None, **tables: pd.DataFrame) -> Scenario:
        """Return a scenario with other settings or other tables, for a what-if in a notebook.

        All is checked as files are: what `planner check` would refuse is refused here.

        Parameters
        ----------
        settings
            The new settings. `scope` cuts what is left out of it; `adjust` that are added are done.
        tables
            Whole new frames by table name, with the columns of `scenarios/TABLES.md`. NaN, None and ""
            are blank; columns that may be blank may be left out; a blank period is spread over the year.

        Raises
        ------
        InputError
            With every problem: its table, row and column, the value, and what to do.
        """
        return replace_tables(self, settings, tables)

    def checked(self) -> Scenario:
        """Return the scenario after all checks, should a table have been changed in place.

        Raises
        ------
        InputError
            With every problem.
        """
        tables: dict[str, Any] = dict(self.tables)
        return self.replace(**tables)

    def only(self, commodities: str | Sequence[str]) -> Scenario:
        """Return a scenario of some commodities alone.

        Parameters
        ----------
        commodities
            Short names, or one.

        Raises
        ------
        InputError
            If one of them is unknown, or none is named.
        OptionError
            If this is neither a name nor several.
        """
        if not isinstance(commodities, Iterable):
            raise OptionError("given.named", given=described(commodities))
        kept = (commodities,) if isinstance(commodities, str) else tuple(commodities)
        if not kept:
            raise InputError(
                [Problem("frame_nothing_named", column="scope.commodities", cell=Row())]
            )
        return self._with(scope=self.settings.scope.model_copy(update={"commodities": kept}))

    def with_policy(self, **keys: object) -> Scenario:
        """Return a scenario with other keys of `[policy]`, such as `freight="high"`.

        Parameters
        ----------
        keys
            `stages`, `tolerance`, `slack`, `closing` or `freight`.

        Raises
        ------
        InputError
            If a key or its value is unknown.
        """
        return self._with(policy=self.settings.policy.model_copy(update=keys))

    def adjust(
        self,
        table: str,
        column: str,
        *,
        where: Mapping[str, str | Sequence[str]] | None = None,
        source: str = WHAT_IF,
        **change: float,
    ) -> Scenario:
        """Return a scenario with one more `[[adjust]]`.

        Parameters
        ----------
        table, column
            What to change.
        where
            Conditions on columns: a code, or several; none for every row.
        source
            Row of `sources` for the new figures; by default one that calls them a what-if.
        change
            One of `multiply`, `add` and `set`.

        Raises
        ------
        InputError
            If something is unknown, no row is hit, or a figure is driven out of its bounds.
        OptionError
            If `where` is no mapping.
        """
        if not isinstance(where, Mapping | None):
            raise OptionError("given.conditions", given=described(where))
        rows = {name: _listed(one) for name, one in (where or {}).items()}
        new = {"table": table, "column": column, "where": rows, "source": source, **change}
        settings = self.settings.model_copy(update={"adjust": (*self.settings.adjust, new)})
        return self._sourced(source).replace(settings=settings)

    def with_rule(self, *, source: str = WHAT_IF, **cells: object) -> Scenario:
        """Return a scenario with one more rule; all that is not named is blank.

        Parameters
        ----------
        source
            Row of `sources` for the rule; by default one that calls it a what-if.
        cells
            Columns of `rules`: `rule`, `sense`, `bound`, `measure` and others. Several codes are a list.

        Raises
        ------
        InputError
            If a column is unknown, or a cell is not what it should be.
        """
        row = {name: _joined(cell) for name, cell in cells.items()} | {"source": source}
        sourced = self._sourced(source)
        return sourced.replace(rules=pd.concat([sourced.tables["rules"], pd.DataFrame([row])]))

    def _with(self, **parts: object) -> Scenario:
        return self.replace(settings=self.settings.model_copy(update=parts))

    def _sourced(self, source: str) -> Scenario:
        """Return the scenario with the source of what-ifs, if that is asked for and not there yet."""
        sources = self.tables["sources"]
        if source != WHAT_IF or WHAT_IF in set(sources["source"]):
            return self
        row = {"source": WHAT_IF, "kind": "assumption", "title": WHAT_IF_TITLE}
        return self.replace(sources=pd.concat([sources, pd.DataFrame([row])], ignore_index=True))

    def locale(self, language: str = "") -> Locale:
        """Return a language, or else that of the scenario, with its currency and its word for a place."""
        return self.settings.scenario.locale(language)

    def digest(self) -> str:
        """Return 12 hex digits that change when any input changes; a writer's words are none."""
        return input_digest(self.settings, self.tables)

    def __repr__(self) -> str:
        size = f"{len(self.provinces)} provinces, {len(self.commodities)} commodities"
        return f"<Scenario {self.name}: {size}, {self.horizon.periods} periods>"

    def _repr_html_(self) -> str:
        facts = {
            "title": self.title("en"),
            "provinces": len(self.provinces),
            "commodities": ", ".join(self.commodities),
            "periods": f"{self.horizon.periods}, each a {self.horizon.length}, from {self.horizon.start}",
            "digest": self.digest(),
        }
        return facts_table(f"Scenario {self.name}", facts)


def input_digest(
    settings: Settings, tables: Mapping[str, pd.DataFrame], *, as_written: bool = False
) -> str:
    """Compute the digest of settings and tables.

    Parameters
    ----------
    settings, tables
        The input of a plan.
    as_written
        Whether settings that were not written down count for nothing: so the digest of an older run is found
        again, which knew fewer of them.
    """
    head = settings.scenario
    # as ever where a key is left out: the digits of scenarios and runs older than it stay as they were
    usual = {"currency"} if head.currency == RUPIAH else set[str]()
    usual |= {"place"} if head.place is None else set()
    left_out: dict[str, bool | set[str]] = {"brief": True, "scenario": usual}
    told = settings.model_dump_json(exclude=left_out, exclude_unset=as_written)
    hasher = hashlib.sha256(told.encode())
    for name in sorted(tables):
        hasher.update(name.encode())
        hasher.update(tables[name].to_csv(index=False, lineterminator="\n").encode())
    return hasher.hexdigest()[:12]


def _listed(wanted: object) -> object:
    """Return several codes as a list, and anything else as it is, for the checks to judge."""
    if isinstance(wanted, Iterable) and not isinstance(wanted, str):
        return list(wanted)
    return wanted


def _joined(cell: object) -> object:
    """Write several codes as a cell holds them."""
    return SEPARATOR.join(map(str, cell)) if isinstance(cell, list | tuple | set) else cell
