"""Where a workbook or a converted scenario may be written."""

from __future__ import annotations

from pathlib import Path

from planner.errors import OptionError
from planner.scenario.source import BOOK, is_book


def require_new_book(out: Path, *, force: bool) -> None:
    """Refuse a target that is no workbook, or that exists unless `force` is given.

    Raises
    ------
    OptionError
        Saying what to do.
    """
    if out.suffix.lower() != BOOK:
        raise OptionError("convert.no_book_name", out=out, proposal=out.with_suffix(BOOK))
    if out.exists() and not (force and out.is_file()):
        raise OptionError("convert.book_exists", out=out)


def require_other_form(source: Path, out: Path, *, force: bool) -> None:
    """Refuse a target that must not be written to, before any work is done.

    Raises
    ------
    OptionError
        If a folder would become a folder or a workbook a workbook; if the target exists, unless it is a
        workbook and `force` is given.
    """
    to_book = out.suffix.lower() == BOOK
    if is_book(source) == to_book:
        raise OptionError("convert.same_form", out=out)
    if to_book:
        require_new_book(out, force=force)
    elif out.exists():
        raise OptionError("convert.folder_exists", out=out)
