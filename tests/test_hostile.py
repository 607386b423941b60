"""More than fifty hostile or broken files: each ends in a message, soon, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_files import BOOKS, ZIPS, write
from typer.testing import CliRunner, Result

from planner.cli.app import app

LANGUAGE = ["--language", "en"]


def told(result: Result) -> bool:
    """Return whether a command ended in a message rather than in a traceback."""
    return (
        result.exit_code == 1
        and "problem(s) in" in result.output
        and "Traceback" not in result.output
    )


def test_there_are_fifty() -> None:
    assert len(ZIPS) + len(BOOKS) >= 50


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_package_ends_in_a_message(tmp_path: Path, name: str) -> None:
    package = write(tmp_path, "stranger.zip", ZIPS[name])
    words = ["unpack", str(package), str(tmp_path / "out"), *LANGUAGE]
    assert told(CliRunner().invoke(app, words))
    assert [file.name for file in tmp_path.iterdir()] == ["stranger.zip"]


@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_ends_in_a_message(tmp_path: Path, name: str) -> None:
    book = write(tmp_path, "stranger.xlsx", BOOKS[name])
    assert told(CliRunner().invoke(app, ["check", str(book), *LANGUAGE]))
    assert [file.name for file in tmp_path.iterdir()] == ["stranger.xlsx"]
