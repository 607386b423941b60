"""The message catalogue: a folder a language, the same entries in each.

catalogue/en/report.toml
    [report]
    cost = "Cost: {sum} ({parts})."

A language is a folder and its name in `LANGUAGES`; what it does not say yet is said in English. What the tables of
a scenario mean stands in English in `planner.schema` alone: there the sentence itself names the entry. TOML, not
gettext: nothing has to be compiled. Numbers and dates are Babel's (`planner.i18n.numbers`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from planner.i18n.locale import locale_of

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"
FALLBACK = "en"
BY_SENTENCE = ("meaning", "blank", "sheet")
"""First words of entries that are named by their English sentence, or by the table that a sheet holds."""
OF_PLANS = {
    "brief", "chart", "compare", "diagnosis", "frontier", "plan_book", "prices", "report", "spent", "supply", "why",
}  # fmt: skip
"""First words of entries about a plan, whose places are called as the scenario does; others speak of its tables,
whose column is `province`."""


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
        What stands in the braces of the sentence; a `Phrase` is told in the same language. Braces that begin with
        ``money_`` are filled with the words of the currency: see `Locale.money_words`.

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
    sentence, locale = _sentence(key, language), locale_of(language)
    if key.partition(".")[0] in OF_PLANS:
        sentence = locale.with_its_places(sentence)
    money = locale.money_words if "{money_" in sentence else {}
    return sentence.format(**money, **told)


def keys() -> list[str]:
    """Return the names of all entries."""
    return list(_messages(FALLBACK) | _messages(DEFAULT_LANGUAGE))


def _sentence(key: str, language: str) -> str:
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)
    found = _messages(language).get(key) or _messages(FALLBACK).get(key)
    first, _, sentence = key.partition(".")
    if found is None and first in BY_SENTENCE:
        return sentence
    if found is None:
        raise KeyError(key)
    return found


@cache
def _messages(language: str) -> dict[str, str]:
    """Read the files of a language into one flat mapping."""
    flat: dict[str, str] = {}
    folder = resources.files(__package__) / "catalogue" / language
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            _flatten("", tomllib.loads(file.read_text(encoding="utf-8")), flat)
    return flat


def _flatten(prefix: str, tree: dict[str, object], flat: dict[str, str]) -> None:
    for name, entry in tree.items():
        if isinstance(entry, dict):
            _flatten(f"{prefix}{name}.", entry, flat)
        else:
            flat[f"{prefix}{name}"] = str(entry)
