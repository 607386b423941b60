"""Made-up markets are of the size they say, the same each time, and fit to be planned."""

from __future__ import annotations

from pathlib import Path

import generator
import pytest
from generator import NATIONAL_PORTS, SIZES, generated

import planner
from planner.market.market import build_market
from planner.model import formulate

SHAPES = {"S0": (34, 276), "S1": (4_560, 89_712), "S2": (514, 64_476)}
"""Rows and columns; S3 takes too long for a test."""


@pytest.mark.parametrize("name", SHAPES)
def test_a_market_is_of_the_size_it_says(name: str) -> None:
    scenario = generated(name)
    program = formulate(build_market(scenario))
    assert program.matrix.shape == SHAPES[name]
    rows, columns = SHAPES[name]
    line = next(line for line in generator.__doc__.splitlines() if line.strip().startswith(name))
    assert f"{columns:,} columns" in line
    assert f"{rows:,} rows" in line


def test_a_seed_gives_the_same_market_each_time_and_another_seed_another() -> None:
    assert generated("S0").digest() == generated("S0").digest()
    assert generated("S0", seed=1).digest() != generated("S0").digest()


def test_a_folder_is_written_and_read_as_any_scenario(tmp_path: Path) -> None:
    generator.main(["S0", str(tmp_path / "market")])
    assert planner.read_scenario(tmp_path / "market").tables.keys() == generated("S0").tables.keys()


def test_the_nation_is_given_limits_of_its_ports_and_nothing_else() -> None:
    national, limited = planner.read_scenario(generator.NATIONAL), generated(NATIONAL_PORTS)
    changed = [
        name for name, table in limited.tables.items() if not table.equals(national.tables[name])
    ]
    assert changed == ["ports", "sources"]
    assert (limited.tables["ports"]["throughput_t"] > 0).all()


def test_every_size_is_known() -> None:
    assert set(SIZES) == {*SHAPES, "S3"}
