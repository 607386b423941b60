"""A brief, from run folder to files: written whole or not at all, and read again before it is let go."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from planner.brief.brief_data import BriefData
from planner.brief.facts_file import FACTS_FILE, read_record, write_record
from planner.brief.figures import FOLDER, draw, source_line
from planner.brief.markdown_source import Room, Source, write
from planner.brief.render import docx, html, pdf
from planner.brief.run_cells import Runs
from planner.brief.verification import verify
from planner.errors import InputError, OptionError, Problem
from planner.runs import Target, atomic_folder, exists, inspect_target

PAGES = 2
FIRST = ((10, 9.6), (10, 9.2), (8, 9.2), (8, 8.8), (6, 8.4), (5, 8.0), (4, 7.6))
"""What is tried for the first page until it fits: rows of the table, and the size of letters in points."""
SECOND = ((14, 9.0), (14, 8.7), (14, 8.4), (14, 8.0), (10, 8.0), (8, 7.8), (6, 7.6), (4, 7.4))
"""For the second page: limits that are told, and the size of letters."""


def require_new_folder(folder: Path, *, force: bool) -> Target:
    """Refuse a folder that must not be written to, before any work is done.

    Returns
    -------
    Where the brief goes, for `make_brief`.

    Raises
    ------
    OptionError
        If it exists and `force` is not given, or it is no brief.
    """
    if not exists(folder):
        return Target(folder)
    if not force:
        raise OptionError("command.out_exists", folder=folder)
    if not (folder / FACTS_FILE).is_file():
        raise OptionError("brief.out_is_no_brief", folder=folder)
    return inspect_target(folder, FACTS_FILE)


def stale_statements(folder: Path, runs: Runs) -> list[Problem]:
    """Report everything in a brief that the runs do not say; where that is nothing, whether its words are theirs.

    Parameters
    ----------
    folder
        The folder of the brief.
    runs
        The runs it was made from, read anew.
    """
    if found := verify(folder, runs):
        return found
    record = read_record(folder)
    written = (folder / "brief.md").read_text(encoding="utf-8")
    same = written == write(BriefData(runs, record.language), record.room).markdown
    return [] if same else [Problem("brief_words", str(folder / "brief.md"))]


def make_brief(runs: Runs, out: Target | Path, formats: Sequence[str], language: str) -> Source:
    """Write a brief: `brief.md`, what was asked for, its charts and `facts.json`.

    Parameters
    ----------
    runs
        The run, and the one it is set against.
    out
        The folder, as `require_new_folder` gives it.
    formats
        Of ``"html"``, ``"docx"``, ``"pdf"``.
    language
        ``"id"`` or ``"en"``.

    Raises
    ------
    PlannerError
        If the runs do not fit together, a library is missing, the folder cannot be written, or the
        brief does not say what the run says.
    """
    book = BriefData(runs, language)
    with atomic_folder(out) as folder, tempfile.TemporaryDirectory() as work:
        source = write(book, Room(FIRST[0][0], SECOND[0][0]))
        (folder / FOLDER).mkdir()
        draw(source.figures, folder, source_line(book))
        if "pdf" in formats:
            source = _fitted(book, folder)
        if "html" in formats:
            html(source, folder)
        if "docx" in formats:
            docx(source, folder, Path(work))
        (folder / "brief.md").write_text(source.markdown, encoding="utf-8")
        write_record(folder, source, runs)
        found = verify(folder, runs, whole=True)
        if found:
            raise InputError(found)
    return source


def _fitted(book: BriefData, folder: Path) -> Source:
    """Take as much as goes on two pages; the last that was tried stays in the folder."""
    first = second = 0
    while True:
        (lanes, size), (limits, small) = FIRST[first], SECOND[second]
        source = write(book, Room(lanes, limits))
        turn, pages = pdf(source, folder, (size, small))
        if turn == PAGES and pages == PAGES:
            return source
        first, second = first + (turn > PAGES), second + (pages > turn)
        if first == len(FIRST) or second == len(SECOND):
            return source
