"""A CSV file as records of text, each with its line; the separator is found out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from planner.errors import Problem
from planner.formats.safe_file import MOST_BYTES, read_bytes

type Record = tuple[int, Sequence[str]]
"""The first line number of a record, and its cells."""
SEMICOLON = ";"
"""Separates columns where the comma separates decimals: what Excel writes in Indonesian."""
_HEAD = 200
"""Bytes of a file that show in what letters it is."""
_SAID = re.compile(r"sep=([,;])\r?(?:\n|$)", re.IGNORECASE)
"""The first line of a file that says what separates its columns, as Excel reads and some programs write it."""
MOST_CELLS = 3_000_000
"""Of a table: some hundred times that of a national scenario; so many are held in 1 GB of memory."""


def read_records(
    file: Path, problems: list[Problem], separator_of: Callable[[str], str] | None = None
) -> tuple[list[Record], str] | None:
    """Read the records that are not blank, and what separates their columns.

    Parameters
    ----------
    file
        A CSV file in UTF-8.
    problems
        Receives why it cannot be read.
    separator_of
        Finds what separates the columns of a text; by default its first line tells.

    Returns
    -------
    Records and separator; None where the file as a whole is unusable.
    """
    content = read_text(file, problems)
    if content is None:
        return None
    said = _SAID.match(content)
    rest = content[said.end() :] if said else content
    separator = said[1] if said else (separator_of or _separator)(content)
    try:
        return list(_records(rest, separator, first=2 if said else 1)), separator
    except _TooManyCellsError:
        problems.append(Problem("too_many_cells", str(file), values={"most": MOST_CELLS}))
        return None
    except _BrokenRecordError as error:
        detail = {"detail": error.detail}
        problems.append(Problem("csv_syntax", str(file), error.line, values=detail))
        return None


def read_text(file: Path, problems: list[Problem], most: int = MOST_BYTES) -> str | None:
    """Read a file in UTF-8; where that cannot be done, say why and give None.

    Parameters
    ----------
    file
        Where it should be.
    problems
        Receives why it cannot be read.
    most
        Bytes that it may have.
    """
    if (content := read_bytes(file, problems, most)) is None:
        return None
    try:
        return _decoded(content)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        around = content[max(0, error.start - 12) : error.start + 12].decode("latin-1")
        shown = " ".join("".join(c if c.isprintable() else " " for c in around).split())
        key = _what_it_is(file, content)
        problems.append(Problem(key, str(file), line, values={"value": shown}))
        return None


def _decoded(content: bytes) -> str:
    if _is_wide(content):  # each of its bytes is a letter of UTF-8 too
        raise UnicodeDecodeError("utf-8", content, 1, 2, "two bytes a letter")
    return content.decode("utf-8-sig")


def _is_wide(content: bytes) -> bool:
    """Return whether a text has two bytes a letter (UTF-16), also where no mark in front says so."""
    head = content[:_HEAD]
    return len(head) > 1 and any(
        head[one::2].count(0) > 0.8 * len(head[one::2]) and 0 not in head[1 - one :: 2]
        for one in (0, 1)
    )


def _what_it_is(file: Path, content: bytes) -> str:
    """Return the problem of a file that is no UTF-8: another kind of file, or text in other letters."""
    if content.startswith(b"PK\x03\x04"):
        return "zip_as_text"
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not marked and not _is_wide(content):
        return "not_text"
    return "not_utf8" if file.suffix.lower() == ".csv" else "not_utf8_text"


def _separator(content: str) -> str:
    """Return what separates the names of the first line: a comma, unless there are only semicolons."""
    head = content.lstrip("\r\n").partition("\n")[0]
    return SEMICOLON if SEMICOLON in head and "," not in head else ","


class _TooManyCellsError(Exception):
    """A table with more cells than any has."""


class _BrokenRecordError(Exception):
    def __init__(self, line: int, detail: str) -> None:
        super().__init__(line, detail)
        self.line, self.detail = line, detail


def _records(content: str, separator: str, first: int) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    line, count = first, 0
    try:
        for cells in reader:
            count += len(cells)
            if count > MOST_CELLS:
                raise _TooManyCellsError
            if "".join(cells).strip():
                yield line, tuple(cells)
            line = reader.line_num + first
    except csv.Error as error:
        raise _BrokenRecordError(line, str(error)) from error
