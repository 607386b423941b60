"""What really moved, as lists of offices have it: their headings, names, dates and slips."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, Row, arc, made, needed, provinces, scenario_of
from typer.testing import CliRunner

from planner import Scenario
from planner.analysis.realisation import KEY, realisation_table, split_assessable
from planner.cli.app import app
from planner.errors import InputError, OptionError
from planner.exchange.day_formats import read_day
from planner.exchange.manifest import last_day, read_manifest
from planner.exchange.template import write_manifest

FLOWS = pd.DataFrame(
    [("01", "02", "sea", "rice", JANUARY, 30.0), ("01", "02", "sea", "rice", FEBRUARY, 20.0)],
    columns=[*KEY, "tonnes"],
)
HEAD = "document,date,origin,destination,commodity,tonnes\n"


def market(folder: Path) -> Scenario:
    months = (JANUARY, FEBRUARY)
    called = ("Pulau Barat", "Pulau Timur")
    pairs = zip(provinces("01", "02"), called, strict=True)
    names: list[Row] = [{**entry, "name": name} for entry, name in pairs]
    return scenario_of(
        folder,
        horizon=(JANUARY, 2, "month"),
        provinces=names,
        commodities=[{"commodity": "rice", "name": "Beras", "name_en": "Rice"}],
        production=[made("01", 60, month, commodity="rice") for month in months],
        need=[needed("02", 25, month, commodity="rice") for month in months],
        modes=[{"mode": "sea", "name": "Kapal", "name_en": "Ship"}],
        arcs=[arc("01", "02", 1000, mode="sea")],
    )


def read(folder: Path, text: str) -> pd.DataFrame:
    file = folder / "manifes.csv"
    file.write_text(text, encoding="utf-8")
    return read_manifest(file, market(folder / "market"))


def problems_of(folder: Path, text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        read(folder, text)
    return [(problem.key, problem.line, problem.column) for problem in caught.value.problems]


def test_headings_names_dates_and_kilograms_of_an_office_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Daftar PAB Januari;;;;;;\n\n"
        "Nomor;Tanggal;Asal;Tujuan;Moda;Komoditas;Berat (kg)\n"
        "PAB-1;12/01/2023;Pulau Barat;Pulau Timur;Kapal;Beras;1.250.000\n"
        "PAB-2;15 Februari 2023;pulau barat;02;Ship;Rice;900.000\n",
    )
    columns = ["document", "date", "origin", "destination", "mode", "commodity", "tonnes", "period"]
    assert found[columns].to_numpy().tolist() == [
        ["PAB-1", "2023-01-12", "01", "02", "sea", "rice", 1250.0, JANUARY],
        ["PAB-2", "2023-02-15", "01", "02", "sea", "rice", 900.0, FEBRUARY],
    ]


@pytest.mark.parametrize(
    ("heading", "tonnes"),
    [("Tonase", 5), ("Ton", 5), ("tonnes [kuintal]", 0.5), ("Berat (ton)", 5), ("Berat bersih (kg)", 0.005),
     ("Jumlah (kuintal)", 0.5), ("Kg", 0.005)],
)  # fmt: skip
def test_a_weight_counts_in_the_unit_of_its_heading(
    tmp_path: Path, heading: str, tonnes: float
) -> None:
    found = read(tmp_path, f"tgl,asal,tujuan,barang,{heading}\n2023-01-02,01,02,rice,5\n")
    assert found["tonnes"].tolist() == [pytest.approx(tonnes)]


def test_a_column_of_units_counts_where_it_says_one(tmp_path: Path) -> None:
    head = "Tgl,Asal,Tujuan,Barang,Jumlah,Satuan\n"
    rows = "2023-01-02,01,02,rice,5000,kg\n2023-01-03,01,02,rice,2000,{}\n"
    assert read(tmp_path, head + rows.format("kg"))["tonnes"].tolist() == [5, 2]
    mixed = problems_of(tmp_path, head + rows.format("ton"))
    assert ("weight_without_unit", 1, "Jumlah") in mixed


def test_a_weight_without_a_unit_is_asked_about(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "Tgl,Asal,Tujuan,Barang,Berat\n2023-01-02,01,02,rice,5\n")
    assert ("weight_without_unit", 1, "Berat") in found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-12", dt.date(2026, 1, 12)),
        ("2026-01-12 08:30:00", dt.date(2026, 1, 12)),
        ("12/01/2026", dt.date(2026, 1, 12)),
        ("12-1-2026", dt.date(2026, 1, 12)),
        ("12.01.2026", dt.date(2026, 1, 12)),
        ("12 Januari 2026", dt.date(2026, 1, 12)),
        ("Senin, 12 Jan 2026", dt.date(2026, 1, 12)),
        ("1 Agustus 2026", dt.date(2026, 8, 1)),
        ("01/13/2026", None),
        ("12/01/26", None),
        ("31/02/2026", None),
        ("12 Januar 2026", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_day_month_and_year(text: str, day: dt.date | None) -> None:
    assert read_day(text) == day


TWICE = "A1,2023-01-10,01,02,rice,20\nA2,2023-02-10,01,02,rice,30\nA2,2023-02-10,01,02,rice,30\n"


def test_a_notice_that_stands_twice_counts_once(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + TWICE)
    case = split_assessable(FLOWS, found, market(tmp_path / "m").horizon, dt.date(2023, 2, 28))
    assert realisation_table(case.flows, case.moved)["realised_t"].sum() == 50
    assert len(case.repeated) == 1


@pytest.mark.parametrize("second", ["A2,2023-02-10,01,02,rice,31", "A2,2023-02-10,02,01,rice,30"])
def test_other_goods_under_the_same_number_count(tmp_path: Path, second: str) -> None:
    found = read(tmp_path, HEAD + "A2,2023-02-10,01,02,rice,30\n" + second + "\n")
    assert not found["repeated"].any()


def test_rows_without_a_number_all_count(tmp_path: Path) -> None:
    same = ",2023-02-10,01,02,rice,30\n"
    assert not read(tmp_path, HEAD + same + same)["repeated"].any()


def test_periods_that_have_not_begun_are_no_failure(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + "A1,2023-01-10,01,02,rice,20\n")
    horizon = market(tmp_path / "m").horizon
    january = split_assessable(FLOWS, found, horizon, last_day(found, "", tmp_path))
    assert (january.flows["tonnes"].sum(), january.waiting) == (30, (FEBRUARY,))
    both = split_assessable(FLOWS, found, horizon, last_day(found, "1/2/2023", tmp_path))
    assert (both.flows["tonnes"].sum(), both.waiting) == (50, ())


def test_cargo_after_the_day_is_told_and_not_compared(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + TWICE)
    case = split_assessable(FLOWS, found, market(tmp_path / "m").horizon, dt.date(2023, 1, 31))
    assert (case.moved["tonnes"].tolist(), len(case.later)) == ([20], 2)


def test_a_manifest_without_rows_is_said_to_be_empty(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD)
    with pytest.raises(InputError) as caught:
        last_day(found, "", tmp_path / "manifes.csv")
    assert caught.value.problems[0].key == "manifest_empty"
    assert last_day(found, "2023-01-31", tmp_path) == dt.date(2023, 1, 31)
    with pytest.raises(OptionError):
        last_day(found, "akhir Januari", tmp_path)


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_manifest_can_be_made_filled_in_and_read(tmp_path: Path, language: str) -> None:
    scenario, file = market(tmp_path / "market"), tmp_path / "isian.xlsx"
    write_manifest(scenario, file, language)
    assert read_manifest(file, scenario).empty
    book = openpyxl.load_workbook(file)
    cells = {"document": "A1", "date": dt.date(2023, 2, 1), "origin": "01", "destination": "Pulau Timur",
             "commodity": "rice", "tonnes": 6}  # fmt: skip
    names = [cell.value for cell in book.worksheets[0][4]]
    book.worksheets[0].append([cells.get(str(name)) for name in names])
    book.save(file)
    found = read_manifest(file, scenario)
    assert found[["destination", "period", "tonnes"]].to_numpy().tolist() == [["02", FEBRUARY, 6]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_command_tells_what_it_left_out(tmp_path: Path, language: str) -> None:
    market(tmp_path / "market")
    run, file = tmp_path / "run", tmp_path / "manifes.csv"
    words = ["run", str(tmp_path / "market"), "--out", str(run), "--no-charts"]
    assert CliRunner().invoke(app, words).exit_code == 0
    file.write_text(HEAD + TWICE, encoding="utf-8")
    words = ["realise", str(run), str(file), "--until", "2023-01-31", "--language", language]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    told = {
        "id": [
            "Dinilai sampai 31 Januari 2023",
            "mengulang nomor dokumen",
            "sesudah 31 Januari 2023",
        ],
        "en": ["Judged until 31 January 2023", "repeat a notice", "dated after 31 January 2023"],
    }
    assert [part for part in told[language] if part not in done.stdout] == []
    file.write_text(HEAD, encoding="utf-8")
    assert CliRunner().invoke(app, ["realise", str(run), str(file)]).exit_code == 1
    old = tmp_path / "manifes.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    refused = CliRunner().invoke(app, ["realise", str(run), str(old), "--language", "en"])
    assert "a .xls file cannot be read" in refused.output


OFFICE = """No;Tgl Muat;Asal Barang;Daerah Tujuan;Alat Angkut;Jenis Barang;Berat Bersih (kg);Nama Kapal;Keterangan
1;5 Jan 2023;Pulau Barat;Pulau Timur;Kapal;Beras;25.000,0;KM Maju;-
2;20/01/2023;Pulau Barat;Pulau Timur;Kapal;Beras;10.000;KM Maju;
"""


@pytest.mark.parametrize("name", ["Jumlah", "TOTAL", "Sub Total", "Jumlah Januari", ""])
def test_a_row_of_totals_is_no_shipment(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, OFFICE + f"{name};;;;;;35.000;;\n")
    assert found["tonnes"].tolist() == [25, 10]


def test_totals_within_the_list_are_sums_of_what_stands_above(tmp_path: Path) -> None:
    more = "3;3/2/2023;Pulau Barat;Pulau Timur;Kapal;Beras;5.000;KM Jaya;\n"
    table = OFFICE + "Jumlah Januari;;;;;;35.000;;\n" + more
    assert read(tmp_path, table + "Jumlah;;;;;;5.000;;\n")["tonnes"].sum() == 40
    assert read(tmp_path, table + "Jumlah;;;;;;40.000;;\n")["tonnes"].sum() == 40


@pytest.mark.parametrize(
    ("total", "key"), [("53.000", "manifest_total"), ("3S.000,0", "figure_with_letters")]
)
def test_a_total_that_is_no_sum_is_told(tmp_path: Path, total: str, key: str) -> None:
    found = problems_of(tmp_path, OFFICE + f"Jumlah;;;;;;{total};;\n")
    assert found == [(key, 4, "Berat Bersih (kg)")]


def test_a_shipment_without_a_day_is_no_total(tmp_path: Path) -> None:
    found = problems_of(tmp_path, OFFICE + "3;;Pulau Barat;Pulau Timur;Kapal;Beras;35.000;;\n")
    assert found == [("blank_text", 4, "Tgl Muat")]


def test_messages_name_the_headings_of_the_file(tmp_path: Path) -> None:
    table = OFFICE.replace("Pulau Timur;Kapal;Beras;10", "Pulau Tengah;Kapal;Bersa;10").replace(
        "20/01", "32/01"
    )
    assert {column for _, _, column in problems_of(tmp_path, table)} == {
        "Tgl Muat", "Daerah Tujuan", "Jenis Barang"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "cells", "mode", "vessel"),
    [
        ("Alat Angkut,Nama Kapal", "Kapal,KM Maju", "sea", "KM Maju"),
        ("Alat Angkut,Moda", "KM Maju,sea", "sea", "KM Maju"),
        ("Alat Angkut,Keterangan", "KM Maju,-", "", "KM Maju"),
        ("Jenis Kendaraan,Keterangan", "Ship,-", "sea", ""),
    ],
)
def test_what_carries_the_goods_is_a_mode_or_a_vessel(
    tmp_path: Path, heads: str, cells: str, mode: str, vessel: str
) -> None:
    table = f"Tgl,Asal,Tujuan,{heads},Barang,Ton\n2023-01-02,01,02,{cells},rice,5\n"
    assert read(tmp_path, table)[["mode", "vessel"]].to_numpy().tolist() == [[mode, vessel]]


def test_a_heading_that_stands_again_and_a_note_below_are_passed_over(tmp_path: Path) -> None:
    head, *rows = OFFICE.splitlines()
    note = "Sumber: Dinas Perdagangan;;;;;;;;"
    found = read(tmp_path, "\n".join([head, rows[0], head, rows[1], note]) + "\n")
    assert found["tonnes"].tolist() == [25, 10]
