"""A scenario and those it extends, one below the other."""

from __future__ import annotations

import os
import re
from pathlib import Path

from planner.errors import Problem
from planner.formats.locations import Books
from planner.formats.raw_scenario import SETTINGS_FILE, Folder, hint_of_folder, is_folder
from planner.formats.read_raw import is_book, is_scenario, read_source
from planner.scenario.settings_problems import line_of_key

_FAR = re.compile(r"[/\\~]|[A-Za-z]:|\w+://")
"""How a path begins that does not start from the scenario: a drive, the network, the top, a home folder."""


def read_chain(path: Path, problems: list[Problem], books: Books) -> tuple[list[Folder], bool]:
    """Read a scenario and those it extends.

    Parameters
    ----------
    path
        The scenario as the user named it.
    problems
        Receives what is wrong with single files, and with the way to a base.
    books
        Receives the sheets of those that are workbooks.

    Returns
    -------
    The lowest base first; and whether none is missing.

    Raises
    ------
    InputError
        If one of them cannot be opened.
    """
    folders = [_read(path, problems, books)]
    seen = {path.resolve()}
    while extends := read_extends(folders[0]):
        here = folders[0].path
        line = line_of_key(folders[0], ["scenario", "extends"])
        place = (folders[0].settings_file, line, "extends")
        if any(ord(letter) < ord(" ") for letter in extends):
            # TOML turns "..\nasional" into a line break.
            problems.append(Problem("backslash", *place))
            return folders, False
        if _FAR.match(extends):
            problems.append(Problem("extends_far", *place, {"value": extends}))
            return folders, False
        base = resolve_base(here, extends)
        if base.resolve() in seen:
            problems.append(Problem("extends_itself", *place))
            return folders, False
        if not is_scenario(base):
            problems.append(_no_base(base, here, extends, place))
            return folders, False
        if is_folder(base) and not (base / SETTINGS_FILE).exists():
            problems.append(Problem("extends_no_scenario", *place, {"value": extends}))
            return folders, False
        seen.add(base.resolve())
        folders.insert(0, _read(base, problems, books))
    return folders, all(folder.settings is not None for folder in folders)


def read_extends(folder: Folder) -> str:
    """Return what a scenario extends, as it is written; "" where it stands alone."""
    head = (folder.settings or {}).get("scenario", {})
    extends = head.get("extends") if isinstance(head, dict) else ""
    return extends if isinstance(extends, str) else ""


def resolve_base(folder: Path, extends: str) -> Path:
    """Return the path of the base, without the detour over the overlay where that is the same."""
    base = folder / extends
    short = Path(os.path.normpath(base))
    return short if short.resolve() == base.resolve() else base


def _no_base(base: Path, here: Path, extends: str, place: tuple[str, int, str]) -> Problem:
    """Report that there is no such base, and what is there."""
    if "\\" in extends:
        return Problem("backslash", *place)
    hint = hint_of_folder(base, lambda near: Path(os.path.relpath(near, here)).as_posix())
    return Problem("no_base", *place, {"value": extends, "hint": hint})


def _read(path: Path, problems: list[Problem], books: Books) -> Folder:
    folder = read_source(path, problems)
    if is_book(path):
        books[str(path)] = folder.sheets
    return folder
