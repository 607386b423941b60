"""The run folder read back: nothing lost, and nothing taken for a run that is none."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from broken_scenarios import SCENARIOS
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of
from in_process import planner as command

import planner
from planner import InputError, Run, Solution
from planner.runs import write_run

OTHERS_TABLE = pd.DataFrame(
    {"province": ["07", "11"], "note": ["", "1.50"], "tonnes": [0.1, None], "sure": [True, False]}
)
"""What another part of the house may add: codes that look like numbers, blanks, a truth."""


@pytest.fixture(scope="module")
def made_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A third of a tonne a month goes from 01 to 11, which is short in February."""
    scenario = scenario_of(
        tmp_path_factory.mktemp("scenario"),
        horizon=(JANUARY, 2, "month"),
        provinces=provinces("01", "11"),
        production=[made("01", 1 / 3, ""), made("11", 0.1)],
        need=[needed("11", 2 / 30), needed("11", 40, FEBRUARY)],
        arcs=[arc("01", "11", 100, capacity=20)],
    )
    run = planner.make_run(planner.solve(scenario))
    return Run(run.name, run.facts, {**run.tables, "others": OTHERS_TABLE}, run.scenario)


@pytest.fixture(scope="module")
def written(made_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "one"
    folder.mkdir()
    write_run(folder, made_run)
    return folder


@pytest.fixture(scope="module")
def read_back(written: Path) -> Run:
    return planner.read_run(written)


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "copy"))


def keys_of(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        planner.read_run(folder)
    return [problem.key for problem in caught.value.problems]


def said_of(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        planner.read_run(folder)
    return str(caught.value)


def edit_summary(folder: Path, **facts: object) -> None:
    file = folder / "summary.json"
    old = json.loads(file.read_text(encoding="utf-8"))
    kept = {name: value for name, value in {**old, **facts}.items() if value is not None}
    file.write_text(json.dumps(kept), encoding="utf-8")


def test_every_table_reads_back_as_it_was_written(made_run: Run, read_back: Run) -> None:
    assert read_back.tables.keys() == made_run.tables.keys()
    for name, table in made_run.tables.items():
        pd.testing.assert_frame_equal(read_back.tables[name], table, check_dtype=False)


def test_inputs_read_back_to_the_last_digit(made_run: Run, read_back: Run) -> None:
    for name, table in made_run.scenario.tables.items():
        pd.testing.assert_frame_equal(
            read_back.scenario.tables[name], table, check_dtype=False, check_exact=True
        )


def test_settings_and_facts_read_back(made_run: Run, read_back: Run) -> None:
    assert read_back.scenario.settings == made_run.scenario.settings
    assert read_back.facts == made_run.facts


def test_a_run_that_was_read_has_the_digest_of_its_scenario(read_back: Run) -> None:
    assert read_back.scenario.digest() == read_back.facts["input_digest"]


def test_a_run_that_was_read_can_be_solved_again(read_back: Run) -> None:
    again = planner.make_run(planner.solve(read_back.scenario))
    pd.testing.assert_frame_equal(
        again.tables["flows"], read_back.tables["flows"], check_dtype=False
    )


def test_codes_stay_text(read_back: Run) -> None:
    assert set(read_back.tables["flows"]["origin"]) == {"01"}
    assert list(read_back.tables["others"]["note"]) == ["", "1.50"]


def test_a_short_cell_has_no_price_and_a_lane_without_service_a_blank(read_back: Run) -> None:
    prices = read_back.tables["prices"].set_index(["province", "period"])
    assert pd.isna(prices.loc[("11", FEBRUARY), "idr_per_t"])
    assert set(read_back.tables["flows"]["service"]) == {""}


def test_national_inputs_read_back_to_the_last_digit(tmp_path: Path, national: Solution) -> None:
    write_run(tmp_path, planner.make_run(national))
    assert planner.read_run(tmp_path).scenario.digest() == national.scenario.digest()


def test_the_name_of_a_run_is_that_of_its_folder(read_back: Run, written: Path) -> None:
    assert read_back.name == str(written)


def test_a_folder_that_is_not_there_gets_the_nearest_name(written: Path) -> None:
    assert f'Did you mean "{written}"?' in said_of(written.with_name("onne"))


@pytest.mark.parametrize("place", ["dua-pulau", "."])
def test_a_scenario_and_any_other_folder_are_no_runs(place: str) -> None:
    assert keys_of(SCENARIOS / place) == ["no_run"]


def test_the_result_of_another_command_is_no_run(tmp_path: Path) -> None:
    command("balance", SCENARIOS / "dua-pulau", "--out", tmp_path / "out")
    assert keys_of(tmp_path / "out") == ["no_run"]


@pytest.mark.parametrize("found", [None, 0, 99, "1"])
def test_a_run_of_another_format_says_who_wrote_it(copy: Path, found: object) -> None:
    edit_summary(copy, format=found, versions={"planner": "7.8.9"})
    assert keys_of(copy) == ["run_format"]
    assert "was written by planner 7.8.9" in said_of(copy)


@pytest.mark.parametrize(
    "file", ["flows.csv", "others.csv", "inputs/need.csv", "inputs/settings.json"]
)
def test_a_file_that_is_missing_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    assert said_of(copy).startswith(f"{copy / file}: this file is missing")


@pytest.mark.parametrize(
    "file", ["flows.csv", "summary.json", "inputs/need.csv", "inputs/settings.json"]
)
def test_a_file_that_was_changed_after_the_run_is_named(copy: Path, file: str) -> None:
    with (copy / file).open("a", encoding="utf-8") as more:
        more.write("\n")
    assert said_of(copy).startswith(f"{copy / file}: it was changed after the run")


def test_all_that_is_wrong_is_told_at_once(copy: Path) -> None:
    (copy / "flows.csv").unlink()
    (copy / "costs.csv").write_text("part\n", encoding="utf-8")
    shutil.rmtree(copy / "inputs")
    assert len(keys_of(copy)) == 2 + len(planner.scenario.TABLES) + 1


def test_a_file_that_the_package_does_not_vouch_for_is_named(copy: Path) -> None:
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [r for r in package["resources"] if r["path"] != "inputs/need.csv"]
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert keys_of(copy) == ["run_file_changed"]


@pytest.mark.parametrize("file", ["summary.json", "datapackage.json"])
def test_a_description_that_is_no_json_is_named(copy: Path, file: str) -> None:
    (copy / file).write_text("{", encoding="utf-8")
    assert said_of(copy).startswith(f"{copy / file}, line 1: cannot be read as JSON: Expecting")


@pytest.mark.parametrize(
    ("content", "key"),
    [("[]", "not_a_table"), ('{"resources": [{"path": "flows.csv"}]}', "run_file_broken")],
)
def test_a_package_that_is_not_ours_is_named(copy: Path, content: str, key: str) -> None:
    (copy / "datapackage.json").write_text(content, encoding="utf-8")
    assert keys_of(copy) == [key]


def test_a_run_without_its_package_is_not_whole(copy: Path) -> None:
    (copy / "datapackage.json").unlink()
    assert keys_of(copy) == ["run_file_missing"]


def test_the_package_describes_every_table_as_frictionless_does(written: Path) -> None:
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    paths = {r["path"]: {f["name"]: f["type"] for f in r["schema"]["fields"]}
             for r in package["resources"] if "schema" in r}  # fmt: skip
    assert set(paths) == {f.relative_to(written).as_posix() for f in written.rglob("*.csv")}
    kinds = {"province": "string", "note": "string", "tonnes": "number", "sure": "boolean"}
    assert paths["others.csv"] == kinds
    assert paths["costs.csv"]["idr"] == "integer"


def as_written_before(folder: Path, *, table: str = "", column: str = "") -> None:
    """Make of a run one of a version that did not know a table, or a column, of the inputs: digest and all."""
    inputs, package = (
        folder / "inputs",
        json.loads((folder / "datapackage.json").read_text("utf-8")),
    )
    for entry in package["resources"] if column else []:
        file, fields = folder / entry["path"], entry.get("schema", {}).get("fields", [])
        if file.parent == inputs and column in [field["name"] for field in fields]:
            pd.read_csv(file, dtype=str, keep_default_na=False).drop(columns=column).to_csv(
                file, index=False, lineterminator="\n"
            )
            entry["schema"]["fields"] = [field for field in fields if field["name"] != column]
    if table:
        (inputs / f"{table}.csv").unlink()
    tables = {file.stem: file.read_text("utf-8") for file in inputs.glob("*.csv")}
    settings = planner.scenario.Settings.model_validate_json(
        (inputs / "settings.json").read_bytes()
    )
    told = settings.model_dump_json(exclude={"brief": True, "scenario": {"currency", "place"}})
    parts = [told, *(part for name in sorted(tables) for part in (name, tables[name]))]
    edit_summary(folder, input_digest=hashlib.sha256("".join(parts).encode()).hexdigest()[:12])
    package["resources"] = [r for r in package["resources"] if r["path"] != f"inputs/{table}.csv"]
    vouch(folder, package)


def vouch(folder: Path, package: dict[str, Any]) -> None:
    """Write a package whose digests are those of the files as they are."""
    for entry in package["resources"]:
        content = (folder / entry["path"]).read_bytes()
        entry["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize("table", ["rules", "traders", "signed_plan"])
def test_a_run_older_than_a_table_is_read_with_an_empty_one(copy: Path, table: str) -> None:
    as_written_before(copy, table=table)
    found = planner.read_run(copy).scenario.tables[table]
    assert len(found) == 0
    assert list(found.columns) == list(planner.scenario.TABLES[table].names)


def test_a_run_older_than_a_table_can_be_solved_again(copy: Path, made_run: Run) -> None:
    as_written_before(copy, table="rules")
    again = planner.solve(planner.read_run(copy).scenario)
    assert again.money_idr == pytest.approx(made_run.facts["cost_idr"], abs=0.5)  # whole rupiah


def test_a_run_older_than_a_column_is_read_with_a_blank_one(copy: Path) -> None:
    as_written_before(copy, column="max_stock_periods")
    found = planner.read_run(copy).scenario.tables["commodities"]
    assert found["max_stock_periods"].isna().all()


def test_a_run_older_than_a_setting_is_read(copy: Path) -> None:
    """Its settings lack a key that the version of today writes, and its digest was made without it."""
    file = copy / "inputs" / "settings.json"
    settings = json.loads(file.read_text("utf-8"))
    del settings["policy"]
    file.write_text(json.dumps(settings), encoding="utf-8")
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["path"] != "inputs/traders.csv"]
    (copy / "inputs" / "traders.csv").unlink()
    tables = {file.stem: file.read_text("utf-8") for file in (copy / "inputs").glob("*.csv")}
    told = {name: part for name, part in settings.items() if name != "brief"}
    del told["scenario"]["currency"], told["scenario"]["place"]
    head = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    parts = [head, *(part for name in sorted(tables) for part in (name, tables[name]))]
    edit_summary(copy, input_digest=hashlib.sha256("".join(parts).encode()).hexdigest()[:12])
    vouch(copy, package)
    assert planner.read_run(copy).scenario.tables["traders"].empty


@pytest.mark.parametrize("table", ["rules", "arcs", "stocks", "signed_plan"])
def test_a_table_that_was_taken_out_with_its_entry_is_named(copy: Path, table: str) -> None:
    """All digests of the package are made anew; that of the inputs still tells."""
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["path"] != f"inputs/{table}.csv"]
    (copy / "inputs" / f"{table}.csv").unlink()
    vouch(copy, package)
    assert keys_of(copy) == ["run_table_missing"]
    assert f"inputs/{table}.csv" in said_of(copy)


def test_a_column_that_was_taken_out_is_named(copy: Path) -> None:
    file = copy / "inputs" / "arcs.csv"
    pd.read_csv(file, dtype=str).drop(columns="capacity").to_csv(file, index=False)
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    for entry in package["resources"]:
        if entry["path"] == "inputs/arcs.csv":
            fields = entry["schema"]["fields"]
            entry["schema"]["fields"] = [f for f in fields if f["name"] != "capacity"]
    vouch(copy, package)
    assert keys_of(copy) == ["run_column"]


def test_inputs_of_a_newer_version_are_not_passed_over(copy: Path) -> None:
    (copy / "inputs" / "subsidies.csv").write_text("province,idr_per_t\n11,5\n", encoding="utf-8")
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    fields = [{"name": "province", "type": "string"}, {"name": "idr_per_t", "type": "number"}]
    package["resources"].append({"path": "inputs/subsidies.csv", "schema": {"fields": fields}})
    vouch(copy, package)
    assert keys_of(copy) == ["run_newer"]
    assert said_of(copy).startswith(f"{copy / 'inputs' / 'subsidies.csv'}: this version")
