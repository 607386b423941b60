"""A brief, from run folder to files: written whole or not at all, and read again before it is let go."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from planner.brief.check import FACTS_FILE, check, language_of
from planner.brief.extra import needed
from planner.brief.facts import Runs
from planner.brief.figures import draw
from planner.brief.gather import Book
from planner.brief.render import pdf, render
from planner.brief.source import Room, Source, write
from planner.errors import InputError, OptionError, Problem
from planner.runs import whole_folder

PAGES = 2
ROOMS = (
    (Room(10, 12, 8), 9.6),
    (Room(10, 12, 8), 9.2),
    (Room(8, 12, 6), 8.8),
    (Room(8, 12, 6), 8.2),
    (Room(6, 10, 5), 8.2),
    (Room(6, 8, 4), 7.9),
    (Room(5, 6, 3), 7.6),
)
"""What is tried, most first, until it fits on two pages: how much goes in, and the size of letters in points."""


def free(folder: Path, *, force: bool) -> None:
    """Refuse a folder that must not be written to, before any work is done.

    Raises
    ------
    OptionError
        If it exists and `force` is not given, or it is no brief.
    """
    if not folder.exists():
        return
    if not force:
        raise OptionError("command.out_exists", folder=folder)
    if not (folder / FACTS_FILE).is_file():
        raise OptionError("brief.out_is_no_brief", folder=folder)


def stale(folder: Path, runs: Runs) -> list[Problem]:
    """Tell everything in a brief that the runs do not say, and whether its words would still be these.

    Parameters
    ----------
    folder
        The folder of the brief.
    runs
        The runs it was made from, read anew.
    """
    found = check(folder, runs)
    book = Book(runs, language_of(folder))
    written = (folder / "brief.md").read_text(encoding="utf-8")
    if written not in {write(book, room).markdown for room, _ in ROOMS}:
        found.append(Problem("brief_words", str(folder / "brief.md")))
    return found


def make(runs: Runs, out: Path, formats: Sequence[str], language: str, source_line: str) -> Source:
    """Write a brief: `brief.md`, what was asked for, its charts and `facts.json`.

    Parameters
    ----------
    runs
        The run, and the one it is set against.
    out
        The folder.
    formats
        Of ``"html"``, ``"docx"``, ``"pdf"``.
    language
        ``"id"`` or ``"en"``.
    source_line
        What stands at the foot of every chart.

    Raises
    ------
    PlannerError
        If the runs do not fit together, a library is missing, the folder cannot be written, or the
        brief does not say what the run says.
    """
    book = Book(runs, language)
    with whole_folder(out) as folder, tempfile.TemporaryDirectory() as work:
        source = write(book, ROOMS[0][0])
        draw(source.figures, folder, source_line)
        source, size = _fitted(book, source, folder) if "pdf" in formats else (source, 0.0)
        for form in formats:
            render(source, folder, form, work=Path(work), size=size)
        (folder / "brief.md").write_text(source.markdown, encoding="utf-8")
        records = [fact.record() for fact in source.facts.values()]
        facts = {"language": language, "facts": records}
        told = json.dumps(facts, ensure_ascii=False, indent=1)
        (folder / FACTS_FILE).write_text(told + "\n", encoding="utf-8")
        found = check(folder, runs, whole=True)
        if found:
            raise InputError(found)
    return source


def _fitted(book: Book, source: Source, folder: Path) -> tuple[Source, float]:
    """Take as much as goes on two pages."""
    for room, size in ROOMS:
        source = write(book, room)
        file = pdf(source, folder, size)
        if len(needed("pypdf").PdfReader(file).pages) <= PAGES:
            break
    return source, size
