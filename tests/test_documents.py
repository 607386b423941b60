"""What people read is true: the README's commands, the tables' documentation, the notebook."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from planner.exchange.manifest import MANIFEST
from planner.scenario.documentation import table_as_markdown, tables_as_markdown

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def commands(language: str) -> list[str]:
    blocks = re.findall(
        rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    return [line for block in blocks for line in block.splitlines()]


def test_the_readme_gives_two_commands_that_each_start_from_nothing() -> None:
    found = commands("sh")
    assert len(found) == 2
    assert all(command.startswith("python3 -m venv .venv && ") for command in found)


def test_the_windows_spelling_says_the_same() -> None:
    unix = [re.sub(r"\.venv/bin/|&&|;|/|\\", " ", line).split()[4:] for line in commands("sh")]
    windows = [
        re.sub(r"\.venv\\Scripts\\|&&|;|/|\\", " ", line).split()[5:]
        for line in commands("powershell")
    ]
    assert unix == windows


@pytest.mark.parametrize("word", ["planner run", "pytest"])
def test_the_build_runs_the_commands_of_the_readme(word: str) -> None:
    assert f"readme_command '{word}'" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert sum(word in command for command in commands("sh")) == 1


def test_the_documentation_of_the_tables_is_the_schema() -> None:
    assert tables_as_markdown() in (ROOT / "scenarios" / "README.md").read_text("utf-8")


def test_the_documentation_of_the_manifest_is_its_declaration() -> None:
    assert table_as_markdown(MANIFEST) in (ROOT / "scenarios" / "README.md").read_text("utf-8")


def test_every_link_and_picture_of_the_readme_is_there() -> None:
    links = re.findall(r"\]\(([^)h][^)]*)\)", (ROOT / "README.md").read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert len(links) >= 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": path.parent}}).execute()
    ran = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in ran)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_its_outputs(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.outputs for cell in cells if cell.cell_type == "code" and cell.outputs] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chart_in_a_notebook_says_what_it_was_made_from(path: Path) -> None:
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    shown = [cell for cell in cells if re.search(r"\bcharts\.\w+\(", cell) and ".figure" in cell]
    assert [cell for cell in shown if "charts.sign(" not in cell] == []
