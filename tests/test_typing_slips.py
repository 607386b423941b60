"""Slips in the official tables of the nation are told where they are; of the tables as they are nothing is said."""

from __future__ import annotations

import functools

import pytest
import typing_slips as slips
from broken_scenarios import SCENARIOS

from planner.errors import Problem
from planner.scenario import examine

SILENT = 20
"""Of all slips, so many may pass without a word; `slips.UNTOLD` says why."""
EVERY = 3
"""The usual run takes each third of them; `python tests/typing_slips.py` takes all."""
TABLES = slips.national()
ALL = slips.slips(TABLES)
BY_NAME = {slip.name: slip for slip in ALL}


@functools.cache
def told(name: str) -> tuple[Problem, ...]:
    return tuple(slips.told_of(BY_NAME[name], TABLES))


def test_there_are_as_many_slips_as_a_planner_makes_in_a_year() -> None:
    assert len(BY_NAME) == len(ALL) > 188


@pytest.mark.parametrize(
    "name", sorted(folder.name for folder in SCENARIOS.iterdir() if folder.is_dir())
)
def test_nothing_is_remarked_on_a_shipped_scenario(name: str) -> None:
    assert examine(SCENARIOS / name)[1] == []


def test_few_slips_pass_in_silence() -> None:
    sample = ALL[::EVERY]
    silent = [slip.name for slip in sample if not told(slip.name)]
    assert len(silent) <= SILENT * len(sample) / len(ALL), silent


def test_hardly_a_right_cell_is_named_in_the_place_of_a_slip() -> None:
    sample = ALL[::EVERY]
    wrong = [slip.name for slip in sample if slips.elsewhere(slip, TABLES, told(slip.name))]
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(("key", "name"), slips.TOLD_BY.items())
def test_every_look_sees_its_slip(key: str, name: str) -> None:
    assert key in {problem.key for problem in told(name)}
