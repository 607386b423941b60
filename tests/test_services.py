"""Vessel services by hand: a ship that sails a, b, c and home to a, twice a month, in 20 days.

Its legs are 100, 300 and 400 nautical miles long; it has room for five containers of two tonnes a month. Carts
go between any two islands for ten million rupiah a tonne.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from builders import FEBRUARY, JANUARY, Row, arc, made, needed, provinces, scenario_of

import planner
from planner import Scenario, Solution
from planner.analysis.assumption_shares import assumption_shares
from planner.analysis.run_facts import run_facts
from planner.market.network import Network, build_network
from planner.reports.run_report import run_report
from planner.runs import write_run

MONTH = 365.25 / 12
CART = 10_000_000
MODES = [
    {
        "mode": "ship",
        "idr_fixed_per_teu": 1_000_000,
        "idr_per_teu_nm": 1_000,
        "handling_idr_per_t": 20_000,
    },
    {"mode": "cart"},
]
GOODS = [{"commodity": "rice", "tonnes_per_teu": 2}, {"commodity": "sugar", "tonnes_per_teu": 2}]
MILES = {frozenset("ab"): 100, frozenset("bc"): 300, frozenset("ac"): 400}
LOOP = ("a", "b", "c", "a")


def calls(*ports: str, service: str = "L", **factors: float) -> list[Row]:
    """Number the calls and give each the miles from the one before."""
    rows: list[Row] = [{"service": service, "call": 1, "port": ports[0]}]
    for number, (start, end) in enumerate(pairwise(ports), start=2):
        way = {
            "nm_from_previous": MILES[frozenset(start + end)],
            "idr_per_teu_nm_factor": factors.get(start + end, 1),
        }
        rows.append({"service": service, "call": number, "port": end, **way})
    return rows


def service(name: str = "L", **more: object) -> Row:
    room = {"capacity_teu": 2.5, "voyages_per_period": 2, "days_per_voyage": 20}
    return {"service": name, "name": name, "mode": "ship", **room, **more}


def islands(folder: Path, *loop: str, **tables: list[Row]) -> Scenario:
    """Three islands with a port each; A has rice in January and C needs 8 t of it in February."""
    usual: dict[str, list[Row]] = {
        "modes": MODES,
        "commodities": GOODS,
        "services": [service()],
        "calls": calls(*(loop or LOOP)),
        "ports": [{"port": place, "province": place.upper()} for place in "abc"],
        "production": [made("A", 100)],
        "need": [needed("C", 8, FEBRUARY)],
        "arcs": [arc(p, q, CART, mode="cart") for p, q in permutations("ABC", 2)],
    }
    return scenario_of(
        folder,
        horizon=(JANUARY, 2, "month"),
        provinces=provinces("A", "B", "C"),
        **usual | tables,
    )


def by_lane(network: Network, values: Iterable[float]) -> dict[str, float]:
    """Return a value of each arc of a service under the letters of its two ports."""
    rows = zip(network.service, network.origin_port, network.destination_port, values, strict=True)
    return {start + end: value for name, start, end, value in rows if name}


def carried(solution: Solution) -> dict[str, float]:
    """Return the tonnes by ship under the letters of the two islands, months together."""
    flows = solution.flows().query("mode == 'ship'")
    tonnes = flows.groupby(["origin", "destination"])["tonnes"].sum()
    return {"".join(pair): value for pair, value in tonnes.items()}


def january(solution: Solution, column: str = "used") -> list[float]:
    """Return a column of the legs in January."""
    return solution.capacities().query("kind == 'service' & period == '2023-01'")[column].tolist()


def test_every_call_is_joined_to_every_later_call_of_another_province(tmp_path: Path) -> None:
    network = build_network(islands(tmp_path))
    assert list(by_lane(network, network.capacity)) == ["ab", "ac", "bc", "ba", "ca"]


def test_freight_counts_the_miles_of_all_legs_between_each_by_its_factor(tmp_path: Path) -> None:
    network = build_network(islands(tmp_path, calls=calls(*LOOP, bc=2.0)))
    miles = {"ab": 100, "ac": 700, "bc": 600, "ba": 1_000, "ca": 400}
    by_hand = {ports: (1_000_000 + 1_000 * nm) / 2 + 20_000 for ports, nm in miles.items()}
    rice = network.lane_commodity == 0
    paid = dict(zip(network.lane_arc[rice], network.freight[rice], strict=True))
    found = by_lane(network, [paid[i] for i in range(len(network.service))])
    assert found == pytest.approx(by_hand)


def test_time_is_the_share_of_the_voyage_and_half_the_time_between_ships(tmp_path: Path) -> None:
    network = build_network(islands(tmp_path))
    sailing = {"ab": 2.5, "ac": 10, "bc": 7.5, "ba": 17.5, "ca": 10}
    by_hand = {ports: days + MONTH / 4 for ports, days in sailing.items()}
    assert by_lane(network, network.transit_days) == pytest.approx(by_hand)


def test_what_the_service_loses_does_not_arrive(tmp_path: Path) -> None:
    solution = planner.solve(islands(tmp_path, services=[service(loss=0.2)]))
    assert carried(solution) == {"AC": pytest.approx(10)}


def test_a_run_with_services_is_read_back_and_names_its_calls_by_service_and_number(
    tmp_path: Path,
) -> None:
    """The number of a call is the only key that is no text."""
    (tmp_path / "run").mkdir()
    write_run(tmp_path / "run", planner.run_of(planner.solve(islands(tmp_path / "islands"))))
    scenario = planner.read_run(tmp_path / "run").scenario
    where = scenario.lines["calls"].iloc[0]
    told = scenario.place(str(where["file"]), int(where["line"]), "distance_nm", "en")
    assert told == "table calls, row L, 1, column distance_nm"


def test_rows_of_calls_may_stand_in_any_order(tmp_path: Path) -> None:
    mixed = build_network(islands(tmp_path, calls=calls(*LOOP)[::-1]))
    assert list(by_lane(mixed, mixed.capacity)) == ["ab", "ac", "bc", "ba", "ca"]


def test_cargo_takes_room_on_every_leg_between(tmp_path: Path) -> None:
    solution = planner.solve(islands(tmp_path))
    assert (carried(solution), january(solution)) == ({"AC": 8}, [4, 4, 0])


def test_the_legs_are_named_with_their_service_and_ports(tmp_path: Path) -> None:
    names = january(planner.solve(islands(tmp_path)), "name")
    assert names == ["L leg 1 a-b", "L leg 2 b-c", "L leg 3 c-a"]


def test_a_ship_that_is_full_when_it_comes_takes_nothing_more(tmp_path: Path) -> None:
    """A and B each have 6 t for C: one of the two must send a tonne by cart."""
    makes = [made("A", 6), made("B", 6)]
    solution = planner.solve(islands(tmp_path, production=makes, need=[needed("C", 12, FEBRUARY)]))
    assert january(solution) == pytest.approx([2, 5, 0])


def test_a_ship_that_is_full_on_the_way_out_has_room_on_the_way_back(tmp_path: Path) -> None:
    solution = planner.solve(
        islands(
            tmp_path,
            production=[made("A", 10), made("C", 9, commodity="sugar")],
            need=[needed("C", 10, FEBRUARY), needed("A", 9, FEBRUARY, "sugar")],
        )
    )
    assert (carried(solution), january(solution)) == ({"AC": 10, "CA": 9}, [5, 5, 4.5])


def test_one_more_container_all_the_way_saves_what_carts_cost_more(tmp_path: Path) -> None:
    """Two tonnes a container, each ten million by cart and (1,000,000 + 400,000) / 2 + 20,000 by ship."""
    solution = planner.solve(islands(tmp_path, need=[needed("C", 40, FEBRUARY)]))
    saved = sum(january(solution, "congestion_rent"))
    assert saved == pytest.approx(2 * (CART - 720_000), rel=1e-6)


def test_a_ship_that_calls_before_it_goes_east_carries_straight_there(tmp_path: Path) -> None:
    makes = [made("B", 8)]
    assert carried(planner.solve(islands(tmp_path, *"abca", production=makes))) == {"BC": 8}


def test_a_ship_that_calls_on_its_way_home_carries_by_way_of_its_first_port(tmp_path: Path) -> None:
    """What comes to A in January goes on in the ship of February; carts bring what would be late."""
    solution = planner.solve(islands(tmp_path, *"acba", production=[made("B", 8)]))
    assert set(carried(solution)) == {"BA", "AC"}


def test_cargo_between_the_same_provinces_at_two_pairs_of_calls_is_one_row(tmp_path: Path) -> None:
    """The ship sails from a to b as its first leg and again as its last, with ten tonnes each time."""
    solution = planner.solve(islands(tmp_path, *"abcab", need=[needed("B", 40, FEBRUARY)]))
    rows = solution.flows().query("mode == 'ship' & period == '2023-01'")
    assert rows[["origin", "destination", "tonnes"]].to_numpy().tolist() == [["A", "B", 20]]


def test_both_pairs_of_calls_of_two_provinces_are_lanes(tmp_path: Path) -> None:
    network = build_network(islands(tmp_path, *"abcb"))
    pairs = zip(network.origin_port, network.destination_port, network.service, strict=True)
    assert [a + b for a, b, name in pairs if name] == ["ab", "ac", "ab", "bc", "cb"]


def test_each_service_has_room_of_its_own(tmp_path: Path) -> None:
    both = [service(), service("M", capacity_teu=1)]
    ways = [*calls("a", "c"), *calls("a", "c", service="M")]
    wants = [needed("C", 40, FEBRUARY)]
    solution = planner.solve(islands(tmp_path, services=both, calls=ways, need=wants))
    assert january(solution) == pytest.approx([5, 2])


def test_its_cargo_goes_through_the_ports_of_its_calls(tmp_path: Path) -> None:
    ports = [{"port": place, "province": place.upper(), "throughput_t": 3} for place in "abc"]
    assert carried(planner.solve(islands(tmp_path, ports=ports)))["AC"] <= 2 * 3


def test_a_ship_that_is_laid_up_carries_nothing(tmp_path: Path) -> None:
    solution = planner.solve(islands(tmp_path, services=[service(capacity_teu=0)]))
    assert (carried(solution), january(solution, "capacity")) == ({}, [0, 0, 0])


def test_an_island_that_only_a_ship_reaches_is_reached(tmp_path: Path) -> None:
    solution = planner.solve(islands(tmp_path, arcs=[arc("A", "B", CART, mode="cart")]))
    assert solution.coverage()["coverage"].tolist() == pytest.approx([1.0])


@pytest.mark.parametrize("good", [{"tonnes_per_teu": ""}, {"tonnes_per_teu": 2, "max_days": 7}])
def test_a_good_without_payload_or_too_slow_stays_ashore(tmp_path: Path, good: Row) -> None:
    """The wait for a ship alone is 7.6 days."""
    goods = [{"commodity": "rice", **good}, GOODS[1]]
    assert carried(planner.solve(islands(tmp_path, commodities=goods))) == {}


@pytest.mark.parametrize(("kind", "share"), [("assumption", 1.0), ("official", 0.0)])
def test_freight_of_a_service_is_as_sure_as_its_calls(
    tmp_path: Path, kind: str, share: float
) -> None:
    sources = [{"source": "made_up", "kind": "official"}, {"source": "asked_for", "kind": kind}]
    loop = [*calls(*LOOP)[:-1], {**calls(*LOOP)[-1], "source": "asked_for"}]
    solution = planner.solve(islands(tmp_path, calls=loop, sources=sources))
    assert assumption_shares(solution)["freight"] == share


def test_the_summary_tells_how_full_the_ship_is_out_and_back(tmp_path: Path) -> None:
    """Eight tonnes in January, none in February: two TEU a month of five."""
    solution = planner.solve(islands(tmp_path))
    lines = run_report(solution, run_facts(solution), None, "en")
    assert "Services, mean TEU used a period: L a-b 2, b-c 2, c-a 0 (room 5)." in lines
