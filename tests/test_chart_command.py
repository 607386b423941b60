"""`planner chart` as its users start it: one figure for one page."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS
from PIL import Image
from processes import Finished
from processes import planner as command

import planner
from planner.charts import SIZES
from planner.runs import write_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of `dua-pulau`, which plans rice alone."""
    folder = tmp_path_factory.mktemp("small") / "run"
    folder.mkdir()
    scenario = planner.read_scenario(SCENARIOS / "dua-pulau")
    write_run(folder, planner.make_run(planner.solve(scenario)))
    return folder


@pytest.fixture(scope="module")
def drawn(run: Path) -> Finished:
    words = ("--size", "half", "--language", "en", "--out", run.with_name("figure.png"))
    return command("chart", run, "balance_bars", *words)


def test_both_files_are_written_and_named(run: Path, drawn: Finished) -> None:
    assert drawn.returncode == 0
    files = [run.with_name(f"figure.{ending}") for ending in ("png", "svg")]
    assert drawn.stdout.startswith(f"Drawn: {files[0]}, {files[1]}")
    assert all(file.stat().st_size > 1000 for file in files)


def test_the_figure_is_half_a_page_wide_at_300_dots_an_inch(run: Path, drawn: Finished) -> None:
    assert drawn.returncode == 0
    with Image.open(run.with_name("figure.png")) as image:
        assert image.size[0] == pytest.approx(300 * SIZES["half"][0], abs=2)


def test_title_and_alt_text_are_said_for_the_document(drawn: Finished) -> None:
    assert "Surplus and shortage of rice by province" in drawn.stdout
    assert "Bars of rice by province" in drawn.stdout


def test_two_runs_are_compared_by_the_charts_of_two_runs(run: Path) -> None:
    out = run.with_name("compared")
    told = command("chart", run, "comparison", "--against", run, "--out", out)
    assert told.returncode == 0
    assert "run dibandingkan dengan run" in out.with_suffix(".svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["balans_map"], 'Maksud Anda "balance_map"?'),
        (["stock", "--commodity", "bras"], "Maksud Anda Beras (beras)?"),
        (["stock", "--period", "2023-01"], "tidak dapat disaring dengan --period"),
        (["comparison"], "Tambahkan --against"),
        (["coverage", "--period", "2031-01"], 'Periode "2031-01" tidak ada'),
    ],
)
def test_what_does_not_fit_is_answered_with_what_does(
    run: Path, words: list[str], said: str
) -> None:
    told = command("chart", run, *words, "--out", run.with_name("never"))
    assert told.returncode == 2
    assert said in told.stderr
    assert not run.with_name("never.png").exists()


def test_a_figure_is_not_written_over_without_force(run: Path, drawn: Finished) -> None:
    assert drawn.returncode == 0
    words = ("chart", run, "balance_bars", "--out", run.with_name("figure"))
    assert "sudah ada" in command(*words).stderr
    assert command(*words, "--force").returncode == 0
