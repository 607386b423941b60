"""Two scenarios as one: nothing is lost, nothing is decided silently."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from builders import JANUARY, Row, arc, made, needed, provinces, write_scenario
from typer.testing import CliRunner

from planner import read_scenario
from planner.cli.app import app
from planner.errors import InputError
from planner.exchange.datapackages import pack
from planner.exchange.merge.conflict_rules import ConflictRules, read_conflict_rules
from planner.exchange.merge.differences import differences
from planner.exchange.merge.merge import MergedScenario, merge
from planner.exchange.merge.read_any import read_any
from planner.exchange.merge.write_merged import write_merged
from planner.exchange.merge.written_scenario import WrittenScenario, read_written

NATIONAL = Path(__file__).parents[1] / "scenarios" / "nasional-2023"
KINDS = {"survey": "official", "rumour": "news"}
OWNERS = ConflictRules(("owner",), {"A": "a", "B": "b"})


def side(
    folder: Path, production: list[Row], *, year: int = 2023, **more: object
) -> WrittenScenario:
    sources = [{"source": "made_up"}]
    sources += [{"source": name, "kind": kind, "year": 2023} for name, kind in KINDS.items()]
    sources += [{"source": f"of_{year}", "kind": "official", "year": year}]
    given = {
        "provinces": provinces("A", "B"),
        "arcs": [arc("A", "B", 5)],
        "need": [needed("B", 80)],
        "sources": sources,
    }
    return read_written(write_scenario(folder, production=production, **{**given, **more}))


def of(tonnes: float, source: str = "made_up", province: str = "A", **more: object) -> Row:
    return {**made(province, tonnes), "source": source, **more}


def two(folder: Path, a: Row, b: Row) -> tuple[WrittenScenario, WrittenScenario]:
    return side(folder / "a", [a]), side(folder / "b", [b], year=2024)


def cells(merged: MergedScenario) -> set[tuple[str, ...]]:
    return {*merged.conflicts[["table", "key", "column"]].itertuples(index=False, name=None)}


def produced(merged: MergedScenario) -> list[str]:
    return merged.tables["production"]["tonnes"].tolist()


def test_a_scenario_merged_with_itself_is_itself(tmp_path: Path) -> None:
    national = read_written(NATIONAL)
    merged = merge(national, national, ConflictRules())
    assert merged.conflicts.empty
    assert set(merged.provenance["from"]) == {"both"}
    write_merged(merged, (national, national), tmp_path / "c")
    assert differences(national, read_written(tmp_path / "c")).empty


def test_rows_of_one_only_are_taken_with_where_they_come_from(tmp_path: Path) -> None:
    a, b = two(tmp_path, of(100), of(7, province="B"))
    merged = merge(a, b, ConflictRules())
    told = merged.provenance.loc[merged.provenance["table"] == "production"]
    assert merged.conflicts.empty
    assert produced(merged) == ["100", "7"]
    assert told[["from", "line_a", "line_b"]].to_numpy().tolist() == [["a", 2, 0], ["b", 0, 2]]


def test_a_conflict_is_told_with_both_sources_and_nothing_is_written(tmp_path: Path) -> None:
    sides = two(tmp_path, of(100, "survey"), of(90, "rumour"))
    with pytest.raises(InputError) as told:
        write_merged(merge(*sides, ConflictRules()), sides, tmp_path / "c")
    first = told.value.problems[0]
    assert (first.line, first.column, len(told.value.problems)) == (2, "tonnes", 2)
    assert {"100", "90", "survey", "rumour"} <= set(map(str, first.values.values()))
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("rules", "taken"),
    [
        (OWNERS, "100"),
        (ConflictRules(("owner",), {"A": "b"}), "90"),
        (ConflictRules(("newer",)), "90"),
        (ConflictRules(("confidence", "newer")), "100"),
        (ConflictRules(("newer",), tables={"production": ("confidence",)}), "100"),
        (ConflictRules(("b",)), "90"),
    ],
)
def test_a_rule_decides_for_the_row_as_a_whole(
    tmp_path: Path, rules: ConflictRules, taken: str
) -> None:
    sources = [{"source": "survey", "kind": "official", "year": 2020}]
    sources += [{"source": "rumour", "kind": "news", "year": 2024}, {"source": "made_up"}]
    a = side(tmp_path / "a", [of(100, "survey")], sources=sources)
    b = side(tmp_path / "b", [of(90, "rumour")], sources=sources)
    merged = merge(a, b, rules)
    row = merged.tables["production"].iloc[0]
    assert (row["tonnes"], row["source"]) in {("100", "survey"), ("90", "rumour")}
    assert row["tonnes"] == taken
    assert merged.undecided.empty


def test_a_lane_between_provinces_of_both_is_not_decided_by_owner(tmp_path: Path) -> None:
    a = side(tmp_path / "a", [of(100)])
    b = side(tmp_path / "b", [of(100)], arcs=[arc("A", "B", 6)])
    assert cells(merge(a, b, OWNERS)) == {("arcs", "A; B; ship", "idr_per_t")}
    assert len(merge(a, b, OWNERS).undecided) == 1
    assert merge(a, b, ConflictRules(("owner",), {"A": "b"})).undecided.empty


def test_a_year_against_its_months_is_a_conflict(tmp_path: Path) -> None:
    a, b = two(tmp_path, of(100, period=""), of(7, period=JANUARY))
    merged = merge(a, b, ConflictRules())
    assert cells(merged) == {("production", f"A; rice; {p}", "period") for p in ("", JANUARY)}
    assert produced(merged) == []
    assert produced(merge(a, b, ConflictRules(("b",)))) == ["7"]


def test_two_descriptions_of_one_source_are_both_kept(tmp_path: Path) -> None:
    other = [{"source": "made_up", "title": "Something else"}]
    a = side(tmp_path / "a", [of(100)], sources=[{"source": "made_up"}])
    b = side(tmp_path / "b", [of(100), of(7, province="B")], sources=other)
    assert cells(merge(a, b, ConflictRules())) == {("sources", "made_up", "title")}
    merged = merge(a, b, ConflictRules(("owner",)))
    assert merged.tables["sources"]["source"].tolist() == ["made_up", "made_up_b"]
    assert merged.tables["production"]["source"].tolist() == ["made_up", "made_up_b"]


def test_settings_that_differ_are_a_conflict_and_titles_are_joined(tmp_path: Path) -> None:
    a = side(tmp_path / "a", [of(100)])
    b = side(tmp_path / "b", [of(100)], closing="opening")
    toml = tmp_path / "b" / "scenario.toml"
    toml.write_text(toml.read_text("utf-8").replace("Test", "Other"), encoding="utf-8")
    b = read_written(tmp_path / "b")
    merged = merge(a, b, ConflictRules())
    assert merged.undecided["key"].tolist() == ["policy.closing"]
    assert merged.settings["scenario"]["title"]["en"] == "Test + Other"
    assert merge(a, b, ConflictRules(("b",))).settings["policy"]["closing"] == "opening"


def national_of(folder: Path, province: str, factor: float) -> WrittenScenario:
    """Return the national scenario as a province with other figures of itself would send it."""
    (folder / "scenario.toml").parent.mkdir()
    for file in [*NATIONAL.glob("*.csv"), NATIONAL / "scenario.toml"]:
        (folder / file.name).write_bytes(file.read_bytes())
    for name, column in (("production", "tonnes"), ("stocks", "opening_t")):
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        own = frame["province"] == province
        frame.loc[own, column] = (frame.loc[own, column].astype(float) * factor).astype(str)
        frame.to_csv(folder / f"{name}.csv", index=False)
    return read_written(folder)


@pytest.fixture(scope="module")
def jabar_and_ntb(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[WrittenScenario, WrittenScenario]:
    folder = tmp_path_factory.mktemp("provinces")
    return national_of(folder / "jabar", "32", 1.1), national_of(folder / "ntb", "52", 0.9)


def test_which_conflicts_are_found_does_not_depend_on_the_order(
    jabar_and_ntb: tuple[WrittenScenario, WrittenScenario],
) -> None:
    a, b = jabar_and_ntb
    found = cells(merge(a, b, ConflictRules()))
    assert len(found) > 10
    assert found == cells(merge(b, a, ConflictRules()))


def test_every_row_of_both_is_in_the_result_or_in_a_conflict(
    jabar_and_ntb: tuple[WrittenScenario, WrittenScenario],
) -> None:
    merged = merge(*jabar_and_ntb, ConflictRules())
    listed = pd.concat([merged.provenance, merged.conflicts])
    for name, letter in zip(jabar_and_ntb, "ab", strict=True):
        told = listed.loc[listed[f"line_{letter}"] > 0].groupby("table")[f"line_{letter}"].agg(set)
        assert {table: told[table] for table in name.tables} == {
            table: set(frame["_line"]) for table, frame in name.tables.items()
        }


def test_the_owners_of_two_provinces_make_a_national_scenario(
    tmp_path: Path, jabar_and_ntb: tuple[WrittenScenario, WrittenScenario]
) -> None:
    merged = merge(*jabar_and_ntb, ConflictRules(("owner",), {"32": "a", "52": "b"}))
    write_merged(merged, jabar_and_ntb, tmp_path / "c")
    whole = read_scenario(tmp_path / "c").tables["production"].groupby("province")["tonnes"].sum()
    before = read_scenario(NATIONAL).tables["production"].groupby("province")["tonnes"].sum()
    share = whole / before
    assert (share["32"], share["52"], share["35"]) == pytest.approx((1.1, 0.9, 1))


def test_packages_are_laid_together_as_the_scenarios_in_them(tmp_path: Path) -> None:
    two(tmp_path, of(100), of(7, province="B"))
    for name in "ab":
        pack(tmp_path / name, tmp_path / f"{name}.zip", "internal")
    sides = [read_any(tmp_path / f"{name}.zip") for name in "ab"]
    assert produced(merge(*sides, ConflictRules())) == ["100", "7"]
    assert differences(sides[0], read_written(tmp_path / "a")).empty
    assert sides[0].tables["need"]["_file"].tolist() == [f"{tmp_path}/a.zip/need.csv"]


def test_a_rule_that_is_not_known_is_told_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "merge.toml"
    file.write_text('prefer = ["owners"]\n', encoding="utf-8")
    with pytest.raises(InputError, match='Did you mean "owner"'):
        read_conflict_rules(file, two(tmp_path, of(1), of(1)))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('prefer = ["owners"]', (1, "prefer")),
        ('prefers = ["owner"]', (1, "")),
        ('\nprefer = "owner"', (2, "prefer")),
        ('[owner]\n"9X" = "a"', (2, "owner.9X")),
        ('[owner]\nA = "a"\nB = "c"', (3, "owner.B")),
        ('prefer = ["a"]\nowner = { B = "c" }', (2, "owner.B")),
        ('[tables]\nproduksi = ["a"]', (2, "tables")),
        ('[tables]\nstocks = ["a", "both"]', (2, "stocks")),
        ("\n[[tables]]\n", (2, "tables")),
    ],
)
def test_what_no_rule_file_may_hold_is_told_with_its_line(
    tmp_path: Path, line: str, place: tuple[int, str]
) -> None:
    file = tmp_path / "merge.toml"
    file.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_conflict_rules(file, two(tmp_path, of(1), of(1)))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place


def test_an_owner_of_a_province_of_neither_scenario_is_told(
    tmp_path: Path, jabar_and_ntb: tuple[WrittenScenario, WrittenScenario]
) -> None:
    file = tmp_path / "merge.toml"
    file.write_text('[owner]\nJabar = "a"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"Did you mean Jawa Barat \(32\)"):
        read_conflict_rules(file, jabar_and_ntb)


def test_rules_may_call_the_scenarios_by_the_names_of_their_files(tmp_path: Path) -> None:
    jabar, ntb = side(tmp_path / "jabar", [of(1)]), side(tmp_path / "ntb", [of(1)])
    file = tmp_path / "merge.toml"
    file.write_text('prefer = ["owner", "ntb"]\n[owner]\nA = "jabar"\n', encoding="utf-8")
    assert read_conflict_rules(file, (jabar, ntb)) == ConflictRules(("owner", "b"), {"A": "a"})
    assert read_conflict_rules(file, (ntb, jabar)) == ConflictRules(("owner", "a"), {"A": "b"})


def test_the_command_ends_with_1_until_a_rule_decides(tmp_path: Path) -> None:
    two(tmp_path, of(100, "survey"), of(90, "rumour"))
    words = ["merge", *(str(tmp_path / name) for name in "ab"), "--language", "en"]
    words += ["--out", str(tmp_path / "c")]
    stopped = CliRunner().invoke(app, words)
    assert stopped.exit_code == 1
    assert 'A says "100" (source survey), B says "90" (source rumour' in stopped.stderr
    (tmp_path / "merge.toml").write_text('prefer = ["confidence"]\n', encoding="utf-8")
    done = CliRunner().invoke(app, [*words, "--rules", str(tmp_path / "merge.toml")])
    assert (done.exit_code, "Decided by rule confidence: 2 cells." in done.stdout) == (0, True)
    assert set(pd.read_csv(tmp_path / "c" / "_conflicts.csv")["taken"]) == {"a"}
