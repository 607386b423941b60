"""The message catalogue: every sentence once, in both languages, side by side.

TOML, not gettext: a translation that is missing or out of step is seen in the line itself, and
nothing has to be compiled. Numbers and dates are Babel's (`planner.i18n.numbers`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"


class UnknownLanguageError(ValueError):
    """A language that nothing is written in."""

    def __init__(self, language: object) -> None:
        super().__init__(f'There is no language "{language}". There are: {", ".join(LANGUAGES)}.')


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence that waits for the language, as the value of a blank in another.

    Parameters
    ----------
    key
        Dotted name of the entry; "" for a blank that stays empty.
    values
        What stands in its own blanks.
    """

    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: str) -> str:
        """Return the words, with a blank in front; "" for none."""
        return f" {text(self.key, language, **self.values)}" if self.key else ""


def text(key: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Return a sentence of the catalogue with its values filled in.

    Parameters
    ----------
    key
        Dotted name of the entry, such as ``"chart.unmet"``.
    language
        ``"id"`` or ``"en"``.
    values
        What stands in the braces of the sentence; a `Phrase` is told in the same language.

    Raises
    ------
    KeyError
        If the catalogue has no such entry: a mistake of ours, not of a user.
    UnknownLanguageError
        If nothing is written in that language.
    """
    told = {
        name: value.told(language) if isinstance(value, Phrase) else value
        for name, value in values.items()
    }
    sentence = _messages()[key]
    if language not in sentence:
        raise UnknownLanguageError(language)
    return sentence[language].format(**told)


def keys() -> list[str]:
    """Return the names of all entries."""
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
