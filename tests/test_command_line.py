"""`planner` as its users start it: what it says, what it writes, how it ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from broken_scenarios import BREAKAGES, SCENARIOS, add, copy_of, swap, way_to
from catalogue_words import words_in, words_of
from processes import Finished, planner, told_in_order

import planner as package
from planner.model import FAMILIES

type Run = tuple[Path, Finished]

GROUPED = next(breakage for breakage in BREAKAGES if breakage.key == "dot_groups")
FIRST = SCENARIOS / "dua-pulau"
TABLES = ["balance", "balance_totals", "capacities", "costs", "coverage", "delivered_costs", "flows", "nodes",
          "price_gaps", "prices", "supply", "swaps"]  # fmt: skip
CHARTS = ["balance_bars-beras", "balance_map-beras", "congestion", "flow_map", "flow_map-beras",
          "flow_map-mode", "od_heatmap", "price_map-beras", "sankey-beras", "stock-beras",
          "waterfall"]  # fmt: skip
PROMISED = {f"{table}.csv" for table in TABLES}
PROMISED |= {"flows.geojson", "summary.json", "run.log", "datapackage.json", "inputs"}
REDUCED = """
[scenario]
title = { id = "Sebulan", en = "One month" }
extends = "SCENARIOS/jabar-ntb"
[horizon]
periods = 1
[scope]
commodities = ["beras", "cabai_rawit"]
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run folder of `dua-pulau` and what the process said."""
    out = tmp_path_factory.mktemp("runs") / "run"
    return out, planner("run", FIRST, "--out", out)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same in English."""
    out = tmp_path_factory.mktemp("runs") / "run"
    return out, planner("run", FIRST, "--out", out, "--language", "en")


@pytest.fixture(scope="module")
def reduced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One month of `jabar-ntb` with two goods."""
    folder = tmp_path_factory.mktemp("reduced")
    add("scenario.toml", REDUCED.replace("SCENARIOS", way_to(SCENARIOS, folder)))(folder)
    return folder


@pytest.fixture(scope="module")
def paired(reduced: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run of that month."""
    out = tmp_path_factory.mktemp("runs") / "run"
    return out, plain_run(reduced, out, PYTHONHASHSEED="1")


def plain_run(scenario: Path, out: Path, *words: object, **env: str) -> Finished:
    return planner("run", scenario, "--no-charts", "--out", out, *words, **env)


@pytest.mark.parametrize("command", ["check", "balance", "lanes", "run", "supply", "compare"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_help_lists_every_command(command: str, language: str) -> None:
    assert f"│ {command} " in planner("--help", PLANNER_LANGUAGE=language).stdout


def test_help_is_indonesian_unless_told_otherwise() -> None:
    assert "Perencana perdagangan pangan pokok" in planner("--help").stdout


def test_help_is_english_for_those_who_ask() -> None:
    assert "Plans the trade of staple foods" in planner("--help", PLANNER_LANGUAGE="en").stdout


def test_version_is_told() -> None:
    assert planner("--version").stdout == f"planner {package.__version__}\n"


def test_check_says_that_all_is_well() -> None:
    done = planner("check", FIRST)
    assert (done.returncode, done.stdout[:30]) == (0, "dua-pulau: tidak ada masalah. ")


def test_check_of_a_broken_scenario_ends_with_1_and_a_line_a_problem(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", ("130", "-200"), ("2023-02", "2024-02"))(folder)
    done = planner("check", folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 3)


def test_check_tells_remarks_and_ends_with_0(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("scenario.toml", ('"free"', '"opening"'))(folder)
    swap("need.csv", (",60,", ",90,"))(folder)
    done = planner("check", folder)
    assert (done.returncode, "Akan ada kekurangan." in done.stdout) == (0, True)


def test_a_run_tells_remarks_on_standard_error(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    GROUPED.change(folder)
    assert "Jika titik memisahkan ribuan" in plain_run(folder, tmp_path / "run").stderr


def test_balance_shows_every_province() -> None:
    done = planner("balance", FIRST)
    assert (done.returncode, done.stdout.count("Pulau ")) == (0, 2)


def test_balance_writes_what_it_promises(tmp_path: Path) -> None:
    planner("balance", FIRST, "--out", tmp_path / "out")
    found = {file.name for file in (tmp_path / "out").iterdir()}
    assert found == {"balance.csv", "summary.json"}


@pytest.mark.parametrize(("language", "number"), [("id", "+1.247,2"), ("en", "+1,247.2")])
def test_numbers_are_written_as_people_of_the_language_do(language: str, number: str) -> None:
    done = planner("balance", SCENARIOS / "nasional-2023", "--language", language)
    assert number in done.stdout


def test_a_run_ends_with_0(drawn: Run) -> None:
    assert drawn[1].returncode == 0


def test_the_phases_of_a_run_add_up_to_the_whole(drawn: Run) -> None:
    seconds = package.read_run(drawn[0]).facts["seconds"]
    total = seconds.pop("total")
    assert total > 0.1
    assert sum(seconds.values()) == pytest.approx(total, abs=0.02)
    assert seconds["other"] < 0.1 * total
    assert {"read", "solve", "swaps", "tables", "charts"} <= set(seconds)


def test_the_run_folder_holds_what_was_promised_and_no_more(drawn: Run) -> None:
    assert {file.name for file in drawn[0].iterdir()} == PROMISED | {"charts"}


def test_the_charts_are_those_promised_each_in_two_forms(drawn: Run) -> None:
    names = {file.name for file in (drawn[0] / "charts").iterdir()}
    assert names == {f"{name}.{form}" for name in CHARTS for form in ("png", "svg")} | {
        "captions.csv"
    }


def test_nothing_else_is_left_beside_the_run_folder(drawn: Run) -> None:
    assert list(drawn[0].parent.iterdir()) == [drawn[0]]


def test_standard_output_holds_the_log_and_nothing_of_the_solver(drawn: Run) -> None:
    log = (drawn[0] / "run.log").read_text(encoding="utf-8").splitlines()
    assert drawn[1].stdout.splitlines() == [*log[1:], f"Hasil ditulis di {drawn[0]}"]


@pytest.mark.parametrize("solver", ["cbc", "highs-pulp"])
def test_other_solvers_are_as_quiet(tmp_path: Path, solver: str) -> None:
    out = tmp_path / "run"
    done = plain_run(FIRST, out, "--solver", solver)
    log = (out / "run.log").read_text(encoding="utf-8").splitlines()
    assert done.stdout.splitlines() == [*log[1:], f"Hasil ditulis di {out}"]


def test_progress_goes_to_standard_error(drawn: Run) -> None:
    said = drawn[1].stderr.splitlines()
    assert (said[0], said[-1]) == ("Membaca skenario ...", "Menulis tabel ...")
    assert any(line.startswith("Menggambar peta") for line in said)


def test_the_summary_is_said_before_the_first_chart_is_drawn(tmp_path: Path) -> None:
    said = told_in_order(FIRST, tmp_path / "run")
    tables = said.index("Menulis tabel ...")
    charts = next(i for i, line in enumerate(said) if line.startswith("Menggambar"))
    assert 5 <= charts - tables - 1 <= 15


def test_the_summary_of_a_pair_keeps_to_fifteen_lines(paired: Run) -> None:
    said = paired[1].stdout.splitlines()
    assert next(i for i, line in enumerate(said) if line.startswith("Waktu: ")) <= 15


def test_a_run_of_a_pair_writes_the_pair_table(paired: Run) -> None:
    assert {file.name for file in paired[0].iterdir()} == PROMISED | {"pair.csv"}


def test_an_english_run_says_no_indonesian_word(english: Run) -> None:
    said = english[1].stderr + "".join(english[1].stdout.splitlines(keepends=True)[:-1])
    assert not words_in(said) & (words_of("id") - words_of("en"))


def test_english_charts_hold_no_indonesian_word(english: Run) -> None:
    drawings = (english[0] / "charts").glob("*.svg")
    texts = [text for file in drawings for text in re.findall(r">([^<]+)</text>", file.read_text())]
    said = words_in(" ".join(texts))
    assert (len(said) > 20, said & (words_of("id") - words_of("en"))) == (True, set())


def test_an_indonesian_run_says_no_english_word(drawn: Run) -> None:
    said = "".join(drawn[1].stdout.splitlines(keepends=True)[:-1])
    assert not words_in(said) & (words_of("en") - words_of("id"))


def test_the_scenario_says_the_language_where_nobody_else_does(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("scenario.toml", ('language = "id"', 'language = "en"'))(folder)
    assert "no problems" in planner("check", folder).stdout


def test_the_option_goes_before_the_environment() -> None:
    done = planner("check", FIRST, "--language", "id", PLANNER_LANGUAGE="en")
    assert "tidak ada masalah" in done.stdout


def test_tables_are_the_same_bytes_whatever_the_hash_seed(
    tmp_path: Path, reduced: Path, paired: Run
) -> None:
    one, two = paired[0], tmp_path / "run"
    plain_run(reduced, two, PYTHONHASHSEED="2")
    files = [file.relative_to(one) for file in one.rglob("*.*")]
    differing = {f.name for f in files if (one / f).read_bytes() != (two / f).read_bytes()}
    assert differing <= {"summary.json", "run.log", "datapackage.json"}


def test_the_formulation_gives_every_family_with_its_size() -> None:
    said = planner("formulation", SCENARIOS / "jabar-ntb").stdout
    assert all(f"\n{family.__name__}: " in said for family in FAMILIES)
    assert "balance: 3,264 rows (t)" in said


def test_supply_shows_who_feeds_a_province() -> None:
    done = planner("supply", FIRST, "--to", "Pulau Timur")
    row = next(line for line in done.stdout.splitlines() if "kapal" in line)
    assert (done.returncode, row.split()[:2]) == (0, ["Pulau", "Barat"])
    assert " 60 " in row


def test_supply_of_an_unknown_province_ends_with_2() -> None:
    done = planner("supply", FIRST, "--to", "Pulau Tumur")
    assert (done.returncode, "Pulau Timur" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["runn"], "Maksud Anda: run?"),
        (["run"], "SCENARIO belum diisi."),
        (["run", "x", "--otu", "y"], "Tidak ada opsi --otu."),
        (["run", "x", "--out"], "Opsi --out ditulis tanpa nilai"),
        (["run", "x", "--out", "y", "--within", "banyak"], "--within: nilai ini tidak dapat dipakai."),
        (["check", "a", "b"], "Perintah ini tidak dapat dibaca: b."),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_told_in_indonesian_and_ends_with_2(
    line: list[str], said: str
) -> None:
    done = planner(*line)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Bantuan: ")


def test_the_frame_of_the_help_is_indonesian_too() -> None:
    said = planner("lanes", "--help").stdout
    for word in ("Cara pakai:", "Argumen", "Opsi", "[wajib]", "Tampilkan bantuan ini."):
        assert word in said
