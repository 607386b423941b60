"""What can go wrong, in words a planner can act on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.language import DEFAULT_LANGUAGE, keys, text

MOST_LINES = 10
"""Lines of one mistake that are named before the rest is only counted."""


_FILE = re.compile(r"\b(\w+)\.(csv|toml)\b")
_TABLE = re.compile(rf"(?:\b(?:table|tabel) )?{_FILE.pattern}")


class Cell(NamedTuple):
    """Where in a workbook the lines of a file stand: its sheet and the letter of the column."""

    sheet: str = ""
    letter: str = ""


class Row(NamedTuple):
    """Where in memory something stands: a table and a row of its frame; "" for the settings.

    The row is told by its label in the index, and by the cells of its key.
    """

    table: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the input, and how to mend it.

    Parameters
    ----------
    key
        Name of the sentence in the message catalogue (``problem.<key>``).
    file, line, column
        Where: path as the user gave it, line as a text editor counts, English column name.
    values
        What the sentence mentions: the value found, the nearest known name, the bound.
    blocking
        False for a remark that does not stop a run.
    cell
        Sheet and column letter, where the file is a workbook; table and row, where it is a frame in memory;
        what is not known is empty.
    """

    key: str
    file: str = ""
    line: int = 0
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    blocking: bool = True
    cell: Cell | Row | None = None

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Give the place and the sentence in one line."""
        return _sentence(self, _lines([self]), language)


def told(problems: Sequence[Problem], language: str = DEFAULT_LANGUAGE) -> list[str]:
    """Give one line a problem; the same mistake in many rows of a column is told once, with its lines."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        where = problem.cell.table if isinstance(problem.cell, Row) else problem.cell
        group = (problem.file, where, problem.column, problem.key, repr(problem.values))
        groups.setdefault(group, []).append(problem)
    return [_sentence(same[0], _lines(same), language) for same in groups.values()]


def _lines(problems: Sequence[Problem]) -> list[int | str]:
    """Give the lines of problems, or the rows of their frame."""
    places = [p.cell.name if isinstance(p.cell, Row) else p.line for p in problems]
    return [place for place in places if place]


def _sentence(problem: Problem, lines: Sequence[int | str], language: str) -> str:
    where = place(problem.file, lines, problem.column, problem.cell, language)
    sentence = text(f"problem.{problem.key}", language, **problem.values)
    if isinstance(problem.cell, Row):
        sentence = _TABLE.sub(lambda file: _in_memory(file, language), sentence)
    elif problem.cell is not None:
        sentence = _FILE.sub(lambda file: _sheet(file, language), sentence)
    return f"{where}: {sentence}" if where else sentence


def place(
    file: str, lines: Sequence[int | str], column: str, cell: Cell | Row | None, language: str
) -> str:
    """Say where something stands: a file, its line and column; a workbook, its sheet and cell; a frame, its row.

    Parameters
    ----------
    file, lines, column
        Path, lines as a text editor counts or rows of the sheet or frame, English name of the column; what
        is not known is empty.
    cell
        Sheet and column letter, where the file is a workbook; the table, where it is a frame in memory.
    language
        ``"id"`` or ``"en"``.
    """
    parts = [file] if file else []
    named = [str(line) for line in lines[:MOST_LINES]]
    many = len(lines) > MOST_LINES
    if isinstance(cell, Row):
        return _row_place(cell.table, named, len(lines), column, language)
    if cell and cell.letter and lines:
        sheet = f"'{cell.sheet}'" if " " in cell.sheet else cell.sheet
        cells = f"{sheet}!{', '.join(cell.letter + line for line in named)}"
        cells += text("place.many_cells", language, count=len(lines)) if many else ""
        return ", ".join([*parts, cells]) + (f" ({column})" if column else "")
    if cell and cell.sheet:
        parts.append(text("place.sheet", language, sheet=cell.sheet))
    if len(lines) == 1:
        parts.append(text("place.line", language, line=named[0]))
    elif lines:
        key = "place.many_lines" if many else "place.lines"
        parts.append(text(key, language, lines=", ".join(named), count=len(lines)))
    if column:
        parts.append(text("place.column", language, column=column))
    return ", ".join(parts)


def _row_place(table: str, rows: Sequence[str], count: int, column: str, language: str) -> str:
    parts = [_table(table, language)]
    if rows:
        key = (
            "place.row" if count == 1 else "place.many_rows" if count > len(rows) else "place.rows"
        )
        parts.append(text(key, language, rows=", ".join(rows), count=count))
    if column:
        parts.append(text("place.column", language, column=column))
    return ", ".join(parts)


def _table(table: str, language: str) -> str:
    return text("place.table" if table else "place.settings", language, table=table)


def _in_memory(file: re.Match[str], language: str) -> str:
    """Give the table that stands for a file, in a sentence about frames that may say "table" before it."""
    return _table("" if file[2] == "toml" else file[1], language)


def _sheet(file: re.Match[str], language: str) -> str:
    """Give the sheet that stands for a file, in a sentence about a workbook."""
    key = f"sheet.{file[1]}"
    if key not in keys():
        return file[0]
    return text("place.sheet", language, sheet=text(key, language))


class PlannerError(Exception):
    """Anything `planner` raises on purpose."""

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Give the text for people; library users get the English one from ``str()``."""
        del language
        return str(self)


class InputError(PlannerError):
    """The scenario cannot be used; carries every problem found.

    Parameters
    ----------
    problems
        All problems of all files, in the order of files and lines.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(list(problems))
        self.problems = list(problems)

    def __str__(self) -> str:
        return self.message("en")

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Give one line a problem and a last line that counts them."""
        files = {problem.file for problem in self.problems if problem.file}
        frames = any(isinstance(problem.cell, Row) for problem in self.problems)
        key = "problem_count_in_memory" if frames else "problem_count"
        count = text(key, language, problems=len(self.problems), files=len(files))
        return "\n".join([*told(self.problems, language), count])


class CatalogueError(PlannerError):
    """A failure with one sentence in the message catalogue.

    Parameters
    ----------
    key
        Name of the sentence in the message catalogue.
    values
        What the sentence mentions.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.key, self.values)

    def __str__(self) -> str:
        return self.message("en")

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Give the sentence in a language."""
        return text(self.key, language, **self.values)


class SolveError(CatalogueError):
    """The solver gave no plan that can be trusted."""


class InfeasibleError(SolveError):
    """No plan keeps all limits and rules; `planner diagnose` says which stand against each other."""


class SolverMissingError(SolveError):
    """The solver asked for is not installed."""


class OptionError(CatalogueError):
    """An option that `planner` does not know or cannot use."""


class OutputError(CatalogueError):
    """The result could not be written; nothing half-written is left."""


def _rebuild(kind: type[CatalogueError], key: str, values: dict[str, object]) -> CatalogueError:
    return kind(key, **values)
