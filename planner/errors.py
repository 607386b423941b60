"""What can go wrong, in words a planner can act on."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from planner.i18n import DEFAULT_LANGUAGE, RUPIAH, Locale, keys, text
from planner.i18n.visible_text import quoted, visible

MOST_LINES = 10
"""Lines of one mistake that are named before the rest is only counted."""
MOST_TOLD = 20
"""Problems of one kind that are told before the rest is only counted."""
_QUOTED = {"value", "asked", "code", "other", "shown"}
"""Blanks of a sentence that quote the input, and are cut where that is long."""


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
    currency
        ISO 4217 code of the money that the sentence speaks of.
    """

    key: str
    file: str = ""
    line: int = 0
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    blocking: bool = True
    cell: Cell | Row | None = None
    currency: str = RUPIAH

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the place and the sentence in one line."""
        return _sentence(self, _lines([self]), language)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the input and where it stands: see `Problem`."""

    value: float
    file: str
    line: int
    column: str
    cell: Cell | Row | None = None

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the place and the figure as it is written in a file."""
        lines = [self.cell.name if isinstance(self.cell, Row) else self.line]
        where = format_location(
            self.file, [line for line in lines if line], self.column, self.cell, language
        )
        return f"{where} = {self.value:.6g}"


def format_problems(
    problems: Sequence[Problem], language: str = DEFAULT_LANGUAGE, most: int | None = MOST_TOLD
) -> list[str]:
    """Return one line a problem; the same mistake in many rows of a column is told once, with its lines.

    Parameters
    ----------
    problems
        In the order of files and lines.
    language
        ``"id"`` or ``"en"``.
    most
        Lines of one kind before the rest is only counted, in a line of its own; None for all.
    """
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        where = problem.cell.table if isinstance(problem.cell, Row) else problem.cell
        group = (problem.file, where, problem.column, problem.key, repr(problem.values))
        groups.setdefault(group, []).append(problem)
    lines: list[str] = []
    kinds: dict[str, int] = {}
    for same in groups.values():
        key = same[0].key
        kinds[key] = kinds.get(key, 0) + 1
        if most is None or kinds[key] <= most:
            lines.append(_sentence(same[0], _lines(same), language))
    return lines + _rest(kinds, most, language)


def _rest(kinds: Mapping[str, int], most: int | None, language: str) -> list[str]:
    """Count what is not told, in a line for each kind that has more."""
    more = [] if most is None else [count - most for count in kinds.values() if count > most]
    return [text("problem_rest", language, count=count, told=most) for count in more]


def _lines(problems: Sequence[Problem]) -> list[int | str]:
    """Return the lines of problems, or the rows of their frame."""
    places = [p.cell.name if isinstance(p.cell, Row) else p.line for p in problems]
    return [place for place in places if place]


def _sentence(problem: Problem, lines: Sequence[int | str], language: str) -> str:
    where = format_location(problem.file, lines, problem.column, problem.cell, language)
    told_in = Locale(language, problem.currency)
    sentence = text(f"problem.{problem.key}", told_in, **_shown(problem.values))
    if isinstance(problem.cell, Row):
        sentence = _TABLE.sub(lambda file: _in_memory(file, language), sentence)
    elif problem.cell is not None:
        sentence = _FILE.sub(lambda file: _sheet(file, language), sentence)
    return visible(f"{where}: {sentence}" if where else sentence)


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a sentence with those of the input as they may be shown."""
    return {
        name: quoted(value) if name in _QUOTED and isinstance(value, str) else value
        for name, value in values.items()
    }


def format_location(
    file: str, lines: Sequence[int | str], column: str, cell: Cell | Row | None, language: str
) -> str:
    """Write where something stands: a file, its line and column; a workbook, its sheet and cell; a frame, its row.

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
        return ", ".join([*parts, cells]) + (f" ({quoted(column)})" if column else "")
    if cell and cell.sheet:
        parts.append(text("place.sheet", language, sheet=cell.sheet))
    if len(lines) == 1:
        parts.append(text("place.line", language, line=named[0]))
    elif lines:
        key = "place.many_lines" if many else "place.lines"
        parts.append(text(key, language, lines=", ".join(named), count=len(lines)))
    if column:
        parts.append(text("place.column", language, column=quoted(column)))
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
    """Return the table that stands for a file, in a sentence about frames that may say "table" before it."""
    return _table("" if file[2] == "toml" else file[1], language)


def _sheet(file: re.Match[str], language: str) -> str:
    """Return the sheet that stands for a file, in a sentence about a workbook."""
    key = f"sheet.{file[1]}"
    if key not in keys():
        return file[0]
    return text("place.sheet", language, sheet=text(key, language))


class PlannerError(Exception):
    """Anything `planner` raises on purpose."""

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the text for people; library users get the English one from ``str()``."""
        del language
        return str(self)


class InputError(PlannerError):
    """The scenario cannot be used; carries every problem found.

    Parameters
    ----------
    problems
        All problems of all files, in the order of files and lines.
    most
        Lines of one kind in the message before the rest is only counted; None for all.
    """

    def __init__(self, problems: Sequence[Problem], most: int | None = MOST_TOLD) -> None:
        super().__init__(list(problems), most)
        self.problems, self._most = list(problems), most

    def __str__(self) -> str:
        return self.message("en")

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return one line a problem and a last line that counts them."""
        files = {problem.file for problem in self.problems if problem.file}
        frames = any(isinstance(problem.cell, Row) for problem in self.problems)
        key = "problem_count_in_memory" if frames else "problem_count"
        count = text(key, language, problems=len(self.problems), files=len(files))
        return "\n".join([*format_problems(self.problems, language, self._most), count])


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
        """Return the sentence in a language, with the errors and figures that it mentions."""
        said = {name: _said(value, language) for name, value in self.values.items()}
        return visible(text(self.key, language, **_shown(said)), kept=" \n")


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

    @classmethod
    def of(cls, path: Path, error: OSError) -> OutputError:
        """Return the error of a path that the system refuses, with the remedy for its reason."""
        reason = _REASONS.get(error.errno or 0, "cannot_write")
        return cls(f"command.{reason}", folder=path, detail=error.strerror or str(error))


_REASONS = {
    errno.ENOSPC: "no_room",
    errno.EDQUOT: "no_room",
    errno.EFBIG: "no_room",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "no_right",
    errno.ENAMETOOLONG: "long_name",
    errno.ENOTDIR: "no_folder_above",
    errno.EEXIST: "no_folder_above",
}
"""The sentences of reasons whose remedy is known."""


def _said(value: object, language: str) -> object:
    if isinstance(value, CatalogueError | Figure):
        return value.message(language)
    if isinstance(value, tuple):
        return "; ".join(str(_said(part, language)) for part in value)
    return value


def _rebuild(kind: type[CatalogueError], key: str, values: dict[str, object]) -> CatalogueError:
    return kind(key, **values)
