"""What strangers tampered with ends in a result or a message, never in an error of Python."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from broken_scenarios import SCENARIOS
from tampering import RAW, RULES, fresh, spoil, tamper_package, tamper_run
from typer.testing import CliRunner, Result

import planner
from planner.brief.brief_data import BriefData
from planner.brief.facts_file import run_digests
from planner.cli.app import app
from planner.exchange.datapackages import pack
from planner.runs import write_run

FIRST = SCENARIOS / "dua-pulau"
RUN_COMMANDS = [["workbook"], ["compare", "RUN"], ["realise", "MANIFEST"], ["brief", "--check"]]


def asked(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--language", "en"])


def ended_well(result: Result) -> bool:
    """Return whether a command ended by itself, and with a message where it failed."""
    return isinstance(result.exception, SystemExit | None) and (
        result.exit_code == 0 or bool(result.output.strip())
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "run"
    folder.mkdir()
    write_run(folder, planner.make_run(planner.solve(planner.read_scenario(FIRST))))
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("package") / "p.zip"
    pack(FIRST, file, "internal")
    return file


@pytest.fixture
def copy(run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run, tmp_path / "copy"))


@pytest.mark.parametrize("seed", range(25))
def test_a_run_folder_that_was_tampered_with(seed: int, run: Path, copy: Path) -> None:
    tamper_run(copy, seed)
    manifest = copy.with_name("m.csv")
    manifest.write_text("date,origin,destination,commodity,tonnes\n2023-01-05,01,02,beras,1\n")
    command, *more = RUN_COMMANDS[seed % 3]
    words = [run if word == "RUN" else manifest if word == "MANIFEST" else word for word in more]
    out = ["--out", copy.with_name("w.xlsx")] if command == "workbook" else []
    assert ended_well(asked(command, copy, *words, *out))


@pytest.mark.parametrize("seed", range(20))
def test_a_package_that_was_tampered_with(seed: int, package: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(package, tmp_path / "p.zip"))
    tamper_package(copy, seed)
    words = ["validate", copy] if seed % 2 else ["unpack", copy, tmp_path / "out"]
    assert ended_well(asked(*words))


@pytest.mark.parametrize("rules", RULES, ids=range(len(RULES)))
def test_a_rule_file_that_is_none(rules: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(rules, encoding="utf-8")
    assert ended_well(asked("merge", FIRST, FIRST, "--out", tmp_path / "m", "--rules", file))


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_a_manifest_that_is_none(raw: bytes, run: Path, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes(raw)
    done = asked("realise", run, file)
    assert (done.exit_code, ended_well(done)) == (1, True)


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
@pytest.mark.parametrize(
    "name", ["facts.json", "brief.md", "brief.docx", "brief.pdf", "brief.html"]
)
def test_a_brief_that_is_none(raw: bytes, name: str, copy: Path) -> None:
    (copy / "brief").mkdir()
    facts = {"language": "en", "room": {"lanes": 1, "limits": 1}, "runs": {}, "facts": []}
    (copy / "brief" / "facts.json").write_text(json.dumps(facts))
    (copy / "brief" / "brief.md").write_text("# Nothing\n")
    (copy / "brief" / name).write_bytes(raw)
    done = asked("brief", copy, "--check")
    assert (done.exit_code, ended_well(done)) == (1, True)


@pytest.mark.parametrize("seed", range(12))
def test_the_facts_of_a_brief_that_were_tampered_with(seed: int, copy: Path) -> None:
    runs = {"run": planner.read_run(copy)}
    facts = [fact.record() for fact in BriefData(runs, "en").facts]
    room = {"lanes": 1, "limits": 1}
    tree = {"language": "en", "room": room, "runs": run_digests(runs), "facts": facts}
    for _ in range(5):
        spoil(random.Random(seed), tree["facts"])
    (copy / "brief").mkdir()
    (copy / "brief" / "facts.json").write_text(json.dumps(tree))
    (copy / "brief" / "brief.md").write_text("# Nothing\n")
    assert ended_well(asked("brief", copy, "--check"))


@pytest.mark.parametrize("table", ["flows", "nodes", "prices", "costs", "supply", "inputs/need"])
def test_a_run_without_one_of_its_tables_says_which(copy: Path, table: str) -> None:
    place = copy / "datapackage.json"
    content = json.loads(place.read_text())
    content["resources"] = [r for r in content["resources"] if r["path"] != f"{table}.csv"]
    place.write_text(json.dumps(content))
    (copy / f"{table}.csv").unlink()
    done = asked("workbook", copy)
    assert (done.exit_code, f"{table}.csv" in done.output) == (1, True)


def test_a_renamed_column_is_told_with_its_file(copy: Path) -> None:
    file = copy / "flows.csv"
    file.write_text(file.read_text().replace("tonnes", "ton", 1))
    place = copy / "datapackage.json"
    place.write_text(place.read_text().replace('"tonnes"', '"ton"'))
    fresh(copy)
    assert (
        f"{file}, line 1, column tonnes: this column is missing" in asked("workbook", copy).output
    )


def test_a_code_that_no_province_has_is_told_with_its_cell(copy: Path) -> None:
    file = copy / "flows.csv"
    lines = file.read_text().splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[0], "ZZ", 1)
    file.write_text("\n".join(lines) + "\n")
    fresh(copy)
    assert f'{file}, line 2, column origin: "ZZ" cannot stand' in asked("workbook", copy).output
