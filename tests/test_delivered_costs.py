"""Delivered costs: the parts of every lane, and of the plan, add up to what was paid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, store
from hypothesis import given
from strategies import scenarios
from test_properties import quick, solved

import planner
from planner import Scenario, Solution
from planner.analysis.supply_paths.delivered_cost import LANE, delivered_costs
from planner.analysis.supply_paths.paths import decompose_flows


def costs(solution: Solution) -> pd.DataFrame:
    return delivered_costs(decompose_flows(solution))


def money(solution: Solution) -> float:
    """The cost of the plan without penalties, by the columns of the program."""
    parts = solution.costs()
    return parts.loc[~parts["part"].str.startswith("penalty_"), "idr"].sum()


def plan(folder: Path, *codes: str, **what: Any) -> pd.DataFrame:
    return costs(planner.solve(scenario_of(folder, provinces=provinces(*codes), **what)))


def parts(table: pd.DataFrame, **lane: str) -> dict[str, float]:
    rows = table
    for column, value in lane.items():
        rows = rows.loc[rows[column] == value]
    return rows.set_index("part")["idr"].to_dict()


def leaky(folder: Path) -> pd.DataFrame:
    """A sells at Rp5/kg; of 10 t sent, 2 are lost on the way, 8 are eaten in B."""
    return plan(
        folder,
        *"AB",
        production=[made("A", 100)],
        need=[needed("B", 8)],
        modes=[{"mode": "ship", "handling_idr_per_t": 300}],
        prices=[
            {
                "province": "A",
                "commodity": "rice",
                "period": JANUARY,
                "idr_per_kg": 5,
                "level": "producer",
            }
        ],
        arcs=[arc("A", "B", 700, loss=0.2)],
    )


def test_what_is_lost_costs_what_was_paid_for_it(tmp_path: Path) -> None:
    found = parts(leaky(tmp_path), origin="A")
    wanted = {"purchase": 40_000, "handling": 2_400, "freight": 5_600, "loss": 2 * 6_000}
    assert found == pytest.approx(wanted)


def test_a_kilogram_bears_what_was_paid_for_all_of_them(tmp_path: Path) -> None:
    rows = leaky(tmp_path).query("origin == 'A'")
    assert rows["idr_per_kg"].tolist() == pytest.approx([5, 0.3, 0.7, 1.5])
    assert rows["tonnes"].tolist() == pytest.approx([8] * 4)


def test_the_freight_of_each_leg_has_its_name(tmp_path: Path) -> None:
    table = plan(
        tmp_path,
        *"ABC",
        modes=[{"mode": "ship"}, {"mode": "truck"}],
        production=[made("A", 10)],
        need=[needed("C", 10)],
        arcs=[arc("A", "B", 3, mode="truck"), arc("B", "C", 4)],
    )
    legs = table.loc[(table["origin"] == "A") & (table["part"] == "freight")]
    named = legs.set_index("leg")["idr"].to_dict()
    assert named == pytest.approx({"A>B truck": 30, "B>C ship": 40})


def test_the_plan_splits_its_freight_by_mode(tmp_path: Path) -> None:
    table = plan(
        tmp_path,
        *"ABC",
        modes=[{"mode": "ship"}, {"mode": "truck"}],
        production=[made("A", 20)],
        need=[needed("B", 10), needed("C", 10)],
        arcs=[arc("A", "B", 3, mode="truck"), arc("B", "C", 4)],
    )
    whole = table.loc[(table["origin"] == "") & (table["commodity"] == "")]
    named = whole.loc[whole["part"] == "freight"].set_index("leg")["idr"].to_dict()
    assert named == pytest.approx({"truck": 60, "ship": 40})


def test_milling_is_no_loss(tmp_path: Path) -> None:
    """80 t of paddy give 40 t of rice, of which B eats 36: a tenth is lost on the way."""
    mill = {
        "recipe": "mill",
        "input": "paddy",
        "output": "rice",
        "yield": 0.5,
        "fee_idr_per_t": 200,
    }
    table = plan(
        tmp_path,
        *"AB",
        commodities=[{"commodity": "paddy"}, {"commodity": "rice"}],
        production=[made("A", 100, commodity="paddy")],
        need=[needed("B", 36)],
        recipes=[mill],
        arcs=[arc("A", "B", 1_000, loss=0.1)],
    )
    wanted = {"purchase": 0, "processing": 0.9 * 80 * 200, "freight": 36_000}
    assert parts(table, origin="A") == pytest.approx(wanted | {"loss": 8 * 200 + 4_000})


def test_what_is_left_at_the_end_is_told_apart(tmp_path: Path) -> None:
    """20 t are kept for two months: 10 eaten in the second, 10 left for those who come after."""
    table = plan(
        tmp_path,
        *"AB",
        horizon=(JANUARY, 2, "month"),
        closing="closing_t",
        commodities=[{"commodity": "rice", "holding_idr_per_t": 7}],
        production=[made("A", 20)],
        need=[needed("A", 10, FEBRUARY)],
        stocks=[store("A", 0, closing_t=10)],
        arcs=[arc("A", "B", 1)],
    )
    assert parts(table, origin="A") == pytest.approx({"purchase": 0, "holding": 70})
    assert parts(table, origin="", commodity="rice")["left_over"] == pytest.approx(140)


def test_a_source_at_home_has_a_row_though_it_costs_nothing(tmp_path: Path) -> None:
    table = plan(
        tmp_path, *"AB", production=[made("A", 9)], need=[needed("A", 9)], arcs=[arc("A", "B", 1)]
    )
    assert parts(table, origin="A") == {"purchase": 0}


def test_where_nothing_is_eaten_no_kilogram_bears_a_cost(tmp_path: Path) -> None:
    table = plan(
        tmp_path,
        *"AB",
        closing="closing_t",
        commodities=[{"commodity": "rice", "holding_idr_per_t": 7}],
        production=[made("A", 20)],
        need=[needed("A", 0)],
        stocks=[store("A", 0, closing_t=10)],
        arcs=[arc("A", "B", 1_000)],
    )
    assert table["part"].unique().tolist() == ["left_over"]
    assert table["idr"].tolist() == pytest.approx([70, 70])
    assert table["idr_per_kg"].isna().all()


def test_the_steps_are_counted(tmp_path: Path) -> None:
    rows = leaky(tmp_path).query("origin == 'A'")
    assert rows["step"].tolist() == [1, 2, 3, 4]


def check_whole(solution: Solution) -> None:
    """Lanes and what is left over make the plan; so do the goods; to a rupiah."""
    table = costs(solution)
    whole = table.loc[(table["origin"] == "") & (table["commodity"] == "")]
    goods = table.loc[(table["origin"] == "") & (table["commodity"] != "")]
    lanes = table.loc[table["origin"] != "", "idr"].sum()
    left = whole.loc[whole["part"] == "left_over", "idr"].sum()
    sums = [whole["idr"].sum(), goods["idr"].sum(), lanes + left]
    assert sums == pytest.approx([money(solution)] * 3, abs=1.0)


def test_the_costs_of_the_nation_add_up_to_the_rupiah(national: Solution) -> None:
    check_whole(national)


@quick
@given(scenarios())
def test_all_costs_add_up(scenario: Scenario) -> None:
    check_whole(solved(scenario))


@quick
@given(scenarios())
def test_no_part_is_below_zero(scenario: Scenario) -> None:
    assert (costs(solved(scenario))["idr"] > -1e-3).all()


def test_the_freight_of_a_leg_is_its_rate(national: Solution) -> None:
    """Loss told apart, every tonne that arrives bears the rate of the lane."""
    table, network = costs(national), national.network
    ends = zip(network.lane_origin, network.lane_destination, network.lane_arc, strict=True)
    names = national.balance.provinces
    legs = [f"{names[o]}>{names[d]} {network.mode[a]}" for o, d, a in ends]
    goods = national.label("commodity", network.lane_commodity)
    rate = network.freight - network.handling
    rates = pd.Series(rate / 1000, index=pd.MultiIndex.from_arrays([goods, legs]))
    lanes = table.loc[(table["part"] == "freight") & (table["origin"] != "")]
    wanted = rates.loc[pd.MultiIndex.from_frame(lanes[["commodity", "leg"]])]
    assert lanes["idr_per_kg"].to_numpy() == pytest.approx(wanted.to_numpy(), rel=1e-9)


def test_a_lane_stands_once(national: Solution) -> None:
    assert not costs(national).duplicated([*LANE, "step"]).any()
