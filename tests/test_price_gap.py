"""Price gaps: what prices differ by, less what bringing the goods costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of

import planner
from planner import Solution
from planner.analysis.supply_paths.paths import decompose_flows
from planner.analysis.supply_paths.price_gap import price_gaps
from planner.reports.supply_report import price_gap_line


def price(province: str, idr_per_kg: float, period: str = JANUARY, level: str = "retail") -> Any:
    key = {"province": province, "commodity": "rice", "period": period, "level": level}
    return {**key, "idr_per_kg": idr_per_kg}


def market(folder: Path, *prices: Any, loss: float = 0.0) -> planner.Solution:
    """A feeds B for Rp2/kg and C for Rp3/kg, in each of two months."""
    months = (JANUARY, FEBRUARY)
    known = {"prices": prices} if prices else {}
    scenario = scenario_of(
        folder,
        horizon=(JANUARY, 2, "month"),
        provinces=provinces("A", "B", "C"),
        production=[made("A", 100, month) for month in months],
        need=[needed(place, 8, month) for place in "ABC" for month in months],
        arcs=[arc("A", "B", 2_000, loss=loss), arc("A", "C", 3_000)],
        **known,
    )
    return planner.solve(scenario)


def gaps(solution: Solution) -> pd.DataFrame:
    return price_gaps(solution.scenario, decompose_flows(solution))


def of(table: pd.DataFrame, destination: str, column: str) -> float:
    return float(table.set_index("destination").loc[destination, column])


def test_a_gap_is_the_difference_less_the_cost(tmp_path: Path) -> None:
    table = gaps(market(tmp_path, price("A", 10), price("B", 15)))
    assert of(table, "B", "difference_idr_per_kg") == pytest.approx(5)
    assert of(table, "B", "cost_idr_per_kg") == pytest.approx(2)
    assert of(table, "B", "gap_idr_per_kg") == pytest.approx(3)


def test_what_is_lost_must_be_bought_too(tmp_path: Path) -> None:
    """A fifth is lost: for 8 t, 10 are bought at Rp10/kg and carried for Rp2/kg."""
    table = gaps(market(tmp_path, price("A", 10), price("B", 15), loss=0.2))
    assert of(table, "B", "lost_goods_idr_per_kg") == pytest.approx(2.5)
    assert of(table, "B", "gap_idr_per_kg") == pytest.approx(15 - 10 * 10 / 8 - 2 * 10 / 8)


def test_only_periods_with_both_prices_count(tmp_path: Path) -> None:
    known = price("A", 10), price("A", 30, FEBRUARY), price("B", 16)
    table = gaps(market(tmp_path, *known))
    assert of(table, "B", "periods") == 1
    assert of(table, "B", "difference_idr_per_kg") == pytest.approx(6)


def test_the_difference_is_the_mean_over_the_periods(tmp_path: Path) -> None:
    both = [price("A", 10), price("A", 12, FEBRUARY), price("B", 15), price("B", 21, FEBRUARY)]
    assert of(gaps(market(tmp_path, *both)), "B", "difference_idr_per_kg") == pytest.approx(7)


@pytest.mark.parametrize("level", ["producer", "wholesale"])
def test_only_retail_prices_are_compared(tmp_path: Path, level: str) -> None:
    table = gaps(market(tmp_path, price("A", 10, level=level), price("B", 15, level=level)))
    assert table["gap_idr_per_kg"].isna().all()


def test_the_largest_gap_stands_first_and_the_unknown_last(tmp_path: Path) -> None:
    first = gaps(market(tmp_path / "one", price("A", 10), price("B", 13), price("C", 19)))
    assert first["destination"].tolist() == ["C", "B"]
    last = gaps(market(tmp_path / "two", price("A", 10), price("C", 1)))
    assert last["destination"].tolist() == ["C", "B"]


def test_a_lane_without_prices_stays_in_the_table(tmp_path: Path) -> None:
    table = gaps(market(tmp_path))
    assert table["destination"].tolist() == ["B", "C"]
    assert (table["periods"] == 0).all()


def test_what_a_province_eats_of_its_own_is_no_lane(tmp_path: Path) -> None:
    table = gaps(market(tmp_path))
    assert (table["origin"] != table["destination"]).all()


def test_no_soybean_has_a_price_and_all_its_lanes_are_counted(national: Solution) -> None:
    table = gaps(national)
    unknown = table.loc[table["gap_idr_per_kg"].isna(), "commodity"]
    assert set(unknown) == {"kedelai"}
    said = price_gap_line(table, national.scenario, "en")[0]
    assert f"{len(unknown)} of {len(table)} lanes have no price" in said


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_is_said_where_no_price_is_known(tmp_path: Path, language: str) -> None:
    solution = market(tmp_path)
    assert price_gap_line(gaps(solution), solution.scenario, language) == []
