"""The folder that `planner run` wrote answers like the scenario it was made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS
from in_process import planner

FIRST = SCENARIOS / "dua-pulau"

ANSWERS = {
    "balance": (),
    "diagnose": (),
    "formulation": (),
    "lanes": ("--from", "01", "--to", "02"),
    "prices": ("--commodity", "beras"),
    "supply": ("--to", "02"),
    "why": ("--from", "02", "--to", "01", "--commodity", "beras"),
}
REFUSE = ("check", "pack", "convert", "template", "diff")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hasil"
    assert planner("run", FIRST, "--out", folder, "--no-charts").returncode == 0
    return folder


@pytest.mark.parametrize("command", ANSWERS)
def test_a_run_folder_gets_the_answer_of_its_scenario(made: Path, command: str) -> None:
    of_run, of_scenario = (planner(command, given, *ANSWERS[command]) for given in (made, FIRST))
    assert (of_run.returncode, of_run.stdout) == (0, of_scenario.stdout)


@pytest.mark.parametrize("command", ["supply", "diagnose"])
def test_what_the_run_holds_is_not_solved_again(made: Path, command: str) -> None:
    done = planner(command, made, *ANSWERS[command], "--language", "en")
    assert done.stderr == "Reading the scenario ...\n"


@pytest.mark.parametrize("command", REFUSE)
def test_who_needs_the_scenario_says_in_one_line_what_the_folder_is(
    made: Path, tmp_path: Path, command: str
) -> None:
    out = tmp_path / "out.xlsx"
    words = {
        "check": (made,),
        "pack": (made, tmp_path / "out.zip", "--level", "internal"),
        "convert": (made, out),
        "template": (out, "--scenario", made),
        "diff": (made, FIRST),
    }
    done = planner(command, *words[command], "--language", "en")
    assert done.returncode == 1
    assert done.stderr.count("this is a folder of results, no scenario") == 1
    assert "1 problem(s)" in done.stderr


def test_a_folder_of_results_without_a_plan_says_so_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "neraca"
    folder.mkdir()
    (folder / "summary.json").write_text(json.dumps({"scenario": "x"}), encoding="utf-8")
    done = planner("supply", folder, "--to", "02", "--language", "en")
    assert (done.returncode, "is no run folder with a plan" in done.stderr) == (1, True)
