"""Names that a package offers and fetches when they are first asked for, so that `planner --help` answers at once."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


def fetched(package: str, homes: Mapping[str, str], name: str) -> Any:
    """Return what a package offers under a name.

    Parameters
    ----------
    package
        Its own name, for the error.
    homes
        The module each name lives in.
    name
        What is asked for.

    Raises
    ------
    AttributeError
        If it offers no such name.
    """
    if name not in homes:
        message = f"module {package!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(homes[name]), name)


class Door(ModuleType):
    """A package that offers functions called like the modules they live in.

    Python puts a module that is imported for the first time into its package, where it would hide the function.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self.__all__):
            super().__setattr__(name, value)
