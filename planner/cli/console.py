"""What a command says, where and in which language."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from planner.i18n import DEFAULT_LANGUAGE, text
from planner.i18n.visible_text import UNWANTED, visible

if TYPE_CHECKING:
    from planner.schema.settings import Head

WIDTH_WHEN_PIPED = 120


class _Console(Console):
    """A console whose reader may leave: the work goes on, as the run folder is what counts."""

    def on_broken_pipe(self) -> None:
        """Write no more."""
        try:
            super().on_broken_pipe()
        except SystemExit:
            return


class Terminal:
    """Speaks to the user: results on standard output, progress and errors on standard error.

    Parameters
    ----------
    language
        What the user asked for; "" leaves it to the scenario, and before one is read to the
        environment variable `PLANNER_LANGUAGE`.
    """

    def __init__(self, language: str) -> None:
        self._asked = language or os.environ.get("PLANNER_LANGUAGE", "")
        self.language = self._asked or DEFAULT_LANGUAGE
        width = None if sys.stdout.isatty() else WIDTH_WHEN_PIPED
        self._out = _Console(width=width, highlight=False, soft_wrap=True, markup=False)
        self._tables = _Console(width=width, highlight=False)
        self._errors = _Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
        self._status = self._errors.status("")
        self._last = ""

    def speak_as(self, head: Head) -> None:
        """Take currency and language of a scenario, unless the user asked for another language."""
        self.language = head.locale(self._asked)

    def say(self, lines: str | Iterable[str]) -> None:
        """Print lines on standard output."""
        self.quiet()
        for line in [lines] if isinstance(lines, str) else lines:
            self._out.print(_harmless(line))

    def show(self, table: Table) -> None:
        """Print a table on standard output, its title at full width."""
        self.quiet()
        if table.title:
            self._out.print(_harmless(str(table.title)))
            table.title = None
        self._tables.print(table)

    def remark(self, lines: Iterable[str]) -> None:
        """Print on standard error what is worth knowing but stops nothing."""
        for line in lines:
            self.complain(line)

    def complain(self, message: str) -> None:
        """Print an error on standard error."""
        self.quiet()
        self._errors.print(_harmless(message))

    def progress(self, key: str, **values: object) -> None:
        """Write what is being done: a moving line on a terminal, elsewhere a line a kind of work."""
        message = _harmless(text(f"phase.{key}", self.language, **values))
        if self._errors.is_terminal:
            self._status.update(message)
            self._status.start()
        elif key != self._last:
            self._errors.print(f"{message} ...")
        self._last = key

    def quiet(self) -> None:
        """Take the progress line away."""
        self._status.stop()


def _harmless(words: str) -> str:
    """Return a text without what would steer a terminal; what was taken away is named."""
    return UNWANTED.sub(lambda found: visible(found[0]), words)
