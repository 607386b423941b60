"""Feeding comes before cost, and what is missing is never told as money."""

from __future__ import annotations

import importlib
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from builders import (
    FEBRUARY,
    JANUARY,
    SOURCE,
    arc,
    made,
    needed,
    provinces,
    scenario_of,
    store,
    with_policy,
)
from hypothesis import HealthCheck, Phase, given, settings
from strategies import scenarios
from textbook import textbook
from typer.testing import CliRunner

import planner
from planner import Scenario
from planner.analysis.run_facts import run_facts
from planner.analysis.sensitivity.price_ranges import price_ranges
from planner.analysis.whynot.why_not import why
from planner.cli.app import app
from planner.errors import SolveError
from planner.formats.plain_json import as_json
from planner.reports.run_report import run_report
from planner.reports.why_not_sentences import why_not_sentences
from planner.solution.tables.price_table import last_tonne
from planner.solving import SOLVERS, what_if

NEVER = 999_999_999_999
BY_SHIP_AND_PLANE = [
    {"mode": "ship", "name": "Ship"},
    {"mode": "plane", "name": "Plane"},
]


def by_plane(folder: Path, idr_per_t: float = 20e6, lost: float = 0.4) -> Scenario:
    """A has 50 t, B needs 100: a ship for a million loses some of them, a plane nothing."""
    ways = [arc("A", "B", 1e6, loss=lost), {**arc("A", "B", idr_per_t), "mode": "plane"}]
    return scenario_of(
        folder,
        provinces=provinces("A", "B"),
        modes=BY_SHIP_AND_PLANE,
        production=[made("A", 50)],
        need=[needed("B", 100)],
        arcs=ways,
    )


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_last_tonnes_come_by_plane_rather_than_be_lost_at_sea(
    tmp_path: Path, solver: str
) -> None:
    solution = planner.solve(by_plane(tmp_path), solver=solver)
    assert solution.flows()[["mode", "tonnes"]].to_numpy().tolist() == [["plane", 50.0]]
    assert (solution.unmet_t, solution.money_idr) == pytest.approx((50, 1e9))


@pytest.mark.parametrize("solver", SOLVERS)
def test_no_difference_between_ways_is_too_dear_to_feed_by(tmp_path: Path, solver: str) -> None:
    """The ship loses a tonne in a million: by plane the last tonne costs 19 trillion, far above any penalty."""
    solution = planner.solve(by_plane(tmp_path, lost=1e-6), solver=solver)
    assert solution.covered is not None
    assert solution.covered.binds
    assert solution.unmet_t <= 50 + 1e-7 * 100 + 1e-9
    assert last_tonne(solution) == pytest.approx(19e6 / 1e-6, rel=1e-6)


@pytest.mark.parametrize("algorithm", ["simplex", "ipm", "columns"])
def test_every_algorithm_leaves_the_least_unmet(tmp_path: Path, algorithm: str) -> None:
    solution = planner.solve(by_plane(tmp_path, lost=1e-6), algorithm=algorithm)
    assert solution.unmet_t <= 50 + 1e-7 * 100 + 1e-9


def test_the_report_tells_what_the_last_tonne_costs(tmp_path: Path) -> None:
    solution = planner.solve(by_plane(tmp_path, lost=1e-6))
    said = run_report(solution, run_facts(solution), None, "en")
    assert any("last tonne that is still met costs Rp19.0 trillion" in line for line in said)


@pytest.mark.parametrize("stages", [("coverage",), ("fairness",), ("coverage", "fairness")])
def test_stages_leave_no_more_unmet_than_they_must(tmp_path: Path, stages: tuple[str, ...]) -> None:
    scenario = with_policy(by_plane(tmp_path), stages=(*stages, "cost"))
    assert planner.solve(scenario).unmet_t == pytest.approx(50, abs=1e-3)


def test_calm_feeds_as_many_as_the_cheapest_plan(tmp_path: Path) -> None:
    """The signed plan goes by ship; keeping to it would let twenty tonnes more go unmet."""
    signed = {"origin": "A", "destination": "B", "mode": "ship", "commodity": "rice", "tonnes": 50}
    signed |= {"source": SOURCE}
    base = by_plane(tmp_path)
    table = base.tables["signed_plan"]
    row = {column: signed.get(column, "") for column in table.columns}
    scenario = with_policy(
        base.replace(signed_plan=pd.DataFrame([row])), stages=("cost", "calm"), slack=1.0
    )
    assert planner.solve(scenario).unmet_t == pytest.approx(50, abs=1e-3)


def test_without_its_plane_a_province_is_fed_as_well_as_can_be(tmp_path: Path) -> None:
    answer = why(planner.solve(by_plane(tmp_path)), "A", "B", "rice", mode="plane")
    assert (answer.answer, answer.losses["unmet"]) == ("used", pytest.approx(20))
    assert answer.extra_idr == pytest.approx(50e6 - 1e9)


few = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@few
@given(scenarios())
def test_the_least_weighted_unmet_need_is_that_of_the_textbook(scenario: Scenario) -> None:
    """To a ten-millionth of the weighted need, whatever the scenario; and none is refused."""
    solution = planner.solve(scenario)
    priority = scenario.tables["commodities"].set_index("commodity")["priority"]
    weight = (priority / priority.min()).reindex(solution.balance.commodities).to_numpy()
    need = weight @ solution.balance.need.sum(axis=(0, 2))
    ours = float(solution.program.weight @ np.maximum(solution.values, 0.0))
    assert ours <= textbook(scenario).feed_first() + 1.1e-7 * need + 1e-9


@few
@given(scenarios())
def test_the_kept_plan_and_the_solution_come_to_the_same(scenario: Scenario) -> None:
    solution = planner.solve(scenario)
    found = what_if(solution).solve()
    assert found.unmet_t == pytest.approx(solution.unmet_t, abs=1e-3)
    assert found.reserve_gap_t == pytest.approx(solution.reserve_gap_t, abs=0.05)
    assert found.money_idr == pytest.approx(solution.money_idr, rel=1e-6, abs=1e5)


def slow_lane(folder: Path) -> Scenario:
    """Ten tonnes come too late by any lane; one, which nobody uses, takes 200 days for goods that spoil."""
    goods = [
        {"commodity": "rice", "priority": 3.5, "decay_per_day": 0.002},
        {"commodity": "chili", "priority": 1, "decay_per_day": 0.03},
    ]
    return scenario_of(
        folder,
        horizon=(JANUARY, 4, "month"),
        commodities=goods,
        provinces=provinces("A", "B", "C", "D"),
        production=[made("B", 10, FEBRUARY)],
        need=[needed("A", 12.5, FEBRUARY)],
        arcs=[
            arc("D", "C", 300_000, transit_days=200),
            arc("C", "A", 250_000, transit_days=70),
            arc("B", "C", 600_000),
        ],
    )


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_slow_lane_that_nobody_uses_changes_nothing(tmp_path: Path, solver: str) -> None:
    solution = planner.solve(slow_lane(tmp_path), solver=solver)
    assert (solution.unmet_t, solution.money_idr) == pytest.approx((12.5, 0))


def barred(folder: Path, **more: Any) -> Scenario:
    """C may get 5 t by B; the lane from A is barred by its price."""
    usual: dict[str, Any] = {
        "provinces": provinces("A", "B", "C"),
        "production": [made("A", 200), made("B", 10), made("C", 10)],
        "need": [needed(place, 40) for place in "ABC"],
        "arcs": [
            arc("A", "B", 150_000),
            arc("A", "C", NEVER),
            arc("B", "C", 180_000, capacity=5),
        ],
    }
    return scenario_of(folder, **(usual | more))


def test_a_lane_barred_by_its_price_carries_nothing(tmp_path: Path) -> None:
    solution = planner.solve(barred(tmp_path))
    assert (solution.unmet_t, solution.money_idr) == pytest.approx((25, 35 * 150_000 + 5 * 180_000))
    assert solution.prices()["idr_per_t"].max() < 1e6


def test_the_run_and_the_question_why_tell_of_a_lane_barred_by_its_price(tmp_path: Path) -> None:
    solution = planner.solve(barred(tmp_path))
    said = run_report(solution, run_facts(solution), None, "en")
    assert any(line.startswith("Closed because") and "1 connections" in line for line in said)
    assert (
        "million rupiah a kilogram" in why_not_sentences(why(solution, "A", "C", "rice"), "en")[0]
    )


CHECKED = {
    "arcs": ("idr_per_t", barred),
    "imports": (
        "idr_per_t",
        lambda folder: barred(
            folder,
            ports=[{"port": "c", "province": "C"}],
            imports=[
                {"port": "c", "commodity": "rice", "period": JANUARY, "max_tonnes": 30, "idr_per_t": NEVER}
            ],
        ),
    ),
    "recipes": (
        "fee_idr_per_t",
        lambda folder: barred(
            folder,
            commodities=[{"commodity": "paddy"}, {"commodity": "rice"}],
            stocks=[store("C", 30, "paddy")],
            recipes=[
                {"recipe": "m", "input": "paddy", "output": "rice", "yield": 1, "fee_idr_per_t": NEVER}
            ],
        ),
    ),
    "prices": (
        "idr_per_kg",
        lambda folder: barred(
            folder,
            production=[made("A", 200), made("B", 10), made("C", 10)],
            prices=[
                {"province": "C", "commodity": "rice", "period": JANUARY, "idr_per_kg": NEVER, "level": "producer"}
            ],
        ),
    ),
    "commodities": (
        "holding_idr_per_t",
        lambda folder: barred(
            folder, commodities=[{"commodity": "rice", "holding_idr_per_t": NEVER}]
        ),
    ),
}  # fmt: skip
"""Tables in which a price can stand for never, and a scenario that has one."""


@pytest.mark.parametrize("table", CHECKED)
def test_a_price_that_stands_for_never_is_told_and_never_paid(tmp_path: Path, table: str) -> None:
    column, folder = CHECKED[table]
    solution = planner.solve(folder(tmp_path))
    place = f"{table}.csv, line {3 if table == 'arcs' else 2}, column {column}"
    assert place in told_by_check(tmp_path)
    assert solution.money_idr < 1e9
    assert solution.unmet_t == pytest.approx(35 if table == "prices" else 25)


RATES = [{"mode": "ship", "idr_per_t_km": NEVER, "km_per_day": 100}]


def told_by_check(folder: Path) -> str:
    """Return what `planner check` says, in one line."""
    done = CliRunner().invoke(app, ["check", str(folder), "--language", "en"])
    assert done.exit_code == 0
    return done.output.replace("\n", " ")


def test_rates_that_make_a_way_too_dear_are_told_at_the_way(tmp_path: Path) -> None:
    ways = [arc("A", "B", 150_000), arc("A", "C", "", distance_km=10), arc("B", "C", 1, capacity=5)]
    solution = planner.solve(barred(tmp_path, modes=RATES, arcs=ways))
    assert "arcs.csv, line 3, column mode" in told_by_check(tmp_path)
    assert solution.unmet_t == pytest.approx(25)


def test_a_service_at_rates_for_never_is_told(tmp_path: Path) -> None:
    ship = {"service": "L", "name": "L", "mode": "liner", "capacity_teu": 5}
    call = {"service": "L", "nm_from_previous": ""}
    barred(
        tmp_path,
        commodities=[{"commodity": "rice", "tonnes_per_teu": 10}],
        modes=[{"mode": "ship"}, {"mode": "liner", "idr_fixed_per_teu": 100 * NEVER}],
        ports=[{"port": place.lower(), "province": place} for place in "AC"],
        services=[{**ship, "voyages_per_period": 2, "days_per_voyage": 5}],
        calls=[
            {**call, "call": 1, "port": "a"},
            {**call, "call": 2, "port": "c", "nm_from_previous": 100},
        ],
    )
    assert "services.csv, line 2, column mode" in told_by_check(tmp_path)


@pytest.mark.parametrize("penalty", [2e9, NEVER])
def test_a_penalty_for_never_is_told_and_the_rule_still_lets_people_eat(
    tmp_path: Path, penalty: float
) -> None:
    scenario = planner.read_scenario(quota(tmp_path, bound=20, penalty_idr=penalty))
    assert "rules.csv, line 2, column penalty_idr" in told_by_check(tmp_path)
    assert planner.solve(scenario).unmet_t == pytest.approx(0, abs=1e-4)


def short_of_stock(folder: Path) -> Scenario:
    """Every need is met; of the 20 t that A is to keep to the end four are missing."""
    return scenario_of(
        folder,
        closing="opening",
        provinces=provinces("A", "B"),
        production=[made("A", 26)],
        need=[needed("B", 30)],
        stocks=[store("A", 20)],
        arcs=[arc("A", "B", 100_000)],
    )


def test_where_only_stock_gives_way_a_price_is_told(tmp_path: Path) -> None:
    """A tonne more in B costs its freight and a tonne of the closing stock."""
    solution = planner.solve(short_of_stock(tmp_path))
    prices = solution.prices().set_index("province")
    assert (solution.unmet_t, solution.closing_gap_t) == pytest.approx((0, 4))
    assert prices["kind"].tolist() == ["stock", "stock"]
    assert prices["idr_per_t"].to_dict() == pytest.approx({"A": 0, "B": 100_000})
    assert prices["gap_t_per_t"].tolist() == pytest.approx([1, 1])
    assert prices["short_t_per_t"].tolist() == [0, 0]


def test_the_ranges_of_a_price_that_takes_stock_are_those_of_its_money(tmp_path: Path) -> None:
    found = price_ranges(planner.solve(short_of_stock(tmp_path)), "rice", province="B").iloc[0]
    assert (found["kind"], found["idr_per_t"]) == ("stock", pytest.approx(100_000))
    assert found["one_more_idr_per_t"] == pytest.approx(100_000)
    assert found["more_t"] == pytest.approx(16, abs=1e-3)


def test_where_need_gives_way_the_price_is_in_tonnes(tmp_path: Path) -> None:
    """A tonne that A eats more is one that B, after losses by ship of 40 percent, does not get by plane."""
    prices = planner.solve(by_plane(tmp_path)).prices().set_index("province")
    assert prices["kind"].tolist() == ["short", "short"]
    assert prices["idr_per_t"].isna().all()
    assert prices["short_t_per_t"].to_dict() == pytest.approx({"A": 1, "B": 1})


def test_a_smaller_harvest_costs_less_money_and_more_tonnes(tmp_path: Path) -> None:
    """At half the harvest of A half as much is flown to B, for half the money."""
    kept = what_if(planner.solve(by_plane(tmp_path)))
    with kept.trial():
        kept.change_harvest(0.5)
        found = kept.solve()
    assert (found.money_idr, found.unmet_t) == pytest.approx((0.5e9, 75))
    assert (found.reserve_gap_t, found.closing_gap_t) == (0, 0)
    assert kept.solve().unmet_t == pytest.approx(50)


def test_a_summary_tells_money_and_what_is_missing_apart(tmp_path: Path) -> None:
    facts = run_facts(planner.solve(short_of_stock(tmp_path)))
    assert facts["money_idr"] == facts["cost_idr"] == 3_000_000
    assert (facts["unmet_t"], facts["reserve_gap_t"]) == ({}, {})
    assert facts["closing_gap_t"] == {"rice": 4.0}
    assert not [name for name in facts if name.startswith("objective")]


def quota(folder: Path, **rule: object) -> Path:
    scenario_of(
        folder,
        provinces=provinces("A", "B"),
        production=[made("A", 100)],
        need=[needed("B", 50)],
        arcs=[arc("A", "B", 100_000)],
        rules=[{"rule": "quota", "sense": "<=", "bound": 80, "measure": "tonnes", **rule}],
    )
    return folder


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"sense": ">=", "bound": 10},
        {"sense": "=", "bound": 50},
        {"measure": "share", "bound": 1, "origin": "A"},
        {"per": "destination"},
    ],
)
def test_a_scenario_of_hard_rules_alone_is_run(tmp_path: Path, rule: dict[str, object]) -> None:
    words = [
        "run",
        str(quota(tmp_path / "s", **rule)),
        "--out",
        str(tmp_path / "run"),
        "--no-charts",
    ]
    assert CliRunner().invoke(app, words).exit_code == 0
    facts = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert facts["money_idr"] == 5_000_000
    assert (facts["rules"]["quota"]["too_little"], facts["rules"]["quota"]["too_much"]) == (0, 0)


def test_every_kind_of_number_goes_through_the_door_of_json() -> None:
    content = {
        "whole": np.int64(3),
        "broken": np.float32(0.5),
        "yes": np.bool_(True),
        np.int64(7): [np.nan, math.inf, pd.NA],
        "table": pd.Series([1, 2]),
        "array": np.array([[1.5]]),
    }
    assert json.loads(as_json(content)) == {
        "whole": 3,
        "broken": 0.5,
        "yes": True,
        "7": [None, None, None],
        "table": [1, 2],
        "array": [[1.5]],
    }


def refused(monkeypatch: pytest.MonkeyPatch, times: int) -> list[str]:
    """Let the certificate refuse the first plans; what solvers were asked is noted."""
    room, asked = importlib.import_module("planner.solving.solve"), []
    usual = room.require

    def require(certificate: Any, solver: str) -> None:
        asked.append(solver)
        worse = replace(certificate, bound=-1e30) if len(asked) <= times else certificate
        usual(worse, solver)

    monkeypatch.setattr(room, "require", require)
    return asked


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_plan_that_is_not_proven_is_sought_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, solver: str
) -> None:
    asked = refused(monkeypatch, 1)
    solution = planner.solve(by_plane(tmp_path), solver=solver)
    assert solution.unmet_t == pytest.approx(50)
    assert asked == [solver, "highs"]


def test_what_no_way_proves_is_refused_with_the_figures_that_stand_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = by_plane(tmp_path)
    arcs = scenario.tables["arcs"]
    asked = refused(monkeypatch, 99)
    far = scenario.replace(arcs=arcs.assign(capacity=[1e-7, 1e7]))
    with pytest.raises(SolveError) as caught:
        planner.solve(far)
    assert asked == ["highs", "highs", "highs", "cbc"]
    places = {
        "id": "tabel arcs, baris 0 (A, B, ship), kolom capacity = 1e-07",
        "en": "table arcs, row 0 (A, B, ship), column capacity = 1e-07",
    }
    for language, place in places.items():
        said = caught.value.message(language)
        assert place in said
        assert "--solver" not in said


def test_figures_of_usual_size_are_not_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, 99)
    with pytest.raises(SolveError, match="No figure of the scenario stands out"):
        planner.solve(by_plane(tmp_path))


def yearly(folder: Path) -> Scenario:
    """Three years with a reserve and a closing stock that cannot be kept: penalties stand beside freights."""
    goods = [
        {"commodity": "rice", "decay_per_day": 0.0005},
        {"commodity": "sugar", "decay_per_day": 0.03},
    ]
    years = ("2023", "2024", "2025")
    return scenario_of(
        folder,
        horizon=("2023", 3, "year"),
        closing="closing_t",
        commodities=goods,
        provinces=provinces("A", "B"),
        production=[
            *(made("B", t, y, "sugar") for t, y in zip((130, 13, 13), years, strict=True)),
            *(made("B", 48.425, y) for y in years[1:]),
        ],
        need=[
            needed("A", 10, "2023", "sugar"),
            needed("B", 20, "2024", "sugar"),
            *(needed("A", t, y) for t, y in zip((43, 12.5, 20), years, strict=True)),
            needed("B", 20, "2023"),
        ],
        stocks=[
            store("A", 5, "sugar", reserve_t=10, local_share=0.7),
            store("A", 80, local_share=0.7, closing_t=60),
        ],
        arcs=[arc("A", "B", 217_500, loss=0.1), arc("B", "A", 221_462, loss=0.002)],
    )


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_true_plan_is_not_refused_for_a_rounding(tmp_path: Path, solver: str) -> None:
    scenario = yearly(tmp_path)
    solution = planner.solve(scenario, solver=solver)
    assert solution.solver == solver
    assert solution.objective == pytest.approx(textbook(scenario).solve(), rel=1e-9)
