"""Figures in the writer's own units and way of writing: the plan is made of the same tonnes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS, copy_of

from planner.errors import InputError
from planner.scenario import Scenario, read_scenario
from planner.schema.tables import TABLES
from planner.units import UnitError, factor

NAMES = sorted(file.stem for file in (SCENARIOS / "dua-pulau").glob("*.csv"))


def rewritten(folder: Path, table: str, *, separator: str, comma: bool) -> None:
    """Write a table as Excel does in another country."""
    file = folder / f"{table}.csv"
    if not file.exists():
        return
    numbers = {c.name for c in TABLES[table].columns if c.kind in {"number", "month"}}
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    swap = [name in numbers and comma for name in head]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(head)
    for row in rows:
        cells = zip(row, swap, strict=True)
        writer.writerow([cell.replace(".", ",") if number else cell for cell, number in cells])
    file.write_text("\ufeff" + out.getvalue(), encoding="utf-8")


def with_unit(folder: Path, unit: str, times: float) -> Scenario:
    """Read a scenario whose production is written in another unit."""
    file = folder / "production.csv"
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8")))
    at = head.index("tonnes")
    head[at] = f"tonnes [{unit}]"
    for row in rows:
        row[at] = f"{float(row[at]) * times:.10g}"
    file.write_text("\n".join(",".join(row) for row in [head, *rows]), encoding="utf-8")
    return read_scenario(folder)


@pytest.mark.parametrize(
    ("unit", "wanted", "expected"),
    [
        ("kg", "t", 0.001),
        ("Kuintal", "t", 0.1),
        ("ton", "t", 1),
        ("ribu ton", "t", 1000),
        ("juta ton", "t", 1e6),
        ("Rp/ton", "IDR/kg", 0.001),
        ("ribu Rp per kg", "IDR/t", 1e6),
        ("%", "fraction", 0.01),
        ("ton per hari", "t/year", 365.25),
    ],
)
def test_a_unit_of_the_trade_is_known(unit: str, wanted: str, expected: float) -> None:
    assert factor(unit, wanted) == pytest.approx(expected)


@pytest.mark.parametrize(
    "unit", ["TEU", "Rp", "liter", "MT", "", "kg kg", "0 t", "1e999 t", "-1 t"]
)
def test_what_does_not_count_tonnes_is_refused(unit: str) -> None:
    with pytest.raises(UnitError):
        factor(unit, "t")


@pytest.mark.parametrize(("unit", "times"), [("kg", 1000), ("kuintal", 10), ("ribu ton", 0.001)])
def test_production_may_be_written_in_another_unit(tmp_path: Path, unit: str, times: float) -> None:
    plain = read_scenario(copy_of("dua-pulau", tmp_path / "plain"))
    other = with_unit(copy_of("dua-pulau", tmp_path / "other"), unit, times)
    assert other.digest() == plain.digest()


@pytest.mark.parametrize("table", NAMES)
def test_a_table_saved_by_an_indonesian_excel_is_the_same(tmp_path: Path, table: str) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    before = read_scenario(folder).digest()
    rewritten(folder, table, separator=";", comma=True)
    assert read_scenario(folder).digest() == before


def test_dots_group_thousands_in_an_indonesian_file(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    file = folder / "production.csv"
    text = file.read_text(encoding="utf-8").replace(",", ";").replace(";130;", ";1.130,5;")
    file.write_text(text, encoding="utf-8")
    assert read_scenario(folder).tables["production"]["tonnes"].max() == 1130.5


def test_a_problem_shows_the_cell_as_it_stands_in_the_file(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    file = folder / "need.csv"
    text = file.read_text(encoding="utf-8").replace(",", ";").replace(";40;", ";-1.000,5;")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r'"-1\.000,5" is below 0'):
        read_scenario(folder)
