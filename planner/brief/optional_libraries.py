"""The libraries of the extra `brief`: taken when they are needed, with a way out where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from planner.errors import OptionError


def import_or_explain(library: str) -> Any:
    """Import a library of the extra.

    Raises
    ------
    OptionError
        If it is not installed, with the command that installs it.
    """
    try:
        return import_module(library)
    except ImportError as error:
        raise OptionError("brief.not_installed", library=error.name or library) from error
