"""Two runs side by side, small enough for paper.

A makes 100 t of rice a month, B needs 60; freight is 100 IDR/t. So 60 t go from A to B each month, for
6,000 IDR, and a tonne of rice in B is worth 100.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, MARCH, arc, made, needed, provinces, write_scenario

import planner
from planner import InputError, Run
from planner.reports.comparison_report import compare_report

MONTHS = [JANUARY, FEBRUARY, MARCH, "2023-04", "2023-05"]


class Market:
    """Makes runs of the market, each with some changes."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0

    def run(self, name: str = "", periods: int = 2, **changes: Any) -> Run:
        self._count += 1
        months = MONTHS[:periods]
        tables = {
            "horizon": (JANUARY, periods, "month"),
            "provinces": provinces("A", "B"),
            "production": [made("A", 100, month) for month in months],
            "need": [needed("B", 60, month) for month in months],
            "arcs": [arc("A", "B", 100)],
        }
        folder = write_scenario(self._folder / str(self._count), **{**tables, **changes})
        run = planner.make_run(planner.solve(planner.read_scenario(folder)))
        return dataclasses.replace(run, name=name or str(self._count))


@pytest.fixture
def market(tmp_path: Path) -> Market:
    return Market(tmp_path)


def need_of(*tonnes: float) -> list[Any]:
    return [needed("B", t, month) for month, t in zip(MONTHS, tonnes, strict=False)]


def inputs(before: Run, after: Run) -> list[dict[Any, Any]]:
    return planner.compare(before, after).inputs.to_dict("records")


def refused(before: Run, after: Run) -> list[str]:
    with pytest.raises(InputError) as caught:
        planner.compare(before, after)
    return [problem.key for problem in caught.value.problems]


def test_the_same_scenario_twice_changes_nothing(market: Market) -> None:
    found = planner.compare(market.run(), market.run())
    assert (len(found.inputs), found.same_plan) == (0, True)


def test_rows_in_another_order_change_nothing(market: Market) -> None:
    found = planner.compare(market.run(), market.run(need=need_of(60, 60)[::-1]))
    assert (len(found.inputs), found.same_plan) == (0, True)


def test_one_changed_cell_is_the_only_line(market: Market) -> None:
    found = inputs(market.run(), market.run(need=need_of(60, 45)))
    assert found == [{
        "table": "need", "key": "B; rice; food", "column": "tonnes", "periods": FEBRUARY,
        "by_period": "", "change": "changed", "before": "60", "after": "45",
        "difference": -15.0, "relative": -0.25, "source": "made_up",
    }]  # fmt: skip


def test_periods_that_changed_by_one_factor_share_a_line_with_their_sum(market: Market) -> None:
    after = market.run(periods=5, need=need_of(60, 45, 45, 45, 60))
    (line,) = inputs(market.run(periods=5), after)
    assert (line["periods"], line["by_period"]) == (f"{FEBRUARY}/2023-04", "same")
    assert (line["before"], line["after"], line["relative"]) == ("180", "135", -0.25)


def test_periods_apart_are_each_named(market: Market) -> None:
    after = market.run(periods=5, need=need_of(45, 60, 45, 60, 60))
    assert inputs(market.run(periods=5), after)[0]["periods"] == f"{JANUARY}, {MARCH}"


def test_two_factors_in_a_row_are_two_lines(market: Market) -> None:
    found = inputs(market.run(periods=5), market.run(periods=5, need=need_of(45, 45, 30, 30, 30)))
    assert [line["relative"] for line in found] == [-0.25, -0.5]


def test_a_row_that_changes_unlike_in_every_period_is_one_line_that_says_so(market: Market) -> None:
    after = market.run(periods=5, need=need_of(70, 50, 65, 55, 61))
    (line,) = inputs(market.run(periods=5), after)
    assert (line["by_period"], line["before"], line["after"]) == ("varies", "300", "301")


def test_a_rate_is_not_summed_over_periods(market: Market) -> None:
    lost = [{**made("A", 100, month), "loss": 0.2} for month in MONTHS[:2]]
    (line,) = inputs(market.run(), market.run(production=lost))
    assert (line["column"], line["before"], line["after"]) == ("loss", "0", "0.2")


def test_a_row_that_is_new_is_called_so(market: Market) -> None:
    more = [made("A", 100, month) for month in MONTHS[:2]] + [made("B", 7), made("B", 8, FEBRUARY)]
    (line,) = inputs(market.run(), market.run(production=more))
    assert (line["key"], line["change"], line["before"], line["after"]) == (
        "B; rice", "added", "", "15",
    )  # fmt: skip


def test_a_row_that_is_gone_is_called_so(market: Market) -> None:
    lanes = [arc("A", "B", 100), arc("B", "A", 100)]
    (line,) = inputs(market.run(arcs=lanes), market.run())
    assert (line["table"], line["key"], line["change"]) == ("arcs", "B; A; ship", "removed")


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ({"capacity": 70}, {"capacity": 70, "capacity_unit": "TEU"}, "t", "TEU"),
        ({}, {"capacity": 70}, "", "70"),
        ({"capacity": 70}, {}, "70", ""),
    ],
)
def test_texts_and_blanks_are_compared_too(
    market: Market, old: Any, new: Any, before: str, after: str
) -> None:
    goods = [{"commodity": "rice", "tonnes_per_teu": 20}]
    runs = [market.run(arcs=[arc("A", "B", 100, **more)], commodities=goods) for more in (old, new)]
    (line,) = inputs(*runs)
    assert (line["before"], line["after"]) == (before, after)


def test_a_new_source_is_told_where_the_figure_stayed(market: Market) -> None:
    sources = [{"source": "made_up"}, {"source": "survey"}]
    old = market.run(sources=sources)
    rows = [{**row, "source": "survey"} for row in need_of(60, 45)]
    found = inputs(old, market.run(sources=sources, need=rows))
    assert [(line["column"], line["after"], line["source"]) for line in found] == [
        ("tonnes", "45", "survey"),
        ("source", "survey", "survey"),
    ]


def test_settings_are_inputs_but_titles_are_not(market: Market) -> None:
    old, new = market.run(), market.run(freight="high")
    head = new.scenario.settings.scenario.model_copy(update={"extends": "../other"})
    settings = new.scenario.settings.model_copy(update={"scenario": head})
    renamed = dataclasses.replace(new, scenario=new.scenario.replace(settings=settings))
    (line,) = inputs(old, renamed)
    assert (line["key"], line["before"], line["after"]) == ("policy.freight", "central", "high")


def test_a_lane_that_carries_more_says_how_much_and_what_it_costs(market: Market) -> None:
    (lane,) = planner.compare(market.run(), market.run(need=need_of(60, 70))).lanes.to_dict(
        "records"
    )
    assert (lane["origin"], lane["destination"]) == ("A", "B")
    assert (lane["tonnes_before"], lane["tonnes_after"]) == pytest.approx((120, 130))
    assert (lane["tonnes_difference"], lane["idr_difference"]) == pytest.approx((10, 1_000))


def test_a_lane_that_one_run_lacks_carried_nothing_there(market: Market) -> None:
    cheaper = [arc("A", "B", 100), {**arc("A", "B", 90), "mode": "truck"}]
    both = {"modes": [{"mode": "ship"}, {"mode": "truck"}]}
    found = planner.compare(market.run(**both), market.run(**both, arcs=cheaper)).lanes
    changes = dict(zip(found["mode"], found["tonnes_difference"], strict=True))
    assert changes == pytest.approx({"ship": -120, "truck": 120})


def test_lanes_come_in_the_order_of_their_change(market: Market) -> None:
    wide = {"provinces": provinces("A", "B", "C"), "arcs": [arc("A", "B", 100), arc("A", "C", 100)]}
    runs = [market.run(**wide, need=[needed("B", b), needed("C", c)]) for b, c in ((1, 9), (4, 2))]
    assert list(planner.compare(*runs).lanes["tonnes_difference"].round(3)) == [-7, 3]


def test_coverage_falls_where_the_harvest_does(market: Market) -> None:
    poor = [made("A", 100), made("A", 30, FEBRUARY)]
    none_kept = {"commodities": [{"commodity": "rice", "max_stock_periods": 0}]}
    runs = market.run(**none_kept), market.run(**none_kept, production=poor)
    (cell,) = planner.compare(*runs).coverage.to_dict("records")
    assert (cell["province"], cell["unmet_t_difference"]) == ("B", pytest.approx(30))
    assert (cell["coverage_before"], cell["coverage_after"]) == pytest.approx((1, 0.75))


def test_parts_of_the_cost_add_up_to_its_change(market: Market) -> None:
    found = planner.compare(market.run(), market.run(need=need_of(60, 70), freight="high"))
    cost = found.totals.set_index("total").loc["cost_idr"]
    assert cost["difference"] == found.costs["idr_difference"].sum() == 1_000


def test_what_is_missing_at_the_end_is_told_with_a_lower_cost(market: Market) -> None:
    store = [{"province": "A", "commodity": "rice", "opening_t": 50}]
    kept = {"closing": "opening", "stocks": store}
    found = planner.compare(market.run(**kept), market.run(**kept, production=[made("A", 100)]))
    totals = found.totals.set_index("total")["difference"]
    assert totals["closing_gap_t"] == pytest.approx(20)


def test_prices_are_compared_over_periods_in_which_both_deliver(market: Market) -> None:
    goods = {"commodities": [{"commodity": "rice", "max_stock_periods": 0}]}
    dear = {**goods, "arcs": [arc("A", "B", 130, capacity=65)], "need": need_of(60, 70)}
    found = planner.compare(market.run(**goods), market.run(**dear)).prices
    cell = found.set_index("province").loc["B"]
    assert (cell["idr_per_t_before"], cell["idr_per_t_after"]) == (100, 130)
    assert (cell["periods"], cell["short_before"], cell["short_after"]) == (1, 0, 1)


def test_prices_at_the_expense_of_a_closing_stock_are_counted_and_told(market: Market) -> None:
    """The second month needs more than was made: 20 t of the 50 t in store are missing at the end."""
    store = [{"province": "A", "commodity": "rice", "opening_t": 50}]
    kept = {"closing": "opening", "stocks": store}
    found = planner.compare(market.run(**kept), market.run(**kept, production=[made("A", 100)]))
    cells = found.prices.set_index("province")
    assert cells["stock_before"].to_dict() == {"A": 0, "B": 0}
    assert cells["stock_after"].to_dict() == {"A": 2, "B": 2}
    assert cells.loc["B", "idr_per_t_after"] == pytest.approx(100)
    assert cells["short_after"].sum() == 0
    told = "comes out of a reserve or closing stock in more periods, and the price is the money alone: rice in A, B."
    assert any(told in line for line in compare_report(found, "en"))


@pytest.mark.parametrize("periods", [1, 3])
def test_another_number_of_periods_is_refused(market: Market, periods: int) -> None:
    assert refused(market.run(), market.run(periods=periods)) == ["compare_horizon"]


def test_another_start_and_another_length_are_refused(market: Market) -> None:
    rows = {name: [make("A", 10, "")] for name, make in (("production", made), ("need", needed))}
    runs = [market.run(horizon=(start, 2, length), **rows) for start, length in
            ((JANUARY, "month"), (FEBRUARY, "month"), ("2023-W01", "week"))]  # fmt: skip
    assert refused(runs[0], runs[1]) == refused(runs[0], runs[2]) == ["compare_horizon"]


def test_the_refusal_says_what_each_run_covers(market: Market) -> None:
    with pytest.raises(
        InputError, match=r"long: covers 2023-01 to 2023-03 \(3 periods of a month\)"
    ):
        planner.compare(market.run(), market.run(name="long", periods=3))


def test_other_units_are_refused(market: Market) -> None:
    run = market.run()
    other = dataclasses.replace(run, facts={**run.facts, "units": {"quantity": "kg"}})
    assert refused(run, other) == ["compare_units"]


def test_tonnes_of_paddy_are_not_set_against_tonnes_of_rice(market: Market) -> None:
    runs = [market.run(commodities=[{"commodity": "rice", "form": f}]) for f in ("gkg", "beras")]
    assert refused(*runs) == ["compare_form"]


def test_other_provinces_are_refused(market: Market) -> None:
    assert refused(market.run(), market.run(provinces=provinces("A", "B", "C"))) == [
        "compare_provinces"
    ]


def test_every_reason_for_refusing_is_told_at_once(market: Market) -> None:
    other = market.run(
        periods=1,
        commodities=[{"commodity": "salt"}],
        production=[made("A", 1, commodity="salt")],
        need=[needed("B", 1, commodity="salt")],
    )
    assert refused(market.run(), other) == ["compare_horizon", "compare_commodities"]


def with_salt(market: Market) -> Run:
    return market.run(
        name="salted",
        commodities=[{"commodity": "rice"}, {"commodity": "salt"}],
        production=[made("A", 100, m, k) for m in MONTHS[:2] for k in ("rice", "salt")],
        need=[*need_of(60, 60), needed("B", 5, commodity="salt")],
    )


def test_goods_of_one_run_only_are_named_and_left_out(market: Market) -> None:
    found = planner.compare(market.run(), with_salt(market))
    assert (found.same_plan, list(found.commodities)) == (True, ["rice"])
    assert "Only in salted and not compared: salt." in compare_report(found, "en")


def test_the_report_names_the_inputs_before_anything_else(market: Market) -> None:
    said = compare_report(planner.compare(market.run(), market.run(need=need_of(60, 70))), "en")
    assert said[2:5] == [
        "Changed inputs:",
        "  need.csv, tonnes, B, rice, food, Feb 2023: 60 t to 70 t (+16.7%)",
        "Need that is met: still 100.0%.",
    ]
    assert said[5] == "Cost: Rp12,000 to Rp13,000 (+Rp1,000); freight +Rp1,000."
    assert "  A to B, rice, ship: 120 t to 130 t (+10 t)" in said


def test_the_report_says_that_nothing_changed(market: Market) -> None:
    said = compare_report(planner.compare(market.run(), market.run()), "en")
    assert said[2:] == ["Nothing changed: the inputs and the plan are the same."]


def test_the_report_says_that_only_inputs_changed(market: Market) -> None:
    said = compare_report(planner.compare(market.run(), market.run(freight="high")), "en")
    assert said[2:4] == ["Changed inputs:", "  scenario.toml, policy.freight: central to high"]
    assert said[4].startswith("The plan is the same")


def test_the_report_names_what_becomes_scarce(market: Market) -> None:
    poor = market.run(production=[made("A", 90)])
    said = compare_report(planner.compare(market.run(), poor), "en")
    assert "Scarce in more periods: rice in A, B." in said


def test_the_report_says_where_prices_differ_in_meaning(market: Market) -> None:
    farm_gate = [
        {"province": "A", "commodity": "rice", "period": m, "level": "producer", "idr_per_kg": 5}
        for m in MONTHS[:2]
    ]
    paid = market.run(name="paid", prices=farm_gate)
    said = compare_report(planner.compare(market.run(), paid), "en")
    assert said[-2].startswith("Purchase prices are charged in paid only")
    assert said[-1].startswith("Not compared: capacities")


def test_many_changes_alike_share_a_line_that_counts_them(market: Market) -> None:
    codes = [chr(letter) for letter in range(ord("B"), ord("N"))]
    wide = {"provinces": provinces("A", *codes), "arcs": [arc("A", code, 100) for code in codes]}
    runs = [market.run(**wide, need=[needed(code, t) for code in codes]) for t in (10, 5)]
    said = compare_report(planner.compare(*runs), "en")
    assert said[3] == (
        "  need.csv, tonnes, rice, food, Jan 2023: -50.0%, 12 rows (B, C, D, ...), "
        "120 t to 60 t (-60 t)"
    )


def test_a_word_that_changed_in_many_rows_is_said_once(market: Market) -> None:
    codes = ["B", "C"]
    wide = {
        "provinces": provinces("A", *codes),
        "commodities": [{"commodity": "rice", "tonnes_per_teu": 1}],
    }
    runs = [
        market.run(**wide, arcs=[arc("A", c, 100, capacity=70, capacity_unit=u) for c in codes])
        for u in ("t", "TEU")
    ]
    said = compare_report(planner.compare(*runs), "en")
    assert said[3] == "  arcs.csv, capacity_unit, A, ship: t to TEU, 2 rows (B, C)"


def test_a_change_too_small_for_round_figures_is_said_in_full(market: Market) -> None:
    runs = [
        market.run(need=[needed("B", t)], production=[made("A", 90_000)]) for t in (60_000, 60_001)
    ]
    said = compare_report(planner.compare(*runs), "en")
    assert said[3].endswith(": 60,000 to 60,001 (0.0%)")


def test_so_many_kinds_of_change_that_only_tables_are_named(market: Market) -> None:
    codes = [chr(letter) for letter in range(ord("B"), ord("N"))]
    wide = {"provinces": provinces("A", *codes), "arcs": [arc("A", code, 100) for code in codes]}
    needs = [[needed(code, 10 + n * step) for n, code in enumerate(codes)] for step in (0, 1)]
    said = compare_report(planner.compare(*(market.run(**wide, need=need) for need in needs)), "en")
    assert said[3] == (
        "  need.csv, tonnes, rice, food, Jan 2023: +10.0% to +110.0%, 11 rows (C, D, E, ...), "
        "110 t to 176 t (+66 t)"
    )


def test_tables_are_sorted_and_hold_no_index(market: Market) -> None:
    found = planner.compare(market.run(), market.run(need=need_of(60, 70)))
    assert set(found.tables) == {"inputs", "totals", "lanes", "coverage", "costs", "prices"}
    assert all(isinstance(table.index, pd.RangeIndex) for table in found.tables.values())
