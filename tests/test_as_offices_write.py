"""What offices write into tables where a figure, a period or a name is asked: told with the remedy that is right."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from processes import SCENARIOS

from planner.errors import Problem, format_problems
from planner.exchange.convert import convert, read_whole
from planner.market.reachability import reach_problems
from planner.scenario import examine

FIRST = SCENARIOS / "dua-pulau"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIRST, tmp_path / "dua-pulau"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "dua-pulau.xlsx"
    convert(read_whole(FIRST), path, "id")
    return path


def change(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / table
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def problems_of(path: Path) -> list[Problem]:
    scenario, problems = examine(path)
    assert scenario is None
    return [problem for problem in problems if problem.blocking]


def the_one(path: Path) -> Problem:
    found = problems_of(path)
    assert len(found) == 1, format_problems(found, "en")
    return found[0]


@pytest.mark.parametrize("written", ["-1", "tak terbatas", "unlimited", "∞", "Tanpa Batas"])
def test_no_limit_is_a_blank_cell(folder: Path, written: str) -> None:
    change(folder, "arcs.csv", "600,50,t", f"600,{written},t")
    problem = the_one(folder)
    assert (problem.line, problem.column) == (2, "capacity")
    assert "leave the cell blank" in problem.message("en").lower()
    assert "kosongkan sel" in problem.message("id").lower()
    change(folder, "arcs.csv", f"600,{written},t", "600,,t")
    assert examine(folder)[0] is not None


@pytest.mark.parametrize("written", ["-", "–", "n/a", "NA", "nihil", "...", "tidak ada"])
def test_a_dash_is_nought_or_a_row_less(folder: Path, written: str) -> None:
    change(folder, "production.csv", "2023-02,30", f"2023-02,{written}")
    problem = the_one(folder)
    assert problem.key == "no_figure_or_nought"
    assert "Fill in 0" in problem.message("en")
    assert "leave out the whole row" in problem.message("en")


def test_a_dash_is_no_nought_where_the_column_takes_none(folder: Path) -> None:
    change(folder, "provinces.csv", "-6,106", "-,106")
    problem = the_one(folder)
    assert problem.key == "no_figure"
    assert "0" not in problem.message("en").partition(": ")[2]


def test_a_dash_in_a_cell_that_may_be_blank_tells_what_blank_means(folder: Path) -> None:
    change(folder, "provinces.csv", "106,5000", "106,-")
    (problem,) = [p for p in problems_of(folder) if p.column == "population"]
    assert problem.key == "no_figure_blank"
    assert "unknown" in problem.message("en")


def test_a_point_without_nought_is_proposed_with_it(folder: Path) -> None:
    change(folder, "production.csv", "130,0,", "130,.5,")
    problem = the_one(folder)
    assert "Write 0.5 " in problem.message("en")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Jan-23", "2023-01"),
        ("Feb 23", "2023-02"),
        ("31/01/2023", "2023-01"),
        ("2023-01-31", "2023-01"),
        ("1/1/2023", "2023-01"),
        ("02/23", "2023-02"),
    ],
)
def test_a_month_written_otherwise_is_told_with_its_period(
    folder: Path, written: str, meant: str
) -> None:
    change(folder, "production.csv", "2023-01,130", f"{written},130")
    assert f"Did you mean {meant}?" in the_one(folder).message("en")


def test_a_day_that_may_be_of_two_months_is_a_question(folder: Path) -> None:
    change(folder, "production.csv", "2023-01,130", "2/1/2023,130")
    assert "Did you mean 2023-01 or 2023-02?" in the_one(folder).message("en")


def test_the_line_of_excel_that_names_the_separator_is_read(folder: Path) -> None:
    before = examine(folder)[0]
    file = folder / "need.csv"
    file.write_text("sep=,\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    after = examine(folder)[0]
    assert before is not None
    assert after is not None
    assert after.tables["need"].equals(before.tables["need"])
    assert list(after.lines["need"]["line"]) == [n + 1 for n in before.lines["need"]["line"]]


def test_lines_behind_the_separator_are_counted_as_an_editor_does(folder: Path) -> None:
    file = folder / "need.csv"
    content = file.read_text(encoding="utf-8").replace(",40,", ",abc,", 1)
    file.write_text("sep=,\n" + content, encoding="utf-8")
    assert the_one(folder).line == 3


def test_quotation_marks_of_word_are_named(folder: Path) -> None:
    change(folder, "scenario.toml", 'id = "Dua', "id = “Dua")
    problem = the_one(folder)
    assert problem.key == "curly_quotes"
    assert "“" in problem.message("en")


@pytest.mark.parametrize("code", ["99", "JUMLAH", "Indonesia"])
def test_what_may_be_a_sum_is_no_fact(folder: Path, code: str) -> None:
    change(folder, "production.csv", "01,beras,2023-01", f"{code},beras,2023-01")
    message = the_one(folder).message("en")
    assert "If this is one, delete the whole row" in message
    assert "if not, write the code" in message


def test_choices_are_listed_in_the_words_of_the_reader(folder: Path) -> None:
    change(folder, "need.csv", "food", "konsumsi")
    problem = the_one(folder)
    assert "pangan (food), pakan (feed)" in problem.message("id")
    assert "Choices: food, feed, seed, industry." in problem.message("en")


def test_a_formula_in_a_code_has_one_remedy(folder: Path) -> None:
    change(folder, "production.csv", "01,beras,2023-01", "=B5,beras,2023-01")
    assert the_one(folder).key == "text_is_formula"


def test_a_copy_of_a_table_is_told_as_that_table(folder: Path) -> None:
    (folder / "stocks.csv").rename(folder / "stocks (1).csv")
    assert 'Did you mean "stocks.csv"?' in the_one(folder).message("en")


def test_a_longer_name_of_a_sheet_is_told_as_that_sheet(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["Produksi"].title = "Produksi Beras"
    workbook.save(book)
    (problem,) = [p for p in problems_of(book) if p.key == "unknown_sheet"]
    assert 'Maksud Anda "Produksi"?' in problem.message("id")


def test_rows_of_a_second_sheet_belong_to_the_first(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook.copy_worksheet(workbook["Produksi"]).title = "Produksi Beras"
    workbook.save(book)
    assert "pindahkan barisnya ke sana" in the_one(book).message("id")


def test_a_hidden_row_is_read_with_a_remark(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Produksi"]
    sheet.row_dimensions[sheet.max_row].hidden = True
    workbook.save(book)
    scenario, problems = examine(book)
    assert scenario is not None
    assert [p.line for p in problems if p.key == "hidden_row"] == [sheet.max_row]


def test_messages_name_nothing_that_an_office_does_not_have() -> None:
    catalogues = Path(__file__).parents[1] / "planner" / "language"
    named = [f for f in catalogues.glob("*.toml") if "TABLES.md" in f.read_text(encoding="utf-8")]
    assert named == []


def test_a_title_above_the_names_of_the_columns_is_told_once(folder: Path) -> None:
    file = folder / "production.csv"
    content = file.read_text(encoding="utf-8")
    file.write_text(f"DATA PRODUKSI BERAS\n\n{content}", encoding="utf-8")
    problem = the_one(folder)
    assert (problem.key, problem.values["head"]) == ("title_above", 3)
    file.write_text(content, encoding="utf-8")
    assert examine(folder)[0] is not None


def test_a_title_below_the_names_of_the_columns_is_told_once(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Produksi"]
    sheet.cell(sheet.max_row + 1, 1, "DATA PRODUKSI BERAS")
    workbook.save(book)
    problem = the_one(book)
    assert problem.column == "province"
    assert "delete the whole row" in problem.message("en")


def test_a_title_above_the_names_of_the_columns_of_a_sheet_is_not_read(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["Produksi"].insert_rows(1)
    workbook["Produksi"]["A1"] = "DATA PRODUKSI BERAS"
    workbook.save(book)
    assert examine(book)[0] is not None


def test_a_very_long_code_is_not_listed_whole(folder: Path) -> None:
    change(folder, "sources.csv", "rekaan", "a" * 5000)
    assert max(map(len, format_problems(problems_of(folder), "en"))) < 900


def test_need_beyond_supply_names_no_closing_stock_where_none_is_asked(folder: Path) -> None:
    change(folder, "need.csv", ",40,", ",400,")
    scenario, _ = examine(folder)
    assert scenario is not None
    (remark,) = reach_problems(scenario)
    assert remark.key == "need_not_covered"
    assert "the need is not covered nationally" in remark.message("en")
