"""The price of fairness, by hand: A has 60 t, B and C need 50 t each; to B for 100 a tonne, to C for 300.

The cheapest plan gives B 50 t and C 10 t and costs 8,000. Each tonne moved from B to C costs 200 more, until
both have 30 t.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from builders import FEBRUARY, JANUARY, Row, arc, made, needed, with_policy, write_scenario
from processes import planner as command
from test_stages import far, market

import planner
from planner.analysis.fairness_frontier import Frontier, frontier
from planner.errors import OptionError
from planner.reports.fairness_frontier_view import frontier_report
from planner.scenario import Scenario

FOLDER = "kurang"


def strict(scenario: Scenario) -> Scenario:
    return with_policy(scenario, tolerance=0.0)


@pytest.fixture
def found(tmp_path: Path) -> Frontier:
    return frontier(strict(market(tmp_path)), points=5)


def test_floors_rise_in_equal_steps_from_the_cheapest_plan_to_the_fairest(found: Frontier) -> None:
    assert found.points["floor"].tolist() == pytest.approx([0.2, 0.3, 0.4, 0.5, 0.6], abs=1e-4)


def test_every_point_keeps_its_floor(found: Frontier) -> None:
    points = found.points
    assert (points["lowest_coverage"] >= points["floor"] - 1e-4).all()


def test_the_rise_is_what_the_dearer_ship_costs(found: Frontier) -> None:
    assert found.points["rise_idr"].tolist() == pytest.approx([0, 1000, 2000, 3000, 4000], abs=1)
    assert found.points["cost_idr"].iloc[0] == pytest.approx(8000)


def test_each_tonne_that_is_shifted_has_its_price(found: Frontier) -> None:
    assert found.points["shifted_t"].tolist() == pytest.approx([0, 5, 10, 15, 20], abs=1e-2)
    assert found.points["rise_idr_per_t"].iloc[1:].tolist() == pytest.approx([200] * 4, rel=1e-3)


def test_no_more_goes_unmet_than_in_the_cheapest_plan(found: Frontier) -> None:
    assert found.points["unmet_t"].tolist() == pytest.approx([40] * 5, abs=1e-2)


def test_the_lowest_is_named_and_those_as_low_are_counted(found: Frontier) -> None:
    assert found.points["province"].iloc[0] == "C"
    assert found.points["lowest_cells"].tolist() == [1, 1, 1, 1, 2]


def test_the_lanes_that_change_are_told_with_their_tonnes(found: Frontier) -> None:
    lanes = found.lanes.set_index("destination")[["first_t", "last_t", "change_t"]]
    assert lanes.loc["B"].tolist() == pytest.approx([50, 30, -20], abs=1e-2)
    assert lanes.loc["C"].tolist() == pytest.approx([10, 30, 20], abs=1e-2)


def test_what_a_ship_loads_in_two_ports_of_a_province_is_one_lane(tmp_path: Path) -> None:
    """Each port of A handles 20 t for the cheap ship to B, which has to leave ten to C."""
    need = [needed("B", 50, FEBRUARY), needed("C", 50, FEBRUARY)]
    months = {"horizon": (JANUARY, 2, "month"), "need": need}
    scenario = with_policy(market(tmp_path, **months, **twice_in_a()), tolerance=0.01)
    lanes = frontier(scenario, points=2).lanes.set_index("service")
    assert lanes.loc[["loop"], "first_t"].tolist() == pytest.approx([40], abs=0.1)


def twice_in_a() -> dict[str, list[Row]]:
    """A ship that calls at two ports of A, then in B, besides the arcs of the market.

    Waiting for it makes a shipment late, if only by a second: it has to leave a month before the need.
    """
    ship = {"service": "loop", "name": "Loop", "mode": "liner", "capacity_teu": 4}
    calls = [("a1", ""), ("a2", 10), ("b", 100), ("a1", 100)]
    ends = [("a1", "A", 20), ("a2", "A", 20), ("b", "B", 100)]
    return {
        "commodities": [{"commodity": "rice", "tonnes_per_teu": 10}],
        "modes": [{"mode": "ship"}, {"mode": "liner", "idr_fixed_per_teu": 100}],
        "ports": [{"port": p, "province": home, "throughput_t": t} for p, home, t in ends],
        "services": [{**ship, "voyages_per_period": 1, "days_per_voyage": 10}],
        "calls": [
            {"service": "loop", "call": number, "port": port, "nm_from_previous": miles}
            for number, (port, miles) in enumerate(calls, start=1)
        ],
    }


def test_the_coverage_of_every_short_cell_is_told_at_every_point(found: Frontier) -> None:
    wide = found.coverage.pivot_table(index="point", columns="province", values="coverage")
    assert wide["B"].tolist() == pytest.approx([1, 0.9, 0.8, 0.7, 0.6], abs=1e-4)


def test_the_first_point_is_the_cheapest_plan(tmp_path: Path) -> None:
    scenario = strict(market(tmp_path))
    costs = planner.solve(scenario).costs()
    money = costs.loc[~costs["part"].str.startswith("penalty"), "idr"].sum()
    assert frontier(scenario, points=2).points["cost_idr"].iloc[0] == pytest.approx(money)


def test_what_a_fair_plan_would_waste_is_not_taken_from_all(tmp_path: Path) -> None:
    """Half of what goes to C is lost: with the least unmet held, its coverage cannot rise."""
    found = frontier(strict(far(tmp_path)), points=3)
    assert found.points["rise_idr"].tolist() == pytest.approx([0, 0, 0], abs=1)
    assert "as fair as can be" in frontier_report(far(tmp_path / "again"), found, "en")[0]


def test_a_tolerance_lets_a_little_more_go_unmet(tmp_path: Path) -> None:
    """4.5 t more may be lost, and so C can have 9.5 t of 50; of what it lacks, a tenth more is let."""
    found = frontier(with_policy(far(tmp_path), tolerance=0.1), points=3)
    assert found.points["floor"].iloc[-1] == pytest.approx(1 - 1.1 * (1 - 9.5 / 50), abs=1e-4)
    assert found.points["unmet_t"].max() <= 45 * 1.1 + 0.01


def test_what_no_ship_reaches_in_time_is_left_out(tmp_path: Path) -> None:
    arcs = [arc("A", "B", 100), arc("A", "C", 300), arc("A", "D", 50, transit_days=40)]
    need = [needed("B", 50), needed("C", 50), needed("D", 10)]
    found = frontier(strict(market(tmp_path, places="ABCD", need=need, arcs=arcs)), points=2)
    assert found.points["floor"].tolist() == pytest.approx([0.2, 0.6], abs=1e-4)


def test_where_nothing_is_short_there_is_nothing_to_share_out(tmp_path: Path) -> None:
    scenario = market(tmp_path, production=[made("A", 100)])
    found = frontier(scenario)
    assert found.points.empty
    assert "nothing to share out" in frontier_report(scenario, found, "en")[0]


def test_one_point_is_no_frontier(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="2 or more"):
        frontier(market(tmp_path), points=1)


def folder_of(folder: Path, tonnes: float) -> Path:
    return write_scenario(
        folder / FOLDER,
        horizon=(JANUARY, 1, "month"),
        provinces=[{"province": p} for p in "ABC"],
        production=[made("A", tonnes)],
        need=[needed("B", 50), needed("C", 50)],
        arcs=[arc("A", "B", 100), arc("A", "C", 300)],
    )


def test_the_command_writes_tables_chart_and_summary(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = command("frontier", folder_of(tmp_path, 60), "--points", 3, "--out", out)
    names = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}
    tables = {"frontier.csv", "frontier_coverage.csv", "frontier_lanes.csv", "summary.json"}
    assert (done.returncode, names) == (
        0,
        tables | {f"charts/{file}" for file in ("frontier.png", "frontier.svg", "captions.csv")},
    )
    assert len(pd.read_csv(out / "frontier.csv")) == 3
    assert json.loads((out / "summary.json").read_text("utf-8"))["points"] == 3


def test_the_command_ends_well_where_nothing_is_short(tmp_path: Path) -> None:
    done = command("frontier", folder_of(tmp_path, 100), "--language", "en")
    assert (done.returncode, "nothing to share out" in done.stdout) == (0, True)


def test_a_wrong_number_of_points_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = command("frontier", folder_of(tmp_path, 60), "--points", 1, "--out", out)
    assert (done.returncode, out.exists()) == (2, False)
