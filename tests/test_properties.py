"""What holds for every scenario and its plan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from against_textbook import RefusedError, disagreements
from builders import JANUARY, arc, made, needed, provinces, scenario_of, store
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from strategies import (
    scenarios,
    turned_round,
    with_another_arc,
    with_every_feature,
    with_more_need,
    with_plenty,
    without_keeping_costs,
)
from textbook import textbook

import planner
from planner import Scenario, Solution
from planner.analysis.sensitivity.price_ranges import price_ranges
from planner.errors import InputError

quick = settings(
    derandomize=True,
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
IDR = 1e-3
"""Rupiah a tonne: less than this is noise."""
DIGITS = 1e-14
"""Share of a cost that is lost to rounding: a rule in millions of rupiah has costs of 3e11."""


def solved(scenario: Scenario) -> Solution:
    try:
        return planner.solve(scenario)
    except InputError:
        assume(False)
        raise


@quick
@given(scenarios())
def test_every_tonne_that_comes_in_goes_somewhere(scenario: Scenario) -> None:
    nodes = solved(scenario).nodes()
    coming = nodes[["opening", "supplied", "imported", "received", "made", "unmet"]].sum(axis=1)
    going = nodes[["need", "sent", "used", "spoilt", "discarded", "closing"]].sum(axis=1)
    assert coming.to_numpy() == pytest.approx(going.to_numpy(), abs=0.005)


@quick
@given(scenarios())
def test_stock_at_the_end_of_a_period_opens_the_next(scenario: Scenario) -> None:
    nodes = solved(scenario).nodes().set_index(["province", "commodity", "period"])
    opening, closing = (nodes[name].unstack("period").to_numpy() for name in ("opening", "closing"))
    assert opening[:, 1:] == pytest.approx(closing[:, :-1])


@quick
@given(scenarios())
def test_what_is_produced_is_supplied_or_unused(scenario: Scenario) -> None:
    solution = solved(scenario)
    nodes = solution.nodes()
    total = (nodes["supplied"] + nodes["unused"]).sum()
    assert total == pytest.approx(solution.balance.produced.sum())


@quick
@given(scenarios())
def test_what_the_nodes_send_is_what_the_flows_carry(scenario: Scenario) -> None:
    solution = solved(scenario)
    key = ["commodity", "period"]
    carried = solution.flows().rename(columns={"origin": "province"})
    sums = carried.groupby(["province", *key])["tonnes"].sum()
    sent = solution.nodes().set_index(["province", *key])["sent"]
    assert sent[sent > 0].to_dict() == pytest.approx(sums.to_dict())


@quick
@given(scenarios())
def test_the_plan_costs_what_its_prices_are_worth(scenario: Scenario) -> None:
    """Primal objective = dual objective."""
    solution = solved(scenario)
    program, duals, reduced = solution.program, solution.duals, solution.reduced_costs
    bound = np.where(duals > 0, program.row_lower, program.row_upper)
    rows = (duals * np.where(np.abs(duals) > IDR, bound, 0.0)).sum()
    columns = (reduced * np.where(reduced < -IDR, program.upper, 0.0)).sum()
    assert rows + columns == pytest.approx(solution.objective, rel=1e-6, abs=1.0)


@quick
@given(scenarios())
def test_reduced_costs_are_cost_less_what_a_column_earns(scenario: Scenario) -> None:
    solution = solved(scenario)
    earned = solution.program.matrix.T @ solution.duals
    assert solution.reduced_costs == pytest.approx(
        solution.program.cost - earned, abs=0.01, rel=1e-6
    )


@quick
@given(scenarios())
def test_a_row_with_a_price_is_at_its_bound(scenario: Scenario) -> None:
    solution = solved(scenario)
    program, duals = solution.program, solution.duals
    activity = program.matrix @ solution.values
    bound = np.where(duals > 0, program.row_lower, program.row_upper)
    priced = np.abs(duals) > max(IDR, solution.certificate.dual_noise)
    assert activity[priced] == pytest.approx(bound[priced], abs=0.001)


@quick
@given(scenarios())
def test_a_column_with_a_reduced_cost_is_at_its_bound(scenario: Scenario) -> None:
    solution = solved(scenario)
    reduced = solution.reduced_costs
    bound = np.where(reduced > 0, 0.0, solution.program.upper)
    priced = np.abs(reduced) > max(IDR, solution.certificate.dual_noise)
    assert solution.values[priced] == pytest.approx(bound[priced], abs=0.001)


@quick
@given(scenarios())
def test_the_textbook_finds_the_same_cost(scenario: Scenario) -> None:
    objective = solved(scenario).objective
    assert textbook(scenario).solve() == pytest.approx(objective, rel=1e-6, abs=1.0)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(with_every_feature())
def test_a_plan_of_every_feature_agrees_with_the_textbook(scenario: Scenario) -> None:
    """In cost, in the least that goes unmet, and in every row that the textbook writes."""
    try:
        differs = disagreements(scenario)
    except RefusedError:
        assume(False)
    assert not differs


@quick
@given(scenarios())
def test_names_and_order_of_rows_change_no_cost(scenario: Scenario) -> None:
    turned = solved(turned_round(scenario))
    assert turned.objective == pytest.approx(solved(scenario).objective, rel=1e-6, abs=1.0)


@quick
@given(scenarios(), st.integers(0, 400))
def test_another_arc_never_raises_the_cost(scenario: Scenario, thousand_idr: int) -> None:
    """Where nothing is short: the penalty of a missing tonne depends on the network."""
    before = with_plenty(scenario)
    after = with_another_arc(before, 1000.0 * thousand_idr)
    assert planner.solve(after).objective <= planner.solve(before).objective * (1 + 1e-6) + 1


@quick
@given(scenarios())
def test_nothing_is_short_where_there_is_plenty(scenario: Scenario) -> None:
    parts = planner.solve(with_plenty(scenario)).costs()["part"]
    assert not parts.str.startswith("penalty").any()


@quick
@given(scenarios(), st.integers(0, 17), st.integers(1, 50))
def test_more_need_never_lowers_the_cost(scenario: Scenario, row: int, tonnes: int) -> None:
    before = without_keeping_costs(scenario)
    after = with_more_need(before, row, tonnes)
    assert solved(after).objective >= solved(before).objective * (1 - 1e-6) - 1


@quick
@given(scenarios(), st.integers(0, 17))
def test_a_price_lies_between_one_tonne_less_and_one_tonne_more(
    scenario: Scenario, row: int
) -> None:
    need = scenario.tables["need"]
    cell = need.loc[row, ["province", "commodity", "period"]].tolist()
    assume(need.loc[row, "tonnes"] >= 1)
    base = without_keeping_costs(scenario)
    here = solved(base)
    less, more = (solved(with_more_need(base, row, t)).objective for t in (-1.0, 1.0))
    price = here.prices().set_index(["province", "commodity", "period"]).loc[tuple(cell)]
    assume(price["kind"] == "delivered")
    bounds = here.objective - less - 1, more - here.objective + 1
    assert bounds[0] <= price["idr_per_t"] <= bounds[1]


@quick
@given(scenarios())
def test_coverage_is_a_share(scenario: Scenario) -> None:
    assert solved(scenario).coverage()["coverage"].between(0.0, 1.0).all()


@quick
@given(scenarios())
def test_the_parts_of_the_cost_add_up_to_the_objective(scenario: Scenario) -> None:
    solution = solved(scenario)
    assert solution.costs()["idr"].sum() == pytest.approx(solution.objective, rel=1e-6, abs=1e4)


def household_store(folder: Path) -> Scenario:
    """A has 100 t in its households and eats 10; B, which lacks 10, buys them abroad for 500."""
    entry = {
        "port": "b",
        "commodity": "rice",
        "period": JANUARY,
        "max_tonnes": 90,
        "idr_per_t": 500,
    }
    return scenario_of(
        folder,
        provinces=provinces("A", "B"),
        production=[made("B", 5)],
        need=[needed("A", 10), needed("B", 15)],
        stocks=[store("A", 100, local_share=1)],
        ports=[{"port": "b", "province": "B"}],
        imports=[entry],
        arcs=[arc("A", "B", 100), arc("B", "A", 100)],
    )


def test_one_more_mouth_beside_a_household_store_costs_nothing(tmp_path: Path) -> None:
    """The store may be eaten, not sent away: what it saves elsewhere is no price of need here."""
    scenario = household_store(tmp_path)
    before, after = planner.solve(scenario), planner.solve(with_more_need(scenario, 0, 1))
    price = before.prices().set_index("province")["idr_per_t"]["A"]
    assert price == pytest.approx(after.objective - before.objective, abs=1e-3)


def test_a_price_below_zero_is_told_and_is_what_one_more_mouth_saves(tmp_path: Path) -> None:
    """A tonne more that A eats of its household store is kept one month less, for 200."""
    scenario = household_store(tmp_path)
    goods = scenario.tables["commodities"].assign(holding_idr_per_t=200.0)
    scenario = scenario.replace(commodities=goods)
    before, after = planner.solve(scenario), planner.solve(with_more_need(scenario, 0, 1))
    prices = before.prices().set_index("province")["idr_per_t"]
    assert prices["A"] == pytest.approx(-200)
    assert after.objective - before.objective == pytest.approx(-200, abs=1e-3)
    assert price_ranges(before, "rice").set_index("province")["idr_per_t"]["A"] == prices["A"]
