"""`planner prices` and `planner why` as their users start them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from broken_scenarios import SCENARIOS
from processes import planner

FIRST = SCENARIOS / "dua-pulau"
ENDS = ("--from", "01", "--to", "02", "--commodity", "beras")


def test_prices_show_every_province_and_how_sure_they_are() -> None:
    done = planner("prices", FIRST, "--commodity", "beras")
    assert (done.returncode, done.stdout.count("Pulau ")) == (0, 2)
    assert "8 dari 8 ujung selang terbukti" in done.stdout


def test_the_prices_of_one_province_stand_period_by_period() -> None:
    done = planner("prices", FIRST, "--commodity", "beras", "--province", "02", "--language", "en")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[:3] for line in lines[2:4]] == [["Jan", "2023", "210"], ["Feb", "2023", "220"]]


def test_prices_are_written_where_a_folder_is_given(tmp_path: Path) -> None:
    done = planner("prices", FIRST, "--commodity", "beras", "--out", tmp_path / "out")
    table = pd.read_csv(tmp_path / "out" / "price_ranges.csv", dtype={"province": str})
    assert (done.returncode, len(table), table["less_t"].notna().all()) == (0, 4, True)
    facts = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert facts["scenario"] == "dua-pulau"


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Tanpa jalur ini"), ("en", "Without this lane")]
)
def test_why_says_its_sentences_first(language: str, words: str) -> None:
    done = planner("why", FIRST, *ENDS, "--language", language)
    assert (done.returncode, done.stdout.splitlines()[1][: len(words)]) == (0, words)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("prices", "--commodity", "bras"), "Maksud Anda Beras (beras)?"),
        (("why", *ENDS, "--mode", "pesawat"), "Moda"),
        (("why", *ENDS, "--period", "2024-01"), "tidak ada dalam rencana"),
    ],
)
def test_what_is_not_known_ends_with_2_before_anything_is_solved(
    words: tuple[str, ...], hint: str
) -> None:
    done = planner(words[0], FIRST, *words[1:])
    assert (done.returncode, done.stdout) == (2, "")
    assert hint in done.stderr
    assert "Mencari rencana" not in done.stderr
