"""Figures that no model can carry are told by the checks, and what is nothing is nothing in the model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from broken_scenarios import copy_of

import planner
from planner import InputError, Scenario
from planner.market.balance import compute_balance
from planner.market.network import build_network
from planner.scenario import examine
from planner.solving.solve import Clock, build_program

FIRST = Path(__file__).parents[1] / "scenarios" / "dua-pulau"


def swapped(folder: Path, file: str, old: str, new: str) -> Path:
    """Return a copy of the two islands with a text of a file swapped."""
    copy = copy_of("dua-pulau", folder)
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


REFUSED = {
    "days": ("15.21875", "1e300", "transit_days", "beyond_counting"),
    "ten years": ("15.21875", "3651", "transit_days", "beyond_counting"),
    "everything lost": ("15.21875,0,", "15.21875,1,", "loss", "all_lost"),
    "percent": ("15.21875,0,", "15.21875,2,", "loss", "not_a_share"),
}


@pytest.mark.parametrize("slip", REFUSED)
def test_a_figure_no_model_can_carry_is_told_with_its_place(tmp_path: Path, slip: str) -> None:
    old, new, column, key = REFUSED[slip]
    _, problems = examine(swapped(tmp_path, "arcs.csv", old, new))
    found = [(p.key, Path(p.file).name, p.line, p.column) for p in problems]
    assert found == [(key, "arcs.csv", 2, column)]


def with_figure(table: str, column: str, value: float) -> Scenario:
    scenario = planner.read_scenario(FIRST)
    return scenario.replace(**{table: scenario.tables[table].assign(**{column: value})})


BOUNDS = {
    ("production", "tonnes"): 1e30,
    ("provinces", "population"): 1e15,
    ("arcs", "capacity"): 1e300,
    ("arcs", "distance_km"): 1e9,
    ("modes", "km_per_day"): 1e-300,
    ("modes", "idr_high"): 1e9,
    ("commodities", "priority"): 1e-9,
    ("commodities", "tonnes_per_teu"): 1e-300,
    ("commodities", "decay_per_day"): 1.0,
    ("stocks", "reserve_t"): 1e20,
    ("need", "kg_per_capita"): 1e12,
}


@pytest.mark.parametrize("cell", BOUNDS)
def test_what_is_beyond_counting_is_refused(cell: tuple[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        with_figure(*cell, BOUNDS[cell])
    keys = {problem.key for problem in caught.value.problems if problem.column == cell[1]}
    assert keys & {"beyond_counting", "next_to_nothing", "all_lost"}


def test_a_distance_that_takes_ten_years_is_refused() -> None:
    scenario = planner.read_scenario(FIRST)
    arcs = scenario.tables["arcs"].assign(transit_days=np.nan, distance_km=40_000.0)
    with pytest.raises(InputError, match="take more than 3650 days"):
        scenario.replace(arcs=arcs, modes=scenario.tables["modes"].assign(km_per_day=1.0))


def test_decay_in_percent_is_asked_about(tmp_path: Path) -> None:
    scenario = planner.read_scenario(FIRST)
    goods = scenario.tables["commodities"]
    folder = copy_of("dua-pulau", tmp_path)
    rows = goods.assign(decay_per_day=0.7).to_csv(index=False)
    (folder / "commodities.csv").write_text(rows, encoding="utf-8")
    found, problems = examine(folder)
    assert [(p.key, p.blocking, p.values["meant"]) for p in problems] == [
        ("nothing_lasts", False, "0.007")
    ]
    assert found is not None


@pytest.mark.parametrize("decay", [0.4, 0.5, 0.7, 0.99])
@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_a_good_that_spoils_at_once_is_planned_without_a_word_of_the_solver(
    decay: float, solver: str
) -> None:
    plan = planner.solve(with_figure("commodities", "decay_per_day", decay), solver=solver)
    assert plan.outcome == "optimal"


def test_what_is_nothing_is_nothing_in_the_model() -> None:
    program = build_program(with_figure("commodities", "decay_per_day", 0.7), Clock(None))[1]
    assert np.abs(program.matrix.data).min() > 1e-7


def test_a_lane_that_brings_nothing_is_no_lane() -> None:
    network = build_network(with_figure("arcs", "loss", 1 - 1e-9))
    assert len(network.lane_arc) == 0


def test_a_lane_that_brings_a_millionth_is_one() -> None:
    network = build_network(with_figure("arcs", "loss", 0.999999))
    assert 1 - network.loss == pytest.approx([1e-6, 1e-6])


def test_more_than_half_lost_is_remarked(tmp_path: Path) -> None:
    folder = swapped(tmp_path, "arcs.csv", "15.21875,0,", "15.21875,0.999999,")
    _, problems = examine(folder)
    assert [(p.key, p.blocking, p.line) for p in problems] == [("much_lost", False, 2)]


def test_a_hair_over_a_period_is_a_period() -> None:
    days = compute_balance(planner.read_scenario(FIRST)).days
    network = build_network(with_figure("arcs", "transit_days", days * (1 + 1e-13)))
    assert (network.lag.tolist(), network.late.tolist()) == ([1, 1], [0, 0])
