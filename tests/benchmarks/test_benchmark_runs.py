"""The benchmark on the smallest scenario: that it is right, not that it is fast."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import asking
import national
import pytest
from apart import Run
from comparison import INTERIOR_POINT, PHASES, REFERENCE, Runs, refusals
from contenders import CONTENDERS

TWO_ISLANDS = Path(__file__).parents[2] / "scenarios" / "dua-pulau"


@pytest.fixture(scope="module")
def runs() -> Runs:
    return national.measure(TWO_ISLANDS, 1, list(CONTENDERS))


def test_only_interior_point_must_be_asked_for() -> None:
    assert {*national.CONTENDERS, INTERIOR_POINT} == set(CONTENDERS)


def test_every_contender_finds_the_same_optimum(runs: Runs) -> None:
    assert refusals(runs) == {}


def test_the_tables_have_every_row(runs: Runs) -> None:
    lines = national.report(TWO_ISLANDS, runs, {}).splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    assert [row for row in rows if row in PHASES] == list(PHASES)
    assert rows[-len(CONTENDERS) :] == list(CONTENDERS)


def test_every_phase_is_measured(runs: Runs) -> None:
    assert [phase for phase in PHASES if not runs["planner"][0].seconds.get(phase)] == []


@pytest.mark.parametrize("factor", [1 + 2e-6, 1 - 2e-6, float("nan")])
def test_a_row_with_another_objective_is_refused(
    runs: Runs,
    factor: float,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def wrong(name: str, scenario: Path) -> Run:
        run = runs[name][0]
        return run if name != "pulp.HiGHS" else replace(run, objective=run.objective * factor)

    monkeypatch.setattr(national.apart, "contender", wrong)
    assert national.main([str(TWO_ISLANDS), "--runs", "1", "--skip-commands"]) == 1
    printed = capsys.readouterr()
    row = next(line for line in printed.out.splitlines() if line.startswith("| pulp.HiGHS"))
    assert row.split("|")[2].strip() == "refused"
    assert "refused: pulp.HiGHS found" in printed.err
    assert REFERENCE in printed.err


def test_every_question_is_asked_of_the_plan_and_as_a_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert asking.main([str(TWO_ISLANDS), "--runs", "1"]) == 0
    rows = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines() if line]
    assert [row for row in rows if row in asking.AIMS] == 2 * list(asking.AIMS)
