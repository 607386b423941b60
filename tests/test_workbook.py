"""A scenario as a workbook: read like the folder it stands for, and converted both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from broken_scenarios import SCENARIOS, copy_of, told_of
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from processes import planner

from planner import read_scenario
from planner.cli.new_output import require_other_form
from planner.errors import InputError, OptionError
from planner.exchange.convert import convert, read_whole, write_folder
from planner.exchange.template import write_template
from planner.formats.xlsx.cell_values import cell_text
from planner.formats.xlsx.code_lists import collect_codes
from planner.formats.xlsx.settings_rows import line_of_row, row_of_line
from planner.formats.xlsx.writer import number_or_text, write_book
from planner.i18n import LANGUAGES, keys, text
from planner.i18n.parse import meanings
from planner.scenario import TABLES

steadily = settings(deadline=None, derandomize=True, database=None)
type Change = Callable[[openpyxl.Workbook], object]
NAMES = sorted(folder.name for folder in SCENARIOS.iterdir() if folder.is_dir())
FIRST = SCENARIOS / "dua-pulau"
MADE, SETTINGS = "Produksi", "Pengaturan"
FIRST_DAY, FIFTH_DAY = (dt.datetime.fromisoformat(f"2023-01-0{day}") for day in (1, 5))


def book_of(name: str, file: Path, language: str = "id") -> Path:
    """Write a shipped scenario as a workbook, with its own codes only in the drop-downs."""
    folder = read_whole(SCENARIOS / name)
    write_book(file, folder, collect_codes(folder.tables, []), language)
    return file


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes() for file in [*folder.glob("*.csv"), *folder.glob("*.toml")]
    }


def changed(folder: Path, change: Change) -> Path:
    """Return the workbook of `dua-pulau` after somebody had it open in Excel."""
    file = book_of("dua-pulau", folder / "buku.xlsx")
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def put(cell: str, value: object, sheet: str = MADE) -> Change:
    return lambda book: book[sheet].__setitem__(cell, value)


def renamed(title: str) -> Change:
    return lambda book: setattr(book[MADE], "title", title)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_comes_back_from_a_workbook_byte_by_byte(name: str, tmp_path: Path) -> None:
    book = book_of(name, tmp_path / "book.xlsx")
    (tmp_path / name).mkdir()
    write_folder(tmp_path / name, read_whole(book))
    shipped = files_of(SCENARIOS / name)
    shipped.pop("assumptions.toml", None)
    assert files_of(tmp_path / name) == shipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_is_the_same_scenario_as_its_folder(language: str, tmp_path: Path) -> None:
    book = book_of("dua-pulau", tmp_path / "dua-pulau.xlsx", language)
    read = read_scenario(book)
    assert (read.name, read.digest()) == ("dua-pulau", read_scenario(FIRST).digest())


def test_a_workbook_extends_a_folder_as_if_it_were_one(tmp_path: Path) -> None:
    copy_of("dua-pulau", tmp_path)
    folder = copy_of("jabar-ntb", tmp_path)
    head = '[scenario]\ntitle = { id = "A", en = "A" }\ndata_date = 2023-01-01\n'
    settings = f'{head}extends = "../dua-pulau"\n'
    (folder / "scenario.toml").write_text(settings, encoding="utf-8")
    convert(read_whole(folder), tmp_path / "atas.xlsx", "id")
    assert read_scenario(tmp_path / "atas.xlsx").digest() == read_scenario(folder).digest()


@steadily
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_figure_loses_no_digit_on_its_way_through_a_cell(figure: float) -> None:
    for written in (repr(figure), f"{figure:.3f}", f"{figure:.17g}"):
        kept = number_or_text(written)
        stored = kept if isinstance(kept, str) else float(f"{kept:.16g}")  # as openpyxl writes it
        back = cell_text(stored, "number")
        assert back == written or (len(meanings(written)) == 2 and float(back) == float(written))


@pytest.mark.parametrize("written", ["inf", "nan", "1e999", "1_000", "-0", "007", "1.50", "", "+5"])
def test_what_is_no_plain_figure_is_kept_as_it_was_written(written: str) -> None:
    assert number_or_text(written) == (written or None)


def test_what_excel_cannot_hold_is_refused_with_its_line(tmp_path: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    with (copy / "sources.csv").open("a", encoding="utf-8") as file:
        file.write(f"panjang,assumption,,{'x' * 40_000},,,\n")
    with pytest.raises(InputError, match="line 3, column title"):
        convert(read_whole(copy), tmp_path / "book.xlsx", "id")
    assert not (tmp_path / "book.xlsx").exists()


@steadily
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.booleans())
def test_a_setting_reads_back_as_it_was_written(words: str, quoted: bool) -> None:
    line = f'title = "{words}"' if quoted else f"# {words}".rstrip()
    assert line_of_row(*row_of_line(line)) == line


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("start", FIRST_DAY, 'start = "2023-01"'),
        ("start", 2023, 'start = "2023"'),
        ("focus", 52, 'focus = ["52"]'),
        ("commodities", "beras; telur", 'commodities = ["beras", "telur"]'),
        ("language", "id", 'language = "id"'),
        ("closing", None, "# closing ="),
    ],
)
def test_a_setting_may_be_typed_as_in_excel(key: str, value: str | None, line: str) -> None:
    assert line_of_row(key, value) == line


TRAPS = {
    "a number kept as text": (put("D5", "1.234,5"), "number_as_text", "Produksi!D5 (tonnes)"),
    "a period that became another day": (
        put("C5", FIFTH_DAY), "period_format", "Produksi!C5 (period)"),
    "a code that lost its zero": (put("A5", 1), "unknown_code", "Produksi!A5 (province)"),
    "a formula nobody worked out": (
        put("D6", "=D5*2"), "formula_without_value", "Produksi!D6 (tonnes)"),
    "an error": (put("D5", "#N/A"), "cell_error", "Produksi!D5 (tonnes)"),
    "a number that became a date": (
        put("D5", FIFTH_DAY), "date_for_number", "Produksi!D5 (tonnes)"),
    "less than nothing": (put("D5", -3), "too_low", "Produksi!D5 (tonnes)"),
    "a heading misspelt": (put("D4", "tonne"), "unknown_column", "Produksi!D4 (tonne)"),
    "a unit nobody knows": (put("D4", "tonnes [ember]"), "unit_unknown", "Produksi!D4 (tonnes)"),
    "a figure without a heading": (put("J6", 12), "nameless_column", "lembar Produksi, baris 6"),
    "a sheet misspelt": (renamed("Produkssi"), "unknown_sheet", "lembar Produkssi"),
    "a sheet that is missing": (lambda book: book.remove(book[MADE]), "no_sheet", ""),
    "no settings": (lambda book: book.remove(book[SETTINGS]), "no_sheet", ""),
    "no names of columns": (lambda book: book[MADE].delete_rows(4), "no_head", "lembar Produksi"),
    "two sheets of one table": (
        lambda book: book.create_sheet("Production"), "doubled_sheet", "lembar Production"),
    "a wrong setting": (
        put("B14", "semua", SETTINGS), "not_a_choice", "Pengaturan!B14 (policy.closing)"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_what_is_wrong_in_a_workbook_is_told_with_its_cell(name: str, tmp_path: Path) -> None:
    change, key, place = TRAPS[name]
    book = changed(tmp_path, change)
    problem = next(p for p in told_of(book) if p.blocking)
    where = f"{book}, {place}: " if place else f"{book}: "
    assert (problem.key, problem.message("id")[: len(where)]) == (key, where)


def merge(sheet: str, cells: str) -> Change:
    return lambda book: book[sheet].merge_cells(cells)


def test_merged_cells_are_told_once_and_not_read_as_blank(tmp_path: Path) -> None:
    problems = told_of(changed(tmp_path, merge(MADE, "C5:C6")))
    assert [(p.key, p.line) for p in problems] == [("merged_cells", 5), ("doubled_key", 6)]


def fill_up(book: openpyxl.Workbook) -> None:
    made: Worksheet = book[MADE]
    made["C5"], made["C5"].number_format = FIRST_DAY, "mmm-yy"
    made["D5"] = "130"
    for row in range(20, 30):
        made.cell(row, 1, "  ")
    book.create_sheet("_catatan").append(["telepon Lombok"])
    book.create_sheet("Sheet1")
    made.insert_rows(1)
    made["A1"] = "Dinas Pangan"


def test_what_excel_does_by_itself_changes_nothing(tmp_path: Path) -> None:
    book = changed(tmp_path, fill_up)
    assert told_of(book) == []
    assert read_scenario(book).digest() == read_scenario(FIRST).digest()


def test_a_column_may_name_its_unit(tmp_path: Path) -> None:
    made = read_scenario(changed(tmp_path, put("D4", "tonnes [kg]"))).tables["production"]
    assert made["tonnes"].tolist() == [0.13, 0.03, 0.01, 0.01]


def test_a_hidden_sheet_is_read_and_told(tmp_path: Path) -> None:
    problems = told_of(changed(tmp_path, lambda book: setattr(book[MADE], "sheet_state", "hidden")))
    assert [(p.key, p.blocking) for p in problems] == [("hidden_sheet", False)]


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    line = 'jahat,assumption,,"=HYPERLINK(""x"")",,,+1\n'
    with (copy / "sources.csv").open("a", encoding="utf-8") as file:
        file.write(line)
    convert(read_whole(copy), tmp_path / "book.xlsx", "id")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["Sumber"]
    assert [(sheet[cell].data_type, sheet[cell].value) for cell in ("D6", "G6")] == [
        ("s", '=HYPERLINK("x")'),
        ("s", "+1"),
    ]


def test_drop_downs_offer_what_is_declared(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(book_of("dua-pulau", tmp_path / "book.xlsx"))
    checks = {str(c.sqref).split("5:")[0]: c for c in book[MADE].data_validations.dataValidation}
    offered = checks["A"].formula1.replace("$", "").removeprefix("'Daftar'!")
    assert [cell[0].value for cell in book["Daftar"][offered]] == ["01", "02"]
    assert (checks["D"].operator, checks["D"].formula1) == ("greaterThanOrEqual", "0")


def test_a_place_in_a_workbook_is_named_by_its_cell(tmp_path: Path) -> None:
    book = book_of("dua-pulau", tmp_path / "b.xlsx")
    scenario = read_scenario(book)
    file, line = scenario.lines["production"].iloc[0]
    assert scenario.place(file, line, "tonnes", "en") == f"{book}, Produksi!D5 (tonnes)"


def test_every_table_and_column_is_explained_in_both_languages() -> None:
    meanings = {table.meaning for table in TABLES.values()}
    columns = [column for table in TABLES.values() for column in table.columns]
    meanings |= {column.meaning for column in columns}
    assert {f"meaning.{meaning}" for meaning in meanings} <= set(keys())
    assert {f"sheet.{name}" for name in TABLES} <= set(keys())
    assert {f"blank.{column.blank}" for column in columns if column.blank} <= set(keys())
    assert [m for m in meanings if text(f"meaning.{m}", "en") != m] == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.xlsx", b"", "utuh"), ("a.xls", b"x", ".xlsx"), ("b.xlsx", b"PK\3\4 cut off", "utuh")],
)
def test_what_is_no_workbook_is_told_so(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    (problem,) = told_of(tmp_path / name)
    assert words in problem.message("id")


def test_a_workbook_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    book_of("dua-pulau", tmp_path / "januari.xlsx")
    (problem,) = told_of(tmp_path / "januri.xlsx")
    assert f'Maksud Anda "{tmp_path / "januari.xlsx"}"?' in problem.message("id")


def test_the_commands_take_a_workbook_as_they_take_a_folder(tmp_path: Path) -> None:
    book = tmp_path / "dua-pulau.xlsx"
    done = planner("convert", FIRST, book)
    assert (done.returncode, done.stdout) == (0, f"{book}: 9 tabel, 19 baris.\n")
    assert planner("balance", book).stdout == planner("balance", FIRST).stdout


def test_nothing_that_is_there_is_replaced_unasked(tmp_path: Path) -> None:
    book = book_of("dua-pulau", tmp_path / "book.xlsx")
    with pytest.raises(OptionError, match="--force"):
        require_other_form(FIRST, book, force=False)
    require_other_form(FIRST, book, force=True)
    with pytest.raises(OptionError, match="will not be replaced"):
        require_other_form(book, tmp_path, force=True)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """An empty workbook on top of `dua-pulau`."""
    base = copy_of("dua-pulau", tmp_path)
    write_template(read_scenario(base), base, tmp_path / "isian.xlsx", "id")
    return tmp_path / "isian.xlsx"


def test_an_empty_template_is_the_scenario_it_stands_on(template: Path) -> None:
    filled, base = read_scenario(template), read_scenario(FIRST)
    assert [name for name in TABLES if not filled.tables[name].equals(base.tables[name])] == []
    assert filled.title("id") == f"Isian sendiri di atas: {base.title('id')}"


def test_what_is_filled_into_a_template_replaces_rows_of_the_same_key(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    made = {cell.value: cell.column for cell in book[MADE][4]}
    row = {"province": "01", "commodity": "beras", "period": "2023-02", "tonnes": 77}
    for name, value in {**row, "source": "rekaan"}.items():
        book[MADE].cell(5, made[name], value)
    book.save(template)
    assert read_scenario(template).tables["production"]["tonnes"].tolist() == [130, 77, 10, 10]


def test_a_template_has_every_table_and_shows_an_example_of_each(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for table in TABLES.values():
        rows = list(book[text(f"sheet.{table.name}", "id")].iter_rows(max_row=4, values_only=True))
        assert rows[3] == table.names
        assert str(rows[2][0]).startswith("mis. ")


def test_a_drop_down_stands_on_every_column_of_codes(template: Path) -> None:
    book, lists = openpyxl.load_workbook(template), {"provinces", "commodities", "modes", "ports"}
    for table in TABLES.values():
        sheet = book[text(f"sheet.{table.name}", "id")]
        kinds = {str(c.sqref).split("5:")[0]: c.type for c in sheet.data_validations.dataValidation}
        coded = [i for i, c in enumerate(table.columns) if c.refers in lists or c.choices]
        assert {kinds[get_column_letter(i + 1)] for i in coded} <= {"list"}
