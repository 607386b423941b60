"""What is certain without a solver, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from broken_models import BY_PORT, DEAL, PLENTY, QUAYS, TWO, WAY, quay, rule
from builders import FEBRUARY, JANUARY, MARCH, Row, arc, made, needed, provinces, scenario_of, store

from planner import Scenario
from planner.analysis.infeasibility.certain_shortages import CertainShortage, certain_shortages
from planner.analysis.infeasibility.diagnose import build_elastic_variables
from planner.analysis.infeasibility.elastic_rows import ROWS
from planner.analysis.infeasibility.extended_model import extend_model
from planner.analysis.infeasibility.rule_conflicts import RuleConflict, rule_conflicts
from planner.market.market import build_market
from planner.model import Role, formulate

QUARTER = (JANUARY, 3, "month")


def found(folder: Path, **tables: Any) -> list[CertainShortage]:
    return certain_shortages(extend_model(scenario_of(folder, **tables)))


def clashing(folder: Path, *rules: Row, **tables: Any) -> list[RuleConflict]:
    model = extend_model(scenario_of(folder, **{**PLENTY, "arcs": WAY, **tables}, rules=rules))
    return rule_conflicts(model, build_elastic_variables(model))


def test_what_the_nation_lacks_before_the_harvest_is_told_with_the_worst_month(
    tmp_path: Path,
) -> None:
    needs = [needed("B", 30, month) for month in (JANUARY, FEBRUARY, MARCH)]
    harvest, stocks = [made("A", 100, MARCH)], [store("A", 45)]
    tables = {**TWO, "horizon": QUARTER, "production": harvest, "need": needs, "stocks": stocks}
    assert found(tmp_path, **tables, arcs=WAY) == [
        CertainShortage("national", "", "rice", FEBRUARY, 15)
    ]


def test_nothing_is_certain_where_there_is_enough_and_a_way(tmp_path: Path) -> None:
    assert found(tmp_path, **PLENTY, arcs=WAY) == []


@pytest.mark.parametrize(("days", "period", "tonnes"), [(40, FEBRUARY, 7), (100, "", 27)])
def test_a_way_longer_than_a_month_leaves_the_first_needs_unmet(
    tmp_path: Path, days: float, period: str, tonnes: float
) -> None:
    needs = [needed("B", 7), needed("B", 9, FEBRUARY), needed("B", 11, MARCH)]
    tables = {**TWO, "horizon": QUARTER, "production": [made("A", 99)], "need": needs}
    certain = found(tmp_path, **tables, arcs=[arc("A", "B", 1, transit_days=days)])
    assert [f for f in certain if f.kind == "late"] == [
        CertainShortage("late", "B", "rice", period, tonnes)
    ]


@pytest.mark.parametrize(
    "way",
    [
        {"arcs": [arc("A", "B", 1, capacity=30)]},
        {
            "commodities": [{"commodity": "rice", "tonnes_per_teu": 10}],
            "arcs": [arc("A", "B", 1, capacity=3, capacity_unit="TEU")],
        },
        {"ports": quay("b", 30), "arcs": BY_PORT},
        {"ports": quay("b", 30), "arcs": [{**BY_PORT[0], "capacity": 90}]},
    ],
)
def test_ways_into_a_province_that_carry_too_little_are_told(
    tmp_path: Path, way: dict[str, Any]
) -> None:
    assert found(tmp_path, **PLENTY, **way) == [CertainShortage("narrow", "B", "", JANUARY, 20)]


def test_a_way_without_limit_is_not_narrow(tmp_path: Path) -> None:
    lanes = [arc("A", "B", 1, capacity=30), {**BY_PORT[0], "mode": "boat"}]
    modes = [{"mode": "ship"}, {"mode": "boat"}]
    assert found(tmp_path, **PLENTY, ports=QUAYS, arcs=lanes, modes=modes) == []


def test_the_ways_into_a_group_of_islands_are_counted_together(tmp_path: Path) -> None:
    """B gets 30 t and C 40 t from A; each could get all through the other."""
    islands = [
        {**row, "island_group": group}
        for row, group in zip(provinces("A", "B", "C"), "xyy", strict=True)
    ]
    lanes = [arc("A", "B", 1, capacity=25), arc("A", "C", 1, capacity=25)]
    lanes += [arc("B", "C", 1), arc("C", "B", 1)]
    needs = [needed("B", 30), needed("C", 40)]
    tables = {"provinces": islands, "production": [made("A", 99)], "need": needs}
    assert found(tmp_path, **tables, arcs=lanes) == [
        CertainShortage("narrow", "y", "", JANUARY, 20)
    ]


@pytest.mark.parametrize(
    ("other", "possible"),
    [
        (rule("most", "<=", 25), 25),
        (rule("ban", "=", 0, origin="A"), 0),
        (rule("budget", "<=", 1_500, "idr"), 15),
        (rule("laboratory", "<=", 10, "tests"), 20),
    ],
)
def test_a_rule_that_asks_for_more_than_another_lets_through_is_told(
    tmp_path: Path, other: Row, possible: float
) -> None:
    goods = [{"commodity": "rice", "tests_per_t": 0.5}]
    (clash,) = clashing(tmp_path, DEAL, other, commodities=goods)
    assert (clash.rule, clash.asked, clash.unit) == ("deal", 40, "t")
    assert clash.possible == pytest.approx(possible)
    assert [limit.key for limit in clash.against] == [(other["rule"],)]


def test_an_agreement_over_the_year_is_held_against_the_room_of_all_months(tmp_path: Path) -> None:
    lanes = [arc("A", "B", 100, capacity=12)]
    (clash,) = clashing(tmp_path, DEAL, horizon=QUARTER, arcs=lanes)
    assert (clash.asked, clash.possible) == (40, pytest.approx(36))


@pytest.mark.parametrize(
    "other",
    [
        rule("most", "<=", 40),
        rule("elsewhere", "<=", 5, origin="B"),
        rule("some_months", "<=", 5, period=JANUARY),
        {**rule("soft", ">=", 90), "penalty_idr": 1},
    ],
)
def test_rules_that_can_be_kept_together_do_not_clash(tmp_path: Path, other: Row) -> None:
    lanes = [arc("A", "B", 100, capacity=20), arc("B", "A", 100)]
    assert clashing(tmp_path, DEAL, other, horizon=QUARTER, arcs=lanes) == []


def test_every_family_of_rows_that_is_a_limit_may_give_way(three_months: Scenario) -> None:
    blocks = formulate(build_market(three_months)).rows.values()
    assert {*ROWS} == {block.name for block in blocks if block.role is Role.LIMIT}
