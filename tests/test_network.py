"""Freight, time, loss and room of lanes, by hand; and places nothing can reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import Row, arc, made, needed, provinces, scenario_of

import planner
from planner import InputError
from planner.market.network import Network, build_network

TRUCK = {"mode": "truck", "idr_per_t_km": 1000, "km_per_day": 400}
SHIP = {
    "mode": "ship",
    "idr_fixed_per_teu": 3_000_000,
    "idr_per_teu_nm": 5000,
    "handling_idr_per_t": 130_000,
    "idr_low": 0.8,
    "idr_high": 1.25,
}
RICE = {"commodity": "rice", "tonnes_per_teu": 20}
CHILI = {"commodity": "chili", "tonnes_per_teu": 10, "reefer_factor": 1.5}
SAIL = arc("A", "B", "", distance_nm=400, transit_days=4)
DRIVE = arc("A", "B", "", mode="truck", distance_km=500, transit_days="")


def network(folder: Path, only: Row, *goods: Row, freight: str = "central", **mode: Any) -> Network:
    """Return the network of one arc from A to B, with a lane for each good that may use it."""
    scenario = scenario_of(
        folder,
        freight=freight,
        commodities=list(goods or [RICE]),
        provinces=provinces("A", "B"),
        modes=[{**SHIP, **mode}, TRUCK],
        ports=[{"port": "a", "province": "A"}],
        production=[made("A", 1, commodity=str((goods or [RICE])[0]["commodity"]))],
        need=[needed("B", 1, commodity=str((goods or [RICE])[0]["commodity"]))],
        arcs=[only],
    )
    return build_network(scenario)


def test_a_truck_costs_by_the_kilometre(tmp_path: Path) -> None:
    assert network(tmp_path, DRIVE).freight.tolist() == pytest.approx([500_000])


def test_a_truck_takes_its_distance_by_its_speed(tmp_path: Path) -> None:
    assert network(tmp_path, DRIVE).transit_days.tolist() == pytest.approx([1.25])


def test_a_container_costs_a_fixed_part_and_miles_by_payload_and_handling(tmp_path: Path) -> None:
    assert network(tmp_path, SAIL).freight.tolist() == pytest.approx([5_000_000 / 20 + 130_000])


def test_a_cooled_container_costs_its_factor_but_handling_does_not(tmp_path: Path) -> None:
    found = network(tmp_path, SAIL, CHILI).freight.tolist()
    assert found == pytest.approx([5_000_000 * 1.5 / 10 + 130_000])


def test_freight_of_the_arc_takes_the_place_of_the_rate_and_handling_is_added(
    tmp_path: Path,
) -> None:
    found = network(tmp_path, {**SAIL, "idr_per_t": 77_000}).freight.tolist()
    assert found == pytest.approx([77_000 + 130_000])


@pytest.mark.parametrize(("freight", "factor"), [("low", 0.8), ("central", 1.0), ("high", 1.25)])
def test_the_band_moves_freight_and_handling(tmp_path: Path, freight: str, factor: float) -> None:
    found = network(tmp_path, SAIL, freight=freight).freight.tolist()
    assert found == pytest.approx([380_000 * factor])


@pytest.mark.parametrize(("freight", "factor"), [("low", 0.8), ("high", 1.25)])
def test_the_band_moves_a_freight_given_on_the_arc(
    tmp_path: Path, freight: str, factor: float
) -> None:
    found = network(tmp_path, {**SAIL, "idr_per_t": 77_000}, freight=freight).freight.tolist()
    assert found == pytest.approx([207_000 * factor])


def test_no_cargo_travels_for_less_than_a_rupiah(tmp_path: Path) -> None:
    found = network(tmp_path, {**SAIL, "idr_per_t": 0}, handling_idr_per_t=0).freight.tolist()
    assert found == [1.0]


MONTH = 365.25 / 12


@pytest.mark.parametrize(
    ("days", "lag", "late"),
    [(0, 0, 0.0), (15.21875, 0, 0.5), (MONTH, 1, 0.0), (76.09375, 2, 0.5), (3.04375, 0, 0.1)],
)
def test_time_on_the_way_is_whole_periods_and_a_late_share(
    tmp_path: Path, days: float, lag: int, late: float
) -> None:
    found = network(tmp_path, {**SAIL, "transit_days": days})
    assert (found.lag.tolist(), found.late.tolist()) == ([lag], [pytest.approx(late)])


def test_what_the_arc_loses_and_what_decays_on_the_way_multiply(tmp_path: Path) -> None:
    sail = {**SAIL, "loss": 0.1, "transit_days": 3}
    found = network(tmp_path, sail, {**CHILI, "decay_per_day": 0.01}).loss.tolist()
    assert found == pytest.approx([1 - 0.9 * 0.99**3])


@pytest.mark.parametrize(("max_days", "lanes"), [(3.9, 0), (4, 1), ("", 1)])
def test_a_good_travels_only_where_it_arrives_within_its_days(
    tmp_path: Path, max_days: float | str, lanes: int
) -> None:
    assert len(network(tmp_path, SAIL, {**RICE, "max_days": max_days}).freight) == lanes


def test_a_good_without_payload_travels_in_no_container(tmp_path: Path) -> None:
    found = network(tmp_path, SAIL, RICE, {"commodity": "eggs"})
    assert found.lane_commodity.tolist() == [0]


def test_a_good_without_payload_travels_by_truck(tmp_path: Path) -> None:
    assert len(network(tmp_path, DRIVE, {"commodity": "eggs"}).freight) == 1


def test_a_good_without_payload_is_kept_from_an_arc_counted_in_containers(tmp_path: Path) -> None:
    only = {**DRIVE, "capacity": 5, "capacity_unit": "TEU"}
    assert len(network(tmp_path, only, {"commodity": "eggs"}).freight) == 0


def test_a_tonne_takes_its_part_of_a_container(tmp_path: Path) -> None:
    boxes = {**SAIL, "capacity": 5, "capacity_unit": "TEU"}
    assert network(tmp_path, boxes, RICE, CHILI).space.tolist() == pytest.approx([0.05, 0.1])


def test_a_tonne_takes_a_tonne_where_tonnes_are_counted(tmp_path: Path) -> None:
    assert network(tmp_path, {**SAIL, "capacity": 5}, RICE, CHILI).space.tolist() == [1, 1]


def refused(folder: Path, **tables: list[Row]) -> InputError:
    scenario = scenario_of(folder, **tables)
    with pytest.raises(InputError) as caught:
        planner.solve(scenario)
    return caught.value


def test_a_province_that_no_arc_leads_to_is_named_with_its_line(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        provinces=provinces("A", "B", "C"),
        production=[made("A", 9)],
        need=[needed("B", 1), needed("C", 1)],
        arcs=[arc("A", "B", 1), arc("C", "B", 1)],
    )
    places = [
        (Path(p.file).name, p.line) for p in error.problems if p.key == "unreachable_province"
    ]
    assert places == [("provinces.csv", 4)]


def test_a_need_that_no_supply_can_reach_is_named_with_its_line(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        provinces=provinces("A", "B"),
        commodities=[RICE, CHILI],
        production=[made("A", 9), made("B", 9, commodity="chili")],
        need=[needed("B", 1), needed("A", 1, commodity="chili")],
        arcs=[arc("A", "B", 1)],
    )
    places = [(p.key, Path(p.file).name, p.line) for p in error.problems]
    assert places == [("no_supply", "need.csv", 3)]


def test_a_need_that_supply_reaches_only_through_a_third_province_is_no_problem(
    tmp_path: Path,
) -> None:
    scenario = scenario_of(
        tmp_path,
        provinces=provinces("A", "B", "C"),
        production=[made("A", 9)],
        need=[needed("C", 9)],
        arcs=[arc("A", "B", 1), arc("B", "C", 1)],
    )
    assert planner.solve(scenario).coverage()["coverage"].tolist() == pytest.approx([1.0])


def test_all_needs_without_supply_are_told_at_once(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        provinces=provinces("A", "B"),
        commodities=[RICE, CHILI],
        production=[made("A", 9)],
        need=[needed("B", 1, commodity="chili"), needed("A", 1, commodity="chili")],
        arcs=[arc("A", "B", 1)],
    )
    assert sorted(problem.line for problem in error.problems) == [2, 3]
