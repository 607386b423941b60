"""Recipes and grades by hand: paddy becomes rice where that is cheapest, premium serves as medium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from broken_scenarios import add, copy_of, told_of
from builders import FEBRUARY, JANUARY, MARCH, Row, arc, made, needed, provinces, scenario_of, store

import planner
from planner import InputError, Scenario, Solution
from planner.analysis.run_facts import run_facts
from planner.analysis.trade_potential.potential import trade_potential
from planner.reports.balance_view import balance_notes
from planner.reports.run_report import run_report

PADDY: Row = {"commodity": "paddy", "good": "rice"}
RICE: Row = {"commodity": "rice", "good": "rice"}
MILL: Row = {
    "recipe": "mill", "input": "paddy", "output": "rice", "yield": 0.5, "fee_idr_per_t": 200,
}  # fmt: skip
NO_MILL: Row = {**MILL, "province": "A", "capacity_t": 0}


def rice_market(folder: Path, *mills: Row, **more: Any) -> Scenario:
    """A harvests 100 t of paddy; B eats 40 t of rice. Anything travels for 1,000 a tonne."""
    usual: dict[str, Any] = {
        "provinces": provinces("A", "B"),
        "commodities": [PADDY, RICE],
        "production": [made("A", 100, commodity="paddy")],
        "need": [needed("B", 40)],
        "arcs": [arc("A", "B", 1_000)],
        "recipes": [MILL, *mills],
    }
    return scenario_of(folder, **{**usual, **more})


def carried(solution: Solution) -> dict[str, float]:
    flows: pd.Series[float] = solution.flows().groupby("commodity")["tonnes"].sum()
    return flows.to_dict()


def at(solution: Solution, province: str, commodity: str) -> pd.Series[float]:
    nodes = solution.nodes().set_index(["province", "commodity", "period"])
    return nodes.loc[(province, commodity, JANUARY)]


def test_paddy_is_milled_before_it_travels_as_rice_is_lighter(tmp_path: Path) -> None:
    assert carried(planner.solve(rice_market(tmp_path))) == pytest.approx({"rice": 40})


def test_a_plan_pays_for_milling_and_for_rice_on_the_way(tmp_path: Path) -> None:
    objective = planner.solve(rice_market(tmp_path)).objective
    assert objective == pytest.approx(80 * 200 + 40 * 1_000)


def test_without_a_mill_at_home_the_paddy_travels_and_costs_more(tmp_path: Path) -> None:
    solution = planner.solve(rice_market(tmp_path, NO_MILL))
    assert carried(solution) == pytest.approx({"paddy": 80})
    assert solution.objective == pytest.approx(80 * (200 + 1_000))


def test_the_price_of_rice_is_that_of_its_paddy_and_its_milling_by_the_yield(
    tmp_path: Path,
) -> None:
    prices = planner.solve(rice_market(tmp_path, NO_MILL)).prices()
    found = prices.set_index(["province", "commodity"])["idr_per_t"].to_dict()
    assert found["B", "paddy"] == pytest.approx(1_000)
    assert found["B", "rice"] == pytest.approx((1_000 + 200) / 0.5)


def test_the_row_of_a_province_goes_before_the_row_for_all(tmp_path: Path) -> None:
    better = {**MILL, "province": "A", "yield": 0.8}
    solution = planner.solve(rice_market(tmp_path, better))
    assert at(solution, "A", "paddy")["used"] == pytest.approx(50)


def test_a_small_mill_leaves_the_rest_to_travel_as_paddy(tmp_path: Path) -> None:
    small = {**MILL, "province": "A", "capacity_t": 60}
    solution = planner.solve(rice_market(tmp_path, small))
    assert carried(solution) == pytest.approx({"rice": 30, "paddy": 20})


def test_room_in_a_full_mill_is_worth_the_freight_it_saves(tmp_path: Path) -> None:
    small = {**MILL, "province": "A", "capacity_t": 60}
    row = planner.solve(rice_market(tmp_path, small)).capacities().iloc[0]
    assert row[["kind", "name", "unit"]].tolist() == ["recipe", "A mill", "t"]
    assert row[["used", "capacity"]].tolist() == pytest.approx([60, 60])
    assert row["congestion_rent"] == pytest.approx(1_000 - 0.5 * 1_000)


def test_the_nodes_tell_what_is_used_and_made(tmp_path: Path) -> None:
    solution = planner.solve(rice_market(tmp_path))
    assert at(solution, "A", "paddy")["used"] == pytest.approx(80)
    assert at(solution, "A", "rice")["made"] == pytest.approx(40)


def test_the_table_of_processing_tells_what_is_made_where(tmp_path: Path) -> None:
    (row,) = planner.solve(rice_market(tmp_path)).processing().to_numpy().tolist()
    assert row[:5] == ["mill", "A", JANUARY, "paddy", "rice"]
    assert row[5:] == pytest.approx([80, 40, 16_000])


def test_processing_is_a_part_of_the_cost(tmp_path: Path) -> None:
    costs = planner.solve(rice_market(tmp_path)).costs().set_index("part")["idr"]
    assert costs["processing"] == pytest.approx(16_000)


def test_the_report_tells_what_is_processed_into_what(tmp_path: Path) -> None:
    solution = planner.solve(rice_market(tmp_path))
    lines = run_report(solution, run_facts(solution), None, "en")
    assert "Processed: paddy 80 t into rice 40 t; most in A." in lines


def test_the_balance_says_that_paddy_is_not_counted_as_rice(tmp_path: Path) -> None:
    scenario = rice_market(tmp_path)
    totals = planner.compute_balance(scenario).totals().set_index(["province", "commodity"])
    assert totals.loc[("A", "paddy"), "surplus"] == pytest.approx(100)
    assert totals.loc[("B", "rice"), "shortage"] == pytest.approx(40)
    assert "(paddy > rice)" in balance_notes(scenario, "en")[-1]


def grades(folder: Path, medium: float, premium: float) -> Solution:
    """A has so much of each grade; B needs 20 t of medium and 10 t of premium rice."""
    goods = [
        {"commodity": grade, "good": "rice", "grade": grade} for grade in ("medium", "premium")
    ]
    grade_down = {"recipe": "grade", "input": "premium", "output": "medium", "yield": 1}
    scenario = scenario_of(
        folder,
        provinces=provinces("A", "B"),
        commodities=goods,
        production=[made("A", medium, commodity="medium"), made("A", premium, commodity="premium")],
        need=[needed("B", 20, commodity="medium"), needed("B", 10, commodity="premium")],
        recipes=[grade_down],
        arcs=[arc("A", "B", 1_000)],
    )
    return planner.solve(scenario)


def unmet(solution: Solution) -> dict[str, float]:
    sums: pd.Series[float] = solution.coverage().groupby("commodity")["unmet_t"].sum()
    return sums.to_dict()


def test_a_better_grade_serves_the_need_for_a_lesser_one(tmp_path: Path) -> None:
    solution = grades(tmp_path, medium=5, premium=30)
    assert unmet(solution) == {"medium": 0, "premium": 0}
    assert solution.processing()["made_t"].sum() == pytest.approx(15)


def test_nothing_is_graded_down_where_nothing_is_short(tmp_path: Path) -> None:
    assert grades(tmp_path, medium=20, premium=30).processing().empty


def test_a_lesser_grade_does_not_serve_the_need_for_a_better_one(tmp_path: Path) -> None:
    assert unmet(grades(tmp_path, medium=50, premium=4)) == pytest.approx(
        {"medium": 0, "premium": 6}
    )


def households(folder: Path, share: float) -> Solution:
    """A stores 100 t of paddy, partly in households, and eats 10 t of rice; B needs 40 t."""
    scenario = rice_market(
        folder,
        production=[made("A", 0, commodity="paddy")],
        need=[needed("A", 10), needed("B", 40)],
        stocks=[store("A", 100, "paddy", local_share=share)],
    )
    return planner.solve(scenario)


@pytest.mark.parametrize(("share", "sent"), [(0, 40), (0.2, 40), (0.5, 25), (1, 0)])
def test_rice_of_the_paddy_of_households_is_eaten_there_and_not_sent(
    tmp_path: Path, share: float, sent: float
) -> None:
    solution = households(tmp_path, share)
    assert carried(solution).get("rice", 0) == pytest.approx(sent)
    assert at(solution, "A", "rice")["unmet"] == pytest.approx(0)


def test_rice_made_of_old_paddy_is_fresh(tmp_path: Path) -> None:
    """Rice keeps for a month, and a month's milling is half of what is eaten in March."""
    scenario = rice_market(
        tmp_path,
        {**MILL, "province": "A", "capacity_t": 40},
        horizon=(JANUARY, 3, "month"),
        commodities=[PADDY, {**RICE, "max_stock_periods": 1}],
        need=[needed("A", 40, MARCH)],
    )
    solution = planner.solve(scenario)
    assert unmet(solution)["rice"] == pytest.approx(0)
    assert solution.processing()["period"].tolist() == [FEBRUARY, MARCH]


def test_a_need_that_only_a_dear_recipe_can_meet_is_met(tmp_path: Path) -> None:
    dear = {**MILL, "yield": 0.01, "fee_idr_per_t": 50_000_000}
    scenario = rice_market(tmp_path, recipes=[dear], need=[needed("B", 0.5)])
    solution = planner.solve(scenario)
    assert unmet(solution)["rice"] == pytest.approx(0, abs=1e-3)
    assert solution.prices().query("province == 'B'")["kind"].tolist() == ["delivered"] * 2


@pytest.mark.parametrize("rate", [0.9, 0.5, 0.05])
def test_nobody_goes_hungry_to_keep_a_reserve_of_paddy(tmp_path: Path, rate: float) -> None:
    scenario = rice_market(
        tmp_path,
        horizon=(JANUARY, 12, "month"),
        closing="opening",
        recipes=[{**MILL, "yield": rate}],
        production=[made("A", 0, commodity="paddy")],
        need=[needed("B", 100 * rate)],
        stocks=[store("A", 100, "paddy", reserve_t=100)],
    )
    assert unmet(planner.solve(scenario))["rice"] == pytest.approx(0, abs=1e-3)


def test_rice_that_can_be_made_on_the_spot_needs_no_rice_from_elsewhere(tmp_path: Path) -> None:
    scenario = rice_market(tmp_path, need=[needed("A", 10)])
    assert planner.solve(scenario).coverage()["coverage"].tolist() == pytest.approx([1])


def test_a_need_that_no_mill_can_meet_is_refused(tmp_path: Path) -> None:
    no_mill_anywhere = {**MILL, "capacity_t": 0}
    with pytest.raises(InputError, match="rice is needed in B"):
        planner.solve(rice_market(tmp_path, recipes=[no_mill_anywhere]))


@pytest.mark.parametrize(("closing", "told"), [(30, 0), (80, 1)])
def test_a_closing_stock_counts_as_covered_where_it_can_be_made(
    tmp_path: Path, closing: float, told: int
) -> None:
    """Of 100 t of paddy 50 t of rice can be made, of which B eats 15."""
    rice_market(
        tmp_path / "market",
        closing="closing_t",
        need=[needed("B", 15)],
        stocks=[{**store("A", 0), "closing_t": closing}],
    )
    keys = [problem.key for problem in told_of(tmp_path / "market")]
    assert keys == ["closing_not_covered"] * told


def test_a_scope_without_paddy_has_no_mills(tmp_path: Path) -> None:
    rice_market(tmp_path / "market", need=[needed("B", 1, commodity="paddy")])
    add("market/scenario.toml", "", '[scope]\ncommodities = ["paddy"]')(tmp_path)
    assert planner.read_scenario(tmp_path / "market").tables["recipes"].empty


def test_an_adjust_finds_one_province_of_a_recipe_for_all(tmp_path: Path) -> None:
    rice_market(tmp_path / "market")
    where = 'table = "recipes"\ncolumn = "capacity_t"\nwhere = { province = "A" }'
    add("market/scenario.toml", "", f'[[adjust]]\n{where}\nset = 0\nsource = "made_up"')(tmp_path)
    closed = planner.solve(planner.read_scenario(tmp_path / "market"))
    assert carried(closed) == pytest.approx({"paddy": 80})


def test_a_yield_in_percent_is_refused(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    add("commodities.csv", "gkg,beras,Gabah,Paddy,gkg,1,15,0,0,rekaan")(folder)
    add("recipes.csv", "recipe,input,output,yield,source", "giling,gkg,beras,64,rekaan")(folder)
    assert [problem.key for problem in told_of(folder)] == ["not_a_share"]


def traded(folder: Path, commodity: str) -> dict[str, Any]:
    """A mills 40 of its 100 t of paddy for itself; the 30 t of rice for B come from C for 300."""
    scenario = rice_market(
        folder,
        provinces=provinces("A", "B", "C"),
        need=[needed("A", 20), needed("B", 30), needed("C", 30)],
        production=[made("A", 100, commodity="paddy"), made("C", 60)],
        arcs=[arc("A", "B", 1_000), arc("C", "B", 300)],
    )
    trades = trade_potential(planner.solve(scenario), "A", "B").set_index(
        ["direction", "commodity"]
    )
    return trades.loc[("A-B", commodity)].to_dict()


@pytest.mark.parametrize(("commodity", "potential"), [("rice", 30), ("paddy", 60)])
def test_the_potential_is_what_could_be_milled_here_or_there(
    tmp_path: Path, commodity: str, potential: float
) -> None:
    assert traded(tmp_path, commodity)["potential_t"] == pytest.approx(potential)


@pytest.mark.parametrize(("commodity", "extra"), [("rice", 1_100), ("paddy", 1_050)])
def test_the_potential_costs_freight_and_milling_less_what_they_replace(
    tmp_path: Path, commodity: str, extra: float
) -> None:
    """30 t of rice or 60 t of paddy travel for 1,000, 60 t are milled for 200, 30 t stay in C."""
    assert traded(tmp_path, commodity)["extra_idr_per_t"] == pytest.approx(extra, rel=1e-4)


@pytest.mark.parametrize(("kind", "share"), [("assumption", "100%"), ("official", "0%")])
def test_the_report_says_how_much_processing_rests_on_assumptions(
    tmp_path: Path, kind: str, share: str
) -> None:
    sources = [{"source": "made_up", "kind": kind}]
    solution = planner.solve(rice_market(tmp_path, sources=sources))
    lines = run_report(solution, run_facts(solution), None, "en")
    assert any(line.endswith(f"{share} of processing.") for line in lines)
