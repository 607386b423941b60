"""What people read is true: the README's commands, the tables' documentation, the notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import planner
from planner.charts import MENU
from planner.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]
DRAWS = re.compile(r"^shown\(|^\w.*\.figure$")
"""The last line of a cell that shows a chart."""
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [
    ROOT / "README.md",
    *(
        page
        for top in ("planner", "scenarios", "notebooks")
        for page in sorted((ROOT / top).rglob("*.md"))
    ),
]


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


def test_the_readme_has_a_row_for_every_command() -> None:
    rows = re.findall(r"^\| `planner (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)


def test_pages_made_from_the_code_are_what_the_code_says(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tests" / "documents.py", tmp_path], check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.md")}
    old = [path.as_posix() for path, page in made.items() if page != (ROOT / path).read_bytes()]
    assert len(made) == 4
    assert old == [], "write them anew: python tests/documents.py"


def test_every_column_of_every_table_of_a_run_is_told() -> None:
    told = (ROOT / "scenarios" / "RESULTS.md").read_text("utf-8").partition("\n### ")[0]
    rows = dict(re.findall(r"^\| (\w+)\.csv \| (.*) \|$", told, re.MULTILINE))
    run = planner.make_run(planner.solve(planner.read_scenario(ROOT / "scenarios" / "dua-pulau")))
    untold = {
        name: set(table.columns) - set(re.findall(r"\w+", rows.get(name, "")))
        for name, table in run.tables.items()
    }
    assert {name: columns for name, columns in untold.items() if columns} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)h][^)]*)\)", page.read_text("utf-8"))
    assert [link for link in links if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    """Return whether the file is there, and in it the heading behind the #."""
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> list[str]:
    """Return the headings of a page as GitHub spells them in links."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": path.parent}}).execute()
    ran = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in ran)
    charts = [cell.outputs[-1].data for cell in ran if DRAWS.search(last_line(cell))]
    assert all("image/png" in shown for shown in charts)


def last_line(cell: nbformat.NotebookNode) -> str:
    return str(cell.source.splitlines()[-1])


def test_the_gallery_draws_every_chart_once_and_says_when_to_use_it() -> None:
    cells = nbformat.read(ROOT / "notebooks" / "05-charts.ipynb", as_version=4).cells
    drawn = [name for cell in cells for name in re.findall(r"^shown\(charts\.(\w+)\(", cell.source)]
    assert sorted(drawn) == sorted([*MENU, "frontier"])
    rows = (ROOT / "planner" / "charts" / "README.md").read_text("utf-8")
    when = re.findall(r"^\| (`\w+`) \| (.*?) \|", rows, re.MULTILINE)
    told = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert [name for name, use in when if f"{name}: {use}." not in told] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_its_outputs(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.outputs for cell in cells if cell.cell_type == "code" and cell.outputs] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chart_in_a_notebook_says_what_it_was_made_from(path: Path) -> None:
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    shown = [cell for cell in cells if re.search(r"\bcharts\.\w+\(", cell) and ".figure" in cell]
    assert [cell for cell in shown if "charts.sign(" not in cell] == []
