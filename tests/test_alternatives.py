"""What could go another way, worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import arc, made, needed, provinces, scenario_of

import planner
from planner import Solution
from planner.analysis.alternatives import alternative_lanes, movable_tonnes


def plan(folder: Path, from_c: float, spare: float = 100, own: float = 100) -> Solution:
    """B needs 100 t; A sends its own for 1000 a tonne, C could for another price."""
    return planner.solve(
        scenario_of(
            folder,
            provinces=provinces("A", "B", "C"),
            production=[made("A", own), made("C", spare)],
            need=[needed("B", 100)],
            arcs=[arc("A", "B", 1000), arc("C", "B", from_c)],
        )
    )


def test_where_one_way_is_cheapest_nothing_can_be_swapped(tmp_path: Path) -> None:
    assert alternative_lanes(plan(tmp_path, 1100)).empty


def test_an_equal_way_can_take_all_of_it(tmp_path: Path) -> None:
    assert movable_tonnes(alternative_lanes(plan(tmp_path, 1000))) == pytest.approx(100)


def test_an_equal_way_can_take_what_it_has(tmp_path: Path) -> None:
    solution = plan(tmp_path, 1000, spare=30)
    assert movable_tonnes(alternative_lanes(solution)) == pytest.approx(30)


def test_cargo_can_be_swapped_among_the_lanes_of_the_plan(tmp_path: Path) -> None:
    """Two thirds of the market come from one side or the other; both are in every plan."""
    solution = plan(tmp_path, 1000, spare=60, own=70)
    assert len(solution.flows()) == 2
    assert movable_tonnes(alternative_lanes(solution)) == pytest.approx(30)


def test_one_percent_more_moves_what_one_percent_pays_for(tmp_path: Path) -> None:
    """1 % of 100,000 is 1,000: ten tonnes that cost 100 more each."""
    assert movable_tonnes(alternative_lanes(plan(tmp_path, 1100), 0.01)) == pytest.approx(
        10, rel=1e-3
    )


def test_the_lanes_that_change_are_named(tmp_path: Path) -> None:
    table = alternative_lanes(plan(tmp_path, 1100), 0.01).set_index("origin")["change_t"]
    assert table.to_dict() == pytest.approx({"A": -10, "C": 10}, rel=1e-3)


def test_nobody_goes_short_for_a_swap(tmp_path: Path) -> None:
    """To leave B hungry would save freight, and is no other way."""
    solution = plan(tmp_path, 900, spare=0)
    assert movable_tonnes(alternative_lanes(solution, 0.5)) == 0
