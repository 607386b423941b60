"""How long goods keep, by hand: old stock is eaten or sent away while it is good."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import FEBRUARY, JANUARY, MARCH, Row, arc, made, needed, provinces, scenario_of, store

import planner
from planner import Solution

QUARTER = (JANUARY, 3, "month")
MONTHS = (JANUARY, FEBRUARY, MARCH)


def old_stock(folder: Path, periods: float | str) -> Solution:
    """A has 20 t at the start and eats 5, 10 and 5; what it cannot keep goes to B.

    From A to B a tonne travels for 1,000, from B to A for 100,000.
    """
    scenario = scenario_of(
        folder,
        horizon=QUARTER,
        commodities=[{"commodity": "rice", "max_stock_periods": periods}],
        provinces=provinces("A", "B"),
        production=[made("B", 30, month) for month in MONTHS],
        need=[needed("B", 15, month) for month in MONTHS]
        + list(map(needed, "AAA", (5, 10, 5), MONTHS)),
        stocks=[store("A", 20)],
        arcs=[arc("A", "B", 1_000), arc("B", "A", 100_000)],
    )
    return planner.solve(scenario)


@pytest.mark.parametrize(
    ("periods", "sent", "fetched"), [(1, 15, 15), (2, 5, 5), (3, 0, 0), ("", 0, 0)]
)
def test_the_opening_stock_keeps_its_periods_less_the_one_it_came_in(
    tmp_path: Path, periods: float | str, sent: float, fetched: float
) -> None:
    expected = sent * 1_000 + fetched * 100_000
    assert old_stock(tmp_path, periods).objective == pytest.approx(expected, abs=1)


def harvest(folder: Path, periods: float | str, *others: Row) -> Solution:
    """A harvests 20 t in January and eats 10 t in February and 10 t in March."""
    scenario = scenario_of(
        folder,
        horizon=QUARTER,
        commodities=[{"commodity": "rice", "max_stock_periods": periods}, *others],
        provinces=provinces("A", "B"),
        production=[made("A", 20)],
        need=[needed("A", 10, FEBRUARY), needed("A", 10, MARCH)],
        arcs=[arc("A", "B", 1_000)],
    )
    return planner.solve(scenario)


@pytest.mark.parametrize(("periods", "unmet"), [(0, 20), (1, 10), (2, 0), ("", 0)])
def test_a_harvest_keeps_its_periods(tmp_path: Path, periods: float | str, unmet: float) -> None:
    found = harvest(tmp_path, periods).coverage()["unmet_t"]
    assert found.sum() == pytest.approx(unmet, abs=1e-3)


@pytest.mark.parametrize("periods", [1, 2])
def test_how_long_a_good_keeps_does_not_depend_on_another_good(
    tmp_path: Path, periods: float
) -> None:
    salt = {"commodity": "salt", "max_stock_periods": 2}
    alone = harvest(tmp_path / "alone", periods).coverage()["unmet_t"]
    beside = harvest(tmp_path / "beside", periods, salt).coverage()["unmet_t"]
    assert beside.tolist() == pytest.approx(alone.tolist(), abs=1e-3)


def test_a_stock_that_fits_nowhere_is_given_up_instead_of_leaving_no_plan(tmp_path: Path) -> None:
    scenario = scenario_of(
        tmp_path,
        horizon=QUARTER,
        commodities=[{"commodity": "rice"}],
        provinces=provinces("A", "B"),
        production=[made("B", 1)],
        need=[needed("A", 10, JANUARY)],
        stocks=[store("A", 100)],
        storage=[{"province": "A", "capacity_t": 50}],
        arcs=[arc("B", "A", 1_000)],
    )
    assert planner.solve(scenario).nodes()["discarded"].sum() == pytest.approx(40)


def test_a_need_on_a_way_that_outlasts_its_goods_goes_unmet_and_is_no_missing_arc(
    tmp_path: Path,
) -> None:
    scenario = scenario_of(
        tmp_path,
        commodities=[{"commodity": "rice", "max_stock_periods": 1}],
        provinces=provinces("A", "B"),
        horizon=(JANUARY, 3, "month"),
        production=[made("A", 10)],
        need=[needed("B", 5, "2023-03")],
        arcs=[arc("A", "B", 1000, transit_days=70)],
    )
    assert planner.solve(scenario).value("unmet").sum() == pytest.approx(5)
