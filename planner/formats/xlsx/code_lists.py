"""What a scenario declares: the codes that drop-downs offer, and examples of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.schema.columns import Column, Table
from planner.schema.tables import TABLES

PERIODS = "period"


@dataclass(frozen=True, slots=True)
class DeclaredCodes:
    """The codes of a scenario.

    Parameters
    ----------
    lists
        Codes by what refers to them: `provinces`, `commodities.good`, and the periods.
    names
        What the codes are called, where they have names.
    tables
        The tables of the scenario.
    """

    lists: Mapping[str, list[str]]
    names: Mapping[str, list[str]]
    tables: Mapping[str, pd.DataFrame]

    def example(self, table: Table) -> dict[str, str]:
        """Return a row as an example: the first of the scenario, or one made from the declaration."""
        frame = self.tables.get(table.name)
        if frame is None or frame.empty:
            return {column.name: self._made_up(column) for column in table.columns}
        first = frame.iloc[0]
        return {column.name: _shown(first[column.name]) for column in table.columns}

    def _made_up(self, column: Column) -> str:
        codes = column.choices or self.lists.get(list_name(column), ())
        if codes:
            return codes[0]
        if column.is_figure:
            return _shown(column.default or (1 if column.high == 1 or column.whole else 100))
        named = re.search(r"such as ([\w-]+)", column.meaning)
        return named[1] if named else f"{column.name}_1" if column.required else ""


def collect_codes(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> DeclaredCodes:
    """Collect the codes of a scenario.

    Parameters
    ----------
    tables
        Its tables; codes are text.
    periods
        Labels of its periods.
    """
    lists: dict[str, list[str]] = {PERIODS: list(periods)} if periods else {}
    names: dict[str, list[str]] = {}
    for refers in dict.fromkeys(column.refers for t in TABLES.values() for column in t.columns):
        table, _, other = refers.partition(".")
        frame = tables.get(table)
        if frame is None or frame.empty:
            continue
        codes = frame[other] if other else frame.iloc[:, 0]
        rows = frame.loc[(codes != "") & ~codes.duplicated()]
        if rows.empty:
            continue
        lists[refers] = [str(code) for code in codes.loc[rows.index]]
        if not other and "name" in frame:
            names[refers] = [str(name) for name in rows["name"]]
    return DeclaredCodes(lists, names, tables)


def list_name(column: Column) -> str:
    """Return the list that holds the values of a column; "" where any value may stand."""
    return PERIODS if column.kind == "period" else column.refers


def _shown(value: object) -> str:
    if isinstance(value, float | int):
        return "" if pd.isna(value) else f"{value:.10g}"
    return str(value)
