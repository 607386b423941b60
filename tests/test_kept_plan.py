"""A kept plan is changed in the words of its scenario, and answers like a scenario changed so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest

import planner
from planner import Scenario, Solution
from planner.errors import OptionError
from planner.solving import KeptPlan, keep
from planner.solving.solve import solve_program

CHANGES: dict[str, Callable[[KeptPlan], None]] = {
    "harvest": lambda kept: kept.change_harvest(0.8, province=["35", "73"], commodity="beras"),
    "another harvest": lambda kept: kept.change_harvest(0.9, commodity="beras", period="2023-02"),
    "freight": lambda kept: kept.change_freight(1.3, mode="truck", commodity="bawang_merah"),
    "capacity": lambda kept: kept.change_capacity(0.5, mode="sea_toll"),
    "throughput": lambda kept: kept.change_throughput(0.7, port="tanjung_perak"),
}


@pytest.fixture(scope="module")
def plan(three_months: Scenario) -> Solution:
    return planner.solve(three_months)


@pytest.mark.parametrize(
    ("table", "column", "rows", "change"),
    [
        (
            "production",
            "tonnes",
            {"province": ["35"]},
            lambda k: k.change_harvest(0.8, province="35"),
        ),
        ("arcs", "capacity", {"mode": ["sea_toll"]}, CHANGES["capacity"]),
        ("ports", "throughput_t", {"port": ["tanjung_perak"]}, CHANGES["throughput"]),
    ],
    ids=["harvest", "capacity", "throughput"],
)
def test_a_change_costs_as_in_a_scenario_changed_so(
    plan: Solution,
    table: str,
    column: str,
    rows: dict[str, list[str]],
    change: Callable[[KeptPlan], None],
) -> None:
    times = {"production": 0.8, "arcs": 0.5, "ports": 0.7}[table]
    frame = plan.scenario.tables[table].copy()
    frame.loc[frame.isin(rows)[list(rows)].all(axis=1), column] *= times
    kept = keep(plan)
    change(kept)
    expected = planner.solve(plan.scenario.replace(**{table: frame})).objective
    assert expected != pytest.approx(plan.objective, rel=1e-9)
    assert kept.solve() == pytest.approx(expected, rel=1e-9)


def test_freight_is_changed_on_the_lanes_that_every_filter_allows(plan: Solution) -> None:
    kept, flow, network = keep(plan), plan.column("flow"), plan.network
    CHANGES["freight"](kept)
    changed = flow.index["lane"][kept.now.cost[flow.ids] != plan.program.cost[flow.ids]]
    assert {network.mode[arc] for arc in network.lane_arc[changed]} == {"truck"}
    shallot = plan.balance.commodities.index("bawang_merah")
    assert set(network.lane_commodity[changed]) == {shallot}
    assert kept.solve() == pytest.approx(
        float(kept.now.cost @ solve_program(kept.now, "highs").values), rel=1e-9
    )


def test_the_order_of_changes_does_not_matter(plan: Solution) -> None:
    costs, values = [], []
    for order in list(permutations(CHANGES))[::29]:
        kept = keep(plan)
        for name in order:
            CHANGES[name](kept)
        costs.append(kept.solve())
        values.append(kept.now.upper)
    assert costs == pytest.approx([costs[0]] * len(costs), rel=1e-9)
    assert costs[0] != pytest.approx(plan.objective, rel=1e-6)
    np.testing.assert_allclose(values[0], values[-1], rtol=1e-12)


def test_changes_made_one_after_the_other_are_undone_by_a_trial(plan: Solution) -> None:
    kept = keep(plan)
    with kept.trial():
        for change in CHANGES.values():
            change(kept)
            kept.solve()
    assert kept.solve() == pytest.approx(plan.objective, rel=1e-12)
    np.testing.assert_array_equal(kept.now.upper, plan.program.upper)


def test_an_unknown_code_is_refused_with_the_nearest(plan: Solution) -> None:
    with pytest.raises(OptionError, match="bawang_merah"):
        keep(plan).change_harvest(0.5, commodity="bawang_mera")


def test_a_change_of_nothing_is_refused(plan: Solution) -> None:
    with pytest.raises(OptionError, match="arc_capacity"):
        keep(plan).change_capacity(0.5, mode="truck")
