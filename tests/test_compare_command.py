"""`planner compare` as its users start it, on a national plan and the same after a poor harvest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from broken_scenarios import SCENARIOS, way_to
from catalogue_words import words_in, words_of
from processes import Finished
from processes import planner as command

import planner
from planner.runs import write_run

DROUGHT = """
[scenario]
title = { id = "Kemarau, dua belas bulan", en = "Drought, twelve months" }
extends = "SCENARIOS/nasional-2023"
[[adjust]]
table = "production"
column = "tonnes"
where = { commodity = "beras", province = ["18", "32", "35", "52", "73"], period = ["2023-07", "2023-08"] }
multiply = 0.75
source = "asumsi_beras"
"""
WRITTEN = {
    *(f"{name}.csv" for name in ("inputs", "totals", "lanes", "coverage", "costs", "prices")),
    *("summary.json", "charts"),
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Run folders of the national plan and of the drought."""
    home = tmp_path_factory.mktemp("national")
    overlay = home / "scenario"
    overlay.mkdir()
    drought = DROUGHT.replace("SCENARIOS", way_to(SCENARIOS, overlay))
    (overlay / "scenario.toml").write_text(drought, encoding="utf-8")
    folders = [home / "base", home / "drought"]
    for folder, scenario in zip(folders, (SCENARIOS / "nasional-2023", overlay), strict=True):
        folder.mkdir()
        write_run(folder, planner.make_run(planner.solve(planner.read_scenario(scenario))))
    return folders


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of `dua-pulau`."""
    folder = tmp_path_factory.mktemp("small") / "run"
    folder.mkdir()
    scenario = planner.read_scenario(SCENARIOS / "dua-pulau")
    write_run(folder, planner.make_run(planner.solve(scenario)))
    return folder


@pytest.fixture(scope="module")
def told(runs: list[Path]) -> Finished:
    return command("compare", *runs, "--out", runs[0].with_name("comparison"))


@pytest.fixture(scope="module")
def english(runs: list[Path]) -> Finished:
    return command("compare", *runs, "--language", "en")


def test_a_comparison_ends_with_0_and_at_most_25_lines(told: Finished, english: Finished) -> None:
    assert told.returncode == english.returncode == 0
    assert 12 < len(english.stdout.splitlines()) < len(told.stdout.splitlines()) <= 25


def test_the_poor_harvest_is_the_first_thing_that_is_said(english: Finished) -> None:
    heading, line = english.stdout.splitlines()[2:4]
    place = "production.csv, tonnes, Rice, Jul 2023 - Aug 2023"
    assert heading == "Changed inputs:"
    assert line.startswith(f"  {place}: -25.0%, 5 rows (Lampung, West Java, East Java, ...), ")


def test_the_languages_are_not_mixed(told: Finished, english: Finished) -> None:
    indonesian, spoken = words_of("id"), words_of("en")
    said = [
        words_in(" ".join(line for line in done.stdout.splitlines()[2:-1] if ".csv" not in line))
        for done in (told, english)
    ]
    assert (said[0] & (spoken - indonesian), said[1] & (indonesian - spoken)) == (set(), set())


def test_every_changed_row_is_in_the_table_with_its_factor(runs: list[Path]) -> None:
    found = planner.compare(*map(planner.read_run, runs)).inputs
    assert list(found["key"]) == [f"{code}; beras" for code in ("18", "32", "35", "52", "73")]
    assert list(found["relative"].round(9)) == [-0.25] * 5
    assert set(found["periods"]) == {"2023-07/2023-08"}


def test_changed_lanes_make_up_the_change_of_all_tonnes(runs: list[Path]) -> None:
    found = planner.compare(*map(planner.read_run, runs))
    moved = found.totals.set_index("total").loc["tonnes_moved", "difference"]
    assert found.lanes["tonnes_difference"].sum() == pytest.approx(moved, abs=1)


def test_the_folder_holds_what_was_promised(runs: list[Path], told: Finished) -> None:
    out = runs[0].with_name("comparison")
    assert {file.name for file in out.iterdir()} == WRITTEN
    files = {file.name for file in (out / "charts").iterdir()}
    kinds = {file.split("-")[0].split(".")[0] for file in files}
    assert kinds == {"comparison", "price_dumbbell", "captions"}


def test_two_runs_of_one_scenario_differ_in_nothing(small: Path) -> None:
    assert "Tidak ada yang berubah" in command("compare", small, small).stdout


def test_another_horizon_ends_with_1_and_the_reason(runs: list[Path], small: Path) -> None:
    done = command("compare", runs[0], small)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{small}: meliputi 2023-01 sampai 2023-02" in done.stderr


def test_what_is_wrong_with_both_folders_is_told_at_once(tmp_path: Path) -> None:
    done = command("compare", SCENARIOS / "dua-pulau", tmp_path / "none")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 3)


def test_a_folder_that_exists_is_not_replaced_unasked(small: Path, tmp_path: Path) -> None:
    assert command("compare", small, small, "--out", tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_comparison_is_replaced_when_asked_to(small: Path, tmp_path: Path) -> None:
    words = ("compare", small, small, "--out", tmp_path / "out", "--force")
    assert [command(*words).returncode for _ in range(2)] == [0, 0]
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("place", ["", "comparison"])
def test_a_run_is_never_written_to(small: Path, place: str) -> None:
    done = command("compare", small, small, "--out", small / place, "--force")
    assert (done.returncode, (small / "flows.csv").is_file()) == (2, True)


def test_a_comparison_is_not_taken_for_a_run(small: Path, tmp_path: Path) -> None:
    command("compare", small, small, "--out", tmp_path / "out")
    assert "bukan folder hasil" in command("compare", small, tmp_path / "out").stderr


def test_the_chart_says_of_both_scenarios_to_when_their_data_go(
    runs: list[Path], told: Finished
) -> None:
    table = pd.read_csv(runs[0].with_name("comparison") / "charts" / "captions.csv")
    assert (table["caption"].str.count("data sampai 31 Desember 2023") == 2).all()
