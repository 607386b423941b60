"""What comes first: eating before reserves, any delivery before a shortage."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, store

import planner
from planner import Scenario

MONTH = 365.25 / 12


@pytest.mark.parametrize("periods", [1, 2, 12])
@pytest.mark.parametrize("closing", ["free", "opening"])
def test_nobody_goes_hungry_to_keep_a_reserve(tmp_path: Path, periods: int, closing: str) -> None:
    scenario = scenario_of(
        tmp_path,
        horizon=(JANUARY, periods, "month"),
        closing=closing,
        provinces=provinces("A", "B"),
        production=[made("B", 0)],
        need=[needed("B", 10)],
        stocks=[store("A", 10, reserve_t=10)],
        arcs=[arc("A", "B", 100_000)],
    )
    assert planner.solve(scenario).coverage()["coverage"].tolist() == pytest.approx([1.0])


@pytest.mark.parametrize(("priority", "kept"), [(1, "rice"), (5, "sugar")])
def test_the_good_of_higher_priority_takes_the_last_place_on_the_ship(
    tmp_path: Path, priority: int, kept: str
) -> None:
    weights = {"rice": 2, "sugar": priority}
    scenario = scenario_of(
        tmp_path,
        commodities=[{"commodity": good, "priority": w} for good, w in weights.items()],
        provinces=provinces("A", "B"),
        production=[made("A", 10, commodity=good) for good in weights],
        need=[needed("B", 10, commodity=good) for good in weights],
        arcs=[arc("A", "B", 100_000, capacity=10)],
    )
    assert planner.solve(scenario).flows()["commodity"].tolist() == [kept]


def slow_ship(folder: Path, late: float) -> Scenario:
    """A ship of which only a small part arrives in the month it sails; January's is full."""
    return scenario_of(
        folder,
        horizon=(JANUARY, 2, "month"),
        provinces=provinces("A", "B"),
        production=[made("A", 100), made("A", 100, FEBRUARY)],
        need=[needed("B", 31, FEBRUARY)],
        arcs=[
            arc("A", "B", 100_000, transit_days=late * MONTH, capacity=30),
            arc("B", "A", 100_000, transit_days=late * MONTH),
        ],
    )


@pytest.mark.parametrize("late", [0.5, 0.8, 0.95])
def test_a_need_that_a_slow_ship_can_meet_is_met(tmp_path: Path, late: float) -> None:
    coverage = planner.solve(slow_ship(tmp_path, late)).coverage()["coverage"]
    assert coverage.tolist() == pytest.approx([1.0])


@pytest.mark.parametrize("late", [0.5, 0.8])
def test_what_a_slow_ship_brings_has_a_price_in_rupiah(tmp_path: Path, late: float) -> None:
    prices = planner.solve(slow_ship(tmp_path, late)).prices()
    last = prices[(prices["province"] == "B") & (prices["period"] == FEBRUARY)]
    assert last["idr_per_t"].tolist() == pytest.approx([100_000 / (1 - late)])


def test_a_way_much_dearer_than_a_full_ship_is_taken_and_has_its_price(tmp_path: Path) -> None:
    """The ship carries ten tonnes for 1,000; the cart costs a hundred times as much."""
    scenario = scenario_of(
        tmp_path,
        provinces=provinces("A", "B"),
        modes=[{"mode": "ship"}, {"mode": "cart"}],
        production=[made("A", 100)],
        need=[needed("B", 50)],
        arcs=[arc("A", "B", 1_000, capacity=10), arc("A", "B", 100_000, mode="cart")],
    )
    prices = planner.solve(scenario).prices().set_index("province")
    assert prices.loc["B", "idr_per_t"] == pytest.approx(100_000)


def test_a_closing_stock_is_kept_though_keeping_costs_more_than_freight(tmp_path: Path) -> None:
    scenario = scenario_of(
        tmp_path,
        closing="opening",
        commodities=[{"commodity": "rice", "holding_idr_per_t": 7000}],
        provinces=provinces("A", "B"),
        production=[made("A", 10)],
        need=[needed("B", 10)],
        stocks=[store("A", 5)],
        arcs=[arc("A", "B", 1)],
    )
    assert planner.solve(scenario).nodes().set_index("province")["closing"]["A"] == 5
