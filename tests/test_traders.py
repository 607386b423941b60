"""Traders, and plan against fact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, Row, arc, made, needed, provinces, scenario_of
from typer.testing import CliRunner

import planner
from planner import Scenario
from planner.analysis.realisation import KEY, realisation_table, sum_by
from planner.cli.app import app
from planner.errors import InputError
from planner.exchange.manifest import read_manifest
from planner.scenario import examine

HEAD = "date,origin,destination,mode,commodity,tonnes,owner\n"
TRADER = {"trader": "T1", "owner": "CV Sumber Pangan", "province": "A", "commodity": "rice"}
PLANNED = pd.DataFrame(
    [("A", "B", "ship", "rice", JANUARY, 30.0), ("A", "B", "ship", "rice", FEBRUARY, 20.0)],
    columns=[*KEY, "tonnes"],
)


def market(folder: Path, **more: list[Row]) -> Scenario:
    months = (JANUARY, FEBRUARY)
    return scenario_of(
        folder,
        horizon=(JANUARY, 2, "month"),
        provinces=provinces("A", "B"),
        production=[made("A", 60, month) for month in months],
        need=[needed("A", 30, month) for month in months] + [needed("B", 25, month) for month in months],
        arcs=[arc("A", "B", 1000), arc("B", "A", 1000)],
        **more,
    )  # fmt: skip


def moved(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*KEY, "tonnes"])


def manifest(folder: Path, text: str) -> Path:
    file = folder / "manifes-januari.csv"
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def problems_of(folder: Path, *rows: Row) -> list[tuple[str, int, str]]:
    market(folder)
    market_tables = {**TRADER, "capacity_t": 10, "source": "made_up"}
    head = list(dict.fromkeys([*market_tables, *(name for row in rows for name in row)]))
    lines = [",".join(str({**market_tables, **row}.get(name, "")) for name in head) for row in rows]
    (folder / "traders.csv").write_text("\n".join([",".join(head), *lines]), encoding="utf-8")
    return [(p.key, p.line, p.column) for p in examine(folder)[1]]


def test_what_moved_as_planned_is_kept_and_the_rest_is_beside_the_plan() -> None:
    fact = moved(
        ("A", "B", "ship", "rice", JANUARY, 12.0), ("B", "A", "ship", "rice", JANUARY, 5.0)
    )
    total = sum_by(realisation_table(PLANNED, fact).assign(all=""), ["all"]).iloc[0]
    assert total[["planned_t", "realised_t", "kept_t", "unplanned_t"]].tolist() == [50, 17, 12, 5]
    assert total["share"] == pytest.approx(0.24)


def test_more_than_planned_on_one_lane_does_not_make_up_for_another() -> None:
    fact = moved(("A", "B", "ship", "rice", JANUARY, 50.0))
    assert sum_by(realisation_table(PLANNED, fact), ["origin"])["share"].tolist() == [
        pytest.approx(0.6)
    ]


def test_without_a_mode_cargo_counts_with_that_of_the_plan() -> None:
    fact = moved(("A", "B", "", "rice", JANUARY, 30.0))
    row = realisation_table(PLANNED, fact).set_index("period").loc[JANUARY]
    assert (row["mode"], row["share"]) == ("ship", 1.0)


def test_no_tonne_of_plan_or_fact_gets_lost() -> None:
    fact = moved(("A", "B", "", "rice", JANUARY, 7.0), ("B", "A", "", "rice", FEBRUARY, 3.0))
    found = realisation_table(PLANNED, fact)
    assert found[["planned_t", "realised_t"]].sum().tolist() == [50, 10]
    assert (found["kept_t"] + found["unplanned_t"]).sum() == 10
    assert (found["kept_t"] + found["missing_t"]).sum() == 50


def test_a_day_counts_in_its_period_and_none_outside_is_taken_in(tmp_path: Path) -> None:
    rows = "2023-01-31,A,B,ship,rice,5,\n2023-02-01,A,B,ship,rice,6,\n2023-03-01,A,B,,rice,7,\n"
    found = read_manifest(manifest(tmp_path, rows), market(tmp_path / "market"))
    assert found["period"].tolist() == [JANUARY, FEBRUARY, ""]


def test_every_wrong_cell_of_a_manifest_is_told(tmp_path: Path) -> None:
    rows = "31/2/2023,A,B,ship,rice,5,\n2023-01-02,A,Z,boat,rise,-6,\n"
    with pytest.raises(InputError) as caught:
        read_manifest(manifest(tmp_path, rows), market(tmp_path / "market"))
    found = {(Path(p.file).name, p.line, p.column, p.key) for p in caught.value.problems}
    assert found == {
        ("manifes-januari.csv", 2, "date", "not_a_day_of_departure"),
        ("manifes-januari.csv", 3, "destination", "unknown_code"),
        ("manifes-januari.csv", 3, "mode", "unknown_code"),
        ("manifes-januari.csv", 3, "commodity", "unknown_code"),
        ("manifes-januari.csv", 3, "tonnes", "too_low"),
    }


def test_a_manifest_may_be_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    scenario, file, book = market(tmp_path / "market"), tmp_path / "pab.xlsx", openpyxl.Workbook()
    book.worksheets[0].append(HEAD.strip().split(","))
    book.worksheets[0].append([dt.date(2023, 2, 1), "A", "B", "ship", "rice", 6])
    book.save(file)
    assert read_manifest(file, scenario)[["period", "tonnes"]].to_numpy().tolist() == [
        [FEBRUARY, 6]
    ]
    book.worksheets[0]["F2"] = -6
    book.save(file)
    with pytest.raises(InputError) as caught:
        read_manifest(file, scenario)
    assert [(p.file, p.line, p.cell) for p in caught.value.problems] == [
        (str(file), 2, ("Sheet", "F"))
    ]


def test_the_command_compares_a_run_with_a_manifest(tmp_path: Path) -> None:
    market(tmp_path / "market")
    run, out = tmp_path / "run", tmp_path / "fact"
    words = ["run", str(tmp_path / "market"), "--out", str(run), "--no-charts"]
    assert CliRunner().invoke(app, words).exit_code == 0
    file = manifest(tmp_path, "2023-01-10,A,B,ship,rice,20,CV Sumber Pangan\n")
    done = CliRunner().invoke(app, ["realise", str(run), str(file), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Terlaksana 80,0% dari rencana" in done.stdout  # February has not begun on 10 January
    assert pd.read_csv(out / "realised.csv")["realised_t"].sum() == 20


def test_a_trader_is_read_and_internal_unless_it_says_otherwise(tmp_path: Path) -> None:
    scenario = market(tmp_path, traders=[{**TRADER, "capacity_t": 10, "period": JANUARY}])
    row = scenario.tables["traders"].iloc[0]
    assert (row["owner"], row["capacity_t"], row["sharing"]) == ("CV Sumber Pangan", 10, "internal")


def test_wrong_traders_are_told(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        {"trader": "T1", "certificate": "PSAT", "certified_until": "31/12/2026"},
        {"trader": "T2", "certified_until": "2026-12-31"},
        {"trader": "T3", "certificate": "PSAT", "certified_until": "2020-12-31"},
        {"trader": "T4", "sharing": "secret"},
        {"trader": "T5", "owner": ""},
    )
    assert set(found) == {
        ("not_a_day", 2, "certified_until"),
        ("certificate_without_name", 3, "certificate"),
        ("certificate_expired", 4, "certified_until"),
        ("not_a_choice", 5, "sharing"),
        ("blank_text", 6, "owner"),
    }


def test_traders_do_not_change_the_plan(tmp_path: Path) -> None:
    plain = planner.solve(market(tmp_path / "plain"))
    row = {**TRADER, "capacity_t": 1, "period": JANUARY}
    with_traders = planner.solve(market(tmp_path / "traders", traders=[row]))
    assert with_traders.flows().equals(plain.flows())
