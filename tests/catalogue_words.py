"""Which words belong to which language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import planner
from planner.i18n.catalogue import BY_SENTENCE

CATALOGUE = Path(planner.__file__).parent / "i18n"


def listed(words: str) -> set[str]:
    return set(words.split())


ENGLISH = listed(
    """the of and with by from to is are was were been has have had which than that this these those
    for not its it at on more less no between into out or an as if when what only each every any
    other also can cannot will would should must may most all whose while"""
)
INDONESIAN = listed(
    """yang dan di ke dari untuk dengan tidak ada adalah atau pada oleh ini itu dalam sampai lebih
    kurang karena jika bila sudah belum akan dapat harus setiap semua antara tanpa hanya juga sebagai
    menjadi lain bukan agar serta paling"""
)
"""The small words that no sentence does without; none of them is a word of the other language."""


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def plain(text: str) -> set[str]:
    """The words of a sentence without what is no language: blanks, quotations, options, files, codes."""
    names = r'{[^}]*}|"[^"]*"|--\S+|\S+\.(?:csv|toml|xlsx|json|md)\b|\b[a-z]+_[a-z_]+\b|\b\w+\(\)|\[\[?\w+\]?\]'
    return set(re.findall(r"[a-z]+", re.sub(names, " ", text).lower()))


@cache
def entries() -> dict[str, dict[str, str]]:
    """Every entry of the catalogue in each language, read from its files."""
    found: dict[str, dict[str, str]] = {}
    for folder in (CATALOGUE / "catalogue").iterdir():
        for file in folder.glob("*.toml"):
            trees = [("", tomllib.loads(file.read_text(encoding="utf-8")))]
            while trees:
                prefix, tree = trees.pop()
                for name, entry in tree.items():
                    key = f"{prefix}.{name}".lstrip(".")
                    if isinstance(entry, str):
                        found.setdefault(key, {})[folder.name] = entry
                    else:
                        trees.append((key, entry))
    for key, entry in found.items():  # what the schema says stands in English there
        if key.partition(".")[0] in BY_SENTENCE:
            entry.setdefault("en", key.partition(".")[2])
    return found


def words_of(language: str) -> set[str]:
    """Collect the words of all sentences of the catalogue."""
    said = (re.sub(r"{.*?}", "", entry[language]) for entry in entries().values())
    return {word for sentence in said for word in words_in(sentence)}
