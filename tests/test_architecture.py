"""The house keeps its order: imports, docstrings, sentences in both languages, files."""

from __future__ import annotations

import ast
import string
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from catalogue_words import entries

from planner.i18n import LANGUAGES, Locale, keys

TOP = Path(__file__).parents[1]
HOUSE = TOP / "planner"
MODULES = sorted(HOUSE.rglob("*.py"))
LADDER = (
    "errors units i18n arrays given html lazily version geography",
    "schema",
    "formats",
    "scenario",
    "shipped_example market",
    "model",
    "solution",
    "solving",
    "runs",
    "analysis",
    "charts",
    "exchange",
    "reports",
    "brief pipeline",
    "cli",
    "__main__ docs",
)
"""Rooms from left to right; imports go only leftwards."""
RANK = {room: rank for rank, rooms in enumerate(LADDER) for room in rooms.split()}
OWNERS = {"pulp": "solving", "highspy": "solving", "matplotlib": "charts", "PIL": "charts"}
SAID_BY = {"text": "", "Problem": "problem.", "problem": "problem."} | dict.fromkeys(
    ["OptionError", "OutputError", "SolveError", "SolverMissingError"], ""
)
TOP_FOLDERS = {"planner", "scenarios", "notebooks", "tests"}
DEFINITION = ast.FunctionDef | ast.ClassDef
PLACES = ["/" + folder + "/" for folder in ("work", "root", "home", "Users", "tmp")]
"""Beginnings of paths that exist on one machine only."""


def room_of(file: Path) -> str:
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{name.name}" for name in node.names]
            yield from names if node.module == "planner" else [node.module]


def file_of(module: str) -> Path | None:
    """Return the file of a module of ours; None for a name that is none."""
    place = TOP.joinpath(*module.split("."))
    found = (place.with_suffix(".py"), place / "__init__.py")
    return next((file for file in found if file in MODULES), None)


def files_used_by(file: Path) -> set[Path]:
    """Return the files that a file imports, wherever in it: in a function or for types alone too."""
    used = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            used |= {file_of(name.name) for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                used.add(file_of(f"{node.module}.{name.name}") or file_of(node.module))
    return {other for other in used if other not in {None, file}}


def rooms_used_by(file: Path) -> set[str]:
    parts = [name.split(".") for name in imports_of(file)]
    return {name[1] for name in parts if name[0] == "planner" and name[1] in RANK}


def calls() -> Iterator[tuple[str, str]]:
    """Yield the name of what is called with a text as its first argument, and that text."""
    for file in MODULES:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name, said = getattr(node.func, "id", getattr(node.func, "attr", "")), node.args[0]
                if isinstance(said.value, str):
                    yield name, said.value


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def files_of_ours() -> Iterator[Path]:
    for file in TOP.rglob("*"):
        parts = file.relative_to(TOP).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
        if file.is_file() and not hidden and "__pycache__" not in parts and parts[0] != ".git":
            yield file


def undocumented(file: Path) -> list[str]:
    tree = tree_of(file)
    public = [node for node in tree.body if isinstance(node, DEFINITION) and node.name[0] != "_"]
    members = [node for owner in public for node in owner.body if isinstance(node, DEFINITION)]
    public += [node for node in members if node.name[0] != "_"]
    return [
        getattr(node, "name", file.name) for node in [tree, *public] if not ast.get_docstring(node)
    ]


def misplaced(file: Path) -> set[str]:
    """The rooms that a module imports though they stand beside its own or to the right of it."""
    room = room_of(file)
    reach = RANK.get(room, -1)
    own = {room} if reach else set(LADDER[0].split())
    return {used for used in rooms_used_by(file) - own if RANK[used] >= reach}


def test_no_files_import_one_another_in_a_circle() -> None:
    TopologicalSorter({file: files_used_by(file) for file in MODULES}).prepare()


def strangers_in(file: Path) -> set[str]:
    """The heavy libraries that a module imports though another room owns them."""
    used = {name.split(".")[0] for name in imports_of(file)} & set(OWNERS)
    return {name for name in used if OWNERS[name] != room_of(file)}


def offenders(wrong: Callable[[Path], Collection[str]]) -> dict[str, Collection[str]]:
    """The modules in which something is wrong, each with what it is."""
    found = {file.relative_to(HOUSE).as_posix(): wrong(file) for file in MODULES}
    return {name: wrongs for name, wrongs in found.items() if wrongs}


def test_imports_go_only_leftwards() -> None:
    assert set(offenders(misplaced)) <= {"__init__.py"}


def test_every_room_stands_on_the_ladder() -> None:
    assert {room_of(file) for file in MODULES} == {*RANK, "__init__"}


def test_heavy_libraries_are_imported_by_their_owners_only() -> None:
    assert offenders(strangers_in) == {}


def test_everything_public_says_what_it_is_for() -> None:
    assert offenders(undocumented) == {}


@pytest.mark.parametrize("module", ["planner", "planner.cli.app"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    body = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
    assert not {"matplotlib", "highspy", "pulp", "pandas", "numpy"} & set(done.stdout.split())


def test_importing_planner_warns_of_nothing() -> None:
    words = [sys.executable, "-W", "error", "-c", "import planner; planner.solve"]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stderr == ""


def test_a_sentence_has_the_same_blanks_in_every_language() -> None:
    assert set(entries()) == set(keys())
    money = Locale("en").money_words.keys()  # a language says "Rp" where another says "IDR"
    filled = {
        key: [blanks(sentence) - money for sentence in entry.values()]
        for key, entry in entries().items()
    }
    assert {key for key, found in filled.items() if found != [found[0]] * len(LANGUAGES)} == set()


def test_no_sentence_lacks_a_language() -> None:
    assert {key for key, entry in entries().items() if set(entry) != set(LANGUAGES)} == set()


def test_every_sentence_that_is_asked_for_exists() -> None:
    asked = {f"{SAID_BY[name]}{key}" for name, key in calls() if name in SAID_BY}
    assert len(asked) > 60
    assert asked - set(keys()) == set()


def test_every_phase_that_is_announced_exists() -> None:
    announced = {f"phase.{key}" for name, key in calls() if name in {"progress", "clock"}}
    assert len(announced) > 5
    assert announced - set(keys()) == set()


def test_the_top_level_holds_these_folders_only() -> None:
    lines = (TOP / ".gitignore").read_text(encoding="utf-8").split()
    ignored = [line.strip("/") for line in lines]
    found = {entry for entry in TOP.iterdir() if entry.is_dir() and entry.name[0] != "."}
    named = {entry.name for entry in found if not any(map(entry.match, ignored))}
    assert named == TOP_FOLDERS


def test_no_file_names_a_path_of_one_machine() -> None:
    found = []
    for file in files_of_ours():
        raw = file.read_bytes()
        found += [
            f"{file}: {place}" for place in PLACES if b"\0" not in raw and place.encode() in raw
        ]
    assert found == []
