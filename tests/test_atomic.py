"""Results take their name only whole, and nothing that came there meanwhile is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS
from processes import environment, planner, script, started, wait_for
from test_endings import full_disk
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import OutputError
from planner.formats.file_lock import hold_lock
from planner.runs import (
    SUMMARY_FILE,
    Target,
    atomic_file,
    atomic_files,
    atomic_folder,
    inspect_target,
)

FIRST = SCENARIOS / "dua-pulau"
DRAWING = "Menggambar"


def result(folder: Path, text: str = "{}") -> Path:
    folder.mkdir()
    (folder / SUMMARY_FILE).write_text(text, encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def nothing() -> None:
    return


def write_run(place: Target | Path, text: str, meanwhile: Callable[[], object] = nothing) -> None:
    """Write a result while something else happens."""
    with atomic_folder(place) as made:
        (made / SUMMARY_FILE).write_text(text)
        meanwhile()


def write_file(place: Target | Path, text: str, meanwhile: Callable[[], object] = nothing) -> None:
    with atomic_file(place) as made:
        made.write_text(text)
        meanwhile()


def fill_the_disk() -> None:
    raise OSError(28, "No space left on device")


def test_a_folder_made_meanwhile_stays_and_the_result_is_kept(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run-2"):
        write_run(tmp_path / "run", "new", lambda: result(tmp_path / "run", "precious"))
    found = {name: (tmp_path / name / SUMMARY_FILE).read_text() for name in names(tmp_path)}
    assert found == {"run": "precious", "run-2": "new"}


def test_two_runs_into_one_name_are_both_kept(tmp_path: Path) -> None:
    result(tmp_path / "run", "old")
    place = inspect_target(tmp_path / "run", SUMMARY_FILE)
    with pytest.raises(OutputError):
        write_run(place, "slow", lambda: write_run(place, "quick"))
    found = {name: (tmp_path / name / SUMMARY_FILE).read_text() for name in names(tmp_path)}
    assert found == {"run": "quick", "run-2": "slow"}


def test_a_result_that_became_something_else_is_not_replaced(tmp_path: Path) -> None:
    folder = result(tmp_path / "run")

    def become_notes() -> None:
        (folder / SUMMARY_FILE).rename(folder / "notes.txt")

    with pytest.raises(OutputError):
        write_run(inspect_target(folder, SUMMARY_FILE), "new", become_notes)
    assert names(folder) == ["notes.txt"]


@pytest.mark.parametrize("before", [None, "old"])
def test_a_file_made_or_changed_meanwhile_stays(tmp_path: Path, before: str | None) -> None:
    file = tmp_path / "plan.xlsx"
    if before:
        file.write_text(before)
    place = inspect_target(file) if before else Target(file)
    with pytest.raises(OutputError, match=r"plan-2\.xlsx"):
        write_file(place, "new", lambda: file.write_text("precious"))
    found = {name: (tmp_path / name).read_text() for name in names(tmp_path)}
    assert found == {"plan-2.xlsx": "new", "plan.xlsx": "precious"}


def write_first_of_two(files: list[Path]) -> None:
    with atomic_files(files) as (first, _):
        first.write_text("whole")
        fill_the_disk()


def test_of_two_files_neither_is_there_before_both_are_whole(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_first_of_two([tmp_path / "c.png", tmp_path / "c.svg"])
    assert names(tmp_path) == []


def test_folders_made_on_the_way_go_when_nothing_comes_of_it(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_run(tmp_path / "a" / "b" / "run", "new", fill_the_disk)
    assert names(tmp_path) == []


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    result(tmp_path / "real")
    (tmp_path / "run").symlink_to("real")
    write_run(inspect_target(tmp_path / "run", SUMMARY_FILE), "new")
    assert (tmp_path / "run").is_symlink()
    assert (tmp_path / "real" / SUMMARY_FILE).read_text() == "new"


def left(folder: Path, name: str, *, old: bool = False) -> Path:
    """Leave what a process leaves that was killed while it wrote, or while it replaced a result."""
    room = folder / f".{name}-abcd1234"
    room.mkdir()
    room.with_name(f"{room.name}.lock").write_text(name)
    if old:
        result(room.with_name(f"{room.name}-old"), "old")
    return room


def test_what_dead_runs_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    left(tmp_path, "run")
    left(tmp_path, "another")
    write_file(tmp_path / "x.csv", "x")
    assert names(tmp_path) == ["x.csv"]


def test_what_was_just_being_replaced_when_its_run_died_comes_back(tmp_path: Path) -> None:
    left(tmp_path, "run", old=True)
    write_file(tmp_path / "x.csv", "x")
    assert (tmp_path / "run" / SUMMARY_FILE).read_text() == "old"


def test_what_a_living_run_makes_is_left_alone(tmp_path: Path) -> None:
    room = left(tmp_path, "run")
    lock = room.with_name(f"{room.name}.lock")
    holder = (
        "import sys, time; from pathlib import Path; from planner.formats.file_lock import hold;"
        "print(hold(Path(sys.argv[1])), flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-c", holder, str(lock)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip().isdigit()
        write_file(tmp_path / "x.csv", "x")
        process.kill()
    assert room.exists()
    handle = hold_lock(lock)
    assert handle is not None
    os.close(handle)


@pytest.mark.parametrize("to_all", [False, True])
def test_being_stopped_from_outside_is_as_ctrl_c(tmp_path: Path, *, to_all: bool) -> None:
    with started("dua-pulau", tmp_path / "run") as process:
        wait_for(process, DRAWING)
        time.sleep(0.5)
        (os.killpg if to_all else os.kill)(process.pid, signal.SIGTERM)
        said = [line for line in process.communicate()[1].splitlines() if "..." not in line]
    found = process.returncode, said, names(tmp_path)
    assert found == (130, ["Dihentikan. Tidak ada yang ditulis."], [])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "run"
    words = ["run", str(FIRST), "--no-charts", "--out", str(folder)]
    assert CliRunner().invoke(app, words).exit_code == 0
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["chart", "RUN", "balance_map", "--commodity", "beras", "--out", "OUT/c.png"],
        ["workbook", "RUN", "--out", "OUT/w.xlsx"],
        ["convert", str(FIRST), "OUT/w.xlsx"],
        ["template", "OUT/w.xlsx", "--scenario", str(FIRST)],
        ["pack", str(FIRST), "OUT/p.zip", "--level", "internal"],
    ],
    ids=lambda words: words[0],
)
def test_a_full_disk_ends_in_one_message_and_nothing_behind(
    words: list[str], run: Path, tmp_path: Path
) -> None:
    asked = [word.replace("RUN", str(run)).replace("OUT", str(tmp_path)) for word in words]
    done = planner(*asked, before=full_disk(1_000))
    said = [line for line in done.stderr.splitlines() if not line.endswith("...")]
    assert (done.returncode, len(said), names(tmp_path)) == (5, 1, [])


def test_the_home_folder_at_the_start_of_a_path(tmp_path: Path) -> None:
    done = planner("balance", FIRST, "--out=~/hasil", HOME=str(tmp_path))
    assert (done.returncode, names(tmp_path)) == (0, ["hasil"])


def test_a_terminal_that_knows_few_letters_ends_no_command() -> None:
    done = planner("balance", FIRST, PYTHONIOENCODING="ascii")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_process_without_an_output_goes_on(tmp_path: Path, closed: str) -> None:
    done = script(f"sys.{closed} = None", "balance", FIRST, "--out", tmp_path / "out")
    assert (done.returncode, names(tmp_path)) == (0, ["out"])


def test_a_reader_that_leaves_gets_no_traceback() -> None:
    words = [sys.executable, "-m", "planner", "check", str(FIRST)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
