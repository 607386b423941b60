"""Forty errors planted in the official tables of the nation: each is found in its cell, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_scenarios import copy_of
from planted_errors import FORTY, UNLIKE, Planted, plant, times

from planner.errors import Problem
from planner.scenario import examine


def told_of(folder: Path, errors: list[Planted]) -> list[Problem]:
    plant(folder, errors)
    return examine(folder)[1]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    return told_of(copy_of("nasional-2023", tmp_path_factory.mktemp("planted")), FORTY)


def place(problem: Problem) -> tuple[str, str, int, str]:
    return problem.key, Path(problem.file).name, problem.line, problem.column


def test_there_are_forty() -> None:
    assert len({error.place for error in FORTY}) == 40


@pytest.mark.parametrize(
    "error", FORTY, ids=lambda error: f"{error.table}-{error.line}-{error.key}"
)
def test_the_error_is_found_in_its_cell(found: list[Problem], error: Planted) -> None:
    assert error.place in map(place, found)


def test_nothing_else_is_found(found: list[Problem]) -> None:
    assert {place(problem) for problem in found} == {error.place for error in FORTY}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_message_says_what_to_do(found: list[Problem], language: str) -> None:
    verbs = {
        "id": "tulis isi periksa maksud hapus perbaiki ubah bagi kalikan harus seharusnya kosongkan",
        "en": "write written fill check mean remove mend change divide multiply has_to instead leave",
    }
    told = [problem.message(language).lower() for problem in found]
    words = [verb.replace("_", " ") for verb in verbs[language].split()]
    assert [message for message in told if not any(word in message for word in words)] == []


def test_paddy_among_rice_without_a_rate_is_not_added_up(tmp_path: Path) -> None:
    problems = told_of(copy_of("nasional-2023", tmp_path), UNLIKE)
    assert {place(problem) for problem in problems} == {error.place for error in UNLIKE}


def test_paddy_among_rice_counts_by_the_rate_of_its_province(tmp_path: Path) -> None:
    folder = copy_of("nasional-2023", tmp_path)
    plain = examine(folder)[0]
    paddy = [
        Planted("", "production", 2, "form", "GKG"),
        Planted("", "production", 2, "tonnes", "1404234.82"),
    ]
    assert told_of(folder, paddy) == []
    turned = examine(folder)[0]
    assert plain is not None
    assert turned is not None
    made = [
        s.tables["production"].query("province == '11' and commodity == 'beras'")
        for s in (plain, turned)
    ]
    assert made[1]["tonnes"].sum() == pytest.approx(made[0]["tonnes"].sum(), rel=1e-6)


def test_a_need_of_a_day_is_not_that_of_a_year(tmp_path: Path) -> None:
    per_day = [
        Planted("", "need", line, "kg_per_capita", times(24 / 84.9)) for line in range(2, 36)
    ]
    problems = told_of(copy_of("nasional-2023", tmp_path), per_day)
    assert [problem.key for problem in problems] == ["nation_unbalanced"]
