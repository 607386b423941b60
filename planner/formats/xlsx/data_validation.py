"""What Excel checks while somebody types: drop-downs and bounds, made from the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from planner.formats.xlsx.code_lists import list_name
from planner.i18n import text
from planner.schema.columns import Column, Table, translate_unit

_LONGEST = 255
"""Letters of a message or of a list of choices that Excel takes."""


def data_validations(
    table: Table, header: Sequence[str], rows: range, lists: Mapping[str, str], language: str
) -> Iterator[Any]:
    """Return one check a column.

    Parameters
    ----------
    table
        Declaration of the table.
    header
        Its columns from the first on.
    rows
        The rows to check.
    lists
        Where the values of each list stand, as a reference of Excel.
    language
        ``"id"`` or ``"en"``: of the messages.
    """
    for i, name in enumerate(header, start=1):
        column = table.column(name)
        check = _list(column, lists) or _number(column) or DataValidation()
        check.promptTitle = name
        check.prompt = column_prompt(column, language)[:_LONGEST]
        check.showInputMessage = True
        check.errorTitle = text("workbook.check", language)
        check.error = text("workbook.check_failed", language)
        letter = get_column_letter(i)
        check.add(f"{letter}{rows.start}:{letter}{rows.stop - 1}")
        yield check


def column_prompt(column: Column, language: str) -> str:
    """Write in a few words what a column holds, its unit and what a blank cell means."""
    parts = [text(f"meaning.{column.meaning}", language)]
    if column.unit:
        parts.append(unit_name(column, language))
    if column.choices:
        parts.append(", ".join(column.choices))
    return "; ".join([*parts, blank_meaning(column, language)])


def unit_name(column: Column, language: str) -> str:
    """Return the unit of a column; abbreviations are the same in every language."""
    return translate_unit(column.unit, language)


def blank_meaning(column: Column, language: str) -> str:
    """Return what a blank cell means."""
    if column.required:
        return text("workbook.required", language)
    return text("workbook.if_blank", language, meaning=text(f"blank.{column.blank}", language))


def _list(column: Column, lists: Mapping[str, str]) -> Any:
    """Offer the choices; a code may be new, as it may be declared in this very workbook."""
    if column.choices:
        strict = not column.many
        formula = f'"{",".join(column.choices)}"'
        return DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=strict)
    reference = lists.get(list_name(column))
    if reference is None:
        return None
    return DataValidation(
        "list",
        formula1=reference,
        allow_blank=True,
        showErrorMessage=not column.many,
        errorStyle="warning",
    )


def _number(column: Column) -> Any:
    if not column.is_figure:
        return None
    low, high = column.low, column.high
    operator = "between" if high is not None else "greaterThan" if column.above else None
    return DataValidation(
        "whole" if column.whole else "decimal",
        operator=operator or "greaterThanOrEqual",
        formula1=f"{-1e15 if low is None else low:.15g}",
        formula2=None if high is None else f"{high:.15g}",
        allow_blank=True,
        showErrorMessage=True,
    )
