"""A plan solved again without the lanes it leaves alone costs what it costs with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders import arc, made, needed, provinces, scenario_of

import planner
from planner import Scenario, Solution
from planner.errors import InfeasibleError
from planner.solution.tables.price_table import need_in_rows
from planner.solving import LpSession
from planner.solving import what_if as kept_plan
from planner.solving.parametric import ParametricModel, Shift

CELLS = range(0, 400, 23)
NOWHERE = np.zeros(0, dtype=int)


@pytest.fixture(scope="module")
def plan(three_months: Scenario) -> Solution:
    return planner.solve(three_months)


def more_need(plan: Solution, cell: int) -> Shift:
    rows = need_in_rows(plan)[[cell]]
    return Shift(rows.indices, rows.data, NOWHERE, np.zeros(0))


def whole(kept: LpSession, shift: Shift, tonnes: float) -> float:
    program, by = kept.program, shift.by * tonnes
    with kept.trial():
        kept.change_rows(
            shift.rows, program.row_lower[shift.rows] + by, program.row_upper[shift.rows] + by
        )
        return kept.solve()


def test_it_stands_at_the_plan(plan: Solution) -> None:
    assert ParametricModel(plan).cost == pytest.approx(plan.objective, rel=1e-12)


@pytest.mark.parametrize("tonnes", [-100.0, 1.0, 5_000.0])
def test_it_costs_what_the_whole_program_costs(plan: Solution, tonnes: float) -> None:
    priced, kept = ParametricModel(plan), LpSession(plan.program, plan.basis)
    shifts = [more_need(plan, cell) for cell in CELLS]
    found = [priced.solve(shift, tonnes)[0] for shift in shifts]
    assert found == pytest.approx([whole(kept, shift, tonnes) for shift in shifts], rel=1e-12)


def test_a_lane_left_out_comes_back_when_it_would_pay(
    plan: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a single idle lane nearly every other plan needs one that was left out."""
    monkeypatch.setattr(kept_plan, "FAR", 1e-2)
    priced, kept, shift = (
        ParametricModel(plan),
        LpSession(plan.program, plan.basis),
        more_need(plan, 5),
    )
    assert priced.solve(shift, 50_000.0)[0] == pytest.approx(whole(kept, shift, 50_000.0))


def test_the_cost_rises_at_the_rate_it_tells(plan: Solution) -> None:
    priced, shift = ParametricModel(plan), more_need(plan, 46)
    cost, rate = priced.solve(shift, 1.0)
    assert priced.solve(shift, 1.001)[0] - cost == pytest.approx(rate * 0.001, rel=1e-3)


def test_what_no_plan_can_bring_is_infeasible(plan: Solution) -> None:
    with pytest.raises(InfeasibleError):
        ParametricModel(plan).solve(more_need(plan, 5), 1e9)


def test_where_nothing_can_come_need_costs_its_penalty(tmp_path: Path) -> None:
    """B can be sent nothing: whatever more it needs is missing, and its unmet column grows with it."""
    scenario = scenario_of(
        tmp_path,
        provinces=provinces("A", "B"),
        production=[made("A", 60)],
        need=[needed("A", 20), needed("B", 5)],
        arcs=[arc("A", "B", 100, capacity=0)],
    )
    plan = planner.solve(scenario)
    unmet = plan.column("unmet").ids[plan.value("unmet") > 0]
    shift = replace(more_need(plan, 1), columns=unmet, uppers=np.ones(1))
    cost, rate = ParametricModel(plan).solve(shift, 7.0)
    penalty = plan.program.cost[unmet][0]
    assert (cost - plan.objective, rate) == pytest.approx((7 * penalty, penalty))
