"""A scenario that extends another: what it replaces, adds, adjusts and leaves out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from broken_scenarios import SCENARIOS, add, copy_of, swap, told_of
from builders import arc, made, needed, provinces, scenario_of, write_scenario
from processes import script

from planner import Scenario, read_scenario
from planner.scenario import Horizon, examine

HEAD = '[scenario]\nextends = "../base"\n'
CELLS = {
    "arcs": ("600", "601"),
    "commodities": ("10000", "10000.001"),
    "modes": ("1000,", "1001,"),
    "need": (",40,", ",40.0000001,"),
    "ports": ("106", "106.5"),
    "production": (",30,", ",31,"),
    "provinces": ("5000", "5001"),
    "sources": ("Invented", "Made up"),
    "stocks": (",20,", ",21,"),
}
"""A cell of every table, and another value for it."""
HARVEST = [0.0, 0.0, 0.3, 0.2, 0.0, 0.0, 0.1, 0.3, 0.1, 0.0, 0.0, 0.0]
YEARS = [
    ("2023-01", 12, "month"),
    ("2023-Q1", 4, "quarter"),
    ("2023", 1, "year"),
    ("2024-01", 12, "month"),
    ("2024-Q1", 4, "quarter"),
]
"""Horizons that are one calendar year, common or leap."""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A year in two provinces and two goods; the harvest of A has a season, its need has none."""
    return write_scenario(
        tmp_path / "base",
        horizon=("2023-01", 12, "month"),
        provinces=provinces("A", "B"),
        commodities=[{"commodity": "rice"}, {"commodity": "salt"}],
        profiles=[{"profile": "wet", "month": m, "share": s} for m, s in enumerate(HARVEST, 1)],
        production=[
            {**made("A", 1200, ""), "profile": "wet"},
            {**made("A", 365, "", "salt"), "profile": ""},
        ],
        need=[needed("B", 730, "")],
        arcs=[arc("A", "B", 1)],
    )


def overlay(base: Path, settings: str, **tables: list[str]) -> Scenario:
    return read_scenario(overlay_folder(base, settings, **tables))


def overlay_folder(base: Path, settings: str, **tables: list[str]) -> Path:
    folder = base.with_name("overlay")
    folder.mkdir()
    add("scenario.toml", HEAD + settings)(folder)
    for name, lines in tables.items():
        add(f"{name}.csv", *lines)(folder)
    return folder


def adjust(**keys: object) -> str:
    usual = {"table": "production", "column": "tonnes", "source": "made_up"}
    lines = [
        f"{key} = {value if key in {'where', 'multiply', 'add', 'set'} else repr(value)}"
        for key, value in {**usual, **keys}.items()
    ]
    return "\n".join(["[[adjust]]", *lines, ""])


def tonnes(scenario: Scenario, month: str, commodity: str = "rice") -> float:
    made = scenario.tables["production"].set_index(["commodity", "period"])["tonnes"]
    return float(made.loc[commodity, month])


def test_a_row_of_the_overlay_takes_the_place_of_that_with_its_key(base: Path) -> None:
    rows = ["province,commodity,period,tonnes,source", "A,salt,,730,made_up"]
    assert tonnes(overlay(base, "", production=rows), "2023-01", "salt") == pytest.approx(62)


def test_other_rows_of_the_base_stay(base: Path) -> None:
    rows = ["province,commodity,period,tonnes,source", "A,salt,,730,made_up"]
    assert tonnes(overlay(base, "", production=rows), "2023-03") == pytest.approx(360)


def test_a_row_with_a_new_key_is_added(base: Path) -> None:
    rows = ["province,lat,lon,name,source", "C,0,0,Ce,made_up"]
    assert overlay(base, "", provinces=rows).provinces == ["A", "B", "C"]


def test_a_replaced_row_keeps_the_order_of_the_base(base: Path) -> None:
    rows = ["province,lat,lon,name,source", "A,0,0,Anew,made_up"]
    assert list(overlay(base, "", provinces=rows).names("provinces").values()) == ["Anew", "B"]


def test_a_replaced_row_does_not_mix_with_the_old_one(base: Path) -> None:
    rows = ["province,commodity,period,tonnes,source", "A,rice,,1200,made_up"]
    replaced = overlay(base, "", production=rows)
    assert tonnes(replaced, "2023-01") == pytest.approx(1200 * 31 / 365)


def test_the_overlay_may_use_codes_of_the_base(base: Path) -> None:
    rows = ["province,commodity,opening_t,source", "B,salt,5,made_up"]
    assert not told_of(overlay_folder(base, "", stocks=rows))


def test_the_lines_of_rows_point_into_their_own_file(base: Path) -> None:
    rows = ["province,commodity,period,tonnes,source", "A,salt,,730,made_up"]
    lines = overlay(base, "", production=rows).lines["production"].drop_duplicates()
    found = [
        (Path(file).parent.name, line)
        for file, line in zip(lines["file"], lines["line"], strict=True)
    ]
    assert sorted(found) == [("base", 2), ("overlay", 2)]


def test_settings_are_laid_over_key_by_key(base: Path) -> None:
    policy = overlay(base, '[policy]\nclosing = "opening"\n').settings.policy
    assert (policy.closing, policy.freight) == ("opening", "central")


def test_one_key_of_a_table_may_change_alone(base: Path) -> None:
    assert overlay(base, "[horizon]\nperiods = 3\n").horizon == Horizon("2023-01", 3, "month")


def test_limits_of_base_and_overlay_add_up(base: Path) -> None:
    add("scenario.toml", "", '[limits]\nnotes = [{ id = "satu", en = "one" }]')(base)
    notes = overlay(base, '[limits]\nnotes = [{ id = "dua", en = "two" }]\n').settings.limits.notes
    assert [note.en for note in notes] == ["one", "two"]


@pytest.mark.parametrize(
    ("change", "march"), [({"multiply": 0.5}, 180), ({"add": 40}, 400), ({"set": 7}, 7)]
)
def test_an_adjust_acts_on_the_months_a_year_was_spread_over(
    base: Path, change: dict[str, float], march: float
) -> None:
    where = '{ commodity = "rice", period = "2023-03" }'
    assert tonnes(overlay(base, adjust(where=where, **change)), "2023-03") == pytest.approx(march)


def test_an_adjust_leaves_other_months_alone(base: Path) -> None:
    scenario = overlay(base, adjust(where='{ period = "2023-03" }', set=7))
    assert tonnes(scenario, "2023-04") == pytest.approx(240)


def test_adjusts_act_in_their_order(base: Path) -> None:
    here = {"where": '{ commodity = "rice", period = "2023-03" }'}
    scenario = overlay(base, adjust(add=40, **here) + adjust(multiply=2, **here))
    assert tonnes(scenario, "2023-03") == pytest.approx(800)


def test_an_adjust_of_the_base_acts_before_that_of_the_overlay(base: Path) -> None:
    here = {"where": '{ commodity = "rice", period = "2023-03" }'}
    add("scenario.toml", "", adjust(add=40, **here))(base)
    assert tonnes(overlay(base, adjust(multiply=2, **here)), "2023-03") == pytest.approx(800)


def test_an_adjusted_row_names_the_source_of_the_adjust(base: Path) -> None:
    rows = ["source,kind,title", "guess,assumption,A guess"]
    change = adjust(where='{ period = "2023-03" }', set=7, source="guess")
    made = overlay(base, change, sources=rows).tables["production"]
    assert set(made.loc[made["period"] == "2023-03", "source"]) == {"guess"}


def test_an_adjust_of_the_base_may_concern_what_the_overlay_leaves_out(base: Path) -> None:
    add("scenario.toml", "", adjust(where='{ commodity = "rice", period = "2023-09" }', add=1))(
        base
    )
    scope = '[horizon]\nperiods = 2\n[scope]\ncommodities = ["salt"]\n'
    assert not told_of(overlay_folder(base, scope))


def test_an_adjust_of_the_overlay_has_to_hit_what_it_keeps(base: Path) -> None:
    change = adjust(where='{ commodity = "rice", period = "2023-09" }', add=1)
    folder = overlay_folder(base, change + "[horizon]\nperiods = 2\n")
    assert [problem.key for problem in examine(folder)[1]] == ["adjust_value"]


def test_a_wrong_adjust_is_told_of_the_file_and_line_it_stands_in(base: Path) -> None:
    add("scenario.toml", "", adjust(add=1))(base)
    folder = overlay_folder(base, adjust(add=1) + adjust(table="prodution", add=1))
    (problem,) = examine(folder)[1]
    place = Path(problem.file).parent.name, problem.line, problem.column
    assert place == ("overlay", 8, "adjust 2")


def test_a_shorter_horizon_drops_the_other_periods(base: Path) -> None:
    made = overlay(base, "[horizon]\nperiods = 2\n").tables["production"]
    assert sorted(set(made["period"])) == ["2023-01", "2023-02"]


def test_a_shorter_horizon_drops_rows_of_single_periods(tmp_path: Path) -> None:
    base = copy_of("dua-pulau", tmp_path).rename(tmp_path / "base")
    made = overlay(base, "[horizon]\nperiods = 1\n").tables["production"]
    assert made["tonnes"].tolist() == [130, 10]


def test_the_scope_keeps_its_commodities(base: Path) -> None:
    assert overlay(base, '[scope]\ncommodities = ["salt"]\n').commodities == ["salt"]


def test_the_scope_keeps_only_rows_of_its_commodities(base: Path) -> None:
    scenario = overlay(base, '[scope]\ncommodities = ["salt"]\n')
    assert set(scenario.tables["production"]["commodity"]) == {"salt"}


@pytest.mark.parametrize("year", YEARS, ids=lambda year: f"{year[2]} from {year[0]}")
@pytest.mark.parametrize("profile", [None, HARVEST])
def test_the_periods_of_a_calendar_year_share_it_out_whole(
    year: tuple[str, int, str], profile: list[float] | None
) -> None:
    assert Horizon(*year).shares(
        None if profile is None else np.array(profile)
    ).sum() == pytest.approx(1)


def test_weeks_share_out_the_days_they_hold() -> None:
    weeks = Horizon("2023-W01", 52, "week").shares()
    assert weeks == pytest.approx([7 / 365] * 52)


def test_a_week_over_the_end_of_a_month_takes_days_of_both() -> None:
    (share,) = Horizon("2023-W31", 1, "week").shares(np.array(HARVEST))
    assert share == pytest.approx(0.1 / 31 + 6 * 0.3 / 31)


def test_months_follow_their_profile() -> None:
    shares = Horizon("2023-01", 12, "month").shares(np.array(HARVEST))
    assert shares == pytest.approx(HARVEST)


def test_a_quarter_is_the_sum_of_its_months() -> None:
    shares = Horizon("2023-Q1", 4, "quarter").shares(np.array(HARVEST))
    assert shares == pytest.approx([0.3, 0.2, 0.5, 0])


def test_months_without_profile_are_as_long_as_their_days() -> None:
    assert Horizon("2024-02", 1, "month").shares() == pytest.approx([29 / 366])


@pytest.mark.parametrize(
    ("horizon", "labels"),
    [
        (("2022-W51", 3, "week"), ("2022-W51", "2022-W52", "2023-W01")),
        (("2020-W53", 2, "week"), ("2020-W53", "2021-W01")),
        (("2023-12", 2, "month"), ("2023-12", "2024-01")),
        (("2023-Q4", 2, "quarter"), ("2023-Q4", "2024-Q1")),
        (("2023", 2, "year"), ("2023", "2024")),
    ],
)
def test_periods_are_labelled_in_order(
    horizon: tuple[str, int, str], labels: tuple[str, ...]
) -> None:
    assert Horizon(*horizon).labels == labels


@pytest.mark.parametrize("year", YEARS, ids=lambda year: f"{year[2]} from {year[0]}")
def test_a_year_of_need_is_whole_in_every_kind_of_period(
    tmp_path: Path, year: tuple[str, int, str]
) -> None:
    rows = {"production": [made("A", 1, "")], "need": [needed("A", 50, "")]}
    tables = {**rows, "provinces": provinces("A", "B"), "arcs": [arc("A", "B", 1)]}
    scenario = scenario_of(tmp_path, horizon=year, **tables)
    assert scenario.tables["need"]["tonnes"].sum() == pytest.approx(50)


@pytest.mark.parametrize(
    "file", sorted((SCENARIOS / "dua-pulau").glob("*.csv")), ids=lambda f: f.stem
)
def test_the_digest_changes_with_every_table(tmp_path: Path, file: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    old, new = CELLS[file.stem]
    swap(file.name, (old, new))(copy)
    assert read_scenario(copy).digest() != read_scenario(SCENARIOS / "dua-pulau").digest()


def test_the_digest_changes_with_the_settings(tmp_path: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    swap("scenario.toml", ('"free"', '"opening"'))(copy)
    assert read_scenario(copy).digest() != read_scenario(SCENARIOS / "dua-pulau").digest()


def test_the_digest_does_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    copy = copy_of("dua-pulau", tmp_path)
    assert read_scenario(copy).digest() == read_scenario(SCENARIOS / "dua-pulau").digest()


def test_the_digest_is_the_same_in_another_process() -> None:
    folder = SCENARIOS / "dua-pulau"
    body = f"import planner; print(planner.read_scenario({str(folder)!r}).digest()); sys.exit()"
    assert script(body, hash_seed="3").stdout == f"{read_scenario(folder).digest()}\n"
