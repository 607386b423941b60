"""How `planner` ends when something goes wrong: exit code, one message, nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS, copy_of, swap
from processes import planner, script, started, wait_for

FIRST = SCENARIOS / "dua-pulau"
NO_SOLVER = "sys.modules['highspy'] = None"
TOO_LATE = (
    "import planner.solving.array_highs as h, pulp;"
    "h._STATUS['kOptimal'] = pulp.constants.LpSolveStatus.TimeLimit;"
    "sys.modules['planner.solving.solve'].ways = lambda *_: [('highs', 'simplex')]"
)
"""HiGHS ends without a proof, and there is no other way to turn to."""
TABLES_TOO_BIG, CHARTS_TOO_BIG = 150, 60_000
"""Bytes in a file: less than the tables, and less than the charts, of `dua-pulau` have."""
READING, SOLVING, PAIR, DRAWING = "Membaca skenario", "Mencari", "Menelusuri", "Menggambar"
MOMENTS = [
    ("dua-pulau", READING, 0.0),
    ("nasional-2023", SOLVING, 0.0),
    ("nasional-2023", SOLVING, 0.6),
    ("jabar-ntb", PAIR, 0.5),
    ("dua-pulau", DRAWING, 0.0),
    ("dua-pulau", DRAWING, 0.8),
]


def full_disk(room: int) -> Callable[[], None]:
    """Return what lets no file grow beyond some bytes."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return limit


def ending(tmp_path: Path, case: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Let a run fail in one of the ways that have an exit code."""
    out = tmp_path / "run"
    words = ["run", str(FIRST), "--no-charts", "--out", str(out), *more]
    if case == "input":
        words[1] = str(copy_of("dua-pulau", tmp_path))
        swap("production.csv", ("130", "x"))(Path(words[1]))
    elif case == "option":
        words += ["--solver", "guess"]
    elif case == "no solution":
        return script(TOO_LATE, *words)
    elif case == "no solver":
        return script(NO_SOLVER, *words)
    elif case == "disk":
        return planner(*words, before=full_disk(TABLES_TOO_BIG))
    return planner(*words)


CODES = {"input": 1, "option": 2, "no solution": 3, "no solver": 4, "disk": 5}
type Failure = tuple[str, subprocess.CompletedProcess[str], set[str]]


@pytest.fixture(scope="module", params=CODES)
def failure(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Failure:
    """A run that failed, and what its folder holds."""
    folder = tmp_path_factory.mktemp("failed")
    done = ending(folder, request.param)
    return request.param, done, {file.name for file in folder.iterdir()}


def test_every_failure_has_its_exit_code(failure: Failure) -> None:
    assert failure[1].returncode == CODES[failure[0]]


def test_a_failure_leaves_nothing_behind(failure: Failure) -> None:
    assert failure[2] <= {"dua-pulau"}


def test_a_failure_shows_no_traceback(failure: Failure) -> None:
    assert "Traceback" not in failure[1].stderr


@pytest.mark.parametrize("case", CODES)
def test_debug_shows_the_traceback(tmp_path: Path, case: str) -> None:
    assert "Traceback" in ending(tmp_path, case, "--debug").stderr


@pytest.mark.parametrize(
    "words",
    [
        ["check", FIRST, "--language", "fr"],
        ["run", FIRST, "--out", "nowhere", "--freight", "cheap"],
        ["run", FIRST],
        ["rn", FIRST],
    ],
)
def test_wrong_use_ends_with_2(words: list[object], tmp_path: Path) -> None:
    done = planner(*words)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_an_unknown_language_is_named() -> None:
    assert 'Bahasa "fr" tidak dikenal' in planner("check", FIRST, "--language", "fr").stderr


def test_a_missing_solver_says_how_to_install_it(tmp_path: Path) -> None:
    assert "python -m pip install" in ending(tmp_path, "no solver").stderr


def test_a_run_folder_is_not_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "summary.json").write_text("{}", encoding="utf-8")
    done = planner("run", FIRST, "--no-charts", "--out", tmp_path / "run")
    assert (done.returncode, [f.name for f in (tmp_path / "run").iterdir()]) == (
        2,
        ["summary.json"],
    )


def test_force_replaces_a_run_folder_whole(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    for name in ("summary.json", "stale.csv"):
        (tmp_path / "run" / name).write_text("{}", encoding="utf-8")
    done = planner("run", FIRST, "--no-charts", "--out", tmp_path / "run", "--force")
    assert (done.returncode, (tmp_path / "run" / "stale.csv").exists()) == (0, False)


def test_force_leaves_no_trace_of_the_old_run(tmp_path: Path) -> None:
    for _ in range(2):
        planner("run", FIRST, "--no-charts", "--out", tmp_path / "run", "--force")
    assert [f.name for f in tmp_path.iterdir()] == ["run"]


def test_force_never_replaces_a_folder_that_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").write_bytes(b"cat")
    done = planner("run", FIRST, "--no-charts", "--out", tmp_path / "photos", "--force")
    assert (done.returncode, (tmp_path / "photos" / "cat.png").read_bytes()) == (2, b"cat")


@pytest.mark.parametrize("place", [".", "runs/one", ".."])
def test_the_scenario_is_never_written_to(tmp_path: Path, place: str) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    (tmp_path / "summary.json").write_text("{}", encoding="utf-8")
    done = planner("run", folder, "--no-charts", "--out", folder / place, "--force")
    assert (done.returncode, "di dalam folder skenario" in done.stderr) == (2, True)


def test_a_failed_run_with_force_leaves_the_old_one(tmp_path: Path) -> None:
    planner("run", FIRST, "--no-charts", "--out", tmp_path / "run")
    before = {f: f.read_bytes() for f in (tmp_path / "run").rglob("*.*")}
    ending(tmp_path, "disk", "--force")
    assert {f: f.read_bytes() for f in (tmp_path / "run").rglob("*.*")} == before


def test_a_disk_that_fills_while_charts_are_drawn_leaves_nothing_behind(tmp_path: Path) -> None:
    words = ("run", FIRST, "--out", tmp_path / "run")
    done = planner(*words, before=full_disk(CHARTS_TOO_BIG))
    assert (done.returncode, list(tmp_path.iterdir())) == (5, [])


def test_a_full_disk_is_called_so(tmp_path: Path) -> None:
    said = ending(tmp_path, "disk").stderr.splitlines()[-1]
    assert said.startswith(f"{tmp_path / 'run'} tidak dapat ditulis: tempat penyimpanan penuh")


@pytest.mark.parametrize(("scenario", "phase", "delay"), MOMENTS)
def test_ctrl_c_ends_with_130_one_line_and_nothing_behind(
    tmp_path: Path, scenario: str, phase: str, delay: float
) -> None:
    with started(scenario, tmp_path / "run") as process:
        wait_for(process, phase)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        said = [line for line in process.communicate()[1].splitlines() if "..." not in line]
    found = process.returncode, said, list(tmp_path.iterdir())
    assert found == (130, ["Dihentikan. Tidak ada yang ditulis."], [])


def ended(group: int) -> bool:
    """Wait until no process of a group is left, ten seconds at most."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    """The folder in which a run was killed while it drew, and whether all its processes ended."""
    folder = tmp_path_factory.mktemp("killed")
    with started("dua-pulau", folder / "run") as process:
        wait_for(process, DRAWING)
        time.sleep(1.0)
        process.kill()
        process.wait()
        return folder, ended(process.pid)


def test_a_killed_run_leaves_no_folder_of_the_asked_name(killed: tuple[Path, bool]) -> None:
    assert all(f.name.startswith(".run-") for f in killed[0].iterdir())


def test_a_killed_run_leaves_no_process_behind(killed: tuple[Path, bool]) -> None:
    assert killed[1]


def test_after_a_killed_run_the_next_one_succeeds(killed: tuple[Path, bool]) -> None:
    assert planner("run", FIRST, "--no-charts", "--out", killed[0] / "run").returncode == 0


def test_a_run_whose_reader_leaves_is_still_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planner", "run", str(FIRST), "--no-charts"]
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "run")], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 0
    assert (tmp_path / "run" / "summary.json").is_file()
