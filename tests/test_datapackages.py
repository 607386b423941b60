"""Data packages: nothing gets lost, nothing gets out that must not, and other tools can read them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import frictionless
import pytest
from broken_scenarios import copy_of
from builders import JANUARY, Row, arc, made, needed, provinces, write_scenario, write_table
from typer.testing import CliRunner

from planner import read_scenario
from planner.cli.app import app
from planner.errors import InputError, OptionError
from planner.exchange.datapackages import pack, read_package, unpack
from planner.formats.datapackage import digest

TERMS = '\n[package]\nlicence = "CC-BY-4.0"\ncontact = "Dinas Perdagangan <data@example.go.id>"\n'
SECRET = {
    "owner": "UD Rahasia {n}", "place": "Kampung {n}", "certificate": "PSAT-77{n}",
    "certified_until": "2031-07-1{n}", "consignee": "Toko Diam {n}", "grade": "mutu{n}x",
    "source": "wawancara",
}  # fmt: skip


def trader(n: int, capacity: float, province: str = "A", **more: object) -> Row:
    told = {name: text.format(n=n) for name, text in SECRET.items()}
    ends = {"province": province, "commodity": "rice", "period": JANUARY}
    return {"trader": f"T-{n}-id", **told, **ends, "capacity_t": capacity, **more}


def market(folder: Path, traders: list[Row]) -> Path:
    interview = {"source": "wawancara", "title": "Wawancara dengan UD Rahasia 1", "note": "0812"}
    write_scenario(
        folder,
        provinces=provinces("A", "B"),
        production=[made("A", 60)],
        need=[needed("A", 30), needed("B", 25)],
        arcs=[arc("A", "B", 1000)],
        traders=traders,
        sources=[{"source": "made_up"}, interview],
    )
    settings = folder / "scenario.toml"
    words = "# UD Rahasia 2 minta dirahasiakan\n"
    settings.write_text(words + settings.read_text(encoding="utf-8") + TERMS, encoding="utf-8")
    return folder


FOUR = [
    trader(1, 123.457, sharing="partner"),
    trader(2, 234.568, sharing="partner"),
    trader(3, 345.679, sharing="public"),
    trader(4, 456.781, sharing="internal"),
]


def packed(folder: Path, traders: list[Row], level: str) -> Path:
    out = folder / f"{level}.zip"
    pack(market(folder / "market", traders), out, level)
    return out


def rows_of(package: Path, name: str) -> list[str]:
    return read_package(package).files[f"{name}.csv"].decode().splitlines()


@pytest.mark.parametrize("name", ["jabar-ntb", "kemarau-2023", "dua-pulau", "perjanjian-jabar-ntb"])
def test_a_scenario_comes_out_of_its_package_as_it_went_in(tmp_path: Path, name: str) -> None:
    before = read_scenario(Path(__file__).parents[1] / "scenarios" / name)
    pack(Path(__file__).parents[1] / "scenarios" / name, tmp_path / "p.zip", "internal")
    unpack(read_package(tmp_path / "p.zip"), tmp_path / "out")
    after = read_scenario(tmp_path / "out")
    assert all(after.tables[table].equals(before.tables[table]) for table in before.tables)
    assert (
        after.settings.model_copy(update={"scenario": before.settings.scenario}) == before.settings
    )


def test_the_same_scenario_gives_the_same_bytes(tmp_path: Path) -> None:
    market(tmp_path / "market", FOUR)
    for name in ("one.zip", "two.zip"):
        pack(tmp_path / "market", tmp_path / name, "partner")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("level", ["internal", "partner", "public"])
def test_a_tool_of_the_standard_finds_nothing_wrong(tmp_path: Path, level: str) -> None:
    unpack(read_package(packed(tmp_path, FOUR, level)), tmp_path / "out")
    report = frictionless.Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.flatten(["title", "message"]) == []


@pytest.mark.parametrize("level", ["partner", "public"])
def test_no_word_or_figure_of_a_trader_gets_out(tmp_path: Path, level: str) -> None:
    with zipfile.ZipFile(packed(tmp_path, FOUR, level)) as archive:
        content = b"\n".join(archive.read(name) for name in archive.namelist()) + archive.comment
    words = {str(value) for row in FOUR for name, value in row.items()
             if name not in {"province", "commodity", "period", "sharing"}}  # fmt: skip
    assert len(words) > 25
    assert [word for word in words if word.encode() in content] == []
    assert b"rahasia" not in content.lower()
    assert b"0812" not in content


def test_three_owners_make_a_sum_and_an_internal_one_is_not_in_it(tmp_path: Path) -> None:
    found = rows_of(packed(tmp_path, FOUR, "partner"), "_traders_by_province")
    assert found[1:] == [f"A,rice,{JANUARY},3,703.704"]


def test_what_only_partners_may_see_is_in_no_public_sum(tmp_path: Path) -> None:
    assert "_traders_by_province.csv" not in read_package(packed(tmp_path, FOUR, "public")).files


def test_one_owner_under_three_names_is_one(tmp_path: Path) -> None:
    same = [
        trader(n, 10 + n, sharing="public", owner=f" UD SAMA{' ' * n}".title()) for n in (1, 2, 3)
    ]
    assert "_traders_by_province.csv" not in read_package(packed(tmp_path, same, "partner")).files


def test_the_level_internal_keeps_every_row(tmp_path: Path) -> None:
    assert len(rows_of(packed(tmp_path, FOUR, "internal"), "traders")) == 1 + 4


def test_a_public_package_holds_the_balance_and_no_lanes(tmp_path: Path) -> None:
    files = read_package(packed(tmp_path, FOUR, "public")).files
    assert set(files) == {"provinces.csv", "commodities.csv", "balance.csv", "sources.csv"}


def test_the_descriptor_tells_licence_contact_vintage_and_confidence(tmp_path: Path) -> None:
    told = read_package(packed(tmp_path, FOUR, "partner")).descriptor
    assert told["licenses"] == [{"name": "CC-BY-4.0"}]
    assert told["contributors"][0]["title"].startswith("Dinas Perdagangan")
    assert (told["vintage"], told["level"]) == ("2023-01-01", "partner")
    made_up = next(entry for entry in told["resources"] if entry["name"] == "production")
    assert made_up["confidence"] == {"assumption": 1}


def test_nothing_leaves_without_licence_and_contact(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        pack(copy_of("dua-pulau", tmp_path), tmp_path / "p.zip", "partner")
    assert [p.column for p in caught.value.problems] == ["package.licence", "package.contact"]


def test_an_unknown_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="partner"):
        pack(copy_of("dua-pulau", tmp_path), tmp_path / "p.zip", "secret")


def changed(package: Path, name: str, content: bytes | None) -> Path:
    """Return the package with one file replaced, added or (None) taken out."""
    with zipfile.ZipFile(package) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    files = {**files, name: content or b""}
    if content is None:
        del files[name]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry, data in files.items():
            archive.writestr(entry, data)
    package.write_bytes(buffer.getvalue())
    return package


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("production.csv", b"province\n", "parcel_changed"),
        ("production.csv", None, "parcel_missing"),
        ("setup.exe", b"MZ", "parcel_extra"),
        ("datapackage.json", None, "parcel_unknown"),
        ("datapackage.json", b"{", "json_syntax"),
        ("datapackage.json", b'{"level": "partner", "resources": [1]}', "parcel_unknown"),
        ("datapackage.json", b'{"level": "secret", "resources": []}', "parcel_unknown"),
        ("datapackage.json", b"[" * 100_000, "too_deep"),
    ],
)
def test_a_package_that_is_not_what_it_says_is_refused(
    tmp_path: Path, name: str, content: bytes | None, key: str
) -> None:
    package = changed(packed(tmp_path, FOUR, "partner"), name, content)
    with pytest.raises(InputError) as caught:
        read_package(package)
    assert {problem.key for problem in caught.value.problems} == {key}


def test_a_wrong_cell_in_a_package_is_told_with_its_line(tmp_path: Path) -> None:
    folder = market(tmp_path / "market", FOUR)
    pack(folder, tmp_path / "p.zip", "internal")
    rows = b"province,commodity,period,tonnes,source\nA,rise,2023-01,60,made_up\n"
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        told = json.loads(archive.read("datapackage.json"))

    entry = next(entry for entry in told["resources"] if entry["path"] == "production.csv")
    entry["hash"] = digest(rows)
    changed(tmp_path / "p.zip", "production.csv", rows)
    changed(tmp_path / "p.zip", "datapackage.json", json.dumps(told).encode())
    with pytest.raises(InputError, match=r"p\.zip/production\.csv, line 2, column commodity"):
        read_package(tmp_path / "p.zip")


def test_the_commands_pack_validate_and_unpack(tmp_path: Path) -> None:
    market(tmp_path / "market", FOUR)
    package = str(tmp_path / "p.zip")
    for words in (
        ["pack", str(tmp_path / "market"), package, "--level", "partner"],
        ["validate", package],
        ["unpack", package, str(tmp_path / "out")],
        ["check", str(tmp_path / "out")],
    ):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output


def test_a_text_that_excel_would_run_is_refused(tmp_path: Path) -> None:
    folder = market(tmp_path / "market", [])
    write_table(folder, "commodities", [{"commodity": "rice", "name": "=HYPERLINK(0)"}])
    with pytest.raises(InputError, match="Excel would run"):
        read_scenario(folder)
