"""The shipment plan as a workbook that an office can print."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter
from pandas.api.types import is_numeric_dtype

from planner.formats.xlsx.styles import (
    cell,
    errors_of_disk,
    fit_height,
    new_book,
    print_on_a4,
    set_widths,
)
from planner.i18n import date, locale_of, money, month, number, percent, text, tonnes
from planner.reports import plan_tables
from planner.reports.plan_tables import SUM
from planner.runs import Run

HEAD_ROWS = 4
_LOOKS = {
    "idr": "rupiah", "idr_per_kg": "small", "coverage": "percent",
}  # fmt: skip
_IN_CENTS = {"rupiah": "money", "small": "small_money"}
_WIDTHS = {"title": 60.0, "note": 70.0, "url": 40.0, "publisher": 30.0, "idr": 22.0}
_WIDEST = 330
"""Characters that can still be read side by side on a page of A4."""
_TITLE, _SPARE = 150, 8
"""Characters of a long title, and of a column that has no width of its own."""


@errors_of_disk()
def write_plan(file: Path, run: Run, language: str) -> None:
    """Write the plan of a run as a workbook.

    Parameters
    ----------
    file
        Where to.
    run
        The run.
    language
        ``"id"`` or ``"en"``.
    """
    language = run.scenario.locale(language)
    tables = {
        "plan": plan_tables.plan_by_period(run, language),
        "shipments": plan_tables.shipments(run, language),
        "balance": plan_tables.balance_after(run, language),
        "shortages": plan_tables.shortages(run, language),
        "costs": plan_tables.costs(run, language),
        "sources": plan_tables.sources(run),
    }
    book = new_book()
    _add_summary(book, run, list(tables), language)
    for name, table in tables.items():
        _add_table(book, run, name, table, language)
    book.save(file)


def _add_table(book: Any, run: Run, name: str, table: pd.DataFrame, language: str) -> None:
    columns = [column for column in table.columns if column != SUM]
    sheet = book.create_sheet(text(f"plan_book.sheet.{name}", language))
    widths = [_width(table[column], column) for column in columns]
    set_widths(sheet, widths)
    texts = sum(_is_text(table[column]) for column in columns)
    sheet.freeze_panes = f"{get_column_letter(min(texts, 4) + 1)}{HEAD_ROWS + 1}"
    print_on_a4(sheet, f"{HEAD_ROWS}:{HEAD_ROWS}")
    sheet.page_setup.fitToWidth = ceil(sum(widths) / _WIDEST)
    spare = ceil(max(0, _TITLE - sum(widths)) / _SPARE)  # so that the title is not cut off
    last = get_column_letter(len(columns) + spare)
    sheet.print_area = f"A1:{last}{HEAD_ROWS + max(len(table), 1)}"
    _add_title(sheet, run, text(f"plan_book.title.{name}", language), language)
    heads = [_heading(column, language) for column in columns]
    fit_height(sheet, HEAD_ROWS, heads, widths)
    sheet.append(
        [
            cell(sheet, head, "head" if _is_text(table[column]) else "head_right")
            for head, column in zip(heads, columns, strict=True)
        ]
    )
    if table.empty:
        sheet.append([cell(sheet, text("plan_book.nothing", language), "line")])
    _add_rows(sheet, table, columns, widths, language)


def _add_rows(
    sheet: Any,
    table: pd.DataFrame,
    columns: Sequence[str],
    widths: Sequence[float],
    language: str,
) -> None:
    sums = table[SUM].to_numpy(dtype=bool) if SUM in table else np.zeros(len(table), dtype=bool)
    looks = [_look(table[column], column, language) for column in columns]
    values = table[list(columns)].astype(object).where(table[list(columns)].notna(), None)
    rows = values.itertuples(index=False, name=None)
    for at, (total, cells) in enumerate(zip(sums, rows, strict=True), start=HEAD_ROWS + 1):
        before = "sum_" if total else ""
        if "note" in columns:
            fit_height(sheet, at, cells, widths)
        sheet.append(
            [
                cell(sheet, None if value == "" else value, before + look)
                for value, look in zip(cells, looks, strict=True)
            ]
        )


def _look(values: pd.Series[Any], column: str, language: str) -> str:
    """Return how the cells of a column look; money other than rupiah has decimals."""
    look = "cell" if _is_text(values) else _LOOKS.get(column, "tonnes")
    return _IN_CENTS.get(look, look) if locale_of(language).money_decimals else look


def _is_text(values: pd.Series[Any]) -> bool:
    return not is_numeric_dtype(values)


def _heading(column: str, language: str) -> str:
    """Return the heading of a column; a period is its own."""
    return text(f"plan_book.column.{column}", language) if column in _COLUMNS else column


_COLUMNS = {
    "commodity", "origin", "destination", "province", "mode", "service", "origin_port",
    "destination_port", "period", "arrival_period", "tonnes", "received_t", "teu", "idr",
    "idr_per_kg", "opening", "supplied", "imported", "received", "made", "served", "sent", "used",
    "spoilt", "closing", "need", "unmet", "need_t", "unmet_t", "coverage", "part", "source", "kind",
    "publisher", "title", "year", "url", "note",
}  # fmt: skip


def _width(values: pd.Series[Any], column: str) -> float:
    if column in _WIDTHS:
        return _WIDTHS[column]
    if _is_text(values):
        longest = max([10, *(len(str(value)) for value in values.head(500))])
        return float(min(longest + 2, 28))
    return 9.5 if column not in _COLUMNS else 12.0


def _add_title(sheet: Any, run: Run, title: str, language: str) -> None:
    """Write on top of a sheet what it shows and what it was made from."""
    sheet.append([cell(sheet, f"{title}: {run.scenario.title(language)}", "title")])
    sheet.append([cell(sheet, run.scenario.source_line(language), "line")])
    sheet.append([])


def _add_summary(book: Any, run: Run, names: Sequence[str], language: str) -> None:
    sheet = book.create_sheet(text("plan_book.sheet.summary", language))
    widths = [34.0, 100.0]
    set_widths(sheet, widths)
    print_on_a4(sheet)
    _add_title(sheet, run, text("plan_book.title.summary", language), language)
    lines = [(text(f"plan_book.fact.{key}", language), told) for key, told in _facts(run, language)]
    notes = [getattr(note, language) for note in run.scenario.settings.limits.notes]
    lines += [
        (text("plan_book.fact.limits", language) if i == 0 else "", note)
        for i, note in enumerate(notes)
    ]
    lines += [
        (text(f"plan_book.sheet.{name}", language), text(f"plan_book.about.{name}", language))
        for name in names
    ]
    for i, line in enumerate(lines, start=HEAD_ROWS):
        fit_height(sheet, i, line, widths)
        sheet.append([cell(sheet, line[0], "section"), cell(sheet, line[1], "cell")])


def _facts(run: Run, language: str) -> list[tuple[str, str]]:
    """Return the figures of the plan as they are said."""
    facts, scenario = run.facts, run.scenario
    labels, day = scenario.horizon.labels, scenario.settings.scenario.data_date
    goods = scenario.names("commodities", language)
    short = [
        f"{goods[good]} {tonnes(amount, language)}" for good, amount in facts["unmet_t"].items()
    ]
    shares = facts["evidence_assumed"]
    return [
        ("periods", f"{month(labels[0], language)} - {month(labels[-1], language)}"),
        ("data_date", date(day, language)),
        ("digest", facts["input_digest"]),
        ("moved", tonnes(facts["tonnes_moved"], language)),
        ("cost", f"{money(facts['cost_idr'], language)} ({number(facts['cost_idr'], language)})"),
        ("coverage", percent(facts["coverage"], language, 2)),
        ("short", "; ".join(short) or text("plan_book.nothing", language)),
        (
            "assumed",
            text(
                "plan_book.assumed",
                language,
                **{k: percent(v, language) for k, v in shares.items()},
            ),
        ),
    ]
