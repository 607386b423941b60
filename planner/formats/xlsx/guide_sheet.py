"""The sheet that explains: how to fill in a workbook, and every column, made from the schema."""

from __future__ import annotations

from itertools import count
from typing import Any

from planner.formats.xlsx.data_validation import blank_meaning, unit_name
from planner.formats.xlsx.styles import cell, fit_height, print_on_a4, row, set_widths
from planner.i18n import LANGUAGES, text
from planner.schema.columns import Column, Table
from planner.schema.tables import TABLES

_WIDTHS = [16, 22, 46, 46, 18, 30, 30, 36]
_STEPS = ("sheets", "rows", "blank", "codes", "numbers", "sources", "notes", "check")


def add_guide(book: Any, language: str) -> None:
    """Add the explanation, in the language of the workbook first and then in the other.

    Parameters
    ----------
    book
        The workbook.
    language
        ``"id"`` or ``"en"``.
    """
    sheet = book.create_sheet(text("sheet.guide", language))
    set_widths(sheet, _WIDTHS)
    print_on_a4(sheet)
    both = [language, *(other for other in LANGUAGES if other != language)]
    for spoken in both:
        sheet.append([cell(sheet, text("guide.title", spoken), "title")])
        for number, step in enumerate(_STEPS, start=1):
            sheet.append([cell(sheet, f"{number}. {text(f'guide.{step}', spoken)}", "line")])
        sheet.append([])
    heads = (
        "sheet",
        "column",
        "meaning_id",
        "meaning_en",
        "unit",
        "blank_id",
        "blank_en",
        "choices",
    )
    sheet.append(row(sheet, (text(f"guide.head.{head}", language) for head in heads), "head"))
    numbers = count(2 * (len(_STEPS) + 2) + 2)
    for table in TABLES.values():
        meant = [text(f"meaning.{table.meaning}", spoken) for spoken in LANGUAGES]
        name = text(f"sheet.{table.name}", language)
        told = [([name, None, *meant], "section")]
        told += [([name, *_told(table, column, language)], "prose") for column in table.columns]
        for values, look in told:
            fit_height(sheet, next(numbers), values, _WIDTHS)
            sheet.append(row(sheet, values, look))


def _told(table: Table, column: Column, language: str) -> list[str]:
    meant = [text(f"meaning.{column.meaning}", spoken) for spoken in LANGUAGES]
    blank = [blank_meaning(column, spoken) for spoken in LANGUAGES]
    allowed = ", ".join(column.choices)
    if column.refers:
        refers, _, other = column.refers.partition(".")
        name = other or TABLES[refers].columns[0].name
        allowed = f"{text(f'sheet.{refers}', language)}: {name}"
    name = f"{column.name} *" if column.name in table.key else column.name
    return [name, *meant, unit_name(column, language), *blank, allowed]
