"""The scenario that mills: its paddy gives the published rice, and is milled where it grows."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

import planner
from planner import Solution

SCENARIOS = Path(__file__).parents[1] / "scenarios"
MILLING = SCENARIOS / "giling-jabar-ntb"


@pytest.fixture(scope="module")
def plan() -> Solution:
    return planner.solve(planner.read_scenario(MILLING))


def test_its_paddy_is_made_again_from_the_figures_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["derive.py", str(tmp_path)])
    runpy.run_path(str(MILLING / "derive.py"), run_name="__main__")
    name = "production.csv"
    assert (tmp_path / name).read_bytes() == (MILLING / name).read_bytes()


def test_paddy_milled_at_home_gives_the_rice_of_every_province(plan: Solution) -> None:
    national = planner.compute_balance(planner.read_scenario(SCENARIOS / "nasional-2023"))
    rice = national.produced[:, national.commodities.index("beras")]
    paddy = plan.balance.produced[:, plan.balance.commodities.index("gkg")]
    assert 0.6402 * paddy.sum(axis=1) == pytest.approx(rice.sum(axis=1), abs=1)


def test_rice_comes_from_the_mills_only(plan: Solution) -> None:
    rice = plan.nodes().query("commodity == 'beras'")
    assert rice["supplied"].sum() == 0
    assert rice["made"].sum() == pytest.approx(30.73e6, rel=1e-3)


def test_no_paddy_travels_as_rice_is_lighter(plan: Solution) -> None:
    assert "gkg" not in set(plan.flows()["commodity"])


def test_nothing_is_short_nor_is_a_closing_stock(plan: Solution) -> None:
    parts = plan.costs()["part"]
    assert not parts.str.startswith("penalty").any()


def test_the_mills_of_one_province_can_be_closed() -> None:
    closed = planner.read_scenario(SCENARIOS / "giling-tanpa-ntb").tables["recipes"]
    assert closed.loc[closed["capacity_t"] == 0, "province"].tolist() == ["52"]
