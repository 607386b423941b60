"""The sheet of settings <-> the lines of `scenario.toml`.

A row is a line: the key in column A and its value in column B, or a whole line of TOML in column A. A text
need not stand in quotation marks, and a list is written with semicolons. So a line number is a row number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from planner.formats.plain_json import as_json
from planner.formats.safe_file import read_toml
from planner.formats.xlsx.cell_values import Row, Value, cell_text
from planner.i18n import LANGUAGES, text
from planner.i18n.parse import is_ambiguous

LISTS = {"commodities", "focus", "stages"}
_TEXTS = {"start"}
"""Keys whose value is a text, also where it looks like a number."""
_KEY = re.compile(r"[A-Za-z_][\w.-]*")
_UNSET = re.compile(rf"# ({_KEY.pattern}) =")


def settings_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Return a line of TOML for each row of the sheet; a blank one for its headings."""
    headings = {text("workbook.key", language) for language in LANGUAGES}
    for row in rows:
        key, value = [*row, None, None][:2]
        yield "" if key in headings else line_of_row(key, value)


def line_of_row(key: Value, value: Value) -> str:
    """Return the line of TOML that a row stands for; a key without a value is left out."""
    name = cell_text(key, "text") if not isinstance(key, str) else key.rstrip()
    if not _KEY.fullmatch(name):
        return name if value is None else f"{name} = {cell_text(value, 'text')}"
    if value is None or value == "":
        return f"# {name} ="
    return f"{name} = {_literal(name, value)}"


def row_of_line(line: str) -> tuple[str, Value]:
    """Return key and value of a line as a planner would write them, where that reads back the same."""
    if unset := _UNSET.fullmatch(line):
        return unset[1], None
    key, equals, raw = line.partition(" = ")
    if not equals or not _KEY.fullmatch(key):
        return line, None
    for value in (*_plain(raw), raw):
        if line_of_row(key, value) == line:
            return key, value
    return line, None


def _literal(name: str, value: Value) -> str:
    if name in _TEXTS:
        label = cell_text(value, "period")
        return label if label.startswith('"') else _quoted(label)
    if name in LISTS and not str(value).lstrip().startswith("["):
        parts = re.split("[;,]", cell_text(value, "text"))
        return f"[{', '.join(_quoted(part.strip()) for part in parts if part.strip())}]"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return cell_text(value, "text")
    unclear = is_ambiguous(value)  # 1.000 is one in TOML, and may be a thousand to who typed it
    return value if _parsed(value) and not unclear else _quoted(value.strip())


def _plain(raw: str) -> Iterator[Value]:
    for value in _parsed(raw):
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            yield "; ".join(value)
        elif isinstance(value, dt.date):
            yield dt.datetime.combine(value, dt.time())
        elif isinstance(value, str | int | float):
            yield value


def _parsed(raw: str) -> list[object]:
    """Return the value that a piece of TOML on one line stands for; nothing where it is none."""
    if "\n" in raw:
        return []
    found = read_toml(f"x = {raw}", Path(), [])
    return [] if found is None else [found["x"]]


def _quoted(value: str) -> str:
    return as_json(value)
