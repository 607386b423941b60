"""What comes first: eating before reserves, any delivery before a shortage."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, store
from hypothesis import given
from strategies import asked_often, lean, scenarios

import planner
from planner import Scenario
from planner.solving.solve import solve_program

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


@asked_often
@given(scenarios())
def test_a_missing_tonne_weighs_more_than_all_the_reserves_that_could_feed_it(
    scenario: Scenario,
) -> None:
    """A tonne eaten may be missing in the reserves of three months and at the end, 1 / (yield arriving) fold."""
    solution = planner.solve(lean(scenario))
    program, cost = solution.program, solution.program.cost.copy()
    unmet, gaps = (
        program.columns["unmet"],
        [program.columns[f"{n}_gap"] for n in ("reserve", "closing")],
    )
    weight = np.array([2.0, 1.0])[unmet.index["commodity"]]
    cost[unmet.ids] = weight * (3 + 1) / (0.4 * 0.9) * max(cost[gap.ids].max() for gap in gaps)
    fed = solve_program(dataclasses.replace(program, cost=cost), "highs").values
    assert weight @ solution.values[unmet.ids] <= weight @ fed[unmet.ids] + 1e-4


def test_a_reserve_of_a_better_good_is_milled_and_carried_to_the_hungry(tmp_path: Path) -> None:
    """Ten tonnes of paddy, twice as weighty as rice, give 3.6 t of rice beyond the sea."""
    scenario = scenario_of(
        tmp_path,
        closing="opening",
        commodities=[{"commodity": "paddy", "priority": 2}, {"commodity": "rice", "priority": 1}],
        provinces=provinces("A", "B"),
        production=[made("B", 0)],
        need=[needed("B", 3.6)],
        stocks=[store("A", 10, "paddy", reserve_t=10)],
        recipes=[{"recipe": "mill", "input": "paddy", "output": "rice", "yield": 0.4}],
        arcs=[arc("A", "B", 100_000, loss=0.1)],
    )
    assert planner.solve(scenario).coverage()["coverage"].tolist() == pytest.approx([1.0])


def test_a_reserve_goes_along_where_a_rule_lets_sugar_come_only_in_company(tmp_path: Path) -> None:
    """Of ten tonnes that C receives B may send one: nine of A's rice have to come with its sugar."""
    scenario = scenario_of(
        tmp_path,
        closing="opening",
        commodities=[{"commodity": "rice"}, {"commodity": "sugar"}],
        provinces=provinces("A", "B", "C"),
        production=[made("B", 1, commodity="sugar")],
        need=[needed("C", 1, commodity="sugar")],
        stocks=[store("A", 9, reserve_t=9)],
        arcs=[arc("A", "C", 100_000), arc("B", "C", 100_000)],
        rules=[{"rule": "r", "sense": "<=", "bound": 0.1, "measure": "share", "origin": "B"}],
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
