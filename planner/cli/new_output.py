"""Where a workbook or a converted scenario may be written."""

from __future__ import annotations

from pathlib import Path

from planner.errors import OptionError
from planner.formats.read_raw import BOOK, is_book
from planner.runs import Target, exists, require_new_file


def require_new_book(out: Path, *, force: bool) -> Target:
    """Refuse a target that is no workbook, or that exists unless `force` is given.

    Returns
    -------
    Where the workbook goes, for `whole_file`.

    Raises
    ------
    OptionError
        Saying what to do.
    """
    if out.suffix.lower() != BOOK:
        raise OptionError("convert.no_book_name", out=out, proposal=out.with_suffix(BOOK))
    return require_new_file(out, "convert.book_exists", force=force)


def require_other_form(source: Path, out: Path, *, force: bool) -> Target:
    """Refuse a target that must not be written to, before any work is done.

    Returns
    -------
    Where the result goes, for the writer.

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
        return require_new_book(out, force=force)
    if exists(out):
        raise OptionError("convert.folder_exists", out=out)
    return Target(out)
