"""Files as they come from Excel, from a broken download or from a folder without rights."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS, add, copy_of, swap, told_of
from processes import as_a_user, planner

from planner import read_scenario
from planner.scenario import examine

TABLES = sorted(file.name for file in (SCENARIOS / "dua-pulau").glob("*.csv"))
BOM = b"\xef\xbb\xbf"
FIRST = SCENARIOS / "dua-pulau"


def keys_of(folder: Path) -> set[str]:
    return {problem.key for problem in told_of(folder)}


def rewritten(folder: Path, old: bytes, new: bytes, prefix: bytes = b"") -> Path:
    """Recode every table and the settings of a copy of `dua-pulau`."""
    copy = copy_of("dua-pulau", folder)
    for file in [*copy.glob("*.csv"), copy / "scenario.toml"]:
        file.write_bytes(prefix + file.read_bytes().replace(old, new))
    return copy


def test_windows_line_ends_are_read_like_ours(tmp_path: Path) -> None:
    folder = rewritten(tmp_path, b"\n", b"\r\n")
    assert read_scenario(folder).digest() == read_scenario(FIRST).digest()


def test_a_byte_order_mark_is_no_letter(tmp_path: Path) -> None:
    folder = rewritten(tmp_path, b"", b"", BOM)
    assert read_scenario(folder).digest() == read_scenario(FIRST).digest()


def test_lines_are_counted_the_same_with_windows_line_ends(tmp_path: Path) -> None:
    folder = rewritten(tmp_path, b"\n", b"\r\n")
    swap("production.csv", ("2023-02,10", "2023-02,x"))(folder)
    assert [problem.line for problem in told_of(folder)] == [5]


def test_lines_are_counted_as_an_editor_does_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("provinces.csv", ("West Island", '"West\nIsland"'), ("East Island,-6", "East,x"))(folder)
    assert [problem.line for problem in told_of(folder)] == [4]


def test_blank_lines_at_the_end_mean_nothing(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    add("production.csv", "", ",,,,,", "")(folder)
    assert not told_of(folder)


def test_a_last_line_without_line_end_is_whole(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    for file in folder.glob("*.csv"):
        file.write_bytes(file.read_bytes().rstrip(b"\n"))
    assert not told_of(folder)


def test_spaces_around_a_cell_do_not_matter(tmp_path: Path) -> None:
    folder = rewritten(tmp_path, b",beras,", b", beras ,")
    assert not told_of(folder)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_cut_in_the_middle_of_a_row_is_noticed(tmp_path: Path, table: str) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    raw = (folder / table).read_bytes()
    last = raw.rstrip().rindex(b"\n") + 1
    (folder / table).write_bytes(raw[: last + 3])
    problems = told_of(folder)
    line = raw[:last].count(b"\n") + 1
    assert [(p.key, Path(p.file).name, p.line) for p in problems] == [("cut_row", table, line)]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_cut_in_the_middle_of_a_text_in_quotes_is_noticed(
    tmp_path: Path, table: str
) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    with (folder / table).open("a", encoding="utf-8") as file:
        file.write('"a text, cut')
    problems = told_of(folder)
    lines = len((folder / table).read_text(encoding="utf-8").splitlines())
    assert [(p.key, Path(p.file).name, p.line) for p in problems] == [("csv_syntax", table, lines)]


@pytest.mark.parametrize("table", ["production", "need", "provinces", "sources"])
def test_a_table_that_is_missing_raises_one_alarm(tmp_path: Path, table: str) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    (folder / f"{table}.csv").unlink()
    assert keys_of(folder) == {"no_table"}


def test_a_folder_that_does_not_exist_names_the_nearest() -> None:
    (problem,) = examine(SCENARIOS / "dua-pula")[1]
    assert f'Maksud Anda "{SCENARIOS / "dua-pulau"}"?' in problem.message("id")


def test_a_folder_in_a_folder_that_does_not_exist_names_the_nearest_of_that() -> None:
    (problem,) = examine(SCENARIOS.with_name("scenarioz") / "dua-pulau")[1]
    assert f'Did you mean "{SCENARIOS}"?' in problem.message("en")


def test_a_file_is_no_scenario_folder() -> None:
    assert keys_of(SCENARIOS / "dua-pulau" / "arcs.csv") == {"no_folder"}


def test_a_name_that_no_disk_can_hold_is_a_problem_like_others() -> None:
    assert keys_of(SCENARIOS / ("x" * 300)) == {"unreadable"}


def test_two_scenarios_that_extend_each_other_are_noticed(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        add("scenario.toml", f'[scenario]\nextends = "../{other}"')(tmp_path / name)
    assert keys_of(tmp_path / "a") == {"extends_itself"}


@pytest.mark.parametrize("place", ["", "production.csv", "scenario.toml"])
def test_what_one_has_no_right_to_read_is_named(tmp_path: Path, place: str) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    (folder / place).chmod(0)
    done = planner("check", folder, before=as_a_user())
    (folder / place).chmod(0o755)
    assert (done.returncode, "periksa hak aksesnya" in done.stderr) == (1, True)


def test_a_folder_one_may_not_write_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o555)
    out = tmp_path / "shut" / "run"
    done = planner("run", FIRST, "--no-charts", "--out", out, before=as_a_user())
    assert (done.returncode, "tidak dapat ditulis" in done.stderr) == (5, True)


def test_a_file_where_the_run_folder_should_go_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = planner("run", FIRST, "--no-charts", "--out", tmp_path / "file" / "run")
    assert (done.returncode, "tidak dapat ditulis" in done.stderr) == (5, True)


def test_a_scenario_folder_that_is_a_link_is_read(tmp_path: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    (tmp_path / "link").symlink_to(copy, target_is_directory=True)
    assert not told_of(tmp_path / "link")


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    shutil.copy(copy / "arcs.csv", copy / "arcs.csv.bak")
    (copy / "notes.txt").write_bytes(b"\xff\xfe")
    assert not told_of(copy)
