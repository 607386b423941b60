"""The library against the textbook twin: the same cost and, where unique, the same prices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulp
import pytest
from builders import JANUARY, arc, made, needed, provinces, scenario_of, store
from textbook import Twin, textbook

import planner
from planner import Scenario, Solution
from planner.market.recipes import build_recipes
from planner.model import FAMILIES
from planner.solution.tables.price_table import need_in_rows

TWO_ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
NAMES = [family.__name__ for family in FAMILIES]
TURNED = {"local_stock": -1.0}
"""The textbook limits what is sent, the library asks for what must be kept: the sign turns."""
RULES = [name for name in NAMES if name != "balance"]


@pytest.fixture(scope="module")
def solution(three_months: Scenario) -> Solution:
    return planner.solve(three_months)


@pytest.fixture(scope="module")
def twin(three_months: Scenario) -> Twin:
    return textbook(three_months)


@pytest.fixture(scope="module")
def unique_duals(twin: Twin) -> dict[str, dict[Any, float]]:
    """Duals of a corner, where the middle of all optimal duals is the same."""
    twin.solve(pulp.HiGHS(msg=False, threads=1, solver="ipm", run_crossover="off"))
    middle = {family: twin.duals(family) for family in NAMES}
    twin.solve()
    return {
        family: {
            row: dual
            for row, dual in twin.duals(family).items()
            if dual == pytest.approx(middle[family][row], rel=1e-3, abs=1.0)
        }
        for family in NAMES
    }


def duals_of(solution: Solution, family: str) -> dict[Any, float]:
    """Return the duals of a family under the names that the twin uses."""
    if family == "rules":
        return rule_duals_of(solution)
    index, network, place = solution.row(family).index, solution.network, solution.balance.provinces
    recipes = build_recipes(solution.scenario)
    ends = zip(network.origin.tolist(), network.destination.tolist(), network.mode, strict=True)
    names = {
        "arc": [(place[origin], place[destination], mode) for origin, destination, mode in ends],
        "leg": network.legs.names,
        "port": network.ports,
        "recipe": [
            (name, place[p]) for name, p in zip(recipes.names, recipes.province, strict=True)
        ],
        "province": place,
        "commodity": solution.balance.commodities,
        "period": list(range(len(solution.balance.periods))),
        "age": list(range(len(solution.balance.periods) + 1)),
    }
    keys = [[names[axis][i] for i in index[axis]] for axis in names if axis in index]
    sign = TURNED.get(family, 1.0)
    return dict(zip(zip(*keys, strict=True), (sign * solution.dual(family)).tolist(), strict=True))


def rule_duals_of(solution: Solution) -> dict[Any, float]:
    """Rules go by their name, with the period where there is a row for each."""
    rows, own = solution.rules(), solution.row("rules").index["period"] >= 0
    keys = zip(rows["name"], rows["period"].where(own, ""), strict=True)
    return dict(zip(keys, solution.dual("rules").tolist(), strict=True))


def prices_of(solution: Solution) -> dict[Any, float]:
    """Return what one more tonne would cost, penalties and all, under the names that the twin uses."""
    index, places = solution.row("balance").index, solution.balance
    names = (places.provinces, places.commodities, range(len(places.periods)))
    axes = ("province", "commodity", "period")
    keys = zip(*([n[i] for i in index[a]] for n, a in zip(names, axes, strict=True)), strict=True)
    return dict(zip(keys, (need_in_rows(solution) @ solution.duals).tolist(), strict=True))


def test_two_islands_cost_the_same_in_the_textbook() -> None:
    scenario = planner.read_scenario(TWO_ISLANDS)
    assert planner.solve(scenario).objective == pytest.approx(textbook(scenario).solve(), rel=1e-6)


def test_two_islands_have_the_same_prices_in_the_textbook() -> None:
    scenario = planner.read_scenario(TWO_ISLANDS)
    twin = textbook(scenario)
    twin.solve()
    assert prices_of(planner.solve(scenario)) == pytest.approx(twin.duals("balance"), abs=0.01)


def test_three_months_cost_the_same_in_the_textbook(solution: Solution, twin: Twin) -> None:
    assert solution.objective == pytest.approx(twin.solve(), rel=1e-6)


@pytest.mark.parametrize("family", NAMES)
def test_three_months_hold_a_binding_row_of_every_family(solution: Solution, family: str) -> None:
    assert max(map(abs, solution.dual(family)), default=0.0) > 10


@pytest.mark.parametrize("family", NAMES)
def test_three_months_have_unique_duals_to_compare(
    unique_duals: dict[str, dict[Any, float]], family: str
) -> None:
    assert sum(abs(dual) > 10 for dual in unique_duals[family].values()) > 0


@pytest.mark.parametrize("family", RULES)
def test_three_months_have_the_same_duals_in_the_textbook(
    solution: Solution, unique_duals: dict[str, dict[Any, float]], family: str
) -> None:
    ours = duals_of(solution, family)
    there = {row: ours.get(row, 0.0) for row in unique_duals[family]}
    assert there == pytest.approx(unique_duals[family], rel=1e-6, abs=0.01)


def test_three_months_have_the_same_prices_in_the_textbook(
    solution: Solution, unique_duals: dict[str, dict[Any, float]]
) -> None:
    ours = prices_of(solution)
    duals = unique_duals["balance"]
    theirs = {cell: dual for cell, dual in duals.items() if cell in ours}
    assert {cell: ours[cell] for cell in theirs} == pytest.approx(theirs, rel=1e-6, abs=0.01)


def test_a_shelf_life_as_long_as_the_horizon_still_counts(tmp_path: Path) -> None:
    """Two months later nothing of the opening stock of a good that keeps for two is left."""
    scenario = scenario_of(
        tmp_path,
        horizon=(JANUARY, 2, "month"),
        closing="opening",
        commodities=[{"commodity": "rice", "max_stock_periods": 2}],
        provinces=provinces("A", "B"),
        production=[made("A", 5)],
        need=[needed("B", 10), needed("B", 5, "2023-02")],
        stocks=[store("A", 100)],
        arcs=[arc("A", "B", 1000)],
    )
    assert planner.solve(scenario).objective == pytest.approx(textbook(scenario).solve(), rel=1e-6)
