"""What a notebook calls: each is as sure as the way through files and a new solve."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import replace
from pathlib import Path

import highspy
import pandas as pd
import pytest

import planner
from planner import Scenario
from planner.errors import OptionError

ISLANDS = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
TOML = (ISLANDS / "scenario.toml").read_text("utf-8")
HARVEST = {"table": "production", "column": "tonnes", "change": "multiply"}


def frames() -> dict[str, pd.DataFrame]:
    return {file.stem: pd.read_csv(file, dtype=str) for file in ISLANDS.glob("*.csv")}


@pytest.mark.parametrize("settings", [TOML, tomllib.loads(TOML)], ids=["text", "mapping"])
def test_frames_are_read_as_the_files_they_came_from(settings: object) -> None:
    assert Scenario.from_tables(frames(), settings).digest() == planner.example().digest()


def test_every_problem_of_frames_is_told_with_table_row_and_column() -> None:
    tables = frames()
    tables["production"].loc[0, "tonnes"] = "many"
    tables["arcs"].loc[0, "origin"] = "99"
    with pytest.raises(planner.InputError) as error:
        Scenario.from_tables(tables, TOML)
    told = {(problem.cell.table, problem.column) for problem in error.value.problems}
    assert {("production", "tonnes"), ("arcs", "origin")} <= told


def test_frames_extend_nothing_in_silence() -> None:
    settings = tomllib.loads(TOML)
    settings["scenario"]["extends"] = "../nasional-2023"
    with pytest.raises(planner.InputError, match="cannot extend"):
        Scenario.from_tables(frames(), settings)


@pytest.mark.parametrize("settings", ["[scenario", {}, {"scenario": 3}])
def test_settings_that_are_none_are_problems(settings: object) -> None:
    with pytest.raises(planner.InputError):
        Scenario.from_tables(frames(), settings)


def test_settings_of_another_kind_are_refused() -> None:
    with pytest.raises(OptionError, match="mapping"):
        Scenario.from_tables(frames(), planner.example().settings)


def test_a_point_of_a_sweep_is_the_plan_of_its_scenario() -> None:
    base = planner.example()
    found = planner.sweep(
        base, {"harvest": (HARVEST, [1.0, 0.5]), "freight": (band, ["low", "high"])}
    )
    assert list(found["harvest"]) == [1.0, 1.0, 0.5, 0.5]
    for row in found.itertuples():
        alone = planner.solve(
            band(base.adjust("production", "tonnes", multiply=row.harvest), row.freight)
        )
        assert (row.money_idr, row.unmet_t) == (alone.money_idr, alone.unmet_t)
        assert (row.reserve_gap_t, row.closing_gap_t) == (alone.reserve_gap_t, alone.closing_gap_t)
    assert found["unmet_t"].nunique() > 1


def band(scenario: Scenario, name: str) -> Scenario:
    return scenario.with_policy(freight=name)


def failing(scenario: Scenario, value: int) -> Scenario:
    if value:
        raise KeyError("no such thing")
    return scenario


@pytest.mark.parametrize("change", [failing, HARVEST], ids=["function", "adjust"])
def test_a_point_that_fails_is_a_row_with_its_reason(change: object) -> None:
    values = [0, 1] if change is failing else [1.0, -1.0]
    found = planner.sweep(planner.example(), {"change": (change, values)})
    assert list(found["problem"] != "") == [False, True]
    assert list(found["money_idr"].isna()) == [False, True]


@pytest.mark.slow
@pytest.mark.process
def test_processes_find_what_one_finds() -> None:
    grid = {"harvest": (HARVEST, [1.0, 0.9, -1.0, 0.5])}
    done: list[tuple[int, int]] = []
    found = planner.sweep(
        planner.example(), grid, jobs=2, progress=lambda *count: done.append(count)
    )
    pd.testing.assert_frame_equal(found, planner.sweep(planner.example(), grid))
    assert done == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("grid", "jobs"),
    [
        ({}, 1),
        ({"a": (HARVEST, [])}, 1),
        ({"unmet_t": (HARVEST, [1])}, 1),
        ({"a": (HARVEST, [1])}, 0),
    ],
    ids=["empty", "no values", "name taken", "no process"],
)
def test_a_grid_that_cannot_be_swept_is_refused(grid: dict, jobs: int) -> None:
    with pytest.raises(OptionError):
        planner.sweep(planner.example(), grid, jobs=jobs)


@pytest.mark.parametrize("ending", [".mps", ".lp"])
def test_the_file_of_a_model_has_the_optimum_of_its_plan(ending: str, tmp_path: Path) -> None:
    file = planner.export_model(planner.example(), tmp_path / f"model{ending}")
    highs = highspy.Highs()
    highs.setOptionValue(
        "threads", 1
    )  # HiGHS keeps the number of its first run for all others of a thread
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(file)) == highspy.HighsStatus.kOk
    highs.run()
    found = highs.getInfo().objective_function_value * 1e6
    assert found == pytest.approx(planner.solve(planner.example()).objective, rel=1e-9)


def test_a_file_of_a_model_replaces_nothing_and_has_a_known_ending(tmp_path: Path) -> None:
    (tmp_path / "old.mps").write_text("mine")
    for name in ("old.mps", "model.txt"):
        with pytest.raises(OptionError):
            planner.export_model(planner.example(), tmp_path / name)
    assert (tmp_path / "old.mps").read_text() == "mine"


def test_a_trial_has_the_tables_and_prices_of_a_new_solve() -> None:
    base = planner.example()
    kept = planner.what_if(planner.solve(base))
    kept.change_harvest(0.5)
    trial, new = kept.solution(), planner.solve(base.adjust("production", "tonnes", multiply=0.5))
    assert trial.unmet_t == pytest.approx(new.unmet_t)
    assert trial.money_idr == pytest.approx(new.money_idr)
    pd.testing.assert_frame_equal(trial.flows(), new.flows())
    pd.testing.assert_frame_equal(trial.prices(), new.prices())


def test_a_notebook_shows_a_name_and_no_html_of_it() -> None:
    scenario = replace(planner.example(), name="<b>&")
    plan = planner.solve(scenario)
    run = planner.make_run(plan)
    for shown in (scenario, plan, run, planner.compare(run, run)):
        page = shown._repr_html_()
        assert "&lt;b&gt;&amp;" in page
        assert "<b>" not in page


def test_phases_are_logged_and_no_handler_is_set(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="planner"):
        planner.solve(planner.example())
    assert "certify" in [record.message for record in caplog.records]
    assert logging.getLogger("planner").handlers == []
