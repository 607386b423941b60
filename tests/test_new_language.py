"""A language costs one folder and one word: what it does not say yet is said in English."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS, copy_of, swap

import planner

HOUSE = Path(planner.__file__).parent
LINE = 'LANGUAGES = ("id", "en")'


@pytest.fixture(scope="module")
def malay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with Malay, of which one file has one entry."""
    folder = tmp_path_factory.mktemp("malay")
    shutil.copytree(HOUSE, folder / "planner", ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = folder / "planner" / "i18n" / "catalogue"
    (catalogue / "ms").mkdir()
    (catalogue / "ms" / "report.toml").write_text('[report]\ntitle = "Rancangan"\n', "utf-8")
    (catalogue / "ms" / "problem.toml").write_text('[place]\nline = "garis {line}"\n', "utf-8")
    code = catalogue.parent / "catalogue.py"
    text = code.read_text("utf-8")
    assert text.count(LINE) == 1
    code.write_text(text.replace(LINE, 'LANGUAGES = ("id", "en", "ms")'), "utf-8")
    return folder


def spoken(malay: Path, *words: object) -> str:
    asked = [sys.executable, "-m", "planner", *map(str, words), "--language", "ms"]
    done = subprocess.run(asked, cwd=malay, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_what_it_says_is_said_and_the_rest_in_english(malay: Path, tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", ("130", "x"))(folder)
    said = spoken(malay, "check", folder)
    assert "garis 2, column tonnes" in said


def test_places_are_called_in_english_where_no_column_names_them(malay: Path) -> None:
    assert "West Island" in spoken(malay, "balance", SCENARIOS / "dua-pulau")
