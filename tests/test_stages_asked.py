"""Every question can be asked of a plan, whatever its stages: A has 60 t, B and C need 50 t each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from builders import with_policy
from test_stages import market

import planner
from planner import Solution
from planner.analysis.alternatives import alternative_lanes
from planner.analysis.infeasibility import diagnose
from planner.analysis.sensitivity.price_ranges import price_ranges
from planner.analysis.supply_paths.paths import decompose_flows
from planner.analysis.supply_paths.supply_table import supply_table
from planner.analysis.whynot.why_not import why

STAGES = [("coverage", "cost"), ("fairness", "cost"), ("coverage", "fairness", "cost")]


@pytest.fixture(params=STAGES, ids="-".join)
def plan(tmp_path: Path, request: pytest.FixtureRequest) -> Solution:
    return planner.solve(with_policy(market(tmp_path), stages=request.param))


def test_a_plan_with_stages_answers_every_question(plan: Solution) -> None:
    """A hundred tonnes are wanted of sixty: forty go unmet, and an opening stock would mend that."""
    assert supply_table(decompose_flows(plan))["tonnes"].sum() == pytest.approx(60)
    assert (price_ranges(plan, "rice").set_index("province")["kind"] == "short")[["B", "C"]].all()
    assert why(plan, "A", "C", "rice").lanes["tonnes"].sum() > 0
    assert np.abs(alternative_lanes(plan)["change_t"]).sum() == pytest.approx(0, abs=0.5)
    answer = diagnose(plan.scenario)
    assert answer.unmet["unmet_t"].sum() == pytest.approx(40, abs=0.1)
    assert [line.kind for line in answer.lines or []] == ["opening"]


def test_a_run_with_stages_is_compared_with_one_without(plan: Solution, tmp_path: Path) -> None:
    plain = planner.solve(market(tmp_path / "plain"))
    found = planner.compare(planner.make_run(plain), planner.make_run(plan))
    assert found.inputs["key"].tolist() == ["policy.stages"]
