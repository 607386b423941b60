"""The documentation: examples say what the program says, pages are whole, the site is built without a warning."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from catalogue_words import entries
from typer.testing import CliRunner

import planner
from planner import charts
from planner.cli.app import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "planner" / "docs"
TUTORIALS = [DOCS / "tutorial.md", DOCS / "id" / "rencana-pertama.md"]
SHELL = re.compile(r"```sh\n(planner .*?)\n```\n\n```text\n(.*?)```", re.DOTALL)
MODULES = sorted(
    {
        inspect.getmodule(getattr(planner, name)).__name__
        for name in planner.__all__
        if name[0] != "_"
    }
)


def examples(page: Path) -> list[tuple[str, str]]:
    return SHELL.findall(page.read_text("utf-8"))


@pytest.fixture
def at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where a reader of the pages stands."""
    monkeypatch.chdir(ROOT)


@pytest.mark.usefixtures("at_the_top")
@pytest.mark.parametrize("module", ["planner", *MODULES])
def test_the_examples_of_public_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_what_makes_a_plan_has_an_example() -> None:
    makers = ["read_scenario", "compute_balance", "solve", "make_run", "compare"]
    assert [name for name in makers if ">>>" not in getattr(planner, name).__doc__] == []


@pytest.mark.usefixtures("at_the_top")
@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_tutorial_shows_what_the_commands_print(page: Path, tmp_path: Path) -> None:
    assert len(examples(page)) >= 3
    for command, shown in examples(page):
        words = shlex.split(command.replace("runs/", f"{tmp_path.as_posix()}/"))[1:]
        done = CliRunner().invoke(app, words)
        lines = [line.rstrip() for line in done.stdout.splitlines()]
        assert [line for line in shown.splitlines() if line.rstrip() not in lines] == []


@pytest.mark.usefixtures("at_the_top")
def test_the_python_of_the_tutorial_is_true() -> None:
    blocks = re.findall(r"```python\n(.*?)```", TUTORIALS[0].read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 3
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "tutorial", None, 0)
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_library_page_has_every_public_name_and_every_chart() -> None:
    told = (DOCS / "library.md").read_text("utf-8")
    names = [f"planner.{name}" for name in planner.__all__ if name[0] != "_"]
    names += [f"planner.charts.{name}" for name in [*charts.MENU, "frontier"]]
    assert [name for name in names if f":: {name}\n" not in told] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_terms_of_the_glossary_are_the_words_of_the_messages(language: str) -> None:
    terms = {
        key: entry for key, entry in entries().items() if key.startswith("docs.glossary.model.")
    }
    said = " ".join(
        entry[language] for key, entry in entries().items() if not key.startswith("docs.")
    ).lower()
    assert len(terms) > 20
    assert [entry[language] for entry in terms.values() if entry[language] not in said] == []


@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("furo")
    words = [sys.executable, "-m", "planner.docs", "--site", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr.count("WARNING")) == (0, 0)
    made = {page.relative_to(tmp_path).as_posix() for page in tmp_path.rglob("*.html")}
    wanted = {"index.html", "gallery.html", "library.html", "id/perintah.html", "id/galeri.html"}
    assert wanted <= made
    assert len(list((tmp_path / "_images").glob("*.png"))) >= 2 * len(charts.MENU)
