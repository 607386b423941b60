"""Which words belong to which language."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import planner

CATALOGUE = Path(planner.__file__).parent / "language"


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def words_of(language: str) -> set[str]:
    """Collect the words of all sentences of the catalogue."""
    files = [tomllib.loads(f.read_text(encoding="utf-8")) for f in CATALOGUE.glob("*.toml")]
    found: set[str] = set()
    while files:
        entry = files.pop()
        files += [value for value in entry.values() if isinstance(value, dict)]
        if isinstance(entry.get(language), str):
            found |= words_in(re.sub(r"{.*?}", "", entry[language]))
    return found
