"""A change is never told as no change: figures are compared before they are rounded."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import arc, made, needed, provinces, write_scenario
from hypothesis import given
from hypothesis import strategies as st

import planner
from planner import Run
from planner.brief.brief_data import BriefData
from planner.brief.message import message
from planner.i18n import text
from planner.reports.changes import money_change, price_change, share_change, tonnes_change
from planner.reports.comparison_report import compare_report


def run_at(folder: Path, **changes: Any) -> Run:
    tables = {
        "provinces": provinces("A", "B"),
        "production": [made("A", 100)],
        "need": [needed("B", 60)],
        "arcs": [arc("A", "B", 2e7)],
    }
    written = write_scenario(folder, **{**tables, **changes})
    run = planner.make_run(planner.solve(planner.read_scenario(written)))
    return dataclasses.replace(run, name=folder.name)


def dearer(run: Run, idr: float) -> Run:
    """Return the run with a freight that costs so much more."""
    costs = run.tables["costs"].copy()
    freight = costs.index[costs["part"] == "freight"][:1]
    costs.loc[freight, "idr"] += round(idr)
    facts = {**run.facts, "cost_idr": run.facts["cost_idr"] + round(idr)}
    return dataclasses.replace(run, facts=facts, tables={**run.tables, "costs": costs})


def headline(run: Run, against: Run, language: str) -> str:
    said = message(BriefData({"run": run, "against": against}, language)).headline
    return re.sub(r"\[(.*?)\]\{.*?\}", r"\1", said)


def test_compare_tells_by_how_much_where_both_costs_are_written_alike(tmp_path: Path) -> None:
    run = run_at(tmp_path / "a")  # 60 t at Rp20 million a tonne: Rp1,2 miliar
    said = compare_report(planner.compare(run, dearer(run, 12e6)), "id")
    line = next(line for line in said if line.startswith("Biaya"))
    assert line == "Biaya: naik Rp12,0 juta (1,0%) dari Rp1,2 miliar; angkut +Rp12,0 juta."


@pytest.mark.parametrize(
    ("idr", "said"),
    [
        (12e6, "Biaya naik Rp12,0 juta dari Rp1,2 miliar; kebutuhan terpenuhi tetap 100%"),
        (-12e6, "Biaya turun Rp12,0 juta dari Rp1,2 miliar; kebutuhan terpenuhi tetap 100%"),
        (3e8, "Biaya dari Rp1,2 miliar menjadi Rp1,5 miliar; kebutuhan terpenuhi tetap 100%"),
        (0, "Biaya tetap Rp1,2 miliar; kebutuhan terpenuhi tetap 100%"),
    ],
)
def test_a_headline_never_holds_two_equal_roundings(tmp_path: Path, idr: float, said: str) -> None:
    run = run_at(tmp_path / "a")
    assert headline(dearer(run, idr), run, "id") == said


def test_a_headline_tells_a_coverage_that_fell_by_less_than_it_shows(tmp_path: Path) -> None:
    run = run_at(tmp_path / "a", need=[needed("B", 160)])
    lower = dataclasses.replace(run, facts={**run.facts, "coverage": run.facts["coverage"] - 1e-4})
    assert headline(lower, run, "en").startswith("Need that is met falls by 0.01 percentage points")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (money_change(11.3e12, 11.3e12, "id"), "tetap Rp11,3 triliun"),
        (money_change(11.3e12, 11.376e12, "id"), "menjadi Rp11,4 triliun (+Rp76,0 miliar)"),
        (money_change(11.30e12, 11.34e12, "id"), "naik Rp40,0 miliar (0,4%) dari Rp11,3 triliun"),
        (money_change(11.34e12, 11.30e12, "id"), "turun Rp40,0 miliar (0,4%) dari Rp11,3 triliun"),
        (money_change(11.3e12, 11.3e12 + 12e3, "id"), "naik Rp12.000 dari Rp11,3 triliun"),
        (tonnes_change(31_100_000, 31_100_400, "id"), "naik 400 ton dari 31,1 juta ton"),
        (tonnes_change(12.0, 12.3, "id"), "naik 0,3 ton (2,5%) dari 12 ton"),
        (tonnes_change(12.0, 12.0, "id"), "tetap 12 ton"),
        (share_change(0.99991, 0.99994, "id"), "naik 0,003 poin persen dari 100,0%"),
        (share_change(1.0, 1.0, "en"), "still 100.0%"),
        (price_change(5000, 5300, "en"), "up Rp0.3/kg (6.0%) from Rp5/kg"),
        (price_change(5000, 5000, "en"), "still Rp5/kg"),
    ],
)
def test_any_figure_is_compared_before_it_is_rounded(told: str, said: str) -> None:
    assert said in told


@given(st.integers(0, 10**14), st.integers(0, 10**14), st.sampled_from(["id", "en"]))
def test_as_before_is_said_of_equal_sums_and_of_no_other(old: int, new: int, language: str) -> None:
    same = text("compare.unchanged", language, value="").strip()
    assert money_change(old, new, language).startswith(same) == (old == new)


def test_units_and_choices_are_in_the_language_of_the_report(tmp_path: Path) -> None:
    runs = [
        run_at(
            tmp_path / name,
            provinces=[{"province": code, "population": 1000} for code in "AB"],
            need=[{"province": "B", "commodity": "rice", "use": "feed", "kg_per_capita": kg}],
        )
        for name, kg in (("a", 77_304.5), ("b", 70_000))
    ]
    said = "\n".join(compare_report(planner.compare(*runs), "id"))
    assert "pakan, Jan 2023: 77.304,5 kg/tahun menjadi 70.000 kg/tahun" in said


def test_a_difference_of_the_inputs_too_small_to_be_written_is_written_out(tmp_path: Path) -> None:
    runs = [
        run_at(tmp_path / name, arcs=[arc("A", "B", idr)])
        for name, idr in (("a", 2e7), ("b", 2e7 + 1e-5))
    ]
    assert "tetap" not in "\n".join(compare_report(planner.compare(*runs), "id")[2:4])


def test_a_table_of_an_older_run_has_the_columns_that_came_later(tmp_path: Path) -> None:
    run = run_at(
        tmp_path / "a", rules=[{"rule": "r", "sense": "<=", "bound": 100, "measure": "tonnes"}]
    )
    old = run.scenario.tables["rules"].drop(columns=["name", "name_en"])
    from planner.runs.read_run import _with_later_columns  # noqa: PLC0415
    from planner.scenario import TABLES  # noqa: PLC0415

    pd.testing.assert_frame_equal(
        _with_later_columns(TABLES["rules"], old), run.scenario.tables["rules"]
    )
