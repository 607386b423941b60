"""How our workbooks look: styles, widths and print settings, the same in every sheet."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

INK, SOFT, LINE, GROUND, PALE = "1F3A4D", "6B7780", "C9D1D6", "E4ECF0", "F5F8F9"
TEXT = "@"
"""Number format of a cell that Excel must not turn into a number or a date."""
_A4 = "9"
_TOP = Alignment(vertical="top", wrap_text=True)
_RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
_UNDER = Border(bottom=Side(style="thin", color=LINE))


@contextmanager
def errors_of_disk() -> Iterator[None]:
    """Turn what lxml raises on a full disk into the error of the system that it is."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.startswith("lxml"):
            code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
            raise OSError(code, os.strerror(code)) from error
        raise


def _font(size: float = 11, color: str = "000000", **more: bool) -> Font:
    return Font(name="Calibri", size=size, color=color, **more)


_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font": _font(14, INK, bold=True)},
    "note": {"font": _font(color=SOFT), "alignment": _TOP},
    "line": {"font": _font(color=SOFT)},
    "section": {"font": _font(color=INK, bold=True), "border": _UNDER, "alignment": _TOP},
    "head": {
        "font": _font(color="FFFFFF", bold=True),
        "fill": PatternFill("solid", fgColor=INK),
        "alignment": _TOP,
    },
    "head_right": {
        "font": _font(color="FFFFFF", bold=True),
        "fill": PatternFill("solid", fgColor=INK),
        "alignment": _RIGHT,
    },
    "unit": {
        "font": _font(9, SOFT),
        "fill": PatternFill("solid", fgColor=GROUND),
        "alignment": _TOP,
    },
    "example": {
        "font": _font(9, SOFT, italic=True),
        "fill": PatternFill("solid", fgColor=PALE),
        "number_format": TEXT,
    },
    "name": {
        "font": _font(color=INK, bold=True),
        "fill": PatternFill("solid", fgColor=GROUND),
        "border": _UNDER,
        "number_format": TEXT,
    },
    "text": {"font": _font(), "number_format": TEXT},
    "prose": {"font": _font(), "number_format": TEXT, "alignment": _TOP},
    "tonnes": {"font": _font(), "number_format": "#,##0;-#,##0;-", "border": _UNDER},
    "rupiah": {"font": _font(), "number_format": "#,##0", "border": _UNDER},
    "small": {"font": _font(), "number_format": "#,##0.0", "border": _UNDER},
    "money": {"font": _font(), "number_format": "#,##0.00", "border": _UNDER},
    "small_money": {"font": _font(), "number_format": "#,##0.00####", "border": _UNDER},
    "percent": {"font": _font(), "number_format": "0.0%", "border": _UNDER},
    "cell": {"font": _font(), "number_format": TEXT, "border": _UNDER, "alignment": _TOP},
    "sum_cell": {"font": _font(color=INK, bold=True), "border": _UNDER},
    "sum_tonnes": {
        "font": _font(color=INK, bold=True),
        "number_format": "#,##0;-#,##0;-",
        "border": _UNDER,
    },
    "sum_rupiah": {"font": _font(color=INK, bold=True), "number_format": "#,##0", "border": _UNDER},
    "sum_money": {
        "font": _font(color=INK, bold=True),
        "number_format": "#,##0.00",
        "border": _UNDER,
    },
    "sum_small_money": {
        "font": _font(color=INK, bold=True),
        "number_format": "#,##0.00####",
        "border": _UNDER,
    },
    "sum_small": {
        "font": _font(color=INK, bold=True),
        "number_format": "#,##0.0",
        "border": _UNDER,
    },
    "sum_percent": {"font": _font(color=INK, bold=True), "number_format": "0.0%", "border": _UNDER},
    "date": {
        "font": _font(),
        "number_format": "yyyy-mm-dd",
        "alignment": Alignment(horizontal="left"),
    },
}


def new_book() -> Workbook:
    """Return a workbook without sheets that knows our styles."""
    book = Workbook(write_only=True)
    for name, look in _LOOKS.items():
        book.add_named_style(NamedStyle(f"planner_{name}", **look))
    return book


def cell(sheet: Any, value: object, look: str = "") -> Any:
    """Build a cell; a text is a text, also where it begins with = or looks like an error.

    Parameters
    ----------
    sheet
        Where the cell will stand.
    value
        Text, number, date or None.
    look
        Name of a style; "" for none.
    """
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type = "s"
    if look:
        made.style = f"planner_{look}"
    return made


def row(sheet: Any, values: Iterable[object], look: str = "") -> list[Any]:
    """Build the cells of a row in one style."""
    return [cell(sheet, value, look) for value in values]


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    """Set the widths of the columns from the first on, in characters."""
    for i, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width


def fit_height(
    sheet: Any, number: int, values: Iterable[object], widths: Iterable[float], points: float = 15
) -> None:
    """Build a row high enough for its longest wrapped text.

    Parameters
    ----------
    sheet
        The sheet.
    number
        Number of the row, which is not written yet.
    values, widths
        The texts and the widths of their columns, in characters.
    points
        Height of a line.
    """
    lines = [
        ceil(len(str(value)) / max(width - 2, 1))
        for value, width in zip(values, widths, strict=False)
        if value is not None
    ]
    sheet.row_dimensions[number].height = points * max([1, *lines])


def print_on_a4(sheet: Any, repeat: str = "") -> None:
    """Print landscape on A4, as wide as the paper, with the rows `repeat` ("1:4") on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"
    sheet.oddFooter.left.text = "&A"
    if repeat:
        sheet.print_title_rows = repeat
