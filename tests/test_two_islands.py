"""The example that `scenarios/dua-pulau/working.md` works by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import planner
from planner import Solution

FOLDER = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
CELLS = [("01", "2023-01"), ("01", "2023-02"), ("02", "2023-01"), ("02", "2023-02")]
TABLE = {
    "opening": [0, 30, 20, 15],
    "supplied": [120, 30, 10, 10],
    "received": [0, 0, 25, 35],
    "need": [40, 40, 40, 60],
    "sent": [50, 20, 0, 0],
    "closing": [30, 0, 15, 0],
    "unused": [10, 0, 0, 0],
    "unmet": [0, 0, 0, 0],
}
SAILINGS = [["01", "02", "2023-01"], ["01", "02", "2023-02"]]
PRICES = [0, 10_000, 210_000, 220_000]
PARTS = {"freight": 5_600_000, "handling": 1_400_000, "holding": 450_000}


@pytest.fixture(scope="module")
def solution() -> Solution:
    return planner.solve(planner.read_scenario(FOLDER))


def by_cell(table: pd.DataFrame, column: str) -> list[float]:
    return table.set_index(["province", "period"])[column].loc[CELLS].tolist()


def test_the_ship_sails_full_in_january_and_with_20_t_in_february(solution: Solution) -> None:
    flows = solution.flows()
    assert flows[["origin", "destination", "period"]].to_numpy().tolist() == SAILINGS
    assert flows["tonnes"].tolist() == pytest.approx([50, 20], abs=1e-6)


@pytest.mark.parametrize("term", TABLE)
def test_every_term_of_the_plan_is_the_one_found_by_hand(solution: Solution, term: str) -> None:
    assert by_cell(solution.nodes(), term) == pytest.approx(TABLE[term], abs=1e-6)


def test_the_plan_costs_what_it_costs_by_hand(solution: Solution) -> None:
    parts = solution.costs().groupby("part")["idr"].sum().to_dict()
    assert parts == pytest.approx(PARTS, rel=1e-9)


def test_the_prices_are_those_found_by_hand(solution: Solution) -> None:
    assert by_cell(solution.prices(), "idr_per_t") == pytest.approx(PRICES, abs=1e-3)


def test_the_full_ship_of_january_earns_the_rent_found_by_hand(solution: Solution) -> None:
    arcs = solution.capacities().set_index(["name", "period"])["congestion_rent"]
    assert arcs["01-02 sea"].tolist() == pytest.approx([115_000, 0], abs=1e-3)


def test_need_at_its_prices_less_free_goods_and_rent_is_the_cost(solution: Solution) -> None:
    """Need, less harvest and opening stock, each at the local price, less the rent of the ship."""
    prices, nodes = solution.prices()["idr_per_t"], solution.nodes()
    first = nodes["opening"].where(nodes["period"] == "2023-01", 0.0)
    harvest = nodes["supplied"] + nodes["unused"]
    capacities = solution.capacities()
    rent = (capacities["capacity"] * capacities["congestion_rent"]).sum()
    value = (prices * (nodes["need"] - harvest - first)).sum() - rent
    assert value == pytest.approx(7_450_000)


def test_what_a_notebook_shows_of_an_object_is_one_line(solution: Solution) -> None:
    run = planner.make_run(solution)
    shown = [solution.scenario, solution.balance, solution, run, planner.compare(run, run)]
    assert all(len(repr(it)) < 250 and "dua-pulau" in repr(it) for it in shown[2:])
    assert [repr(it) for it in shown[:2]] == [
        "<Scenario dua-pulau: 2 provinces, 1 commodities, 2 periods>",
        "<Balance: 2 provinces, 1 commodities, 2 periods>",
    ]
