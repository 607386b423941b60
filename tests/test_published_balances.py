"""Balances in the forms in which offices publish them: what closes, closes; one wrong figure is found."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from published_balances import BPS, CLOSING, HEAD, ISLANDS, PLACES, SUMS, grouped, row
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InputError
from planner.exchange.balance_audit import audit_balance as prove
from planner.reports.balance_audit_report import balance_audit_report, is_proven

TRIES = 14
"""Figures of each balance that are made wrong, spread over it by chance with a fixed seed."""
WRONG = 137
"""Units of the last digit by which a figure is made wrong: more than any rounding here explains."""


def proof_of(folder: Path, table: str) -> pd.DataFrame:
    file = folder / "neraca.csv"
    file.write_text(table, encoding="utf-8")
    return prove(file)


def of(proof: pd.DataFrame, *verdicts: str) -> pd.DataFrame:
    return proof.loc[proof["verdict"].isin(verdicts)]


def breaks(folder: Path, table: str) -> list[tuple[str, str]]:
    found = of(proof_of(folder, table), "breaks")
    return list(zip(found["balance"], found["identity"], strict=True))


def untested(folder: Path, table: str) -> set[tuple[str, str, str]]:
    found = of(proof_of(folder, table), "untested")
    return set(zip(found["identity"], found["why"], found["names"], strict=True))


@pytest.mark.parametrize("name", CLOSING)
def test_a_published_balance_that_closes_is_said_to_close(tmp_path: Path, name: str) -> None:
    proof = proof_of(tmp_path, CLOSING[name])
    assert is_proven(proof)
    assert not len(of(proof, "breaks"))
    if name != "food balance of goods":  # there a figure is not known, and a line is in no identity
        assert not len(of(proof, "untested"))


def separated(table: str) -> str:
    return ";" if table.count(";") > table.count(",") else ","


def figures_of(table: str) -> Iterator[tuple[int, int]]:
    """Yield row and column of the figures: numbers of three digits or more that are no year or code."""
    rows = list(csv.reader(io.StringIO(table), delimiter=separated(table)))
    value = next((row.index("Value") for row in rows if "Value" in row), None)
    for r, cells in enumerate(rows):
        for c, cell in enumerate(cells):
            digits = re.sub(r"\D", "", cell)
            number = re.fullmatch(r"\(?-?[\d., ]*\d\)?", cell)
            year = re.fullmatch(r"(19|20)\d\d", cell)
            if number and len(digits) > 2 and not year and value in {None, c}:
                yield r, c


def made_wrong(table: str, r: int, c: int) -> str:
    """Add to the last digits of one figure, in the way it is written."""
    separator = separated(table)
    rows = list(csv.reader(io.StringIO(table), delimiter=separator))
    cell = rows[r][c]
    digits = re.sub(r"\D", "", cell)
    new = int(digits) + WRONG
    new = new if len(str(new)) <= len(digits) else int(digits) - WRONG
    left = iter(f"{new:0{len(digits)}d}")
    rows[r][c] = "".join(next(left) if letter.isdigit() else letter for letter in cell)
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("name", CLOSING)
def test_a_wrong_figure_is_found_and_nothing_else(tmp_path: Path, name: str) -> None:
    """Every identity with the figure misses by just what was added to it, and the others still hold."""
    table = CLOSING[name]
    tests = len(of(proof_of(tmp_path, table), "closes", "rounding"))
    places = list(figures_of(table))
    beside = {(r, c) for r, c in places if name == "food balance of goods" and (c == 1 or r == 5)}
    chosen = random.Random(1).sample(sorted({*places} - beside), min(TRIES, len(places)))
    for r, c in chosen:
        proof = proof_of(tmp_path, made_wrong(table, r, c))
        found = of(proof, "breaks")
        cell = f"row {r + 1}, column {c + 1}"
        assert len(found), cell
        assert len(of(proof, "closes", "rounding", "breaks")) == tests, cell
        sizes = found["difference"].abs()
        assert sizes.max() - sizes.min() <= 4 * found["slack"].max(), cell


@pytest.mark.parametrize(
    ("name", "scaled"), [("food balance of three years", "ribu ton"), ("islands below", "kuintal")]
)
def test_the_unit_changes_no_verdict(tmp_path: Path, name: str, scaled: str) -> None:
    table = CLOSING[name]
    for text in (table, made_wrong(table, *next(figures_of(table)))):
        titled = f"Neraca (satuan: {scaled})" + ";" * table.splitlines()[1].count(";") + "\n" + text
        usual, other = proof_of(tmp_path, text), proof_of(tmp_path, titled)
        assert usual["verdict"].tolist() == other["verdict"].tolist()
        assert usual["published"].sum() != other["published"].sum()


@pytest.mark.parametrize("broken", [False, True])
def test_the_order_of_rows_changes_no_verdict(tmp_path: Path, *, broken: bool) -> None:
    """Groups of islands are known by their provinces, so they may stand anywhere."""
    table = made_wrong(CLOSING["islands below"], 3, 2) if broken else CLOSING["islands below"]
    head, *rows = table.splitlines()
    expected = sorted(
        map(tuple, of(proof_of(tmp_path, table), "breaks")[["balance", "identity"]].values)
    )
    for seed in range(3):
        mixed = random.Random(seed).sample(rows, len(rows))
        proof = proof_of(tmp_path, "\n".join([head, *mixed]))
        assert sorted(map(tuple, of(proof, "breaks")[["balance", "identity"]].values)) == expected


def test_a_total_that_is_added_changes_no_other_verdict(tmp_path: Path) -> None:
    rows = [row(name, balance) for places in PLACES.values() for name, balance in places.items()]
    without = proof_of(tmp_path, "\n".join([HEAD, *rows]))
    whole = {line: sum(each[line] for each in SUMS.values()) for line in SUMS["Jawa"]}
    for total in (
        "Total",
        "Jumlah",
        "INDONESIA",
        "Nasional",
        "Jumlah/Total",
        "Grand Total",
        "JUMLAH 38 PROVINSI",
    ):
        proof = proof_of(tmp_path, "\n".join([HEAD, *rows, row(total, whole)]))
        assert len(of(proof, "closes")) == len(of(without, "closes")) + 1 + 4, total
        assert len(proof) == len(of(proof, "closes")), total


@pytest.mark.parametrize("sign", [1, -1])
def test_either_sign_of_the_stock_variation_closes_and_is_told(tmp_path: Path, sign: int) -> None:
    table = f"Uraian;2023\nProduksi;3.000\nImpor;200\nEkspor;10\nPerubahan stok;{sign * 150}\n"
    table += f"Penyediaan dalam negeri;{3190 + 150}\n"
    found = proof_of(tmp_path, table).iloc[0]
    key = "domestic_supply_drawn" if sign > 0 else "domestic_supply_stored"
    assert (found["identity"], found["verdict"]) == (key, "closes")


MARKED = """Uraian;{a};{b};{c}
Stok awal;500;700;650
Produksi 1);3.000*;2.900r;2.800 **)
Kebutuhan;2.900;2.850;2.900
Stok akhir;600;750;550
"""


@pytest.mark.parametrize(
    "years",
    [
        ("2022", "2023", "2024"),
        ("2022", "2023*", "2024**"),
        ("2022r", "2023 x)", "2024 xx)"),
        ("2022¹⁾", "2023²", "2024 (angka sementara)"),
        ("2021/22", "2022/23", "2023/24 e"),
        ("2021/2022", "2022/2023", "2023/2024"),
        ("Jan 2024", "Februari 2024*", "Mar 2024"),
        ("Triwulan I 2024", "Triwulan II 2024", "TW III 2024*"),
        ("Tahun 2022", "Tahun 2023 1)", "ARAM I 2024"),
    ],
)
def test_stock_is_followed_from_period_to_period_whatever_their_marks(
    tmp_path: Path, years: tuple[str, str, str]
) -> None:
    a, b, c = years
    found = of(proof_of(tmp_path, MARKED.format(a=a, b=b, c=c)), "breaks")
    assert found["identity"].tolist() == ["stock_passed_on"] * 2
    assert found["difference"].tolist() == [100, -100]


@pytest.mark.parametrize(
    ("labels", "reason"),
    [(("awal", "tengah", "kini"), "no_period"), (("2020", "2022", "2024"), "period_gap")],
)
def test_stock_that_cannot_be_followed_is_told(
    tmp_path: Path, labels: tuple[str, str, str], reason: str
) -> None:
    a, b, c = labels
    found = untested(tmp_path, MARKED.format(a=a, b=b, c=c))
    assert {(identity, why) for identity, why, _ in found} == {("stock_passed_on", reason)}


@pytest.mark.parametrize(
    "written",
    ["(100)", "-100", "−100", "– 100", "(100)*", "-100 1)", "(1 00)"],
)
def test_a_deficit_is_read_as_offices_write_it(tmp_path: Path, written: str) -> None:
    table = f"Provinsi;Ketersediaan;Kebutuhan;Neraca\nPulau Satu;1.200;1.000;200\nPulau Dua;800;900;{written}\n"
    if written == "(1 00)":
        with pytest.raises(InputError):
            proof_of(tmp_path, table)
        return
    assert of(proof_of(tmp_path, table), "closes")["published"].tolist() == [200, -100]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_blanks_group_thousands(tmp_path: Path, space: str) -> None:
    table = "Uraian;2025\nStok awal;8 148 451\nProduksi;32 291 394\nKebutuhan;30 975 843\nStok akhir;9 464 002\n"
    table = re.sub(r"(?<=\d) (?=\d)", space, table)
    assert proof_of(tmp_path, table)["verdict"].tolist() == ["closes"]


@pytest.mark.parametrize("unknown", ["n.a.", "…", "...", "x", "kosong", "NA", "tad"])
def test_an_identity_with_an_unknown_figure_is_not_tested_and_told(
    tmp_path: Path, unknown: str
) -> None:
    table = f"Uraian;2024;2025\nStok awal;100;{unknown}\nProduksi;900;1.000\nImpor;-;-\n"
    table += "Kebutuhan;800;900\nStok akhir;200;300\n"
    proof = proof_of(tmp_path, table)
    assert of(proof, "closes")["balance"].tolist() == ["2024"]
    assert ("closing", "missing_figure", "opening_stock") in untested(tmp_path, table)
    assert "TIDAK DIPERIKSA" in "\n".join(balance_audit_report(proof, "id"))


def test_where_nothing_can_be_tested_it_is_not_said_to_close(tmp_path: Path) -> None:
    file = tmp_path / "neraca.csv"
    file.write_text("Uraian;2025\nStok awal;n.a.\nProduksi;…\nKebutuhan;30.975\nStok akhir;9.464\n")
    done = CliRunner().invoke(app, ["prove", str(file), "--language", "id"])
    assert done.exit_code == 1
    assert "Tidak ada persamaan yang dapat diperiksa" in done.stdout


def test_a_blank_that_counts_as_nothing_is_named_where_it_breaks(tmp_path: Path) -> None:
    table = "Uraian;2024\nStok awal;\nProduksi;900\nKebutuhan;800\nStok akhir;200\n"
    found = proof_of(tmp_path, table).iloc[0]
    assert (found["verdict"], found["names"]) == ("breaks", "opening_stock")


def test_a_total_with_an_unknown_part_is_not_tested(tmp_path: Path) -> None:
    table = "Provinsi;Produksi;Kebutuhan\nA;100;90\nB;n.a.;80\nJumlah;300;170\n"
    proof = proof_of(tmp_path, table)
    assert of(proof, "closes")["identity"].tolist() == ["total:need"]
    assert ("total:production", "missing_part", "B") in untested(tmp_path, table)


def test_subtotals_without_a_name_are_no_part_of_the_total(tmp_path: Path) -> None:
    table = f"{HEAD}\nPulau Satu;100;1.200;1.000;300\nPulau Dua;150;800;900;50\nBARAT;250;2.000;1.900;350\n"
    table += "Pulau Tiga;40;500;480;60\nTIMUR;40;500;480;60\nINDONESIA;290;2.500;2.380;410\n"
    assert breaks(tmp_path, table) == []
    wrong = table.replace("INDONESIA;290", "INDONESIA;580")
    assert ("INDONESIA", "total:opening_stock") in breaks(tmp_path, wrong)


def test_a_wrong_subtotal_is_found_by_its_name(tmp_path: Path) -> None:
    table = CLOSING["islands above"].replace(
        row("JAWA", SUMS["Jawa"]), row("JAWA", {**SUMS["Jawa"], "need": SUMS["Jawa"]["need"] + 500})
    )
    assert breaks(tmp_path, table) == [
        ("JAWA, 2023", "closing"), ("JAWA, 2023", "total:need"),
    ]  # fmt: skip


def test_a_table_of_some_provinces_does_not_break_for_the_others(tmp_path: Path) -> None:
    table = f"{HEAD}\n" + "\n".join(
        [row(name, PLACES["Jawa"][name]) for name in ("Jawa Barat", "Jawa Timur")]
    )
    whole = {line: sum(each[line] for each in SUMS.values()) for line in SUMS["Jawa"]}
    table += "\n" + row("INDONESIA", whole)
    assert breaks(tmp_path, table) == []
    assert {why for _, why, _ in untested(tmp_path, table)} == {"some_parts"}


def test_indonesia_among_countries_is_no_total(tmp_path: Path) -> None:
    table = "Country;Production;Consumption\nIndonesia;34.000;36.000\nThailand;20.000;13.000\n"
    table += "Vietnam;27.000;22.000\nWorld;81.000;71.000\n"
    found = proof_of(tmp_path, table)
    assert of(found, "closes")["balance"].tolist() == ["World", "World"]


def test_a_year_of_months_adds_up_what_moves_and_keeps_the_stocks_of_its_ends(
    tmp_path: Path,
) -> None:
    found = of(proof_of(tmp_path, CLOSING["months"]), "closes")
    year = found.loc[found["balance"] == "Jumlah", "identity"].tolist()
    assert {"total:production", "total:need", "end:opening_stock", "end:closing"} <= {*year}
    assert "total:opening_stock" not in year


def test_a_line_that_is_not_known_is_told_and_the_rest_is_tested(tmp_path: Path) -> None:
    table = "Uraian;2024\nStok awal;100\nProduksi;900\nRahasia dapur;77\nKebutuhan;800\nStok akhir;200\n"
    assert of(proof_of(tmp_path, table), "closes")["identity"].tolist() == ["closing"]
    assert ("", "unknown_line", "Rahasia dapur") in untested(tmp_path, table)
    fits = table.replace("Stok akhir;200", "Stok akhir;277")
    assert ("closing", "unknown_line_fits", "Rahasia dapur") in untested(tmp_path, fits)


@pytest.mark.parametrize(
    ("written", "near"),
    [("Produkzi", "produksi"), ("Ending stok", "ending stock"), ("Kebutuhn", "kebutuhan")],
)
def test_a_slip_in_the_name_of_a_line_is_asked_about(
    tmp_path: Path, written: str, near: str
) -> None:
    with pytest.raises(InputError) as caught:
        proof_of(tmp_path, f"Uraian;2024\nStok awal;100\n{written};900\nPakan;800\n")
    assert [(p.line, p.values["nearest"]) for p in caught.value.problems] == [(3, near)]


def book_of(folder: Path, rows: list[list[object]], number_format: str = "General") -> Path:
    book, file = openpyxl.Workbook(), folder / "neraca.xlsx"
    sheet = book.worksheets[0]
    for cells in rows:
        sheet.append(cells)
    for cells in sheet.iter_rows(min_row=2, min_col=2):
        for cell in cells:
            cell.number_format = number_format
    book.save(file)
    return file


MILLIONS: list[list[object]] = [
    ["Uraian (juta ton)", 2024], ["Stok awal", 4.0], ["Produksi", 31.0], ["Kebutuhan", 30.0],
]  # fmt: skip


@pytest.mark.parametrize("number_format", ["0.0", "#,##0.0", "General", "0.0;(0.0)"])
@pytest.mark.parametrize(("closing", "verdict"), [(5.4, "breaks"), (5.1, "rounding")])
def test_a_workbook_is_as_exact_as_it_shows(
    tmp_path: Path, number_format: str, closing: float, verdict: str
) -> None:
    """4,0 is stored as 4: it is known to a tenth all the same."""
    rows = [
        [name.replace(" (juta ton)", ""), value]
        for name, value in [*MILLIONS, ["Stok akhir", closing]]
    ]  # type: ignore[union-attr, attr-defined]
    rows[0][1] = "2024 (juta ton)"
    found = prove(book_of(tmp_path, rows, number_format)).iloc[0]
    assert found["verdict"] == verdict
    assert found["slack"] == pytest.approx(0.2e6)


def test_thousands_that_a_format_hides_count_for_the_rounding(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Uraian", "2024"], ["Stok awal", 4_000_400], ["Produksi", 31_000_000],
            ["Kebutuhan", 30_000_000], ["Stok akhir", 5_000_000]]  # fmt: skip
    assert prove(book_of(tmp_path, rows, "#,##0,")).iloc[0]["slack"] == 2000


def test_merged_headings_hidden_rows_and_other_sheets_of_a_workbook(tmp_path: Path) -> None:
    book, file = openpyxl.Workbook(), tmp_path / "neraca.xlsx"
    sheet = book.worksheets[0]
    sheet.append(["Neraca beras", None, None, None, None])
    sheet.merge_cells("A1:E1")
    sheet.append(["Uraian", 2023, None, 2024, None])
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("D2:E2")
    sheet.append([None, "Jan", "Feb", "Jan", "Feb"])
    for cells in (
        ["Stok awal", 10, 12, 5, 9], ["Produksi", 90, 80, 84, 90],
        ["Kebutuhan", 88, 87, 80, 91], ["Stok akhir", 12, 5, 9, 8],
    ):  # fmt: skip
        sheet.append(cells)
    sheet.row_dimensions[5].hidden = True
    other = book.create_sheet("Jagung")
    other.append(["Uraian", 2024])
    other.append(["Produksi", 7])
    book.save(file)
    proof = prove(file)
    assert of(proof, "closes")["identity"].tolist() == ["closing"] * 4 + ["stock_passed_on"] * 2
    assert set(of(proof, "untested")["why"]) == {"other_sheets", "period_gap"}
    assert of(proof, "remark")["why"].tolist() == ["hidden_rows"]
    with pytest.raises(InputError) as caught:
        prove(file, "Kedelai")
    assert caught.value.problems[0].key == "no_such_sheet"


@pytest.mark.parametrize("kind", [".xls", ".xlsm", ".xlsb", ".ods"])
@pytest.mark.parametrize("command", ["prove", "check"])
def test_other_kinds_of_workbooks_are_told_by_every_command(
    tmp_path: Path, kind: str, command: str
) -> None:
    file = tmp_path / f"neraca{kind}"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = CliRunner().invoke(app, [command, str(file), "--language", "en"])
    assert done.exit_code == 1
    assert f"a {kind} file cannot be read" in done.output


def test_numbers_that_may_be_either_are_read_in_the_way_that_makes_sense(tmp_path: Path) -> None:
    """In a file with commas 1.200 is 1.2 by rule; here only 1200 goes with 100."""
    table = "Provinsi,Stok awal,Produksi,Kebutuhan,Stok akhir\nA,100,1.200,1.000,300\n"
    table += "B,150,8.100,8.000,250\nC,1,9.001,2.000,7.002\nD,5,6.000,1.000,5.005\n"
    proof = proof_of(tmp_path, table)
    assert of(proof, "closes")["published"].tolist() == [300, 250, 7002, 5005]
    assert of(proof, "remark")["why"].tolist() == ["numbers_id"]


def test_a_title_and_years_above_the_table_are_no_part_of_it(tmp_path: Path) -> None:
    table = (
        BPS
        + "PULAU SATU;100;1.200;1.000;300\nPULAU DUA;150;800;900;50\nINDONESIA;250;2.000;1.900;350\n"
    )
    proof = proof_of(tmp_path, table)
    assert proof["verdict"].tolist() == ["closes"] * 7
    assert proof["balance"].iloc[0] == "PULAU SATU, 2023"


def test_the_islands_of_the_examples_are_all_of_them() -> None:
    assert {name for places in PLACES.values() for name in places} == {
        name for names in ISLANDS.values() for name in names
    }
    assert grouped(1234567) == "1.234.567"


def test_a_column_of_units_counts_where_the_lines_stand_on_top(tmp_path: Path) -> None:
    file = tmp_path / "neraca.csv"
    file.write_text(
        "Provinsi;Satuan;Produksi;Kebutuhan;Surplus/Defisit\n"
        "Pulau Barat;ton;1.250;1.100;150\n"
        "Pulau Timur;kuintal;3.000;4.200;(1.200)\n"
        "Jumlah;ton;1.550;1.520;30\n",
        encoding="utf-8",
    )
    assert set(prove(file)["verdict"]) == {"closes"}
