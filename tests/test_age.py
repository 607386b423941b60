"""Goods keep their age in store and on the way: by hand, and against the textbook by month of harvest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders import FEBRUARY, JANUARY, MARCH, Row, arc, made, needed, provinces, scenario_of, store
from hypothesis import HealthCheck, Phase, assume, given, settings
from strategies import perishable
from textbook import textbook

import planner
from planner import Scenario, Solution
from planner.errors import InputError
from planner.market.network import build_network
from planner.solution.certificate import MOST_DUAL_BREACH
from planner.solving.session import LpSession

QUARTER = (JANUARY, 3, "month")
MONTHS = (JANUARY, FEBRUARY, MARCH)
MONTH = 365.25 / 12
"""Days."""


def chilies(folder: Path, periods: float = 1, **tables: object) -> Scenario:
    goods: list[Row] = [{"commodity": "rice", "max_stock_periods": periods}]
    usual: dict[str, object] = {"horizon": QUARTER, "commodities": goods}
    usual |= {"provinces": provinces("A", "B"), "arcs": [arc("A", "B", 100_000)]}
    return scenario_of(folder, **{**usual, **tables})


def unmet(solution: Solution) -> float:
    return float(solution.coverage()["unmet_t"].sum())


def test_a_trip_to_the_neighbour_and_back_makes_nothing_fresh(tmp_path: Path) -> None:
    """What is harvested in January keeps until February, wherever it is."""
    scenario = chilies(
        tmp_path,
        production=[made("A", 50)],
        need=[needed("A", 40, MARCH)],
        arcs=[arc("A", "B", 100_000), arc("B", "A", 100_000)],
    )
    solution = planner.solve(scenario)
    assert unmet(solution) == pytest.approx(40)
    assert solution.flows().empty


def test_a_month_at_sea_is_a_month_of_age(tmp_path: Path) -> None:
    """It arrives in February and is eaten then; March is two months after the harvest."""
    scenario = chilies(
        tmp_path,
        production=[made("A", 50)],
        need=[needed("B", 10, FEBRUARY), needed("B", 10, MARCH)],
        arcs=[arc("A", "B", 100_000, transit_days=MONTH)],
    )
    coverage = planner.solve(scenario).coverage().set_index("period")["unmet_t"]
    assert coverage[[FEBRUARY, MARCH]].tolist() == pytest.approx([0, 10])


def test_a_ship_that_waits_is_no_store(tmp_path: Path) -> None:
    """Out and back takes two months: what was harvested in January is spoilt in March."""
    scenario = chilies(
        tmp_path,
        production=[made("A", 50)],
        need=[needed("A", 40, MARCH)],
        arcs=[arc("A", "B", 10, transit_days=MONTH), arc("B", "A", 10, transit_days=MONTH)],
    )
    assert unmet(planner.solve(scenario)) == pytest.approx(40)


def test_what_arrives_too_old_is_spoilt_and_told(tmp_path: Path) -> None:
    """January's harvest leaves in February; the half of it that is still at sea at the end spoils."""
    none_yet = {"rule": "wait", "sense": "<=", "bound": 0, "measure": "tonnes", "period": JANUARY}
    scenario = chilies(
        tmp_path,
        production=[made("A", 50)],
        need=[needed("B", 10, FEBRUARY)],
        arcs=[arc("A", "B", 1_000, transit_days=MONTH / 2)],
        rules=[none_yet],
    )
    sent = planner.solve(scenario).flows().iloc[0]
    assert (sent["tonnes"], sent["received_t"]) == pytest.approx((20, 10))


def test_a_way_longer_than_goods_keep_is_no_way(tmp_path: Path) -> None:
    arcs = [arc("A", "B", 1_000, transit_days=2 * MONTH), arc("B", "A", 1_000, transit_days=MONTH)]
    harvest, eaten = [made("A", 1)], [needed("A", 1)]
    network = build_network(chilies(tmp_path, arcs=arcs, production=harvest, need=eaten))
    assert network.lane_origin.tolist() == [1]


def full_ship(folder: Path) -> Scenario:
    """Ten tonnes fit on board a month; B eats 20 t of January's harvest in February."""
    return chilies(
        folder,
        production=[made("A", 20)],
        need=[needed("B", 20, FEBRUARY)],
        arcs=[arc("A", "B", 100_000, capacity=10)],
    )


@pytest.mark.parametrize("solver", ["highs", "highs-pulp", "cbc"])
def test_where_the_ship_is_full_goods_are_stored_first_and_sent_later(
    tmp_path: Path, solver: str
) -> None:
    solution = planner.solve(full_ship(tmp_path), solver=solver)
    sent = solution.flows().set_index("period")["tonnes"]
    assert (unmet(solution), sent.to_dict()) == (0, {JANUARY: 10, FEBRUARY: 10})


def test_the_proof_holds_for_goods_of_every_age(tmp_path: Path) -> None:
    solution = planner.solve(full_ship(tmp_path))
    rare = solution.program.rare
    assert solution.values[rare].sum() == pytest.approx(10)
    assert solution.reduced_costs[rare].min() >= -MOST_DUAL_BREACH
    assert solution.entered < len(rare)


def reserved(folder: Path, periods: float) -> Solution:
    """A harvests 100 t a month and keeps 30 t in reserve; B eats 10 t a month from there."""
    scenario = chilies(
        folder,
        periods,
        production=[made("A", 100, month) for month in MONTHS],
        need=[needed("B", 10, month) for month in MONTHS],
        stocks=[store("A", 0, reserve_t=30)],
    )
    return planner.solve(scenario)


@pytest.mark.parametrize(("periods", "given_up"), [(1, 40), (2, 10), (3, 0)])
def test_a_reserve_of_perishable_goods_is_turned_over(
    tmp_path: Path, periods: float, given_up: float
) -> None:
    """What is old goes to B first, 10 t a month; the rest is given up, and nothing is sent to be rid of it."""
    solution = reserved(tmp_path, periods)
    assert solution.value("reserve_gap").sum() == pytest.approx(0)
    assert solution.nodes()["discarded"].sum() == pytest.approx(given_up)
    assert solution.flows()["idr"].sum() == pytest.approx(3_000_000)


def test_a_closing_stock_of_perishable_goods_is_renewed(tmp_path: Path) -> None:
    """The 30 t at the start are spoilt by the end; a third is eaten, and the harvest of March is left."""
    scenario = chilies(
        tmp_path,
        closing="opening",
        production=[made("A", 40, MARCH)],
        need=[needed("A", 10)],
        stocks=[store("A", 30)],
    )
    solution = planner.solve(scenario)
    assert solution.value("closing_gap").sum() == pytest.approx(0)
    assert solution.nodes()["discarded"].sum() == pytest.approx(20)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(perishable())
def test_the_textbook_by_month_of_harvest_finds_the_same_cost(scenario: Scenario) -> None:
    try:
        objective = planner.solve(scenario).objective
    except InputError:
        assume(False)
    assert textbook(scenario).solve() == pytest.approx(objective, rel=1e-6, abs=1.0)


def test_a_kept_program_brings_in_what_a_trial_needs_and_leaves_it_out_again(
    tmp_path: Path,
) -> None:
    """With room on the ship all is sent in January; without any way on the lane in January, in February."""
    scenario = chilies(
        tmp_path,
        production=[made("A", 10)],
        need=[needed("B", 10, FEBRUARY)],
        arcs=[arc("A", "B", 100_000)],
    )
    plan = planner.solve(scenario)
    kept, flow = LpSession(plan.program), plan.column("flow")
    kept.solve()
    few = kept.highs.getNumCol()
    first = flow.ids[flow.index["period"] == 0]
    with kept.trial():
        kept.change_columns(first, 0.0, 0.0)
        kept.solve()
        assert kept.found().values[plan.program.rare].sum() == pytest.approx(10)
    assert kept.highs.getNumCol() == few
    kept.solve()
    assert np.allclose(kept.found().values[plan.program.rare], 0.0)
