"""Figures that are written: read as what was meant, or asked about; what is proposed keeps the figure."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from broken_scenarios import SCENARIOS, copy_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.errors import InputError, Problem
from planner.exchange.balance_audit import audit_balance as prove
from planner.exchange.convert import convert, read_whole
from planner.exchange.manifest import read_manifest
from planner.exchange.merge.differences import setting_text
from planner.formats.formulas import is_formula, kept_as_text
from planner.formats.number_proposals import number_question
from planner.formats.number_style import NumberStyle, Usual
from planner.formats.raw_scenario import Folder, add_table
from planner.formats.xlsx.settings_rows import line_of_row
from planner.i18n.parse import (
    in_plain,
    is_ambiguous,
    meanings,
    read_number,
    read_plain,
    tidied,
    ways,
)
from planner.i18n.visible_text import visible
from planner.scenario import examine, read_scenario
from planner.scenario.parse_cells import parse_table
from planner.schema.columns import Column, Table
from planner.schema.tables import TABLES
from planner.units import UnitError, factor

steadily = settings(deadline=None, derandomize=True, database=None)
numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4
)
languages = st.sampled_from(["id", "en"])
TONNES, LATITUDE = TABLES["production"].column("tonnes"), TABLES["provinces"].column("lat")
LOSS, FREIGHT = TABLES["production"].column("loss"), TABLES["arcs"].column("idr_per_t")
PLAIN, WITH_SEMICOLONS = NumberStyle(), NumberStyle("id")
ONE_COLUMN = Table("one", "", (TONNES,))
MANIFEST = ["date", "origin", "destination", "mode", "commodity", "tonnes"]


def production(folder: Path, cells: Sequence[str], *, separator: str = ",") -> list[Problem]:
    """Check the two islands with other figures of production, in the writer's way."""
    place = copy_of("dua-pulau", folder)
    file = place / "production.csv"
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(head)
    writer.writerows([*row[:3], cell, *row[4:]] for row, cell in zip(rows, cells, strict=True))
    file.write_text(out.getvalue(), encoding="utf-8")
    return [problem for problem in examine(place)[1] if problem.column == "tonnes"]


def book(folder: Path, *cells: tuple[str, object], sheet: str = "Produksi") -> list[Problem]:
    """Check the workbook of the two islands after somebody typed into it."""
    file = folder / "buku.xlsx"
    convert(read_whole(SCENARIOS / "dua-pulau"), file, "id")
    made = openpyxl.load_workbook(file)
    for cell, value in cells:
        made[sheet][cell] = value
    made.save(file)
    return examine(file)[1]


def spoken(problem: Problem) -> str:
    return problem.message("id") + problem.message("en")


# Numbers, one by one


@steadily
@given(numbers, languages, st.booleans())
def test_a_number_that_a_library_wrote_reads_back(
    number: Decimal, language: str, grouped: bool
) -> None:
    text = format_decimal(
        number, locale=language, group_separator=grouped, decimal_quantization=False
    )
    assert read_number(text, language).value == float(number)


@steadily
@given(st.text("0123456789.,-", min_size=1, max_size=12), languages)
def test_what_is_read_is_what_a_strict_library_reads(text: str, language: str) -> None:
    assume(language in ways(text))
    assert Decimal(in_plain(text, language)) == parse_decimal(text, locale=language, strict=True)


@steadily
@given(st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,4}){0,3}", fullmatch=True), languages)
def test_what_a_strict_library_refuses_is_not_read(text: str, language: str) -> None:
    try:
        parse_decimal(text, locale=language, strict=True)
    except NumberFormatError:
        assert language not in ways(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.234", ["1.234", "1234"]),
        ("1,234", ["1.234", "1234"]),
        ("-13.000", ["-13", "-13000"]),
        ("0.125", ["0.125"]),
        ("1.234,5", ["1234.5"]),
        ("12.5.3", []),
        ("1.23.456", []),
    ],
)
def test_a_text_has_all_the_meanings_it_may_have(text: str, numbers: list[str]) -> None:
    assert meanings(text) == numbers


@steadily
@given(st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,4}){0,3}", fullmatch=True))
def test_a_text_is_ambiguous_where_it_has_two_meanings(text: str) -> None:
    assert is_ambiguous(text) == (len(meanings(text)) > 1)


@pytest.mark.parametrize(
    "text",
    ["1_000", "nan", "inf", "Infinity", "١٢", "１２", "1e400", "1e-400", "1e9999999", "0x1F", "+5", "",
     "1e99999999999999999999", "9" * 400],
)  # fmt: skip
def test_only_plain_digits_that_a_computer_can_hold_are_a_number(text: str) -> None:
    assert read_plain(text) != read_plain(text)  # NaN alone is unlike itself


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("(130)", "-130"),
        ("(8 148 451)", "-8148451"),
        ("−6", "-6"),
        ("8\u00a0148,5", "8148,5"),
        ("1'234'567", "1234567"),
        ("1.500,-", "1.500,0"),
        ("١٢٫٥", "12.5"),
        ("12 13", "12 13"),
        ("10²", "10²"),
    ],
)
def test_what_people_put_around_digits_is_understood_or_left(text: str, tidy: str) -> None:
    assert tidied(text) == tidy


# Proposals

KEPT = [
    (TONNES, "12 ribu", "12000"),
    (TONNES, "1,2 juta", "1200000"),
    (TONNES, "12 ribu ton", "12000"),
    (TONNES, "130 t", "130"),
    (TONNES, "1.250.000", "1250000"),
    (TONNES, "8 148,5", "8148.5"),
    (TONNES, "1.500,-", "1500"),
    (TONNES, "'130", "130"),
    (TONNES, "１３０", "130"),
    (TONNES, "+5", "5"),
    (LATITUDE, "−6", "-6"),
    (LATITUDE, "–6,5", "-6.5"),
    (LATITUDE, "-6,123", "-6.123"),
    (LOSS, "35%", "0.35"),
    (LOSS, "5 persen", "0.05"),
    (FREIGHT, "Rp 84.000,-/ton", "84000"),
    (FREIGHT, "Rp 12.500.000", "12500000"),
    (FREIGHT, "84 ribu", "84000"),
]
"""What stands in a cell, and the only number it can mean."""
ASKED = [
    "5 kw", "130 kg", "13O", "l40", "10²", "12 13", "0x1F", "1/2", "±5", "~5", "> 100", "5%", "1e400", "12.5.3",
    "1_000", "5-10", "12k", "12 M", "130-", "130*", "12 ribu 500", "1.2.3 juta", "12\n130", "Rp 84/kg",
]  # fmt: skip
"""What no figure can be copied for."""


@pytest.mark.parametrize(("column", "text", "number"), KEPT)
def test_a_proposal_is_what_was_meant(column: Column, text: str, number: str) -> None:
    key, values = number_question(text, column, PLAIN)
    assert (key, values["proposal"]) == ("number_format", number)


@pytest.mark.parametrize(("column", "text", "number"), KEPT)
@pytest.mark.parametrize("usual", ["id", "plain"])
def test_a_proposal_that_is_obeyed_is_read_as_that_number(
    column: Column, text: str, number: str, usual: Usual
) -> None:
    way = NumberStyle(usual)
    proposal = str(number_question(text, column, way)[1]["proposal"])
    assert read_number(proposal, usual).value == float(number)


@pytest.mark.parametrize("text", ASKED)
def test_where_something_stays_over_nothing_is_proposed(text: str) -> None:
    key, values = number_question(text, TONNES, PLAIN)
    assert key in {"not_a_number", "figure_with_words", "figure_with_letters"}
    assert not {"proposal", "other"} & set(values)


@pytest.mark.parametrize("text", ASKED)
def test_a_question_names_no_other_figure(text: str) -> None:
    problem = Problem(
        *number_question(text, TONNES, PLAIN)[:1], values=number_question(text, TONNES, PLAIN)[1]
    )
    left = spoken(problem).replace(visible(text), "").replace(str(problem.values.get("words")), "")
    assert not any(character.isdigit() for character in left)


def test_parentheses_are_asked_about_with_their_sign() -> None:
    key, values = number_question("(6)", LATITUDE, PLAIN)
    assert (key, values["proposal"]) == ("figure_in_parentheses", "-6")


def test_a_number_that_the_column_refuses_is_not_told_to_be_written() -> None:
    key, _ = number_question("(130)", TONNES, PLAIN)
    assert key == "figure_not_taken"


@pytest.mark.parametrize("text", ["Rp 1.500", "1.250 ribu", "'1,234"])
def test_a_figure_of_two_meanings_gets_both(text: str) -> None:
    key, values = number_question(text, FREIGHT, PLAIN)
    low, high = (float(str(values[name])) for name in ("proposal", "other"))
    assert (key, high) == ("figures_of_two_meanings", 1000 * low)


def test_percents_in_a_column_of_percents_stay_as_they_are() -> None:
    key, values = number_question("35%", LOSS, NumberStyle("plain", {"loss": "persen"}))
    assert (key, values["proposal"]) == ("number_format", "35")


@steadily
@given(numbers, languages, st.sampled_from(["{}", " {} ", "Rp {}", "{} ton", "'{}", "({})", "−{}"]))
def test_no_proposal_is_another_number_than_the_one_that_was_written(
    number: Decimal, language: str, around: str
) -> None:
    written = format_decimal(abs(number), locale=language, decimal_quantization=False)
    meant = -abs(number) if around in {"({})", "−{}"} else abs(number)
    key, values = number_question(around.format(written), FREIGHT, PLAIN)
    if key == "number_format":
        assert Decimal(str(values["proposal"])) == meant
    elif "proposal" in values:
        assert meant in {Decimal(str(values[name])) for name in ("proposal", "other")}


# Columns


def test_points_that_nothing_explains_are_asked_about_in_a_file_with_semicolons(
    tmp_path: Path,
) -> None:
    problems = production(tmp_path, ["13.000", "3.000", "1.000", "1.000"], separator=";")
    assert {(p.key, p.values["proposal"], p.values["other"]) for p in problems} == {
        ("figures_undecided", "13", "13000")
    }


@pytest.mark.parametrize("decisive", ["1.250.000", "12,5", "500"])
def test_one_figure_decides_what_the_points_of_its_column_are(
    tmp_path: Path, decisive: str
) -> None:
    problems = production(tmp_path, ["13.000", decisive, "1.000", "1.000"], separator=";")
    assert not {"figures_undecided", "figures_mixed"} & {problem.key for problem in problems}


@pytest.mark.parametrize(
    ("separator", "cells"),
    [
        (";", ["12.5", "13.000", "1.000", "40"]),
        (";", ["12.5", "13.000", "1.250.000", "1,5"]),
        (",", ["1.250.000", "640.000", "84.000", "40"]),
        (",", ["3,25", "640.000", "12.5", "40"]),
    ],
)
def test_two_ways_in_one_column_are_one_question(
    tmp_path: Path, separator: str, cells: list[str]
) -> None:
    problems = production(tmp_path, cells, separator=separator)
    assert {problem.key for problem in problems} == {"figures_mixed"}
    assert len({repr(problem.values) for problem in problems}) == 1
    doubtful = [number for number, cell in enumerate(cells, 2) if len(meanings(cell)) > 1]
    assert {problem.line for problem in problems} >= set(doubtful)


def test_a_column_in_the_other_way_is_told_once(tmp_path: Path) -> None:
    problems = production(tmp_path, ["12.5", "3.25", "7.5", "40"], separator=";")
    assert [(p.key, p.line, p.values["proposal"]) for p in problems] == [
        ("figures_foreign", line, "12,5") for line in (2, 3, 4)
    ]


@steadily
@given(st.lists(numbers.map(abs), min_size=1, max_size=6), languages, st.booleans())
def test_no_column_is_read_as_other_numbers_than_its_writer_meant(
    figures: list[Decimal], language: str, grouped: bool
) -> None:
    """Whoever writes in one language all through gets these numbers, or is asked or warned."""
    cells = [
        format_decimal(f, locale=language, group_separator=grouped, decimal_quantization=False)
        for f in figures
    ]
    records = [(1, ["tonnes"]), *((line, [cell]) for line, cell in enumerate(cells, 2))]
    for usual in ("id", "plain"):
        folder, problems = Folder(Path(), "", None), list[Problem]()
        add_table(folder, ONE_COLUMN, records, problems, usual)
        read = parse_table(ONE_COLUMN, folder.tables["one"], problems)["tonnes"].tolist()
        assert problems or read == [float(figure) for figure in figures]


def test_a_remark_asks_about_three_digits_behind_every_point(tmp_path: Path) -> None:
    problems = production(tmp_path, ["13.000", "3.000", "1.000", "1.250"])
    assert {(problem.key, problem.blocking) for problem in problems} == {("dot_groups", False)}


# Workbooks


def test_text_that_may_be_thousands_is_refused_in_a_workbook(tmp_path: Path) -> None:
    problems = book(tmp_path, ("D5", "13.000"))
    assert [(problem.key, problem.line) for problem in problems] == [("figures_as_text", 5)]
    assert "13 atau 13000" in problems[0].message("id")


def test_a_column_of_texts_is_one_question(tmp_path: Path) -> None:
    problems = book(tmp_path, ("D5", "640.000"), ("D6", "84.000"), ("D7", "4.500"))
    assert [problem.line for problem in problems] == [5, 6, 7]
    assert len({repr(problem.values) for problem in problems}) == 1


def test_while_a_text_stands_no_other_cell_is_accused(tmp_path: Path) -> None:
    problems = book(tmp_path, ("D5", "13.000"), ("D6", 90_000_000))
    assert {problem.key for problem in problems} == {"figures_as_text"}


def test_numbers_of_excel_are_never_asked_about(tmp_path: Path) -> None:
    problems = book(tmp_path, ("D5", 13.125), ("D6", "7,5"))
    assert [problem.key for problem in problems] == ["number_as_text"]


def test_a_figure_with_three_decimals_keeps_its_value_through_a_workbook(tmp_path: Path) -> None:
    production(tmp_path, ["130.500", "30", "10", "10"])
    convert(read_whole(tmp_path / "dua-pulau"), tmp_path / "buku.xlsx", "id")
    made = read_scenario(tmp_path / "buku.xlsx").tables["production"]
    assert made["tonnes"].tolist() == [130.5, 30, 10, 10]


def test_a_setting_kept_as_text_is_not_read_as_one_for_a_thousand() -> None:
    assert line_of_row("multiply", "1.000") == 'multiply = "1.000"'


def test_a_manifest_in_a_workbook_asks_too(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (MANIFEST, ["2023-01-20", "01", "02", "sea", "beras", "40.000"]):
        made.active.append(row)
    made.save(tmp_path / "manifes.xlsx")
    with pytest.raises(InputError, match="may be 40 or 40000"):
        read_manifest(tmp_path / "manifes.xlsx", read_scenario(SCENARIOS / "dua-pulau"))


# Units


@pytest.mark.parametrize(
    ("unit", "writing", "expected"),
    [
        ("1.000 ton", "id", 1000),
        ("1,000 t", "en", 1000),
        ("1.000.000 ton", "", 1e6),
        ("1 000 ton", "", 1000),
        ("'000 ton", "", 1000),
        ("000 t", "", 1000),
        ("10³ ton", "", 1000),
        ("10^3 t", "", 1000),
        ("100 kg", "", 0.1),
        ("1,5 kg", "", 0.0015),
        ("1.000 kg", "id", 1),
    ],
)
def test_a_number_in_a_unit_is_read_as_its_writer_means_it(
    unit: str, writing: str, expected: float
) -> None:
    assert factor(unit, "t", writing) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "writing"), [("1.000 ton", ""), ("1.000 ton", "en"), ("1,000 t", "id")]
)
def test_thousands_of_which_nothing_is_known_are_asked_about(unit: str, writing: str) -> None:
    with pytest.raises(UnitError) as caught:
        factor(unit, "t", writing)
    assert caught.value.nearest == f"1000 {unit.split()[1]}"


@pytest.mark.parametrize(
    "unit",
    ["5 10 ton", "2.5.3 ton", "1_000 t", "t+t", "t-kg", "9**9**9**9 t", "1e400 t", "0 t", "t/0", "'", "x1000 t",
     "(" * 500 + "t", "nan t", "ton\0", "10 3 t"],
)  # fmt: skip
def test_a_unit_that_cannot_be_understood_is_refused(unit: str) -> None:
    with pytest.raises(UnitError):
        factor(unit, "t")


@steadily
@given(st.text("0123456789.,'()/*^+-% tonkgRp", max_size=14), languages)
def test_no_unit_ends_in_anything_but_a_factor_or_a_refusal(unit: str, writing: str) -> None:
    with contextlib.suppress(UnitError):
        assert factor(unit, "t", writing) > 0


@pytest.mark.parametrize(
    ("unit", "hint"),
    [("kwintall", "kwintal"), ("ribuan ton", "ribu ton"), ("MT", ""), ("x1000 t", "")],
)
def test_a_unit_that_is_proposed_keeps_the_words_that_count(unit: str, hint: str) -> None:
    with pytest.raises(UnitError) as caught:
        factor(unit, "t")
    assert caught.value.nearest == hint


@pytest.mark.parametrize("unit", ["1.000 ton", "1.000.000 kg", "ribu ton"])
def test_thousands_in_the_head_of_an_indonesian_column_count(tmp_path: Path, unit: str) -> None:
    place = copy_of("dua-pulau", tmp_path)
    file = place / "production.csv"
    text = file.read_text(encoding="utf-8").replace(",", ";").replace("tonnes", f"tonnes [{unit}]")
    for tonnes, thousands in ((";130;", ";0,13;"), (";30;", ";0,03;"), (";10;", ";0,01;")):
        text = text.replace(tonnes, thousands)
    file.write_text(text, encoding="utf-8")
    made = read_scenario(place).tables["production"]["tonnes"]
    assert made.tolist() == [130, 30, 10, 10]


def test_thousands_in_a_published_balance_count(tmp_path: Path) -> None:
    table = (
        "uraian;satuan;2025\nstok awal;1.000 ton;8.148\nproduksi;1.000 ton;32.291\n"
        "kebutuhan;ton;30.976.000\nstok akhir;1.000 ton;9.463\n"
    )
    (tmp_path / "neraca.csv").write_text(table, encoding="utf-8")
    assert set(prove(tmp_path / "neraca.csv")["verdict"]) == {"closes"}


@pytest.mark.parametrize("cell", ["1e9999999", "1e-9999999", "1e400", "9e999999999999999999999"])
def test_a_figure_beyond_all_bounds_is_told_at_its_cell_with_a_unit_too(
    tmp_path: Path, cell: str
) -> None:
    place = copy_of("dua-pulau", tmp_path)
    file = place / "production.csv"
    text = file.read_text(encoding="utf-8").replace("tonnes", "tonnes [kg]")
    file.write_text(text.replace(",130,", f",{cell},"), encoding="utf-8")
    found = [(p.key, p.line, p.column, p.values["value"]) for p in examine(place)[1] if p.blocking]
    assert found == [("not_a_number", 2, "tonnes", cell)]


# Formulas


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+1*HYPERLINK(1)", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", "+62 812", "-A1", "＝1+1",
     "- lihat", "--1"],
)  # fmt: skip
def test_what_excel_would_run_is_a_formula(text: str) -> None:
    assert is_formula(text)
    assert kept_as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-", "-5", "+62", "-1.234,5", "Beras", "a=b", "", "(1+1)", "– 5"])
def test_a_number_or_a_plain_text_is_no_formula(text: str) -> None:
    assert not is_formula(text)


@pytest.mark.parametrize("text", ["-2+3+cmd|' /C calc'!A0", "+1*HYPERLINK(1)"])
def test_a_formula_behind_a_number_is_refused_where_it_stands(tmp_path: Path, text: str) -> None:
    place = copy_of("dua-pulau", tmp_path)
    file = place / "provinces.csv"
    content = file.read_text(encoding="utf-8").replace("Pulau Barat", f'"{text}"')
    file.write_text(content, encoding="utf-8")
    assert [(p.key, p.line, p.column) for p in examine(place)[1]] == [
        ("text_is_formula", 2, "name")
    ]


def test_a_setting_is_told_as_a_text() -> None:
    assert [setting_text(v) for v in ("-2+3", "-5", -5)] == ["'-2+3", "-5", "-5"]
