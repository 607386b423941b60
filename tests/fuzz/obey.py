"""What a message proposes, done as it stands there, without a thought."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import NamedTuple

from planner.errors import Problem

_WRITE = re.compile(
    r'\b[Ww]rite "?(?P<new>[^\s",]+(?: [^\s",]+)*?)"?(?= \(| instead|[.;]? |[.;]?$)'
)
_MEAN = re.compile(r'Did you mean (?P<quoted>"(?P<text>[^"]*)"|(?P<bare>[^?"]+))\?')
_IN_BRACKETS = re.compile(r".*\((?P<code>[^()]+)\)")
_ALIKE = re.compile(r"\b(digits|numbers?|it|one|all|them|a|the|\d+ or|as)\b")
_REMOVE = re.compile(r"\b[Rr]emove (one|this row|the row|this line)\b")
_QUESTION = re.compile(r"\bIf (that|it|this) is meant\b|; if not\b|\bwhich (digit|is meant)\b")
_DIVIDE = re.compile(r"\bDivide by (\d+)")


class Edit(NamedTuple):
    """A change that a message asks for.

    Parameters
    ----------
    what
        ``"cell"``, ``"heading"``, ``"row"``, ``"column"``, ``"key"``, ``"value"``, ``"file"`` or ``"divide"``.
    file, line, column
        Where.
    new
        What to write.
    old
        What stood there, as the message tells it.
    sheet, letter
        Where in a workbook.
    """

    what: str
    file: str
    line: int
    column: str
    new: str = ""
    old: str = ""
    sheet: str = ""
    letter: str = ""


def edits_of(problems: Iterable[Problem]) -> list[Edit]:
    """Return what the messages, taken by their words, ask to change."""
    return [edit for problem in problems if (edit := _edit(problem)) is not None]


def _edit(problem: Problem) -> Edit | None:
    sentence = _sentence(problem)
    cell = problem.cell
    place = (problem.file, problem.line, problem.column)
    old = str(problem.values.get("value", ""))
    in_book = {"sheet": cell.sheet, "letter": cell.letter} if cell else {}
    if problem.file.endswith(".toml") or (cell and not problem.column.isidentifier()):
        return _in_toml(problem, sentence, place)
    if divide := _DIVIDE.search(sentence):
        return Edit("divide", *place, new=divide[1], old=old, **in_book)
    new = _new(sentence, old)
    if new and problem.key in {"unknown_table", "unknown_sheet"}:
        return Edit("file", *place, new=new, **in_book)
    if new and problem.key == "unknown_column":
        return Edit("heading", *place, new=new, **in_book)
    if new and problem.line and problem.column:
        return Edit("cell", *place, new=new, old=old, **in_book)
    if problem.line and _REMOVE.search(sentence):
        return Edit("column" if problem.key == "doubled_column" else "row", *place, **in_book)
    return None


def _sentence(problem: Problem) -> str:
    """Return the sentence without the place, which may hold anything."""
    return Problem(problem.key, values=problem.values).message("en")


def _new(sentence: str, old: str) -> str:
    """Return the one thing that a sentence proposes; "" where it leaves a choice."""
    rest = sentence.replace(f'"{old}"', '""', 1) if old else sentence
    if _QUESTION.search(rest):
        return ""
    if found := _MEAN.search(rest):
        said = found["text"] if found["text"] is not None else found["bare"].strip()
        code = _IN_BRACKETS.fullmatch(said) if found["text"] is None else None
        said = code["code"] if code else said
        return "" if said in {"-", ""} or " or " in said or " / " in said else said
    found = _WRITE.search(rest)
    if not found or re.match(r" (/|or) ", rest[found.end() :]):
        return ""
    new = found["new"].rstrip(".,;")
    return "" if _ALIKE.match(new) else new


def _in_toml(problem: Problem, sentence: str, place: tuple[str, int, str]) -> Edit | None:
    new = _new(sentence, str(problem.values.get("value", "")))
    if not new or not problem.line:
        return None
    old = str(problem.values.get("value", ""))
    if problem.key == "setting_unknown":
        return Edit("key", *place, new=new, old=problem.column.rpartition(".")[2])
    return Edit("value", *place, new=new, old=old)


def obeyed(contents: Mapping[str, bytes], edits: Iterable[Edit], root: str) -> dict[str, bytes]:
    """Return the files with the changes that were asked for; rows are counted as they stood."""
    after = dict(contents)
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(_within(edit.file, root), []).append(edit)
    for file, asked in by_file.items():
        if file not in after:
            continue
        renamed = [edit.new for edit in asked if edit.what == "file"]
        if renamed:
            after.setdefault(PurePath(renamed[0]).name, after.pop(file))
        elif file.endswith(".toml"):
            after[file] = _toml_obeyed(after[file], asked)
        elif file.endswith(".csv"):
            after[file] = _table_obeyed(after[file], asked)
    return after


def _within(file: str, root: str) -> str:
    return PurePath(file).as_posix().removeprefix(PurePath(root).as_posix() + "/")


def _toml_obeyed(raw: bytes, edits: Iterable[Edit]) -> bytes:
    lines = raw.decode("utf-8", "replace").splitlines(keepends=True)
    for edit in edits:
        if edit.line <= len(lines):
            line = lines[edit.line - 1]
            quoted = edit.what == "value" and not edit.new.startswith("[")
            old, new = (f'"{edit.old}"', f'"{edit.new}"') if quoted else (edit.old, edit.new)
            lines[edit.line - 1] = line.replace(old, new, 1)
    return "".join(lines).encode()


def _table_obeyed(raw: bytes, edits: Iterable[Edit]) -> bytes:
    text = raw.decode("utf-8-sig", "replace")
    mark = _mark(text)
    try:
        rows, at_line = _rows(text, mark)
    except csv.Error:
        return raw
    heading = next((row for row in rows if any(row)), [])
    header = [name.partition("[")[0].strip() for name in heading]
    gone: set[int] = set()
    less: set[int] = set()
    for edit in edits:
        row = at_line.get(edit.line)
        if edit.what == "heading":
            heading[:] = [edit.new if name.strip() == edit.column else name for name in heading]
        elif edit.what == "column" and edit.column in header:
            less.add(len(header) - 1 - header[::-1].index(edit.column))
        elif edit.what == "row" and row is not None:
            gone.add(row)
        elif row is not None and edit.column in header:
            _rewrite(rows[row], header.index(edit.column), edit)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=mark, lineterminator="\n")
    for at, cells in enumerate(rows):
        if at not in gone:
            writer.writerow([cell for i, cell in enumerate(cells) if i not in less])
    return stream.getvalue().encode()


def _mark(text: str) -> str:
    """Return what separates the cells, as a person sees it."""
    head = text.lstrip("\r\n").partition("\n")[0]
    return next((mark for mark in (",", ";", "\t") if mark in head), ",")


def _rows(text: str, mark: str) -> tuple[list[list[str]], dict[int, int]]:
    """Return the rows, and which of them begins on a line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[list[str]] = []
    at_line: dict[int, int] = {}
    line = 1
    for row in reader:
        at_line[line] = len(rows)
        rows.append(row)
        line = reader.line_num + 1
    return rows, at_line


def _rewrite(row: list[str], at: int, edit: Edit) -> None:
    if at < len(row):
        row[at] = _cell(row[at], edit)


def _cell(now: str, edit: Edit) -> str:
    if edit.what != "divide":
        return edit.new
    try:
        return repr(float(now.replace(",", ".")) / float(edit.new))
    except ValueError:
        return now
