"""The message catalogue: every sentence once, in both languages, side by side.

TOML, not gettext: a translation that is missing or out of step is seen in the line itself, and
nothing has to be compiled. Numbers and dates are Babel's (`planner.language.numbers`).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"


def text(key: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Give a sentence of the catalogue with its values filled in.

    Parameters
    ----------
    key
        Dotted name of the entry, such as ``"chart.unmet"``.
    language
        ``"id"`` or ``"en"``.
    values
        What stands in the braces of the sentence.

    Raises
    ------
    KeyError
        If the catalogue has no such entry: a mistake of ours, not of a user.
    """
    return _messages()[key][language].format(**values)


def keys() -> list[str]:
    """Give the names of all entries."""
    return list(_messages())


@cache
def _messages() -> dict[str, dict[str, str]]:
    """Read all ``*.toml`` catalogue files of this folder into one flat mapping."""
    flat: dict[str, dict[str, str]] = {}
    for file in sorted(resources.files(__package__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            _flatten("", tomllib.loads(file.read_text(encoding="utf-8")), flat)
    return flat


def _flatten(prefix: str, tree: dict[str, object], flat: dict[str, dict[str, str]]) -> None:
    for name, entry in tree.items():
        key = f"{prefix}{name}"
        if isinstance(entry, dict) and set(entry) == set(LANGUAGES):
            flat[key] = entry
        elif isinstance(entry, dict):
            _flatten(f"{key}.", entry, flat)
