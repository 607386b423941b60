"""What a run folder holds, at least: its tables with their columns, and the facts that others read.

A folder that comes back from a stranger is held against this, so that a table or column that is not there is told
with its file, and not found out by whoever needs it first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from planner.arrays import Booleans
from planner.scenario import TABLES, Scenario
from planner.schema.columns import Column, Table

type Number = Annotated[float, Field(allow_inf_nan=False)]
type Numbers = dict[str, Number]

_REFERS = {
    "province": "provinces", "origin": "provinces", "destination": "provinces",
    "commodity": "commodities", "origin_commodity": "commodities", "input": "commodities",
    "output": "commodities", "mode": "modes", "service": "services",
}  # fmt: skip
_PERIODS = {"period"}
_PLACE = "province commodity period"


def _table(name: str, texts: str, numbers: str, open_numbers: str = "") -> tuple[str, Table]:
    """Declare a table: its texts, its numbers, and numbers that may be blank."""
    columns = [Column(one, "", refers=_REFERS.get(one, "")) for one in texts.split()]
    columns += [Column(one, "", "number", required=True) for one in numbers.split()]
    columns += [Column(one, "", "number") for one in open_numbers.split()]
    return name, Table(name, "", tuple(columns))


RESULTS = dict(
    [
        _table(
            "flows",
            "origin destination mode service commodity period arrival_period",
            "tonnes received_t idr",
        ),
        _table(
            "nodes",
            _PLACE,
            "opening supplied unused imported received made unmet need sent used spoilt discarded closing",
        ),
        _table("coverage", _PLACE, "need_t served_t unmet_t", "coverage"),
        _table("prices", f"{_PLACE} kind", "", "idr_per_t"),
        _table("capacities", "kind name period unit", "", "used capacity congestion_rent"),
        _table("costs", "part commodity mode", "idr"),
        _table(
            "balance",
            _PLACE,
            "opening_stock production imported need reserve surplus shortage",
            "closing days_of_cover",
        ),
        _table(
            "balance_totals",
            "province commodity period",
            "opening_stock production imported need reserve surplus shortage",
        ),
        _table(
            "supply",
            "origin source origin_commodity destination commodity use path modes",
            "origin_t tonnes purchase_idr import_idr processing_idr freight_idr handling_idr holding_idr",
        ),
        _table(
            "delivered_costs",
            "origin destination commodity path modes part leg",
            "step tonnes idr",
            "idr_per_kg",
        ),
        _table(
            "price_gaps",
            "origin destination commodity",
            "tonnes periods",
            "origin_idr_per_kg destination_idr_per_kg difference_idr_per_kg cost_idr_per_kg "
            "lost_goods_idr_per_kg gap_idr_per_kg",
        ),
    ]
)
"""The tables of every run."""
SOMETIMES = dict(
    [
        _table("processing", "recipe province period input output", "used_t made_t idr"),
        _table(
            "pair",
            "direction commodity period",
            "planned_t potential_t",
            "extra_idr_per_t flip_idr_per_t",
        ),
    ]
)
"""Tables of some runs."""
_SPANS = {"balance_totals", "pair", "capacities"}
"""Tables whose period may be the first and the last of several in one: of the horizon, or of what a rule counts."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Proof(_Part):
    breach_t: Number
    gap: Number


class _Size(_Part):
    columns: int
    rows: int


class _Versions(_Part):
    planner: str


class Facts(_Part):
    """The facts of `summary.json` that others read; there may be more."""

    scenario: str
    units: dict[str, str]
    periods: list[str]
    cost_idr: Number
    cost_by_part_idr: Numbers
    tonnes_moved: Number
    tonnes_by_mode: Numbers
    need_t: Number
    coverage: Number
    unmet_t: Numbers
    unused_t: Numbers
    closing_gap_t: Numbers
    discarded_t: Numbers
    certificate: _Proof
    evidence_assumed: Numbers
    size: _Size
    versions: _Versions
    input_digest: str


_BY_GOOD = ("unmet_t", "unused_t", "closing_gap_t", "discarded_t")


def missing_columns(table: Table, frame: pd.DataFrame, *, whole: bool = False) -> list[str]:
    """Return the columns of a table that are not there, or hold texts for numbers or the other way round.

    Parameters
    ----------
    table
        Declaration of the table.
    frame
        Its rows.
    whole
        Whether it is known to hold all that was written: then only what must be filled is missed.
    """
    numbers = {str(name) for name in frame.select_dtypes("number").columns}
    return [
        column.name
        for column in table.columns
        if (column.name not in frame and (column.required or not whole))
        or (
            column.name in frame
            and len(frame)  # without rows nothing tells what a column holds
            and column.is_figure != (column.name in numbers)
        )
    ]


def wrong_cells(
    table: Table, frame: pd.DataFrame, known: Mapping[str, set[str]]
) -> Iterator[tuple[int, str, str]]:
    """Yield the row (from 0), column and text of the first wrong cell of each column.

    Parameters
    ----------
    table
        Declaration of the table.
    frame
        Its rows, with all columns.
    known
        The codes of each table that columns refer to, and the labels of the periods.
    """
    for column in table.columns:
        wrong = _wrong(column, frame[column.name], known, spans=table.name in _SPANS)
        if wrong.any():
            row = int(np.argmax(wrong))
            yield row, column.name, str(frame[column.name].iloc[row])


def wrong_facts(facts: Mapping[str, Any], scenario: Scenario) -> Iterator[str]:
    """Yield the names of facts that speak of goods, modes or periods that the scenario has not."""
    modes = set(scenario.tables["modes"].iloc[:, 0])
    goods = set(scenario.commodities)
    yield from (name for name in _BY_GOOD if not set(facts[name]) <= goods)
    if not set(facts["tonnes_by_mode"]) <= modes:
        yield "tonnes_by_mode"
    if facts["periods"] != list(scenario.horizon.labels):
        yield "periods"


def known_codes(frames: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Return the codes that each table of a scenario declares."""
    targets = {column.refers for table in TABLES.values() for column in table.columns} - {""}
    named = {target: target.partition(".") for target in {*targets, *_REFERS.values()}}
    return {
        target: set(frames[name][column] if column else frames[name].iloc[:, 0])
        for target, (name, _, column) in named.items()
    }


def _wrong(
    column: Column, cells: pd.Series[Any], known: Mapping[str, set[str]], *, spans: bool
) -> Booleans:
    if column.is_figure:
        values = cells.to_numpy(dtype=float, na_value=np.nan)
        wrong = np.isinf(values) | (np.isnan(values) if column.required else False)
        low = -np.inf if column.low is None else column.low
        high = np.inf if column.high is None else column.high
        return np.asarray(wrong | (values < low) | (values > high))
    codes, texts = pd.factorize(cells)
    return np.array([_odd(column, text, known, spans=spans) for text in texts], bool)[codes]


def _odd(column: Column, text: str, known: Mapping[str, set[str]], *, spans: bool) -> bool:
    if not text:
        return column.required
    if column.choices:
        return not set(column.values(text)) <= set(column.choices)
    if column.refers:
        return not set(column.values(text)) <= known[column.refers]
    if column.kind == "period" or column.name in _PERIODS:
        named = text.split("/") if spans else column.values(text)
        return not set(named) <= known["period"]
    return False
