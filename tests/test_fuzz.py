"""Two hundred mutants of the fuzzer: each is told at its place, and obeying the message gives what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS
from fuzz.judge import Answer, Judged, Verdict, judge
from fuzz.mutant import Mutant, Truth
from fuzz.report import told_of
from fuzz.run import Subject, case_of, mutant_of
from fuzz.subjects import SUBJECTS, subject_of

from planner.errors import Problem

SEED = 1
MUTANTS = {
    "dua-pulau": 75, "book-dua-pulau": 25, "rules": 20, "manifest": 20, "run": 15, "package": 15,
    "balance-list": 12, "balance-rows": 12, "balance-millions": 6,
}  # fmt: skip


@pytest.fixture(scope="module")
def subjects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Subject]:
    return {name: subject_of(name, tmp_path_factory.mktemp(name)) for name in MUTANTS}


def test_there_are_two_hundred_and_every_shipped_scenario_can_be_spoilt() -> None:
    assert sum(MUTANTS.values()) == 200
    shipped = {folder.name for folder in SCENARIOS.iterdir() if folder.is_dir()}
    assert shipped | {f"book-{name}" for name in shipped} <= {*SUBJECTS}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MUTANTS)
def test_what_is_spoilt_is_told_where_it_is(name: str, subjects: dict[str, Subject]) -> None:
    found = [case_of(subjects[name], SEED, number) for number in range(MUTANTS[name])]
    wrong = [case for case in found if case.judged.verdict is not Verdict.GOOD]
    assert not wrong, "\n".join(told_of(case, subjects[name]) for case in wrong)


def test_the_same_seed_and_number_give_the_same_mutant(subjects: dict[str, Subject]) -> None:
    one, other = (mutant_of(subjects["dua-pulau"], 5, 3) for _ in range(2))
    assert one == other


def _judged(
    problems: list[Problem], *, truth: Truth = Truth.WRONG, figures: object = None
) -> Judged:
    mutant = Mutant("made up", truth, {"a.csv": b"x"}, "a.csv", 2, "tonnes")
    return judge(mutant, "sound", lambda _: Answer(problems, figures), lambda *_: None)


def _at(line: int, column: str = "tonnes") -> Problem:
    return Problem("not_a_number", "a.csv", line, column, {"value": "x"})


def test_the_judge_tells_silence_and_wrong_places_apart() -> None:
    assert _judged([_at(2)]).verdict is Verdict.GOOD
    assert _judged([_at(3)]).verdict is Verdict.ELSEWHERE
    assert _judged([_at(2, "loss")]).verdict is Verdict.ELSEWHERE
    assert _judged([]).verdict is Verdict.PLACELESS
    assert _judged([], figures="others").verdict is Verdict.ACCEPTED
    assert _judged([], figures="sound").verdict is Verdict.GOOD
    assert _judged([_at(2)], truth=Truth.HARMLESS).verdict is Verdict.REFUSED


def test_the_judge_obeys_a_proposal_and_sees_that_it_lies() -> None:
    values = {"value": "13O", "proposal": "13", "decimals": "."}
    lie = Problem("number_format", "a.csv", 2, "tonnes", values)
    mutant = Mutant("made up", Truth.WRONG, {"a.csv": b"13O"}, "a.csv", 2, "tonnes")
    asked = {b"13O": Answer([lie]), b"13": Answer([], "others"), b"130": Answer([], "sound")}
    done = {"a.csv": b"13"}
    judged = judge(mutant, "sound", lambda c: asked[c["a.csv"]], lambda *_: done)  # type: ignore[index]
    assert judged.verdict is Verdict.LYING


def test_a_place_of_another_folder_is_not_taken_for_the_file(tmp_path: Path) -> None:
    assert (
        _judged(
            [Problem("not_a_number", str(tmp_path / "b.csv"), 2, "tonnes", {"value": "x"})]
        ).verdict
        is Verdict.ELSEWHERE
    )
