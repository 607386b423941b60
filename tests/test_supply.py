"""Who supplies whom: every tonne has one source and one use, and the way between is the plan's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, store
from hypothesis import given
from strategies import scenarios
from test_properties import quick, solved

import planner
from planner import Scenario, Solution
from planner.analysis.supply_paths.paths import decompose_flows
from planner.analysis.supply_paths.supply_table import MONEY, supply_table, who_supplies_whom
from planner.errors import OptionError
from planner.reports.supply_view import supply_view
from planner.scenario.lookup import find_code

TWO_ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
PLACE = ["province", "commodity"]


def supplied(solution: Solution) -> pd.DataFrame:
    return supply_table(decompose_flows(solution))


def plan(folder: Path, *codes: str, **what: Any) -> pd.DataFrame:
    scenario = scenario_of(folder, provinces=provinces(*codes), **what)
    return supplied(planner.solve(scenario))


def tonnes(table: pd.DataFrame, use: str = "need") -> dict[tuple[str, str], float]:
    rows = table.loc[table["use"] == use]
    return rows.set_index(["path", "source"])["tonnes"].to_dict()


def apart(solution: Solution, terms: pd.Series, rows: pd.DataFrame, place: str) -> float:
    """Largest difference between a term of the nodes and a column of the paths, t."""
    nodes, value = solution.nodes(), "tonnes" if place == "destination" else "origin_t"
    wanted = terms.groupby([nodes[key] for key in PLACE]).sum()
    good = "commodity" if place == "destination" else "origin_commodity"
    found = rows.groupby([place, good])[value].sum().rename_axis(PLACE)
    return wanted.sub(found, fill_value=0.0).abs().max()


def check_uses(solution: Solution) -> None:
    """Need met, given up, and in store at the end, to a gram."""
    table, nodes = supplied(solution), solution.nodes()
    last = nodes["closing"].where(nodes["period"] == nodes["period"].max(), 0.0)
    wanted = {"need": nodes["need"] - nodes["unmet"], "closing": last}
    wanted["discarded"] = nodes["discarded"]
    for use, terms in wanted.items():
        assert apart(solution, terms, table[table["use"] == use], "destination") < 1e-6


def check_sources(solution: Solution) -> None:
    """What each source supplied, imported or had at the start, to a gram."""
    table, nodes = supplied(solution), solution.nodes()
    first = nodes["opening"].where(nodes["period"] == nodes["period"].min(), 0.0)
    wanted = {"production": nodes["supplied"], "import": nodes["imported"], "opening": first}
    for source, terms in wanted.items():
        assert apart(solution, terms, table[table["source"] == source], "origin") < 1e-6


def check_costs(solution: Solution) -> None:
    """The parts of the cost of the plan, to a rupiah."""
    costs = solution.costs()
    paid = costs.groupby("part")["idr"].sum()
    found = supplied(solution)[MONEY].sum()
    wanted = [paid.get(name.removesuffix("_idr"), 0.0) for name in MONEY]
    assert found.tolist() == pytest.approx(wanted, abs=1.0)


def check_losses(solution: Solution) -> None:
    """What leaves the sources and does not come to a use is lost in store, on the way and by milling."""
    table, nodes, flows = supplied(solution), solution.nodes(), solution.flows()
    lost = nodes["spoilt"].sum() + (flows["tonnes"] - flows["received_t"]).sum()
    lost += (nodes["used"] - nodes["made"]).sum()
    assert (table["origin_t"] - table["tonnes"]).sum() == pytest.approx(lost, abs=1e-6)


@pytest.mark.parametrize("check", [check_uses, check_sources, check_costs, check_losses])
def test_every_tonne_and_rupiah_of_the_nation_has_its_path(national: Solution, check: Any) -> None:
    check(national)


@quick
@given(scenarios())
def test_every_use_adds_up(scenario: Scenario) -> None:
    check_uses(solved(scenario))


@quick
@given(scenarios())
def test_every_source_adds_up(scenario: Scenario) -> None:
    check_sources(solved(scenario))


@quick
@given(scenarios())
def test_every_rupiah_belongs_to_a_path(scenario: Scenario) -> None:
    check_costs(solved(scenario))


@quick
@given(scenarios())
def test_what_is_lost_is_told_apart_from_what_arrives(scenario: Scenario) -> None:
    check_losses(solved(scenario))


@quick
@given(scenarios())
def test_no_path_brings_a_good_back_to_where_it_was(scenario: Scenario) -> None:
    table = supplied(solved(scenario))
    carried = table.loc[table["origin_commodity"] == table["commodity"], "path"].str.split(">")
    assert all(len(way) == len(set(way)) for way in carried)


@quick
@given(scenarios())
def test_the_order_of_rows_changes_no_path(scenario: Scenario) -> None:
    """Periods of a table keep their order within a row's key; only rows are turned round."""
    turned = {name: t.iloc[::-1].reset_index(drop=True) for name, t in scenario.tables.items()}
    one, two = (supplied(solved(s)) for s in (scenario, scenario.replace(**turned)))
    pd.testing.assert_frame_equal(one, two, atol=1e-3, rtol=1e-6)


def test_the_two_islands_supply_each_other_as_found_by_hand() -> None:
    """Of 70 t sent, 10 are at sea at the end; Timur eats its own 40 t first."""
    table = supplied(planner.solve(planner.read_scenario(TWO_ISLANDS)))
    own = {("01", "production"): 80, ("02", "opening"): 20, ("02", "production"): 20}
    assert tonnes(table) == pytest.approx(own | {("01>02", "production"): 60})
    assert tonnes(table, "in_transit") == pytest.approx({("01>02", "production"): 10})
    rows = table.set_index(["path", "use"])
    assert rows.loc[("01>02", "need"), "freight_idr"].sum() == pytest.approx(60 * 80_000)
    assert rows.loc[("01>02", "need"), "holding_idr"].sum() == pytest.approx(15 * 10_000)


def hub(folder: Path) -> pd.DataFrame:
    """A sends 35 t to B, which makes 10, eats 20 and passes 20 on to C; a fifth is lost on the way there."""
    return plan(
        folder,
        "A",
        "B",
        "C",
        production=[made("A", 100), made("B", 10)],
        need=[needed("B", 20), needed("C", 16)],
        arcs=[arc("A", "B", 100), arc("B", "C", 50, loss=0.2)],
    )


def test_a_hub_eats_its_own_and_passes_on_what_came(tmp_path: Path) -> None:
    found = tonnes(hub(tmp_path))
    own = {("B", "production"): 10, ("A>B", "production"): 10}
    assert found == pytest.approx(own | {("A>B>C", "production"): 16})


def test_a_path_carries_the_cost_of_what_is_lost(tmp_path: Path) -> None:
    row = hub(tmp_path).set_index("path").loc["A>B>C"]
    assert row["origin_t"] == pytest.approx(20)
    assert (row["modes"], row["freight_idr"]) == ("ship>ship", pytest.approx(20 * 150))


def test_a_path_over_land_and_sea_names_both(tmp_path: Path) -> None:
    table = plan(
        tmp_path,
        *"ABC",
        modes=[{"mode": "ship"}, {"mode": "truck"}],
        production=[made("A", 10)],
        need=[needed("C", 10)],
        arcs=[arc("A", "B", 1, mode="truck"), arc("B", "C", 1)],
    )
    assert table["modes"].tolist() == ["truck>ship"]


def test_the_oldest_is_eaten_first(tmp_path: Path) -> None:
    """Of 30 t in store and 40 made, 50 are eaten in January; what is left at the end was made."""
    table = plan(
        tmp_path,
        *"AB",
        horizon=(JANUARY, 2, "month"),
        closing="opening",
        production=[made("A", 40), made("A", 25, FEBRUARY)],
        need=[needed("A", 50), needed("A", 15, FEBRUARY)],
        stocks=[store("A", 30)],
        arcs=[arc("A", "B", 1)],
    )
    assert tonnes(table, "closing") == pytest.approx({("A", "production"): 30})


def test_stock_of_households_is_not_sent_away(tmp_path: Path) -> None:
    """It is older than the harvest, and yet the harvest is what leaves."""
    table = plan(
        tmp_path,
        *"AB",
        production=[made("A", 30)],
        need=[needed("A", 10), needed("B", 25)],
        stocks=[store("A", 100, local_share=1)],
        arcs=[arc("A", "B", 1)],
    )
    wanted = {("A", "opening"): 10, ("A>B", "production"): 25}
    assert tonnes(table) == pytest.approx(wanted)


def test_goods_that_wait_at_sea_come_home_without_a_way(tmp_path: Path) -> None:
    """There is no store: what A wants in February goes out and back in a ring of ships."""
    days = 365.25 / 24
    table = plan(
        tmp_path,
        *"AB",
        horizon=(JANUARY, 2, "month"),
        storage=[{"province": place, "capacity_t": 0} for place in "AB"],
        production=[made("A", 100)],
        need=[needed("A", 20, FEBRUARY)],
        arcs=[arc("A", "B", 10, transit_days=days), arc("B", "A", 10, transit_days=days)],
    )
    home = table[(table["use"] == "need") & (table["path"] == "A")]
    assert home["tonnes"].sum() == pytest.approx(20)
    assert home["freight_idr"].sum() > 0


def milled(folder: Path, **what: Any) -> pd.DataFrame:
    """A grows 100 t of paddy, a tonne gives half a tonne of rice for Rp200, B eats 40 t of rice."""
    mill = {
        "recipe": "mill",
        "input": "paddy",
        "output": "rice",
        "yield": 0.5,
        "fee_idr_per_t": 200,
    }
    return plan(
        folder,
        *"AB",
        commodities=[{"commodity": "paddy"}, {"commodity": "rice"}],
        production=[made("A", 100, commodity="paddy")],
        need=[needed("B", 40)],
        recipes=[{**mill, **what}],
        arcs=[arc("A", "B", 1_000)],
    )


def test_rice_is_followed_back_to_the_paddy_it_was_milled_from(tmp_path: Path) -> None:
    row = milled(tmp_path).iloc[0]
    assert (row["path"], row["modes"]) == ("A>A>B", "mill>ship")
    assert (row["origin_commodity"], row["commodity"]) == ("paddy", "rice")
    assert (row["origin_t"], row["tonnes"]) == pytest.approx((80, 40))
    assert (row["processing_idr"], row["freight_idr"]) == pytest.approx((80 * 200, 40 * 1_000))


def test_paddy_that_is_milled_far_away_travels_as_paddy(tmp_path: Path) -> None:
    row = milled(tmp_path, province="B").iloc[0]
    assert (row["path"], row["modes"]) == ("A>B>B", "ship>mill")
    assert row["freight_idr"] == pytest.approx(80 * 1_000)


def test_imports_start_at_the_province_of_their_port(tmp_path: Path) -> None:
    entry = {"port": "a", "commodity": "rice", "period": JANUARY, "max_tonnes": 9, "idr_per_t": 500}
    table = plan(
        tmp_path,
        *"AB",
        production=[made("A", 0)],
        need=[needed("B", 9)],
        ports=[{"port": "a", "province": "A"}],
        imports=[entry],
        arcs=[arc("A", "B", 1)],
    )
    row = table.iloc[0]
    assert (row["origin"], row["source"], row["import_idr"]) == ("A", "import", 4_500)


def test_the_matrix_holds_what_each_eats_from_each(tmp_path: Path) -> None:
    matrix = who_supplies_whom(hub(tmp_path), "rice")
    assert matrix.loc["A"].to_dict() == pytest.approx({"B": 10, "C": 16})
    assert matrix.to_numpy().sum() == pytest.approx(36)


def test_what_cannot_be_met_has_no_path(tmp_path: Path) -> None:
    table = plan(
        tmp_path,
        *"AB",
        production=[made("A", 10)],
        need=[needed("B", 9)],
        arcs=[arc("A", "B", 1, capacity=4)],
    )
    assert tonnes(table) == pytest.approx({("A>B", "production"): 4})


def test_a_province_is_known_by_its_name_too(national: Solution) -> None:
    assert find_code(national.scenario, "provinces", "papua") == "94"


def test_an_unknown_province_gets_a_hint(national: Solution) -> None:
    with pytest.raises(OptionError, match=r"Did you mean Papua \(94\)"):
        find_code(national.scenario, "provinces", "Papuaa")


def test_the_view_shows_one_commodity_where_one_is_asked_for(national: Solution) -> None:
    table = supplied(national)
    view = supply_view(national.scenario, table, "94", "beras", "en")
    eaten = table[(table["destination"] == "94") & (table["use"] == "need")]
    assert view.row_count == 1 + (eaten["commodity"] == "beras").sum()
    assert np.isfinite(eaten["tonnes"]).all()


def test_what_spoils_is_followed_by_its_age(tmp_path: Path) -> None:
    """A's stock is spoilt in February: it goes on to B at once, and what C sends stays for A."""
    table = plan(
        tmp_path,
        *"ABC",
        horizon=(JANUARY, 2, "month"),
        commodities=[{"commodity": "rice", "max_stock_periods": 1}],
        production=[made("C", 10)],
        need=[needed("B", 10), needed("A", 10, FEBRUARY)],
        stocks=[store("A", 10)],
        arcs=[arc("C", "A", 10), arc("A", "B", 10)],
    )
    assert tonnes(table) == pytest.approx({("A>B", "opening"): 10, ("C>A", "production"): 10})
