"""Every question can be asked of a plan, whatever its stages: A has 60 t, B and C need 50 t each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from made_up import with_policy
from test_stages import market

import planner
from planner import Solution
from planner.analysis.diagnosis import diagnose
from planner.analysis.paths import paths_of
from planner.analysis.price_ranges import price_ranges
from planner.analysis.supply import supply
from planner.analysis.swaps import swaps
from planner.analysis.why import why

STAGES = [("coverage", "cost"), ("fairness", "cost"), ("coverage", "fairness", "cost")]


@pytest.fixture(params=STAGES, ids="-".join)
def plan(tmp_path: Path, request: pytest.FixtureRequest) -> Solution:
    return planner.solve(with_policy(market(tmp_path), stages=request.param))


def test_a_plan_with_stages_answers_every_question(plan: Solution) -> None:
    """A hundred tonnes are wanted of sixty: forty go unmet, and an opening stock would mend that."""
    assert supply(paths_of(plan))["tonnes"].sum() == pytest.approx(60)
    assert (price_ranges(plan, "rice").set_index("province")["kind"] == "short")[["B", "C"]].all()
    assert why(plan, "A", "C", "rice").lanes["tonnes"].sum() > 0
    assert np.abs(swaps(plan)["change_t"]).sum() == pytest.approx(0, abs=0.5)
    answer = diagnose(plan.scenario)
    assert answer.unmet["unmet_t"].sum() == pytest.approx(40, abs=0.1)
    assert [line.kind for line in answer.lines or []] == ["opening"]


def test_a_run_with_stages_is_compared_with_one_without(plan: Solution, tmp_path: Path) -> None:
    plain = planner.solve(market(tmp_path / "plain"))
    found = planner.compare(planner.run_of(plain), planner.run_of(plan))
    assert found.inputs["key"].tolist() == ["policy.stages"]
