"""Two scenarios -> one: rows by key, conflicts never decided silently, where each row comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.exchange.merge.conflict_rules import BOTH, ConflictRules
from planner.exchange.merge.settings_merge import merge_two_settings
from planner.exchange.merge.table_merge import CONFLICTS, TableMerge
from planner.exchange.merge.written_scenario import WrittenScenario
from planner.schema.tables import TABLES


@dataclass(frozen=True, slots=True)
class MergedScenario:
    """What two scenarios are together.

    Parameters
    ----------
    settings
        `scenario.toml`.
    tables
        Text cells by table, with the columns that either has written.
    conflicts
        A line for each cell and setting on which they differ; `taken` is ``"a"``, ``"b"``, ``"both"``,
        or blank where no rule decides.
    provenance
        Where each row comes from: ``"a"``, ``"b"`` or ``"both"``, with its lines there.
    """

    settings: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    conflicts: pd.DataFrame
    provenance: pd.DataFrame

    @property
    def undecided(self) -> pd.DataFrame:
        """The conflicts that no rule decides."""
        return self.conflicts.loc[self.conflicts["taken"] == ""]


def merge(a: WrittenScenario, b: WrittenScenario, rules: ConflictRules) -> MergedScenario:
    """Lay two scenarios together.

    A row that only one has is taken, and so is a row in which both mean the same. Rows of the same key
    with other cells are a conflict; so are rows for a whole year in one and for its months in the
    other. A conflict is decided for the row as a whole, so that a figure keeps its source.

    Parameters
    ----------
    a, b
        The two scenarios.
    rules
        Who wins.
    """
    sources = TableMerge(TABLES["sources"], (a, b), rules)
    renamed = sources.keep_both() if BOTH in rules.of("sources") else {}
    settings, lines = merge_two_settings(a, b, rules, renamed)
    tables, conflicts, provenance = {}, [pd.DataFrame(lines, columns=CONFLICTS)], []
    for table in TABLES.values():
        if table.name not in a.tables and table.name not in b.tables:
            continue
        part = sources if table.name == "sources" else TableMerge(table, (a, b), rules)
        tables[table.name] = part.rows(renamed)
        conflicts.append(part.conflicts())
        provenance.append(part.provenance(renamed))
    found = pd.concat([lines for lines in conflicts if len(lines)] or conflicts[:1])
    return MergedScenario(settings, tables, found.reset_index(drop=True), pd.concat(provenance))
