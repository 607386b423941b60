"""How far a local price holds, by hand and against plans made anew.

A has 40 t to spare for B at 1,000 a tonne, C has 90 t at 300; so B pays 300 until C has no more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from builders import JANUARY, arc, made, needed, provinces, scenario_of, store
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import asked_often, scenarios, with_more_need

import planner
from planner import Scenario, Solution
from planner.analysis.sensitivity.convex_root import convex_root
from planner.analysis.sensitivity.price_ranges import price_ranges
from planner.errors import InputError, OptionError
from planner.solution.price_parts import costs_in_parts
from planner.solution.tables.price_table import last_tonne


def market(folder: Path, need: float, **more: Any) -> Solution:
    scenario = scenario_of(
        folder,
        provinces=provinces("A", "B", "C"),
        production=[made("A", 60), made("C", 100)],
        need=[needed("A", 20), needed("B", need), needed("C", 10)],
        arcs=[arc("A", "B", more.pop("freight", 1_000)), arc("C", "B", 300)],
        **more,
    )
    return planner.solve(scenario)


def row(solution: Solution, province: str = "B") -> dict[str, Any]:
    return price_ranges(solution, "rice", province=province).iloc[0].to_dict()


def test_a_price_holds_until_its_supplier_has_no_more(tmp_path: Path) -> None:
    found = row(market(tmp_path, need=50))
    assert (found["idr_per_t"], found["more_t"]) == pytest.approx((300, 40), rel=1e-4)


def test_less_than_nothing_cannot_be_needed(tmp_path: Path) -> None:
    found = row(market(tmp_path, need=50))
    assert (found["less_t"], found["degenerate"]) == (pytest.approx(50, rel=1e-4), False)


def test_above_its_supplier_a_price_holds_until_the_next_has_no_more(tmp_path: Path) -> None:
    found = row(market(tmp_path, need=100))
    assert found["idr_per_t"] == pytest.approx(1_000)
    assert (found["less_t"], found["more_t"]) == pytest.approx((10, 30), rel=1e-4)


def test_at_a_kink_one_tonne_less_saves_another_price_than_one_more_costs(tmp_path: Path) -> None:
    found = row(market(tmp_path, need=90))
    ends = found["one_less_idr_per_t"], found["one_more_idr_per_t"]
    assert ends == pytest.approx((300, 1_000), rel=1e-4)
    assert found["degenerate"]


def test_a_price_holds_through_two_equally_cheap_suppliers(tmp_path: Path) -> None:
    found = row(market(tmp_path, need=50, freight=300))
    assert (found["less_t"], found["more_t"]) == pytest.approx((50, 80), rel=1e-4)


def test_a_tie_at_the_plan_itself_is_no_kink(tmp_path: Path) -> None:
    """B takes just what C has, and A is as cheap."""
    found = row(market(tmp_path, need=90, freight=300))
    assert (found["less_t"], found["more_t"]) == pytest.approx((90, 40), rel=1e-4)
    assert not found["degenerate"]


def test_the_last_tonne_to_be_had_is_followed_by_a_shortage(tmp_path: Path) -> None:
    found = row(market(tmp_path, need=130))
    assert found["one_less_idr_per_t"] == pytest.approx(1_000, rel=1e-4)
    assert np.isnan(found["one_more_idr_per_t"])


def test_a_short_cell_shows_no_rupiah_but_how_far_it_stays_so(tmp_path: Path) -> None:
    """B goes 20 t short; with 20 t less it would not."""
    found = row(market(tmp_path, need=150))
    assert (found["kind"], found["less_t"]) == ("short", pytest.approx(20, rel=1e-4))
    assert np.isnan(found["idr_per_t"])


def test_where_nothing_can_come_any_need_is_missing(tmp_path: Path) -> None:
    scenario = scenario_of(
        tmp_path,
        provinces=provinces("A", "B"),
        production=[made("A", 60)],
        need=[needed("A", 20), needed("B", 5)],
        stocks=[store("B", 0)],
        arcs=[arc("A", "B", 100, capacity=0)],
    )
    found = row(planner.solve(scenario))
    assert (found["kind"], found["more_t"]) == ("short", np.inf)


def test_a_household_stock_is_eaten_first(tmp_path: Path) -> None:
    """A may eat its 100 t but not send them: they hold the price at nothing for as long as they last."""
    scenario = scenario_of(
        tmp_path,
        provinces=provinces("A", "B"),
        production=[made("B", 100)],
        need=[needed("A", 10), needed("B", 15)],
        stocks=[store("A", 100, local_share=1)],
        arcs=[arc("A", "B", 100), arc("B", "A", 100)],
    )
    found = row(planner.solve(scenario), "A")
    assert found["idr_per_t"] == pytest.approx(0, abs=1e-3)
    assert (found["less_t"], found["more_t"]) == pytest.approx((10, 90), rel=1e-4)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"commodity": "rise"}, r"Did you mean rice\?"),
        ({"commodity": "rice", "province": "Q"}, 'Province "Q" is not known'),
        ({"commodity": "rice", "period": "2023-02"}, f"Periods run from {JANUARY} to {JANUARY}"),
    ],
)
def test_an_unknown_name_gets_a_hint(tmp_path: Path, asked: dict[str, str], hint: str) -> None:
    with pytest.raises(OptionError, match=hint):
        price_ranges(market(tmp_path, need=50), **asked)


def money(solution: Solution) -> float:
    """Return what a plan costs in money, the penalties that rules set in rupiah included, IDR."""
    return float(costs_in_parts(solution.program).money @ solution.values)


def made_anew(scenario: Scenario, cell: dict[str, Any], tonnes: float) -> Solution:
    """Return a plan made anew with that much more need in a cell."""
    need = scenario.tables["need"]
    same = need[["province", "commodity", "period"]].eq(cell).all(axis=1)
    return planner.solve(with_more_need(scenario, int(need.index[same][0]), tonnes))


def of_leeway(before: Solution, after: Solution, tonnes: float) -> float:
    """Return what the leeway saves that grows with the need, where the last tonne is fed at any cost, IDR."""
    weight = before.program.weight.max()
    return 1e-7 * weight * abs(tonnes) * max(map(last_tonne, (before, after)))


def solved_cell(scenario: Scenario, place: int) -> tuple[Solution, pd.Series[Any], dict[str, Any]]:
    try:
        solution = planner.solve(scenario)
    except InputError:
        assume(False)
        raise
    cells = price_ranges(solution, "rice")
    cell = cells.iloc[place % len(cells)]
    return solution, cell, cell[["province", "commodity", "period"]].to_dict()


@asked_often
@given(scenarios(), st.integers(0, 8), st.sampled_from([-1.0, -0.5, 0.5, 1.0]))
def test_inside_the_interval_the_cost_moves_by_price_times_tonnes(
    scenario: Scenario, place: int, share: float
) -> None:
    solution, cell, key = solved_cell(scenario, place)
    tonnes = share * (cell["less_t"] if share < 0 else cell["more_t"])
    assume(cell["kind"] == "delivered" and np.isfinite(tonnes) and tonnes)
    expected, after = money(solution) + cell["idr_per_t"] * tonnes, made_anew(scenario, key, tonnes)
    noise = 1.0 + of_leeway(solution, after, tonnes)
    assert money(after) == pytest.approx(expected, rel=1e-7, abs=noise)


@asked_often
@given(scenarios(), st.integers(0, 8), st.sampled_from([-1, 1]))
def test_outside_the_interval_the_cost_moves_by_more(
    scenario: Scenario, place: int, sign: int
) -> None:
    solution, cell, key = solved_cell(scenario, place)
    need = scenario.tables["need"].set_index(["province", "commodity", "period"])["tonnes"]
    reach = cell["less_t"] if sign < 0 else cell["more_t"]
    tonnes = sign * (reach + 1)
    assume(cell["kind"] == "delivered" and np.isfinite(tonnes))
    assume(need.loc[tuple(key.values())].sum() + tonnes >= 0)
    expected, after = money(solution) + cell["idr_per_t"] * tonnes, made_anew(scenario, key, tonnes)
    missing = [(one.unmet_t, one.reserve_gap_t + one.closing_gap_t) for one in (solution, after)]
    assert money(after) != pytest.approx(expected, abs=0.1) or missing[0] != pytest.approx(
        missing[1], abs=1e-3
    )


@asked_often
@given(scenarios(), st.integers(0, 8), st.sampled_from([-1, 1]))
def test_one_tonne_more_or_less_costs_what_a_plan_made_anew_says(
    scenario: Scenario, place: int, sign: int
) -> None:
    solution, cell, key = solved_cell(scenario, place)
    price = cell["one_less_idr_per_t" if sign < 0 else "one_more_idr_per_t"]
    assume(np.isfinite(price))
    after = made_anew(scenario, key, float(sign))
    rise = sign * (money(after) - money(solution))
    assert rise == pytest.approx(price, rel=1e-6, abs=1.0 + of_leeway(solution, after, 1.0))


def test_every_end_of_the_nation_is_confirmed_by_solving_again(national: Solution) -> None:
    table = price_ranges(national, "beras", period="2023-07")
    assert len(table) == 34
    assert np.isfinite(table[["less_t", "more_t"]]).all(axis=None)


def test_the_prices_are_those_of_the_plan(national: Solution) -> None:
    ranges = price_ranges(national, "beras", province="NTB")
    prices = national.prices().merge(ranges[["province", "commodity", "period"]])
    assert prices["idr_per_t"].to_numpy() == pytest.approx(ranges["idr_per_t"], abs=1e-3)


def test_a_kink_is_found_from_outside() -> None:
    """0 up to 3, then by 2 a step up to 5, then by 7."""

    def height(at: float) -> tuple[float, float]:
        return (4 + 7 * (at - 5), 7) if at > 5 else (max(2 * (at - 3), 0.0), 2)

    assert convex_root(height, 100.0) == pytest.approx(3)
