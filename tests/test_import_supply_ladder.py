"""As need rises, supply climbs a ladder from the nearest source to the farthest; prices follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import JANUARY, Row, arc, made, needed, provinces, scenario_of

import planner
from planner import Solution

RUNGS = {"home": 10, "neighbour": 20, "near port": 25, "far port": 15}
"""Tonnes each source can give, the cheapest first."""
NEEDS = [5, 10, 11, 25, 30, 40, 55, 60, 70, 71, 90]
PRICES = {5: 0, 20: 100_000, 40: 300_000, 60: 520_000}
"""Price at needs that lie within a rung."""


def entry(port: str, idr_per_t: float, tonnes: float) -> Row:
    cost = {"idr_per_t": idr_per_t, "max_tonnes": tonnes}
    return {"port": port, "commodity": "rice", "period": JANUARY, **cost}


def plan(folder: Path, need: float) -> Solution:
    """H needs; N next door grows 40 t and eats 20; a near port in H, a far one in F."""
    return planner.solve(
        scenario_of(
            folder,
            provinces=provinces("H", "N", "F"),
            production=[made("H", RUNGS["home"]), made("N", 20.0 + RUNGS["neighbour"])],
            need=[needed("H", need), needed("N", 20)],
            ports=[{"port": "near", "province": "H"}, {"port": "far", "province": "F"}],
            imports=[
                entry("near", 300_000, RUNGS["near port"]),
                entry("far", 400_000, RUNGS["far port"]),
            ],
            arcs=[arc("N", "H", 100_000), arc("F", "H", 120_000)],
        )
    )


def sources(solution: Solution) -> dict[str, float]:
    nodes = solution.nodes().set_index("province")
    come = solution.flows().set_index("origin")["tonnes"].to_dict()
    return {
        "home": nodes["supplied"]["H"],
        "neighbour": come.get("N", 0.0),
        "near port": nodes["imported"]["H"],
        "far port": come.get("F", 0.0),
        "unmet": nodes["unmet"]["H"],
    }


def climbed(need: float) -> dict[str, float]:
    """Fill the rungs from below."""
    filled = {}
    for source, room in RUNGS.items():
        filled[source] = min(need, room)
        need -= filled[source]
    return filled | {"unmet": need}


@pytest.mark.parametrize("need", NEEDS)
def test_supply_comes_from_the_lowest_rung_that_has_any_left(tmp_path: Path, need: float) -> None:
    assert sources(plan(tmp_path, need)) == pytest.approx(climbed(need), abs=1e-3)


@pytest.mark.parametrize("need", PRICES)
def test_the_price_is_that_of_the_rung_the_last_tonne_stands_on(
    tmp_path: Path, need: float
) -> None:
    prices = plan(tmp_path, need).prices().set_index("province")
    assert prices["idr_per_t"]["H"] == pytest.approx(PRICES[need])


@pytest.mark.parametrize("need", PRICES)
def test_on_the_ladder_the_price_is_of_a_delivered_tonne(tmp_path: Path, need: float) -> None:
    assert plan(tmp_path, need).prices().set_index("province")["kind"]["H"] == "delivered"


def test_above_the_last_rung_the_province_is_short(tmp_path: Path) -> None:
    prices = plan(tmp_path, 90).prices().set_index("province")
    assert prices["kind"]["H"] == "short"


def test_a_short_province_shows_no_rupiah(tmp_path: Path) -> None:
    assert plan(tmp_path, 90).prices().set_index("province")["idr_per_t"].isna()["H"]


def test_the_neighbour_keeps_what_it_eats_however_short_the_other_is(tmp_path: Path) -> None:
    coverage = plan(tmp_path, 90).coverage().set_index("province")["coverage"]
    assert coverage["N"] >= coverage["H"]
