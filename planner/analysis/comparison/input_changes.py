"""What differs between two scenarios: settings and cells, with the periods of a row gathered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.analysis.comparison.period_groups import format_cell, group_periods
from planner.scenario import TABLES, Scenario
from planner.schema.columns import Column, Table
from planner.schema.tables import SOURCE

SETTINGS = "scenario.toml"
COLUMNS = [
    "table", "key", "column", "periods", "by_period", "change", "before", "after", "difference",
    "relative", "source",
]  # fmt: skip
_SAME = 1e-9
"""Relative difference of two figures that are the same."""
_WORDS = {
    ("scenario", "title"),
    ("scenario", "extends"),
    ("scenario", "language"),
    ("adjust",),
    ("limits",),
    ("brief",),
}
"""Settings that change no figure, or whose effect shows in the rows they touch."""


def input_changes(before: Scenario, after: Scenario) -> pd.DataFrame:
    """Return one line for each setting and each cell that differs.

    Parameters
    ----------
    before, after
        Scenarios with the same horizon.

    Returns
    -------
    `key` holds the key cells of the row in the order of its table, without the period. Periods in
    which a cell changed by the same factor make one line, and so do those of a row with more than
    `MOST_FACTORS` factors (`by_period` is "varies" there): `before` and `after` are then sums of flows
    over these periods and means of everything else. A row that only one scenario has is "added" or
    "removed". `source` is that of the later figure; it counts as a change only where it is the only one.
    """
    parts = [_settings(before, after)]
    parts += [_changed_rows(table, before, after) for table in TABLES.values()]
    found = [part for part in parts if len(part)]
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(found, ignore_index=True)[COLUMNS]


def _settings(before: Scenario, after: Scenario) -> pd.DataFrame:
    old, new = (dict(_leaves(s.settings.model_dump(mode="json"), ())) for s in (before, after))
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    rows = [
        {"table": SETTINGS, "key": key, "before": old.get(key, ""), "after": new.get(key, "")}
        for key in keys
    ]
    blank = {"column": "", "periods": "", "by_period": "", "change": "changed", "source": ""}
    nothing = {"difference": np.nan, "relative": np.nan}
    return pd.DataFrame(rows).assign(**blank, **nothing) if rows else pd.DataFrame()


def _leaves(tree: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each setting by its dotted name, as text."""
    for name, value in tree.items():
        place = (*above, name)
        if place in _WORDS:
            continue
        if isinstance(value, dict):
            yield from _leaves(value, place)
        elif isinstance(value, list):
            yield ".".join(place), ", ".join(map(str, value))
        else:
            yield ".".join(place), str(value)


def _changed_rows(table: Table, before: Scenario, after: Scenario) -> pd.DataFrame:
    old, new = (scenario.tables[table.name][list(table.names)] for scenario in (before, after))
    if old.equals(new):
        return pd.DataFrame()
    pairs = old.merge(new, "outer", list(table.key), suffixes=("_before", "_after"), indicator=True)
    cells = pd.concat(_changed_cells(table, pairs) + _single_rows(table, pairs))
    if cells.empty:
        return cells
    rows = pairs.loc[cells.index]
    key = [name for name in table.key if name != "period"]
    cells = cells.assign(
        key=rows[key].map(format_cell).agg("; ".join, axis=1),
        period=rows["period"] if "period" in table.key else "",
        source=_source(table, rows),
    )
    return group_periods(cells, before.horizon.labels, table.spread).assign(table=table.name)


def _changed_cells(table: Table, pairs: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the cells that differ of rows that both have; the source where nothing else does."""
    both = pairs.loc[pairs["_merge"] == "both"]
    figures = [column for column in table.columns if not column.key and column != SOURCE]
    parts = [_differing(both, column) for column in figures]
    if SOURCE in table.columns:
        touched = [row for part in parts for row in part.index]
        parts.append(_differing(both.drop(index=touched), SOURCE))
    return parts


def _differing(rows: pd.DataFrame, column: Column) -> pd.DataFrame:
    old, new = rows[f"{column.name}_before"], rows[f"{column.name}_after"]
    numbers = column.is_figure
    same = old == new
    if numbers:
        same |= np.isclose(old, new, rtol=_SAME, atol=0.0, equal_nan=True)
    return _cells(column.name, "changed", old[~same], new[~same], numbers=numbers)


def _single_rows(table: Table, pairs: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows that only one scenario has, with the flow that came or went."""
    parts = []
    for change, side in (("removed", "left_only"), ("added", "right_only")):
        rows = pairs.loc[pairs["_merge"] == side]
        if table.spread:
            name = table.spread[0]
            old, new = rows[f"{name}_before"], rows[f"{name}_after"]
            parts.append(_cells(name, change, old, new, numbers=True))
        else:
            blank = pd.Series("", index=rows.index)
            parts.append(_cells("", change, blank, blank, numbers=False))
    return parts


def _cells(
    column: str, change: str, old: pd.Series[Any], new: pd.Series[Any], *, numbers: bool
) -> pd.DataFrame:
    """Tabulate cells on the index of their rows: numbers and texts in columns of their own."""
    sides = ("before", "after") if numbers else ("text_before", "text_after")
    blank = {"before": np.nan, "after": np.nan, "text_before": "", "text_after": ""}
    given = {**blank, sides[0]: old, sides[1]: new, "column": column, "change": change}
    return pd.DataFrame(given, index=old.index)


def _source(table: Table, rows: pd.DataFrame) -> pd.Series[str]:
    """Return the source of the later figure, or of the earlier one where the row is gone."""
    if SOURCE not in table.columns:
        return rows["source"]
    return rows["source_after"].where(rows["_merge"] != "left_only", rows["source_before"])
