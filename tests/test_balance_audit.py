"""Published balances proven: those that close, those that break, those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InputError
from planner.exchange.balance_audit import audit_balance as prove
from planner.reports.balance_audit_report import balance_audit_report

RICE_2025 = """Uraian;2025
Stok awal;8.148.451
Produksi;32.291.394
Impor;514.305
Total Ketersediaan;40.954.150
Kebutuhan;30.975.843
Stok akhir;9.978.306
Ketahanan stok (hari);117,6
"""
RICE_2024 = """Uraian,2024 (juta ton)
Stok awal,7.3
Produksi,31.9
Impor,2.4
Kebutuhan,31.2
Stok akhir,7.3
"""
MONTHS = """provinsi,periode,stok awal,produksi [ribu ton],kebutuhan,stok akhir
Bali,2025-01,1000,2,1500,1500
Bali,2025-02,1500,1,1500,1000
NTB,2025-01,500,3,1000,2500
NTB,2025-02,2400,1,1000,2400
Jumlah,2025-01,1500,5,2500,4000
Jumlah,2025-02,3900,2,2500,3400
"""


def proof_of(folder: Path, table: str) -> pd.DataFrame:
    file = folder / "neraca.csv"
    file.write_text(table, encoding="utf-8")
    return prove(file)


def verdicts(proof: pd.DataFrame) -> dict[str, str]:
    return dict(zip(proof["identity"], proof["verdict"], strict=True))


def problems_of(folder: Path, table: str) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        proof_of(folder, table)
    return [(problem.key, problem.line, problem.column) for problem in caught.value.problems]


def test_the_published_projection_of_rice_for_2025_closes_but_for_a_tonne(tmp_path: Path) -> None:
    found = verdicts(proof_of(tmp_path, RICE_2025))
    assert found == {"available": "closes", "closing": "rounding", "days_of_cover": "rounding"}


def test_a_prognosis_of_2024_breaks_by_three_million_tonnes(tmp_path: Path) -> None:
    row = proof_of(tmp_path, RICE_2024).iloc[0]
    assert (row["verdict"], row["computed"]) == ("breaks", pytest.approx(10.4e6))
    assert (row["slack"], row["twin"]) == (pytest.approx(0.25e6), "opening_stock")


@pytest.mark.parametrize(("closing", "verdict"), [("10.2", "rounding"), ("10.1", "breaks")])
def test_five_figures_of_one_decimal_may_miss_by_a_quarter_million(
    tmp_path: Path, closing: str, verdict: str
) -> None:
    table = RICE_2024.replace("Stok akhir,7.3", f"Stok akhir,{closing}")
    assert verdicts(proof_of(tmp_path, table)) == {"closing": verdict}


def test_stock_that_gets_lost_between_two_months_and_in_a_total_is_found(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, MONTHS)
    broken = proof.loc[proof["verdict"] == "breaks", ["balance", "identity", "difference", "line"]]
    assert broken.to_numpy().tolist() == [
        ["NTB, 2025-02", "stock_passed_on", -100.0, 5],
        ["Jumlah, 2025-02", "stock_passed_on", -100.0, 7],
    ]


def test_a_daily_need_of_24_thousand_tonnes_is_not_that_of_31_million_a_year(
    tmp_path: Path,
) -> None:
    table = "uraian,2025,satuan\nkebutuhan,30975843,ton\nkebutuhan per hari,{},ribu ton per hari\n"
    assert verdicts(proof_of(tmp_path, table.format("24"))) == {"daily_need": "breaks"}
    assert verdicts(proof_of(tmp_path, table.format("84.9"))) == {"daily_need": "rounding"}


def test_a_deficit_closes_a_balance_that_a_stock_of_zero_does_not(tmp_path: Path) -> None:
    table = "province,opening_stock,production,need,closing,shortage\nBali,10,20,50,0,20\n"
    assert verdicts(proof_of(tmp_path, table)) == {"closing": "closes"}


def test_the_balances_that_planner_writes_close(tmp_path: Path) -> None:
    scenario = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
    words = ["balance", str(scenario), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(app, words).exit_code == 0
    proof = prove(tmp_path / "out" / "balance.csv")
    tested = proof.loc[proof["verdict"] != "untested"]
    assert set(tested["identity"]) == {"closing", "stock_passed_on", "days_of_cover"}
    assert "breaks" not in set(proof["verdict"])


def test_dots_group_thousands_where_semicolons_part_the_columns(tmp_path: Path) -> None:
    table = "uraian;2025\nstok awal;1.500\nproduksi;2.000\nkebutuhan;2.500\nstok akhir;1.000\n"
    row = proof_of(tmp_path, table).iloc[0]
    assert (row["published"], row["verdict"]) == (1000.0, "closes")


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    table = "uraian,2025\nstok awal,7.3\nprodukzi,31.9\nimpor,dua\nkebutuhan (liter),31.2\n"
    assert problems_of(tmp_path, table) == [
        ("proof_unknown_line", 3, "uraian"),
        ("proof_not_a_figure", 4, "2025"),
        ("unit_unknown", 5, "2025"),
    ]


def test_two_ways_of_writing_numbers_are_not_guessed_at(tmp_path: Path) -> None:
    table = 'uraian,2025\nstok awal,"8.148.451"\nproduksi,"32,291,394"\n'
    assert problems_of(tmp_path, table) == [("proof_mixed_numbers", 0, "")]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("nama,umur\nAndi,7\n", "proof_nothing"),
        ("", "proof_nothing"),
        ("uraian,2025\nkebutuhan,31.2\n", "proof_too_little"),
        ("uraian,2025\nkebutuhan,31.2\nkebutuhan,31.2\n", "doubled_key"),
        ("uraian,2025\nkebutuhan,31.2\nkonsumsi,31.2\n", "proof_line_twice"),
    ],
)
def test_what_is_no_balance_is_refused(tmp_path: Path, table: str, key: str) -> None:
    assert [problem[0] for problem in problems_of(tmp_path, table)][:1] == [key]


@pytest.mark.parametrize(("table", "code"), [(RICE_2025, 0), (RICE_2024, 1)])
def test_the_command_ends_with_1_where_a_balance_breaks(
    tmp_path: Path, table: str, code: int
) -> None:
    file = tmp_path / "neraca.csv"
    file.write_text(table, encoding="utf-8")
    assert CliRunner().invoke(app, ["prove", str(file)]).exit_code == code


def test_what_breaks_is_told_last_with_both_figures(tmp_path: Path) -> None:
    told = balance_audit_report(proof_of(tmp_path, RICE_2024), "id")
    assert "Terbit 7.300.000 ton, dihitung 10.400.000 ton, selisih -3.100.000 ton" in told[0]
    assert told[-1] == "Neraca TIDAK tertutup: 1 dari 1 persamaan tidak cocok."


def _sheet(tmp_path: Path, rows: list[list[object]]) -> Path:
    book, file = openpyxl.Workbook(), tmp_path / "neraca.xlsx"
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file


def test_a_workbook_is_proven_as_a_csv_file_is(tmp_path: Path) -> None:
    csv = tmp_path / "neraca.csv"
    csv.write_text(RICE_2025, encoding="utf-8")
    lines = [line.split(";") for line in RICE_2025.splitlines()[1:]]
    figures = [[name, float(value.replace(".", "").replace(",", "."))] for name, value in lines]
    book = _sheet(tmp_path, [["Neraca beras"], [], ["Uraian", 2025], *figures])
    assert prove(book)["verdict"].tolist() == prove(csv)["verdict"].tolist()


def test_what_a_sheet_cannot_say_is_told_with_its_cell(tmp_path: Path) -> None:
    rows = [["Uraian", 2025], ["Stok awal", "#REF!"], ["Produksi", "=B2+1"], ["Impor", 3]]
    with pytest.raises(InputError) as error:
        prove(_sheet(tmp_path, rows))
    told = [(p.key, p.line, p.cell and p.cell.letter) for p in error.value.problems]
    assert told == [("cell_error", 2, "B"), ("formula_without_value", 3, "B")]


def _shuffled(*order: int) -> str:
    header, *rows = (
        MONTHS.replace("2400", "2500").replace("3900", "4000").replace("3400", "3500").splitlines()
    )
    return "\n".join([header, *(rows[at] for at in order)])


@pytest.mark.parametrize("order", [(4, 2, 3, 0, 5, 1), (0, 4, 5, 1, 3, 2), (0, 1, 2, 3, 4, 5)])
def test_a_total_is_that_of_all_rows_however_the_table_is_sorted(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    proof = proof_of(tmp_path, _shuffled(*order))
    totals = proof[proof["identity"].str.startswith("total:")]
    assert len(totals) == 8
    assert set(proof["verdict"]) == {"closes", "remark"}  # a remark: lines without a unit


def test_a_slip_in_a_sorted_table_still_breaks_its_total(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, _shuffled(4, 2, 3, 0, 5, 1).replace("4000,2,2500", "4000,7,2500"))
    broken = proof[proof["verdict"] == "breaks"]
    assert "total:production" in set(broken["identity"])


@pytest.mark.parametrize("row", ["Bali,2025-02,1500,1,1500", "Jumlah,2025-02,4000,2,2500"])
def test_a_result_cut_off_in_one_row_is_told_and_not_passed_over(tmp_path: Path, row: str) -> None:
    whole = _shuffled(0, 1, 2, 3, 4, 5)
    line = next(line for line in whole.splitlines() if line.startswith(row))
    proof = proof_of(tmp_path, whole.replace(line, row))
    (told,) = proof[proof["why"] == "missing_figure"].itertuples()
    assert (told.identity, told.names) == ("line:closing", "closing")
    assert told.line == whole.splitlines().index(line) + 1


def test_a_table_without_a_need_but_with_others_is_told(tmp_path: Path) -> None:
    table = _shuffled(0, 1, 2, 3, 4, 5).replace("kebutuhan", "Lain-lain")
    told = proof_of(tmp_path, table)
    assert "other_uses_only" in set(told["why"])
    beside = table.replace("Lain-lain", "kebutuhan")
    assert "other_uses_only" not in set(proof_of(tmp_path, beside)["why"])


def test_headings_that_stand_twice_are_read_once(tmp_path: Path) -> None:
    once = proof_of(tmp_path, RICE_2024)
    head = RICE_2024.splitlines()[0]
    twice = proof_of(tmp_path, f"{head}\n{RICE_2024}")
    assert list(twice["balance"]) == list(once["balance"])
    assert verdicts(twice) == verdicts(once)
