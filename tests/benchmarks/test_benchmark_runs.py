"""The benchmarks on the smallest markets: that they are right, not that they are fast."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import again
import alone
import apart
import asking
import contenders
import pytest
import sizes
from apart import Market
from comparison import PHASES, REFERENCE, Runs, refusals

TWO_ISLANDS = Path(__file__).parents[2] / "scenarios" / "dua-pulau"
WAYS = sizes.ways_here()


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return sizes.market_of("S0", tmp_path_factory.mktemp("S0"))


@pytest.fixture(scope="module")
def runs(market: Market) -> Runs:
    return sizes.measure(market, 1, WAYS)


def test_every_way_is_known_by_the_one_that_starts_it() -> None:
    assert list(contenders.CONTENDERS) == list(apart.FROM_SCENARIO)
    assert list(alone.ALONE) == list(apart.ALONE)


def test_every_contender_finds_the_same_optimum(runs: Runs) -> None:
    assert all(runs.values())
    assert refusals(runs) == {}


def test_the_tables_have_every_row(runs: Runs) -> None:
    lines = sizes.report("S0", runs, {}).splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    assert [row for row in rows if row in PHASES] == list(PHASES)
    assert rows[-len(WAYS) :] == WAYS


def test_every_phase_is_measured(runs: Runs) -> None:
    assert [phase for phase in PHASES if not runs["planner"][0].seconds.get(phase)] == []


@pytest.mark.parametrize("factor", [1 + 2e-6, 1 - 2e-6, float("nan")])
def test_a_row_with_another_objective_is_refused(runs: Runs, factor: float) -> None:
    wrong = replace(runs["scipy"][0], objective=runs["scipy"][0].objective * factor)
    assert list(refusals({**runs, "scipy": [wrong]})) == ["scipy"]


def test_a_refused_row_has_no_figures_and_the_command_fails(
    market: Market,
    runs: Runs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = replace(runs["scipy"][0], objective=1.0)
    monkeypatch.setattr(sizes, "market_of", lambda *_: market)
    monkeypatch.setattr(sizes, "measure", lambda *_: {**runs, "scipy": [wrong]})
    assert sizes.main(["S0", "--runs", "1"]) == 1
    printed = capsys.readouterr()
    row = next(line for line in printed.out.splitlines() if line.startswith("| scipy"))
    assert row.split("|")[2].strip() == "refused"
    assert f"refused: scipy found 1 IDR, {REFERENCE}" in printed.err


def test_a_way_that_takes_too_long_is_given_up_and_told(market: Market, runs: Runs) -> None:
    slow = {**runs, **sizes.measure(market, 1, ["textbook PuLP"], limit=0.05)}
    rows = sizes.report("S0", slow, {}).splitlines()
    assert any(row.startswith("| textbook PuLP ") and "too long" in row for row in rows)


def test_a_kept_plan_answers_as_a_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert again.main(["S0", "--draws", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("| a")]
    assert rows == ["a harvest", "a freight", "a drought", "all freight"]


def test_every_question_is_asked_of_the_plan_and_as_a_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert asking.main([str(TWO_ISLANDS), "--runs", "1"]) == 0
    rows = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines() if line]
    assert [row for row in rows if row in asking.AIMS] == 2 * list(asking.AIMS)
