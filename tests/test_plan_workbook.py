"""The shipment plan as a workbook: its figures are those of the run, and an office can print it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl import Workbook
from processes import planner as command

import planner
from planner import Run, Scenario
from planner.i18n import month, text
from planner.reports.plan_tables import SUM, balance_after, plan_by_period, shipments
from planner.reports.plan_workbook import HEAD_ROWS, write_plan
from planner.runs import write_run

SHEETS = ("plan", "shipments", "balance", "shortages", "costs", "sources")


@pytest.fixture(scope="module")
def run(three_months: Scenario) -> Run:
    """A quarter in which ships sail loops, paddy is milled and food is short."""
    sources = three_months.tables["sources"]
    hostile = sources.assign(title=["=1+1", *sources["title"].iloc[1:]])
    made = three_months.tables["production"]
    few = made.assign(tonnes=made["tonnes"].where(made["commodity"] != "bawang_merah", 0))
    run = planner.make_run(planner.solve(three_months.replace(production=few)))
    tables = {**run.scenario.tables, "sources": hostile}  # as an older run may hold it
    return dataclasses.replace(run, scenario=dataclasses.replace(run.scenario, tables=tables))


@pytest.fixture(scope="module")
def book(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    file = tmp_path_factory.mktemp("plan") / "rencana.xlsx"
    write_plan(file, run, "id")
    return openpyxl.load_workbook(file)


def column(book: Workbook, sheet: str, name: str, language: str = "id") -> list[object]:
    """Return the cells of a column, sums left out."""
    rows = book[text(f"plan_book.sheet.{sheet}", language)].iter_rows(
        min_row=HEAD_ROWS, values_only=True
    )
    head = list(next(rows))
    total = text("plan_book.total", language)
    return [row[head.index(name)] for row in rows if not str(row[0]).startswith(total)]


def added_up(cells: list[object]) -> float:
    return float(sum(cell for cell in cells if isinstance(cell, int | float)))


@pytest.mark.parametrize("sheet", ["plan", "shipments"])
def test_every_tonne_that_moves_stands_in_the_workbook(
    book: Workbook, run: Run, sheet: str
) -> None:
    moved = run.tables["flows"]["tonnes"].sum()
    assert added_up(column(book, sheet, "Dikirim (t)")) == pytest.approx(moved)


def test_each_month_of_the_plan_is_that_of_the_flows(book: Workbook, run: Run) -> None:
    by_month = run.tables["flows"].groupby("period")["tonnes"].sum()
    told = {label: added_up(column(book, "plan", month(label))) for label in by_month.index}
    assert told == pytest.approx(by_month.to_dict())


def test_sums_add_up_their_commodity_only(run: Run) -> None:
    plan = plan_by_period(run, "id")
    sums = plan.loc[plan[SUM]].set_index("commodity")["tonnes"]
    goods = plan.loc[~plan[SUM]].groupby("commodity", sort=False)["tonnes"].sum()
    assert sums.to_dict() == pytest.approx({f"Jumlah {good}": t for good, t in goods.items()})


def test_the_balance_closes_in_every_row(run: Run) -> None:
    table = balance_after(run, "id").set_index("commodity")
    have = ["opening", "supplied", "imported", "received", "made"]
    gone = ["served", "sent", "used", "spoilt", "closing"]
    there = [table[table.columns.intersection(side)].sum(axis=1) for side in (have, gone)]
    assert there[0].to_numpy() == pytest.approx(there[1].to_numpy(), abs=0.05)


def test_what_is_short_and_what_it_costs_are_those_of_the_summary(book: Workbook, run: Run) -> None:
    short = sum(run.facts["unmet_t"].values())
    assert added_up(column(book, "shortages", "Kurang (t)")) == pytest.approx(short, abs=0.01)
    assert added_up(column(book, "costs", "Rupiah")) == pytest.approx(run.facts["cost_idr"], abs=50)
    assert short > 0


def test_containers_are_counted_on_ships_only(run: Run) -> None:
    plan = plan_by_period(run, "en").loc[lambda table: ~table[SUM]]
    by_box = plan["teu"].notna().groupby(plan["mode"]).any()
    assert by_box.to_dict()["Truck"] is False
    assert by_box.to_dict()["Sea toll"] is True


def test_a_shipment_on_a_loop_names_its_ship_and_no_ports(run: Run) -> None:
    listed = shipments(run, "id")
    assert set(listed.loc[listed["service"] != "", "origin_port"]) == {""}
    assert (listed["origin_port"] != "").any()


def test_every_sheet_prints_on_a4_with_its_headings(book: Workbook) -> None:
    for name in SHEETS:
        sheet = book[text(f"plan_book.sheet.{name}", "id")]
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
        assert (sheet.print_title_rows, sheet.freeze_panes[-1]) == ("$4:$4", "5")
        assert sheet.print_area.endswith(f"${max(sheet.max_row, HEAD_ROWS + 1)}")


def test_every_sheet_says_what_it_was_made_from(book: Workbook, run: Run) -> None:
    for sheet in book:
        assert run.scenario.title("id") in sheet["A1"].value
        assert run.scenario.digest() in sheet["A2"].value


def test_a_formula_in_a_source_is_a_text(book: Workbook) -> None:
    cells = [cell for row in book["Sumber"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_workbook_in_english_has_no_indonesian_headings(run: Run, tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.xlsx", run, "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert [sheet.title for sheet in book][1:3] == ["Plan by month", "Shipments"]
    assert (
        column(book, "plan", "Commodity", "en")[0]
        in run.scenario.names("commodities", "en").values()
    )
    assert pd.Series(column(book, "plan", "Sent (t)", "en")).gt(0).all()


def test_the_command_writes_it_into_the_run_folder(tmp_path: Path, run: Run) -> None:
    (tmp_path / "run").mkdir()
    write_run(tmp_path / "run", run)
    done = command("workbook", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert (
        openpyxl.load_workbook(tmp_path / "run" / "rencana-pengiriman.xlsx").sheetnames[1]
        == "Rencana per bulan"
    )
