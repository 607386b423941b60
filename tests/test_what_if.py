"""A kept plan is changed in the words of its scenario, and answers like a scenario changed so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import permutations

import numpy as np
import pytest

import planner
from planner import Scenario, Solution
from planner.errors import OptionError
from planner.solution.totals import compute_totals
from planner.solving import WhatIfSession, what_if
from planner.solving.solve import solve_program

CHANGES: dict[str, Callable[[WhatIfSession], None]] = {
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
    change: Callable[[WhatIfSession], None],
) -> None:
    times = {"production": 0.8, "arcs": 0.5, "ports": 0.7}[table]
    frame = plan.scenario.tables[table].copy()
    frame.loc[frame.isin(rows)[list(rows)].all(axis=1), column] *= times
    kept = what_if(plan)
    change(kept)
    expected = planner.solve(plan.scenario.replace(**{table: frame})).totals
    assert expected.money_idr != pytest.approx(plan.money_idr, rel=1e-9)
    assert asdict(kept.solve()) == pytest.approx(asdict(expected), rel=1e-6, abs=0.01)


def test_freight_is_changed_on_the_lanes_that_every_filter_allows(plan: Solution) -> None:
    kept, flow, network = what_if(plan), plan.column("flow"), plan.network
    CHANGES["freight"](kept)
    changed = flow.index["lane"][kept.model.now.cost[flow.ids] != plan.program.cost[flow.ids]]
    assert {network.mode[arc] for arc in network.lane_arc[changed]} == {"truck"}
    shallot = plan.balance.commodities.index("bawang_merah")
    assert set(network.lane_commodity[changed]) == {shallot}
    now = kept.model.now
    anew = compute_totals(now, solve_program(now, "highs").values)
    assert kept.solve().money_idr == pytest.approx(anew.money_idr, rel=1e-6)


def test_the_order_of_changes_does_not_matter(plan: Solution) -> None:
    costs, values = [], []
    for order in list(permutations(CHANGES))[::29]:
        kept = what_if(plan)
        for name in order:
            CHANGES[name](kept)
        costs.append(kept.solve().money_idr)
        values.append(kept.model.now.upper)
    assert costs == pytest.approx([costs[0]] * len(costs), rel=1e-9)
    assert costs[0] != pytest.approx(plan.money_idr, rel=1e-6)
    np.testing.assert_allclose(values[0], values[-1], rtol=1e-12)


def test_changes_made_one_after_the_other_are_undone_by_a_trial(plan: Solution) -> None:
    kept = what_if(plan)
    with kept.trial():
        for change in CHANGES.values():
            change(kept)
            kept.solve()
    assert kept.solve().money_idr == pytest.approx(plan.money_idr, rel=1e-9)
    np.testing.assert_array_equal(kept.model.now.upper, plan.program.upper)


def test_a_harvest_that_fails_costs_less_money_and_leaves_need_unmet(plan: Solution) -> None:
    """Who eats less pays less freight: only the tonnes that are missing say what that means."""
    kept = what_if(plan)
    with kept.trial():
        kept.change_harvest(0.3)
        found, whole = kept.solve(), kept.solution()
    assert found.unmet_t > 1_000
    assert found.money_idr < plan.money_idr
    assert asdict(whole.totals) == pytest.approx(asdict(found), rel=1e-6, abs=0.01)


def test_a_trial_that_goes_short_leaves_as_little_unmet_as_a_plan_made_anew(plan: Solution) -> None:
    production = plan.scenario.tables["production"]
    kept = what_if(plan)
    with kept.trial():
        kept.change_harvest(0.5)
        whole = kept.solution()
    anew = planner.solve(
        plan.scenario.replace(production=production.assign(tonnes=production["tonnes"] * 0.5))
    )
    assert whole.covered is not None
    assert anew.covered is not None
    need = plan.balance.need.sum()
    assert whole.covered.least == pytest.approx(anew.covered.least, abs=1e-6 * need)
    weights = plan.program.weight
    assert weights @ whole.values == pytest.approx(weights @ anew.values, abs=1e-6 * need)


def test_an_unknown_code_is_refused_with_the_nearest(plan: Solution) -> None:
    with pytest.raises(OptionError, match="bawang_merah"):
        what_if(plan).change_harvest(0.5, commodity="bawang_mera")


def test_a_change_of_nothing_is_refused(plan: Solution) -> None:
    with pytest.raises(OptionError, match="arc_capacity"):
        what_if(plan).change_capacity(0.5, mode="truck")
