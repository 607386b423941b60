"""The recipes of CONTRIBUTING.md are followed to the letter, each in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS

import planner
from planner.runs import write_run

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = dict(
    re.findall(
        r"^### (.*?)\n(.*?)(?=^##)", PAGE.partition("\n## Recipes\n")[2], re.MULTILINE | re.DOTALL
    )
)
COSTS = {
    "A constraint family": 5,
    "A chart": 3,
    "An input table or column": 2,
    "A command": 2,
    "A language": 2,
}
"""Files of the project that each takes, the folders of the catalogue counted as one, its tests left out."""
COPIED = ("planner", "tests", "notebooks", "scenarios", "pyproject.toml", ".gitignore")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.process,
    pytest.mark.skipif(shutil.which("git") is None, reason="git applies the recipes"),
]


def patch_of(recipe: str) -> str:
    return "".join(re.findall(r"^```diff\n(.*?)^```", RECIPES[recipe], re.MULTILINE | re.DOTALL))


def followed(recipe: str, folder: Path, *only: str) -> Path:
    """Return a copy of the project in which a recipe was followed, or only the part of it in some files."""
    for name in COPIED:
        source, copy = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, copy)
    words = ["git", "apply", "--recount", "-C1", *(f"--include={name}" for name in only), "-"]
    # a temporary folder may lie inside another repository, which git would look into
    alone = os.environ | {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = subprocess.run(
        words,
        cwd=folder,
        env=alone,
        input=patch_of(recipe).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return folder


def run_in(copy: Path, *words: object) -> str:
    """Run Python in a copy, with the package of the copy, and return what it says."""
    own = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [sys.executable, *map(str, words)]
    done = subprocess.run(asked, cwd=copy, env=own, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, said
    return said


@pytest.fixture(scope="module")
def older_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the project as it is, before any recipe."""
    folder = tmp_path_factory.mktemp("older") / "run"
    folder.mkdir()
    scenario = planner.read_scenario(SCENARIOS / "dua-pulau")
    write_run(folder, planner.make_run(planner.solve(scenario)))
    return folder


def test_there_is_a_recipe_for_each() -> None:
    assert list(RECIPES) == list(COSTS)


@pytest.mark.parametrize("recipe", COSTS)
def test_a_recipe_proves_itself(recipe: str, tmp_path: Path) -> None:
    """The tests that it names pass after it was followed."""
    (checks,) = re.findall(r"^Proof: `python -m pytest (.*)`", RECIPES[recipe], re.MULTILINE)
    run_in(followed(recipe, tmp_path), "-m", "pytest", "-n", "0", *checks.split())


@pytest.mark.parametrize("recipe", COSTS)
def test_a_recipe_costs_what_it_says(recipe: str) -> None:
    changed = re.findall(r"^\+\+\+ b/(.*)$", patch_of(recipe), re.MULTILINE)
    own = {re.sub(r"(/catalogue/).*", r"\1", name) for name in changed if name[:6] != "tests/"}
    assert len(own) == COSTS[recipe]


@pytest.mark.parametrize("recipe", COSTS)
def test_a_recipe_lists_its_files(recipe: str) -> None:
    changed = re.findall(r"^\+\+\+ b/(.*)$", patch_of(recipe), re.MULTILINE)
    told = RECIPES[recipe].partition("```")[0]
    assert [name for name in changed if Path(name).name not in told] == []


@pytest.mark.parametrize(
    "recipe", ["A constraint family", "An input table or column", "A language"]
)
def test_runs_from_before_are_still_read(recipe: str, older_run: Path, tmp_path: Path) -> None:
    code = "import sys, planner; print(planner.read_run(sys.argv[1]).facts['cost_idr'])"
    said = run_in(followed(recipe, tmp_path), "-c", code, older_run)
    assert float(said) == planner.read_run(older_run).facts["cost_idr"]


def test_a_table_without_words_is_called_by_its_own(tmp_path: Path) -> None:
    """The catalogue is forgotten: workbooks are made all the same."""
    copy = followed("An input table or column", tmp_path, "planner/schema/*")
    scenario = SCENARIOS / "dua-pulau"
    run_in(copy, "-m", "planner", "convert", scenario, copy / "book.xlsx")
    run_in(copy, "-m", "planner", "template", copy / "empty.xlsx", "--scenario", scenario)
    assert (copy / "book.xlsx").exists()


def test_a_command_without_words_shows_its_docstring(tmp_path: Path) -> None:
    copy = followed("A command", tmp_path, "planner/cli/*")
    assert "List the goods of a scenario." in run_in(copy, "-m", "planner", "--help")
