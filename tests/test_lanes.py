"""What every way between two provinces costs, and how a planner asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import arc, made, needed, provinces, scenario_of
from processes import planner

from planner import Scenario
from planner.analysis.lane_offers import lanes

FIRST = Path(__file__).parents[1] / "scenarios" / "dua-pulau"


@pytest.fixture
def islands(tmp_path: Path) -> Scenario:
    """From A to B by cart, or by a ship that takes 5 TEU to B and comes home by C."""
    modes = [{"mode": "cart"}, {"mode": "ship", "idr_fixed_per_teu": 1_000_000}]
    ship = {"service": "L", "name": "L", "mode": "ship", "voyages_per_period": 2}
    miles = {"a": "", "b": 100, "c": 100}
    return scenario_of(
        tmp_path,
        provinces=provinces("A", "B", "C"),
        commodities=[
            {"commodity": "rice", "tonnes_per_teu": 2},
            {"commodity": "eggs"},
        ],
        modes=modes,
        ports=[{"port": port, "province": port.upper()} for port in miles],
        production=[made("A", 9), made("A", 9, commodity="eggs")],
        need=[needed("B", 1)],
        arcs=[arc("A", "B", 700_000, mode="cart", loss=0.3, capacity=4)],
        services=[{**ship, "capacity_teu": 2.5, "days_per_voyage": 20}],
        calls=[
            {"service": "L", "call": number, "port": port, "nm_from_previous": nm}
            for number, (port, nm) in enumerate(miles.items(), start=1)
        ],
    )


def test_freight_is_told_for_a_kilogram_that_arrives(islands: Scenario) -> None:
    paid = lanes(islands, "A", "B").query("commodity == 'rice'").set_index("mode")["idr_per_kg"]
    assert paid.to_dict() == pytest.approx({"cart": 1_000, "ship": 500})


def test_room_is_that_of_the_arc_or_of_the_legs(islands: Scenario) -> None:
    room = lanes(islands, "A", "B").set_index("mode")[["room", "unit"]].drop_duplicates()
    assert room.T.to_dict("list") == {"cart": [4, "t"], "ship": [5, "TEU"]}


def test_a_good_that_cannot_go_a_way_is_not_listed_there(islands: Scenario) -> None:
    assert set(lanes(islands, "A", "B").query("mode == 'ship'")["commodity"]) == {"rice"}


def test_a_pair_of_calls_is_a_way_though_no_arc_joins_the_two(islands: Scenario) -> None:
    ways = lanes(islands, "A", "C")[["service", "origin_port", "destination_port"]]
    assert ways.to_numpy().tolist() == [["L", "a", "c"]]


@pytest.mark.parametrize("asked", ["01", "Pulau Barat", "west island"])
def test_a_province_is_known_by_its_code_and_by_its_names(asked: str) -> None:
    done = planner("lanes", FIRST, "--from", asked, "--to", "02")
    assert (done.returncode, "Kapal barat-timur  15,2   50 t    100" in done.stdout) == (0, True)


def test_a_province_that_is_misspelt_has_a_nearest() -> None:
    done = planner("lanes", FIRST, "--from", "Pulau Barrat", "--to", "02")
    assert (done.returncode, "Pulau Barat (01)?" in done.stderr) == (2, True)


def test_no_way_between_two_provinces_is_said_so() -> None:
    done = planner("lanes", FIRST, "--from", "01", "--to", "01", "--language", "en")
    assert (done.returncode, done.stdout[:25]) == (0, "No direct way joins the t")
