"""The catalogue: nothing missing, nothing left over, no English in Indonesian, the glossary's words."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from catalogue_words import ENGLISH, INDONESIAN, entries, plain

import planner
from planner.i18n import keys

HOUSE = Path(planner.__file__).parent
GLOSSARY = {
    "surplus": "surplus",
    "shortages?": "kekurangan|kurang",
    "production": "produksi",
    "needs?": "kebutuhan|dibutuhkan|terpenuhi|kekurangan",
    "opening stocks?": "stok awal",
    "closing stocks?": "stok akhir",
    "reserves?": "cadangan",
    "stocks?": "stok",
    "imports?": "impor",
    "balance": "neraca",
    "freight": "angkut|ongkos",
    "handling": "bongkar muat",
    "loss": "susut",
    "stages?": "tahap",
    "scenarios?": "skenario",
    "households?": "rumah tangga",
}
"""What these offices call things (their word for each English one)."""
LABELS = (
    "chart.",
    "report.",
    "supply.",
    "frontier.",
    "compare.",
    "prices.",
    "why.",
    "brief.",
    "unit.",
)


def bound() -> list[str]:
    """Keys of labels and sentences about a plan; those about files hold names of columns."""
    return [key for key in keys() if key.startswith(LABELS) and key != "brief.not_installed"]


def constants() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text and name of a function in the code, and what its f-strings can become, if they look like keys.

    The lines of a published balance are named in a table of data and not in the code.
    """
    lines = HOUSE / "exchange" / "balance_audit" / "lines.toml"
    texts: set[str] = set(tomllib.loads(lines.read_text(encoding="utf-8")))
    shapes: set[str] = set()
    for file in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                texts.add(str(node.value))
            elif isinstance(node, ast.FunctionDef):
                texts.add(node.name)  # a chart is called as its function
            elif isinstance(node, ast.JoinedStr):
                parts = [p.value if isinstance(p, ast.Constant) else None for p in node.values]
                fixed = "".join(str(part) for part in parts if part)
                if isinstance(parts[0], str) and "." in parts[0] and " " not in fixed:
                    shapes.add("".join("(.+)" if p is None else re.escape(str(p)) for p in parts))
    return texts, [re.compile(shape) for shape in shapes]


def test_every_sentence_is_said_somewhere() -> None:
    """By its whole key, by an f-string whose blanks are texts of the code, or in a list of all below a name."""
    texts, shapes = constants()
    listed = tuple(text for text in texts if text.endswith(".") and text.count(".") > 1)

    def said(key: str) -> bool:
        if key.startswith(listed):
            return True
        tails = [key[place:] for place in range(len(key)) if place == 0 or key[place - 1] == "."]
        found = [match for tail in tails for shape in shapes if (match := shape.fullmatch(tail))]
        return any(tail in texts for tail in (key, key.partition(".")[2])) or any(
            all({part, part.rpartition("_")[2], f"_{part.rpartition('_')[2]}"} & texts
                for part in match.groups())
            for match in found
        )  # fmt: skip

    assert [key for key in keys() if not said(key)] == []


@pytest.mark.parametrize(("language", "strange"), [("id", ENGLISH), ("en", INDONESIAN)])
def test_no_sentence_holds_words_of_the_other_language(language: str, strange: set[str]) -> None:
    held = {key: plain(entry[language]) & strange for key, entry in entries().items()}
    assert {key: words for key, words in held.items() if words} == {}


@pytest.mark.parametrize("term", GLOSSARY)
def test_labels_use_the_words_of_the_glossary(term: str) -> None:
    told = {key: entries()[key] for key in bound()}
    english = {
        key: re.sub(r"{.*?}|\w+\.csv", "", entry["en"]).lower() for key, entry in told.items()
    }
    meant = [key for key, words in english.items() if re.search(rf"\b{term}\b", words)]
    assert meant
    assert [key for key in meant if not re.search(GLOSSARY[term], told[key]["id"].lower())] == []
