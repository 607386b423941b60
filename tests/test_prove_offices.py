"""Balances as offices write them: time, periods, units and parts in their words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.errors import InputError
from planner.exchange.balance_audit import audit as prove
from planner.exchange.balance_audit import balance_audit_report
from planner.exchange.balance_audit.period_labels import Period, parse_periods

YEAR = "Uraian;{period}\nStok awal;1.200\nProduksi;3.450\nKebutuhan;3.650\nStok akhir;1.000\n"
"""1,000 left of 3,650 a year: 100 days of 365, 52/3.65 = 14.25 weeks of 52 a year, 3.29 months."""
QUARTER = "Uraian;{period}\nStok awal;100\nProduksi;155\nKebutuhan;125\nStok akhir;130\n"
"""130 left of 125 in the 91 days of January to March 2024: 94.64 days; of a year it would be 380."""


def proof_of(folder: Path, table: str) -> pd.DataFrame:
    file = folder / "neraca.csv"
    file.write_text(table, encoding="utf-8")
    return prove(file)


def verdicts(proof: pd.DataFrame) -> dict[str, str]:
    return dict(zip(proof["identity"], proof["verdict"], strict=True))


def holds(verdict: str) -> bool:
    return verdict in {"closes", "rounding"}


def problems_of(folder: Path, table: str) -> list[tuple[str, int]]:
    with pytest.raises(InputError) as caught:
        proof_of(folder, table)
    return [(problem.key, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Ketahanan stok (hari);100", True),
        ("Ketahanan stok;100", True),
        ("Ketahanan stok (minggu);14,25", True),
        ("Ketahanan stok (minggu);14,29", True),
        ("Ketahanan stok (weeks);14,2", True),
        ("Weeks of cover;14,2", True),
        ("Ketahanan stok;14,2 minggu", True),
        ("Ketahanan stok (bulan);3,29", True),
        ("Months of stock;3,3", True),
        ("Ketahanan stok (bulan);3,6", False),
        ("Ketahanan stok (minggu);13,8", False),
        ("Ketahanan stok (minggu);100", False),
        ("Ketahanan stok (hari);14,2", False),
    ],
)
def test_cover_counts_in_the_time_that_is_said(tmp_path: Path, line: str, right: bool) -> None:
    found = verdicts(proof_of(tmp_path, YEAR.format(period=2025) + line + "\n"))
    assert holds(found["days_of_cover"]) == right


def test_a_column_of_units_says_the_time_of_the_cover(tmp_path: Path) -> None:
    table = "Uraian;Satuan;2025\nStok awal;ton;1.200\nProduksi;ton;3.450\nKebutuhan;ton;3.650\n"
    table += "Stok akhir;ton;1.000\nKetahanan stok;{};{}\n"
    assert holds(verdicts(proof_of(tmp_path, table.format("minggu", "14,2")))["days_of_cover"])
    assert not holds(verdicts(proof_of(tmp_path, table.format("hari", "14,2")))["days_of_cover"])


def test_cover_in_something_else_than_time_is_asked_about(tmp_path: Path) -> None:
    table = YEAR.format(period=2025) + "Ketahanan stok (%);27,4\n"
    assert problems_of(tmp_path, table) == [("proof_no_time", 6)]


@pytest.mark.parametrize(
    ("line", "right"),
    [("Kebutuhan per bulan;304,2", True), ("Kebutuhan per minggu;70,0", True), ("Kebutuhan per hari;10,0", True),
     ("Kebutuhan per bulan;10,0", False)],
)  # fmt: skip
def test_a_need_of_a_month_is_none_of_a_day(tmp_path: Path, line: str, right: bool) -> None:
    found = verdicts(proof_of(tmp_path, YEAR.format(period=2025) + line + "\n"))
    assert holds(found["daily_need"]) == right


@pytest.mark.parametrize(
    ("label", "period", "days"),
    [
        ("Januari-Maret 2024", Period("quarter", 8096), {91}),
        ("Jan s.d. Mar 2024", Period("quarter", 8096), {91}),
        ("s.d. Maret 2024", Period("quarter", 8096), {91}),
        ("Triwulan I 2024", Period("quarter", 8096), {91}),
        ("2024 TW 1", Period("quarter", 8096), {91}),
        ("Triwulan I-III 2024", Period("span", 24288, 9), {274}),
        ("Jan-Apr 2023", Period("span", 24276, 4), {120}),
        ("Okt 2023 - Mar 2024", Period("span", 24285, 6), {183}),
        ("Semester II 2024", Period("half", 4049), {184}),
        ("Januari-Desember 2024", Period("year", 2024), set()),
        ("Jan-Mar", Period("name", 1, 3), {90, 91}),
        ("Triwulan II", Period("name", 4, 3), {91}),
        ("Semester I", Period("name", 1, 6), {181, 182}),
        ("MT 2023/2024", Period("season", 2023), set()),
        ("Musim Tanam 2023/24", Period("season", 2023), set()),
    ],
)
def test_several_months_are_one_period(label: str, period: Period, days: set[float]) -> None:
    assert parse_periods([label]) == {label: period}
    assert {*period.days()} == days


@pytest.mark.parametrize("label", ["Jawa-Bali", "Triwulan V", "Semester III", "Mar-Maluku"])
def test_what_only_looks_like_a_period_is_none(label: str) -> None:
    assert parse_periods([label]) == {}


@pytest.mark.parametrize(
    "period", ["Januari-Maret 2024", "Triwulan I 2024", "Jan s/d Mar 2024", "Triwulan I", "Jan-Mar"]
)
def test_cover_of_a_quarter_counts_with_its_days(tmp_path: Path, period: str) -> None:
    table = QUARTER.format(period=period) + "Ketahanan stok (hari);{}\n"
    assert holds(verdicts(proof_of(tmp_path, table.format("94,6")))["days_of_cover"])
    assert not holds(verdicts(proof_of(tmp_path, table.format("379,6")))["days_of_cover"])


def test_where_no_period_is_said_a_part_of_a_year_is_asked_about(tmp_path: Path) -> None:
    table = QUARTER.format(period="Beras") + "Ketahanan stok (hari);{}\n"
    assert holds(verdicts(proof_of(tmp_path, table.format("379,6")))["days_of_cover"])
    assert verdicts(proof_of(tmp_path, table.format("200")))["days_of_cover"] == "breaks"
    proof = proof_of(tmp_path, table.format("94,6"))
    assert verdicts(proof)["days_of_cover"] == "untested"
    assert "Jan-Mar 2024" in " ".join(balance_audit_report(proof, "en"))


MONTHS = """Uraian;Jan;Feb;Mar;{sum}
Stok awal;100;110;115;100
Produksi;50;45;60;{made}
Kebutuhan;40;40;45;125
Stok akhir;110;115;130;130
"""


@pytest.mark.parametrize("label", ["Jan-Mar", "Triwulan I", "Januari - Maret", "Jumlah"])
def test_a_sum_of_months_beside_them_is_the_sum_of_them(tmp_path: Path, label: str) -> None:
    sound = proof_of(tmp_path, MONTHS.format(sum=label, made=155))
    assert {*sound["verdict"]} == {"closes"}
    assert {"total:production", "total:need", "end:opening_stock", "end:closing"} <= {
        *sound["identity"]
    }
    wrong = verdicts(proof_of(tmp_path, MONTHS.format(sum=label, made=165)))
    assert wrong["total:production"] == "breaks"


def test_planting_seasons_pass_their_stock_on(tmp_path: Path) -> None:
    table = "No.;Uraian;MT 2023/2024;MT 2024/2025\n1;Stok awal;500;{}\n2;Produksi;900;910\n"
    table += "3;Kebutuhan;880;890\n4;Stok akhir;520;540\n"
    assert verdicts(proof_of(tmp_path, table.format(520)))["stock_passed_on"] == "closes"
    assert verdicts(proof_of(tmp_path, table.format(530)))["stock_passed_on"] == "breaks"


SURPLUS = """Provinsi;Produksi (ribu ton);Kebutuhan (ribu ton);Surplus/Defisit{unit}
Barat;1.250,5;1.100,0;{west}
Timur;300,0;420,5;{east}
Jumlah;1.550,5;1.520,5;{all}
"""


@pytest.mark.parametrize(
    ("unit", "figures", "breaks"),
    [
        ("", ("150,5", "(120,5)", "30,0"), 0),
        ("", ("150.500", "(120.500)", "30.000"), 0),
        (" (ton)", ("150.500", "(120.500)", "30.000"), 0),
        ("", ("160,5", "(120,5)", "30,0"), 2),
        (" (ton)", ("150,5", "(120,5)", "30,0"), 3),
    ],
)
def test_a_line_without_a_unit_is_counted_as_makes_sense_and_told(
    tmp_path: Path, unit: str, figures: tuple[str, str, str], breaks: int
) -> None:
    west, east, whole = figures
    table = SURPLUS.format(unit=unit, west=west, east=east, all=whole)
    proof = proof_of(tmp_path, table)
    assert (proof["verdict"] == "breaks").sum() == breaks
    told = [line for line in balance_audit_report(proof, "id") if "Surplus/Defisit (" in line]
    assert len(told) == (not unit)


PARTS = """Uraian;2022;2023
Stok awal;1.250;1.310
Produksi;8.400;8.510
{home};8.000;8.100
{guests};{some};380
{all};8.340;8.480
Stok akhir;1.310;1.340
"""


@pytest.mark.parametrize(
    ("home", "guests", "whole"),
    [
        ("Konsumsi rumah tangga", "Kebutuhan Horeka", "Total Kebutuhan"),
        ("Konsumsi", "Kebutuhan Horeka", "Total Kebutuhan"),
        ("Kebutuhan konsumsi", "Kebutuhan industri", "Jumlah Kebutuhan"),
        ("Kebutuhan rumah tangga", "Hotel, restoran dan katering", "Kebutuhan"),
        ("Household consumption", "Industrial use", "Total consumption"),
    ],
)
def test_parts_of_the_need_add_up_to_it(tmp_path: Path, home: str, guests: str, whole: str) -> None:
    names = {"home": home, "guests": guests, "all": whole}
    sound = proof_of(tmp_path, PARTS.format(**names, some=340))
    assert {*sound["verdict"]} == {"closes"}
    assert (sound["identity"] == "need").sum() == 2
    wrong = proof_of(tmp_path, PARTS.format(**names, some=350))
    broken = wrong.loc[wrong["verdict"] == "breaks", ["balance", "identity"]]
    assert broken.to_numpy().tolist() == [["2022", "need"]]


def test_what_households_need_is_all_where_nothing_else_is_said(tmp_path: Path) -> None:
    table = YEAR.format(period=2025).replace("Kebutuhan", "Konsumsi rumah tangga")
    found = verdicts(proof_of(tmp_path, table + "Ketahanan stok (hari);100\n"))
    assert holds(found["days_of_cover"])
    more = table.replace("3.650", "3.000") + "Horeka;650\nKetahanan stok (hari);100\n"
    found = verdicts(proof_of(tmp_path, more))
    assert (found["closing"], holds(found["days_of_cover"])) == ("closes", True)


@pytest.mark.parametrize("unit", [" juta ton", " juta t", " juta"])
def test_cells_with_millions_in_words_are_figures(tmp_path: Path, unit: str) -> None:
    table = "Uraian;2023;2024\nStok awal;1,2{0};1,3{0}\nProduksi;8,4{0};8,5{0}\n"
    table += "Kebutuhan;8,3{0};8,5{0}\nStok akhir;1,3{0};{1}{0}\n"
    sound = proof_of(tmp_path, table.format(unit, "1,3"))
    assert {*sound["verdict"]} == {"closes"}
    assert sound["published"].tolist() == [pytest.approx(1.3e6)] * 3
    wrong = proof_of(tmp_path, table.format(unit, "1,9"))
    assert wrong["verdict"].tolist() == ["closes", "breaks", "closes"]


def test_millions_of_thousands_are_asked_about(tmp_path: Path) -> None:
    table = "Uraian;2023 (ribu ton)\nStok awal;1,2 juta\nProduksi;8.400\nKebutuhan;8.300\n"
    assert problems_of(tmp_path, table) == [("unit_of_other_kind", 2)]


def test_ku_is_a_hundred_kilograms(tmp_path: Path) -> None:
    table = "Provinsi;Satuan;Produksi;Kebutuhan;Surplus\nBarat;ku;12.500;11.000;{}\nTimur;ton;1.250;1.100;150\n"
    assert proof_of(tmp_path, table.format("1.500"))["published"].tolist() == [150, 150]
    assert proof_of(tmp_path, table.format("1.600"))["verdict"].tolist() == ["breaks", "closes"]
