"""A run made from Python: the same folder as of the command, and what is wrong told before any work."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS
from in_process import planner as command

import planner
from planner.errors import OptionError
from planner.pipeline import Phases, run_scenario

FIRST = SCENARIOS / "dua-pulau"


def test_the_folder_is_that_of_the_command(tmp_path: Path) -> None:
    result = run_scenario(planner.read_scenario(FIRST), tmp_path / "here", charts=False)
    command("run", FIRST, "--no-charts", "--out", tmp_path / "there")
    names = {file.name for file in (tmp_path / "there").iterdir()}
    assert {file.name for file in result.folder.iterdir()} == names
    flows = [(tmp_path / where / "flows.csv").read_bytes() for where in ("here", "there")]
    assert flows[0] == flows[1]


def test_the_report_is_shown_before_the_charts_are_drawn(tmp_path: Path) -> None:
    seen: list[str] = []

    def announced(key: str, **_: object) -> None:
        seen.append(key)

    run_scenario(
        planner.read_scenario(FIRST),
        tmp_path / "run",
        phases=Phases(announced),
        show=lambda _: seen.append("report"),
    )
    assert seen.index("report") < seen.index("charts")


def test_a_run_is_replaced_only_where_that_is_asked_for(tmp_path: Path) -> None:
    scenario = planner.read_scenario(FIRST)
    run_scenario(scenario, tmp_path / "run", charts=False)
    with pytest.raises(OptionError, match="force=True"):
        run_scenario(scenario, tmp_path / "run", charts=False)
    run_scenario(scenario, tmp_path / "run", charts=False, force=True)
    assert [folder.name for folder in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("within", [[-5], [0], [101], [float("nan")]])
def test_percents_that_are_none_are_refused(tmp_path: Path, within: list[float]) -> None:
    with pytest.raises(OptionError, match="above 0 and at most 100"):
        run_scenario(planner.read_scenario(FIRST), tmp_path / "run", within=within)


def test_what_is_no_scenario_is_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="needs a Scenario"):
        run_scenario(str(FIRST), tmp_path / "run")  # type: ignore[arg-type]
