"""What is given in memory is checked as files are, and told by table, row and column."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from broken_scenarios import way_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import frame_work

import planner
from planner import InputError, Scenario
from planner.errors import OptionError, Problem, Row
from planner.scenario import TABLES
from planner.schema.columns import Column
from planner.schema.settings import Adjust
from planner.solving import what_if

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NAN = float("nan")


@cache
def islands() -> Scenario:
    return planner.read_scenario(SCENARIOS / "dua-pulau")


def production(**cells: object) -> pd.DataFrame:
    """Return the harvests of the two islands with other cells in the first row."""
    frame = islands().tables["production"].astype(object)
    for column, value in cells.items():
        frame.at[0, column] = value
    return frame


def refused(**tables: object) -> InputError:
    with pytest.raises(InputError) as caught:
        islands().replace(**tables)  # type: ignore[arg-type]
    return caught.value


def first_line(**tables: object) -> str:
    return str(refused(**tables)).splitlines()[0]


AT = "table production, row 0 (01, beras, 2023-01), column"
WRONG = {
    "a blank": ({"tonnes": NAN}, f"{AT} tonnes: the cell is blank"),
    "none": ({"tonnes": None}, f"{AT} tonnes: the cell is blank"),
    "below zero": ({"tonnes": -5.0}, f'{AT} tonnes: "-5" is below 0'),
    "endless": ({"tonnes": math.inf}, f'{AT} tonnes: "inf" is no figure'),
    "beyond counting": ({"tonnes": 1e30}, f'{AT} tonnes: "1e+30" is larger than anything'),
    "a share": ({"loss": 1.5}, f'{AT} loss: "1.5" is above 1'),
    "all lost": ({"loss": 1}, f'{AT} loss: "1" means 100 percent'),
    "no number": ({"tonnes": "many"}, f'{AT} tonnes: "many" is not a number'),
    "a truth": ({"tonnes": True}, f'{AT} tonnes: "True" is not a number'),
}


@pytest.mark.parametrize("slip", WRONG)
def test_a_wrong_cell_is_told_by_table_row_and_column(slip: str) -> None:
    cells, expected = WRONG[slip]
    assert first_line(production=production(**cells)).startswith(expected)


def test_the_place_is_told_in_indonesian_too() -> None:
    said = refused(production=production(tonnes=-5)).message("id").splitlines()
    assert said[0].startswith("tabel production, baris 0 (01, beras, 2023-01), kolom tonnes")
    assert said[-1] == "1 masalah dalam 1 tabel. Tidak ada yang diubah atau dihitung."


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    said = first_line(production=production(province="1"))
    assert '"1" is not in table provinces. Did you mean Pulau Barat (01)? Codes are text' in said


def test_a_period_outside_the_horizon_is_told() -> None:
    assert '"2031-07" is outside 2023-01' in first_line(production=production(period="2031-07"))


def test_rows_that_stand_twice_are_counted_where_their_labels_are_not_of_one_row() -> None:
    twice = pd.concat([production(), production()])
    found = refused(production=twice).problems
    assert [problem.cell for problem in found] == [
        Row("production", f"iloc {4 + i} ({key})")
        for i, key in enumerate(
            ", ".join(row) for row in production()[["province", "commodity", "period"]].to_numpy()
        )
    ]


def test_all_problems_of_all_tables_are_told_at_once() -> None:
    arcs = islands().tables["arcs"].assign(transit_days=NAN)
    files = {problem.file for problem in refused(arcs=arcs, production=production(loss=2)).problems}
    assert files == {"arcs", "production"}


def test_a_row_that_others_need_is_missed_where_they_stand() -> None:
    modes = islands().tables["modes"].assign(mode="plane")
    places = {problem.file for problem in refused(modes=modes).problems}
    assert places == {str(SCENARIOS / "dua-pulau" / "arcs.csv")}


UNUSABLE = {
    "unknown table": ({"productoin": production()}, "table productoin: is not the name"),
    "no frame": ({"production": [1, 2]}, "table production: list is no table"),
    "no rows": ({"production": production().iloc[:0]}, "table production: this table has no rows"),
    "unknown column": (
        {"production": production().assign(lsos=0)},
        "table production, column lsos",
    ),
    "no column": ({"production": production()[["province"]]}, "table production, column commodity"),
    "in the index": (
        {"production": production().set_index("province")},
        "table production, column province: this column is in the index",
    ),
}


@pytest.mark.parametrize("slip", UNUSABLE)
def test_a_frame_that_is_no_such_table_is_refused(slip: str) -> None:
    tables, expected = UNUSABLE[slip]
    assert first_line(**tables).startswith(expected)


def plain(column: str) -> pd.Series:
    return islands().tables["production"][column]


LIKE_FILES = {
    "as it is": {},
    "categories": {"commodity": plain("commodity").astype("category")},
    "pandas strings": {"province": plain("province").astype("string")},
    "periods": {"period": pd.PeriodIndex(plain("period"), freq="M")},
    "days": {"period": pd.to_datetime(plain("period"))},
    "whole numbers": {"tonnes": plain("tonnes").astype(int)},
    "nullable numbers": {"tonnes": plain("tonnes").astype("Float64")},
    "numbers as text": {"tonnes": plain("tonnes").astype(str)},
    "numpy scalars": {"tonnes": pd.Series(list(plain("tonnes").to_numpy()), dtype=object)},
    "blanks as none": {"form": None, "profile": NAN},
}


@pytest.mark.parametrize("way", LIKE_FILES)
def test_what_pandas_makes_of_a_column_means_the_same(way: str) -> None:
    frame = islands().tables["production"].assign(**LIKE_FILES[way])
    assert islands().replace(production=frame).digest() == islands().digest()


def test_optional_columns_may_be_missing() -> None:
    frame = (
        islands().tables["production"].drop(columns=["loss", "form", "profile", "share_of_year"])
    )
    assert islands().replace(production=frame).digest() == islands().digest()


def test_whole_numbers_are_codes_where_codes_are_numbers() -> None:
    scenario = planner.read_scenario(SCENARIOS / "jabar-ntb")
    frame = scenario.tables["production"]
    same = scenario.replace(production=frame.assign(province=frame["province"].astype(int)))
    assert same.digest() == scenario.digest()


def test_every_table_of_a_scenario_may_be_given_back() -> None:
    scenario = planner.read_scenario(SCENARIOS / "giling-jabar-ntb")
    assert scenario.checked().digest() == scenario.digest()


def test_a_blank_period_is_spread_as_in_a_file() -> None:
    """Of 365 t in a year 31 fall into January and 28 into February."""
    frame = production(period="", tonnes=365.0).iloc[[0]]
    given_back = islands().replace(production=pd.concat([frame, production().iloc[2:]]))
    mine = given_back.tables["production"].query("province == '01'")
    assert mine["tonnes"].tolist() == pytest.approx([31, 28])


def test_a_problem_of_a_later_step_tells_the_row_of_the_frame() -> None:
    """The rest of the islands' market: East needs rice that nothing brings there."""
    tables = islands().tables
    alone = islands().replace(
        need=tables["need"],
        production=tables["production"].query("province == '01'"),
        stocks=tables["stocks"].query("province == '01'"),
        arcs=tables["arcs"].query("origin == '02'"),
    )
    with pytest.raises(InputError) as caught:
        planner.solve(alone)
    assert "table need, row 2 (02, beras, 2023-01, food), column" in str(caught.value)


# --- the same with every cell of every table


@cache
def richer() -> Scenario:
    """Return a scenario with a row in every table that a plan reads."""
    base = frame_work().with_rule(rule="cap", sense="<=", bound=5, measure="tonnes", origin="A")
    rows = {
        "prices": {"province": "A", "commodity": "rice", "level": "producer", "idr_per_kg": 9.0},
        "traders": {
            "trader": "T",
            "owner": "T",
            "province": "A",
            "commodity": "rice",
            "capacity_t": 1,
        },
    }
    source = base.tables["sources"]["source"].iloc[0]
    return base.replace(**{n: pd.DataFrame([{**row, "source": source}]) for n, row in rows.items()})


SPOILT = [NAN, None, "", math.inf, -math.inf, -1.0, 1e300, "?", "=1+1", [1], True, pd.NaT, b"x"]


@st.composite
def spoilt_cells(draw: st.DrawFn) -> tuple[Scenario, str, int, str, object]:
    scenario = draw(st.sampled_from([islands(), richer()]))
    table = draw(st.sampled_from([name for name in TABLES if len(scenario.tables[name])]))
    row = draw(st.integers(0, len(scenario.tables[table]) - 1))
    column = draw(st.sampled_from(list(TABLES[table].names)))
    return scenario, table, row, column, draw(st.sampled_from(SPOILT))


def figures_of(scenario: Scenario) -> list[np.ndarray]:
    numbers = [frame.select_dtypes("number") for frame in scenario.tables.values()]
    return [frame.to_numpy(dtype=float) for frame in numbers]


@settings(max_examples=50, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoilt_cells())
def test_a_spoilt_cell_is_refused_with_its_place_or_means_a_blank(
    spoilt: tuple[Scenario, str, int, str, object],
) -> None:
    scenario, table, row, column, value = spoilt
    frame = scenario.tables[table].astype(object)
    frame.iat[row, frame.columns.get_loc(column)] = value
    problems: list[Problem] = []
    try:
        other = scenario.replace(**{table: frame})
    except InputError as error:
        problems = error.problems
    assert all(problem.file and problem.column for problem in problems)
    if problems and TABLES[table].column(column).kind != "text":  # a code may be missed elsewhere
        assert {problem.file for problem in problems} == {table}
    if not problems:
        assert means_a_blank(value, TABLES[table].column(column)) or is_allowed(
            table, column, value
        )
        assert not any(np.isinf(figures).any() for figures in figures_of(other))


def means_a_blank(value: object, column: Column) -> bool:
    nothing = value is None or value is pd.NaT or value == "" or value != value
    return nothing and not column.required


def is_allowed(table: str, column: str, value: object) -> bool:
    """Any text is a text that refers to nothing; one degree south is a place."""
    declared = TABLES[table].column(column)
    return declared.kind == "text" or (column in {"lat", "lon"} and value == -1.0)


# --- settings


def with_settings(part: str, **values: object) -> Scenario:
    settings = islands().settings
    changed = getattr(settings, part).model_copy(update=values)
    return islands().replace(settings=settings.model_copy(update={part: changed}))


SETTINGS = {
    "a band": (
        "policy",
        {"freight": "hihg"},
        'policy.freight: "hihg" is not known. Did you mean "high"',
    ),
    "a stage": (
        "policy",
        {"stages": ("fairnes", "cost")},
        'policy.stages.0: "fairnes" is not known',
    ),
    "an order": ("policy", {"stages": ("cost", "fairness")}, 'Write ["fairness", "cost"]'),
    "no number": ("policy", {"tolerance": NAN}, 'policy.tolerance: "nan" is not a number'),
    "a key": (
        "policy",
        {"frieght": "high"},
        'policy.frieght: this key is not known. Did you mean "freight"',
    ),
    "a commodity": ("scope", {"commodities": ("jagung",)}, '"jagung" is not in table commodities'),
    "a focus": ("scope", {"focus": ("03",)}, '"03" is not in table provinces'),
    "a horizon": ("horizon", {"periods": 3}, "spread over the old periods"),
    "no plan": ("policy", {"stages": ("cost", "calm")}, "signed_plan"),
}


@pytest.mark.parametrize("slip", SETTINGS)
def test_settings_that_cannot_act_are_refused(slip: str) -> None:
    part, values, expected = SETTINGS[slip]
    with pytest.raises(InputError) as caught:
        with_settings(part, **values)
    assert str(caught.value).startswith("settings, column ")
    assert expected in str(caught.value)


def test_settings_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="settings"):
        islands().replace(settings=5)  # type: ignore[arg-type]


@cache
def many_goods() -> Scenario:
    return planner.read_scenario(SCENARIOS / "jabar-ntb")


def overlay(folder: Path, text: str) -> Scenario:
    """Read the same change from a file."""
    base = way_to(SCENARIOS / "jabar-ntb", folder)
    head = f'[scenario]\ntitle = {{ id = "x", en = "x" }}\nextends = "{base}"\ndata_date = 2023-12-31\n'
    (folder / "scenario.toml").write_text(head + text, encoding="utf-8")
    return planner.read_scenario(folder)


def assert_same_tables(one: Scenario, other: Scenario) -> None:
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], check_dtype=False)


def test_only_some_goods_are_those_of_a_scope_in_a_file(tmp_path: Path) -> None:
    read = overlay(tmp_path, '[scope]\ncommodities = ["beras", "gula"]\n')
    assert_same_tables(many_goods().only(["beras", "gula"]), read)


def test_a_scope_in_memory_acts() -> None:
    scope = many_goods().settings.scope.model_copy(update={"commodities": ("beras",)})
    settings = many_goods().settings.model_copy(update={"scope": scope})
    assert many_goods().replace(settings=settings).commodities == ["beras"]


def test_what_a_scope_left_out_does_not_come_back_in_silence() -> None:
    with pytest.raises(InputError, match="cut to beras"):
        many_goods().only("beras").replace(settings=many_goods().settings)


def test_no_good_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="at least one commodity"):
        many_goods().only([])


def test_an_adjust_in_memory_is_that_of_a_file(tmp_path: Path) -> None:
    source = many_goods().tables["sources"]["source"].iloc[0]
    written = (
        '[[adjust]]\ntable = "production"\ncolumn = "tonnes"\nmultiply = 0.5\n'
        f'where = {{ commodity = "beras" }}\nsource = "{source}"\n'
    )
    where = {"commodity": "beras"}
    made = many_goods().adjust("production", "tonnes", where=where, multiply=0.5, source=source)
    assert_same_tables(made, overlay(tmp_path, written))


def test_an_adjust_in_the_settings_is_done_once() -> None:
    source = many_goods().tables["sources"]["source"].iloc[0]
    half = Adjust(table="production", column="tonnes", multiply=0.5, source=source)
    settings = many_goods().settings.model_copy(update={"adjust": (half,)})
    twice = many_goods().replace(settings=settings).replace(settings=settings)
    before, after = (s.tables["production"]["tonnes"].sum() for s in (many_goods(), twice))
    assert after == pytest.approx(before / 2)


def test_an_adjust_that_was_done_is_not_taken_back_in_silence() -> None:
    with pytest.raises(InputError, match="cannot be taken back"):
        many_goods().adjust("production", "tonnes", multiply=0.5).replace(
            settings=many_goods().settings
        )


def test_a_what_if_names_its_source() -> None:
    made = many_goods().adjust("production", "tonnes", multiply=0.5)
    kinds = made.tables["sources"].set_index("source")["kind"]
    assert set(made.tables["production"]["source"].map(kinds)) == {"assumption"}


ADJUSTS = {
    "column": ({"column": "tonne", "multiply": 2}, 'Did you mean "tonnes"'),
    "table": ({"table": "produksi", "multiply": 2}, "produksi"),
    "row": ({"where": {"commodity": "bers"}, "multiply": 2}, "Did you mean Beras (beras)"),
    "nothing": ({}, "exactly one of multiply, add, set"),
    "two": ({"multiply": 2, "add": 1}, "exactly one of multiply, add, set"),
    "word": ({"mutliply": 2}, 'Did you mean "multiply"'),
    "endless": ({"multiply": math.inf}, "not a number"),
    "overflow": ({"multiply": 1e308}, "inf, outside 0 to 1e+12"),
    "below zero": ({"multiply": -1}, "outside 0 to ∞"),
    "all lost": ({"column": "loss", "set": 1}, "100 percent"),
    "too late": ({"table": "profiles", "column": "share", "multiply": 2}, "no effect"),
}


@pytest.mark.parametrize("slip", ADJUSTS)
def test_an_adjust_that_cannot_act_is_refused(slip: str) -> None:
    change, expected = ADJUSTS[slip]
    with pytest.raises(InputError) as caught:
        many_goods().adjust(**{"table": "production", "column": "tonnes", **change})  # type: ignore[arg-type]
    assert expected in str(caught.value)


@pytest.mark.parametrize("name", ["profiles", "conversions"])
def test_a_table_that_has_done_its_work_is_not_replaced_without_effect(name: str) -> None:
    with pytest.raises(InputError, match="has no effect now"):
        many_goods().replace(**{name: many_goods().tables[name].iloc[:0]})


def test_a_policy_in_one_line_is_that_of_a_file(tmp_path: Path) -> None:
    read = overlay(tmp_path, '[policy]\nfreight = "high"\n')
    made = many_goods().with_policy(freight="high")
    assert made.settings.policy == read.settings.policy


# --- rules


CAP = {"rule": "cap", "sense": "<=", "bound": 10.0, "measure": "tonnes", "origin": "01"}


def test_a_rule_in_one_line_is_kept() -> None:
    plan = planner.solve(islands().with_rule(**CAP))
    assert plan.rules().set_index("rule").loc["cap", ["used", "capacity"]].tolist() == [10, 10]


@pytest.mark.parametrize("blank", [NAN, None, "", pd.NA])
def test_every_blank_of_a_rule_is_a_blank(blank: object) -> None:
    names = TABLES["rules"].names
    row = {**dict.fromkeys(names, blank), **CAP, "source": islands().tables["sources"]["source"][0]}
    given_so = islands().replace(rules=pd.DataFrame([row]))
    assert given_so.digest() == islands().with_rule(**CAP, source=row["source"]).digest()


def test_several_codes_of_a_rule_are_a_list() -> None:
    both = islands().with_rule(**{**CAP, "origin": ["01", "02"]})
    assert both.tables["rules"]["origin"].tolist() == ["01;02"]


def test_a_rule_with_a_slip_tells_its_column() -> None:
    with pytest.raises(InputError, match=r'table rules.*column sense: "=<".*Did you mean "<="'):
        islands().with_rule(**{**CAP, "sense": "=<"})


def test_a_rule_may_go_on_naming_what_the_scope_leaves_out() -> None:
    both = many_goods().with_rule(
        rule="cap",
        sense="<=",
        bound=1e9,
        measure="tonnes",
        commodity=["beras", "gula"],
        origin="32",
    )
    rice = both.only("beras")
    tighter = rice.replace(rules=rice.tables["rules"].assign(bound=5e8))
    assert tighter.tables["rules"]["commodity"].tolist() == ["beras;gula"]


# --- nothing that is no number reaches a solver


def test_a_table_changed_in_place_is_told_when_it_is_solved() -> None:
    scenario = planner.read_scenario(SCENARIOS / "dua-pulau")
    scenario.tables["arcs"].loc[0, "transit_days"] = NAN
    with pytest.raises(InputError, match=r"table arcs, row 0 .*column transit_days"):
        planner.solve(scenario)


def test_a_code_changed_in_place_is_told_when_it_is_solved() -> None:
    scenario = planner.read_scenario(SCENARIOS / "dua-pulau")
    scenario.tables["production"].loc[0, "province"] = "9X"
    with pytest.raises(InputError, match=r"table production, row 0 .*column province"):
        planner.solve(scenario)


CHANGES = ["change_harvest", "change_freight", "change_capacity", "change_throughput"]


@pytest.mark.parametrize("times", [NAN, math.inf, -1.0, 1e300, "0.9", None])
@pytest.mark.parametrize("change", CHANGES)
def test_a_kept_plan_takes_no_factor_that_is_none(change: str, times: object) -> None:
    kept = what_if(planner.solve(islands()))
    with pytest.raises(OptionError, match="no factor"):
        getattr(kept, change)(times)


def test_a_kept_model_takes_no_figure_that_is_none() -> None:
    kept, first = what_if(planner.solve(islands())), np.array([0])
    before = kept.solve()
    for change in (
        lambda: kept.model.change_costs(first, NAN),
        lambda: kept.model.change_columns(first, 0.0, NAN),
        lambda: kept.model.change_rows(first, NAN, 1.0),
    ):
        with pytest.raises(OptionError, match="no number"):
            change()
    assert kept.solve() == before
