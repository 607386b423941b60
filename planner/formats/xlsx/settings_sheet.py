"""The settings of a scenario as a sheet: keys, values, and what they mean."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from planner.formats.raw_scenario import Folder
from planner.formats.read_raw import is_book
from planner.formats.xlsx.settings_rows import row_of_line
from planner.formats.xlsx.styles import cell, fit_height, print_on_a4, row, set_widths
from planner.i18n import text

_WIDTHS = [24, 60, 70]
_CHOICES = {
    "scenario.language": "id,en",
    "horizon.length": "week,month,quarter,year",
    "policy.closing": "opening,free,closing_t",
    "policy.freight": "low,central,high",
}


_EXPLAINED = {
    "scenario", "scenario.title", "scenario.title.id", "scenario.title.en", "scenario.extends",
    "scenario.data_date", "scenario.language", "horizon", "horizon.start", "horizon.periods",
    "horizon.length", "scope", "scope.commodities", "scope.focus", "policy", "policy.stages",
    "policy.tolerance", "policy.closing", "policy.freight", "adjust", "limits",
}  # fmt: skip


def add_settings(book: Any, folder: Folder, language: str) -> None:
    """Add the sheet of settings.

    Parameters
    ----------
    book
        The workbook.
    folder
        The scenario as it was written.
    language
        ``"id"`` or ``"en"``.
    """
    sheet = book.create_sheet(text("sheet.scenario", language))
    sheet.freeze_panes = "A2"
    set_widths(sheet, _WIDTHS)
    print_on_a4(sheet, "1:1")
    head = [text(f"workbook.{name}", language) for name in ("key", "value", "remark")]
    sheet.append(row(sheet, head, "head"))
    section = ""
    for number, line in enumerate(settings_text(folder).splitlines(), start=2):
        found = re.match(r"\[+\s*([\w.]+)", line)
        section = found[1] if found else section
        key, value = row_of_line(line)
        name = f"{section}.{key}"
        remark = _remark(section if found else name, language)
        fit_height(sheet, number, [None, None, remark], _WIDTHS)
        look = "section" if found else "text"
        sheet.append(
            [
                cell(sheet, key, look),
                cell(sheet, value, "date" if isinstance(value, dt.datetime) else look),
                cell(sheet, remark, "note"),
            ]
        )
        if name in _CHOICES:
            check = DataValidation("list", formula1=f'"{_CHOICES[name]}"', showErrorMessage=True)
            check.add(f"B{number}")
            sheet.data_validations.append(check)


def settings_text(folder: Folder) -> str:
    """Return `scenario.toml`; a workbook has a row of headings more."""
    return folder.text.removeprefix("\n") if is_book(folder.path) else folder.text


def _remark(name: str, language: str) -> str | None:
    return text(f"setting.{name}", language) if name in _EXPLAINED else None
