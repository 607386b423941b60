"""Rules without code, on islands small enough for paper and on the nation.

B needs 50 t and gets them from C for 300 a tonne; from A it costs 1,000.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from broken_scenarios import SCENARIOS, add, copy_of
from builders import FEBRUARY, JANUARY, Row, arc, made, needed, provinces, scenario_of
from processes import planner as command

import planner
from planner import Solution
from planner.analysis.trade_potential.potential import trade_potential
from planner.errors import SolveError
from planner.market.rules import rule_problems
from planner.scenario import examine

AGREEMENT = SCENARIOS / "perjanjian-jabar-ntb"
JAVA = ["31", "32", "33", "34", "35", "36"]
MONTHS = {"horizon": (JANUARY, 2, "month"), "need": [needed("B", 50), needed("B", 50, FEBRUARY)]}


def rule(sense: str, bound: float, measure: str = "tonnes", **more: object) -> Row:
    return {"rule": "deal", "sense": sense, "bound": bound, "measure": measure, **more}


def market(folder: Path, *rules: Row, **more: Any) -> Solution:
    usual: dict[str, Any] = {
        "commodities": [{"commodity": "rice", "tonnes_per_teu": 10, "tests_per_t": 0.5}],
        "provinces": provinces("A", "B", "C"),
        "production": [made("A", 100), made("C", 100)],
        "need": [needed("B", 50)],
        "arcs": [arc("A", "B", 1000), arc("C", "B", 300)],
    }
    return planner.solve(scenario_of(folder, **{**usual, **more}, rules=rules))


def sent(solution: Solution, by: str = "origin") -> dict[str, float]:
    return solution.flows().groupby(by)["tonnes"].sum().to_dict()


@pytest.mark.parametrize(
    ("terms", "from_a"),
    [
        (rule(">=", 30, origin="A"), 30),
        (rule(">=", 30, origin="C"), 0),
        (rule("<=", 20, origin="C"), 30),
        (rule("=", 10, origin="A"), 10),
        (rule("=", 0, origin="C", destination="B"), 50),
        (rule("<=", 2, "teu", origin="C"), 30),
        (rule("<=", 6000, "idr", origin="C"), 30),
        (rule("<=", 4, "tests", origin="C"), 42),
        (rule("<=", 0.6, "share", origin="C"), 20),
        (rule("<=", 0.6, "share", per="origin"), 20),
        (rule(">=", 0.3, "share", origin="A", destination="B"), 15),
        (rule("<=", 30, per="origin"), 20),
        (rule("<=", 20, origin="C", mode="ship", commodity="rice", good="rice"), 30),
    ],
)
def test_a_rule_moves_the_plan_as_it_does_on_paper(
    tmp_path: Path, terms: Row, from_a: float
) -> None:
    assert sent(market(tmp_path, terms)).get("A", 0.0) == pytest.approx(from_a)


@pytest.mark.parametrize(
    ("terms", "rent"),
    [
        (rule(">=", 30, origin="A"), 700),
        (rule("<=", 20, origin="C"), 700),
        (rule("=", 10, origin="A"), 700),
        (rule("<=", 2, "teu", origin="C"), 7_000),
        (rule("<=", 6000, "idr", origin="C"), 700 / 300 * 1e6),
        (rule("<=", 4, "tests", origin="C"), 1_400),
        (rule("<=", 0.6, "share", origin="C"), 0.01 * 50 * 700),
        (rule(">=", 30, origin="C"), 0),
    ],
)
def test_loosening_a_rule_by_one_unit_saves_what_it_does_on_paper(
    tmp_path: Path, terms: Row, rent: float
) -> None:
    """One tonne that C may bring instead of A saves 700."""
    table = market(tmp_path, terms).capacities().query("kind == 'rule'")
    assert table["congestion_rent"].tolist() == pytest.approx([rent], rel=1e-4)


@pytest.mark.parametrize(
    ("terms", "used", "capacity", "unit"),
    [
        (rule("<=", 20, origin="C"), 20, 20, "t"),
        (rule(">=", 1, "teu", origin="C"), 5, 1, "TEU"),
        (rule("<=", 9e9, "idr"), 0.015, 9000, "million IDR"),
        (rule("<=", 90, "tests"), 25, 90, "tests"),
        (rule("<=", 0.6, "share", origin="C"), 60, 60, "%"),
    ],
)
def test_the_use_of_a_rule_is_told_in_its_unit(
    tmp_path: Path, terms: Row, used: float, capacity: float, unit: str
) -> None:
    row = market(tmp_path, terms).capacities().query("kind == 'rule'").iloc[0]
    assert (row["used"], row["capacity"], row["unit"]) == (
        pytest.approx(used),
        pytest.approx(capacity),
        unit,
    )


def test_a_rule_without_period_is_over_the_whole_horizon(tmp_path: Path) -> None:
    solution = market(tmp_path, rule("<=", 60, origin="C"), **MONTHS)
    assert solution.rules()["period"].tolist() == ["2023-01/2023-02"]
    assert sent(solution) == pytest.approx({"A": 40, "C": 60})


def test_a_rule_may_be_written_for_each_period(tmp_path: Path) -> None:
    solution = market(tmp_path, rule("<=", 30, origin="C", per="period"), **MONTHS)
    assert solution.rules()["period"].tolist() == [JANUARY, FEBRUARY]
    assert solution.rules()["used"].tolist() == pytest.approx([30, 30])


def test_a_rule_for_one_period_leaves_the_others_alone(tmp_path: Path) -> None:
    """C has 100 t and both months need 50; what waits costs nothing."""
    more = {**MONTHS, "production": [made(p, 50, t) for p in "AC" for t in (JANUARY, FEBRUARY)]}
    solution = market(tmp_path, rule("<=", 10, origin="C", period=FEBRUARY), **more)
    flows = solution.flows().set_index(["origin", "period"])["tonnes"]
    assert flows["C", FEBRUARY] == pytest.approx(10)
    assert flows["C", JANUARY] == pytest.approx(50)


def test_several_codes_of_a_cell_are_counted_together(tmp_path: Path) -> None:
    solution = market(tmp_path, rule("<=", 40, origin="A;C", penalty_idr=10))
    assert solution.rules()["used"].tolist() == pytest.approx([50])


def test_the_rows_of_a_rule_are_named_after_what_it_is_written_for(tmp_path: Path) -> None:
    rows = market(tmp_path, rule("<=", 30, per="destination;origin")).rules()
    assert rows["name"].tolist() == ["deal A B", "deal C B"]


def test_cargo_counts_at_both_its_ports_but_once_for_them_together(tmp_path: Path) -> None:
    ports = [{"port": place.lower(), "province": place} for place in "ABC"]
    lanes = [arc("C", "B", 300, origin_port="c", destination_port="b")]
    each, both = rule("<=", 90, port="b;c", per="port"), rule("<=", 90, port="b;c")
    solution = market(tmp_path, each, {**both, "rule": "sum"}, ports=ports, arcs=lanes)
    rows = solution.rules().set_index("name")["used"].to_dict()
    assert rows == pytest.approx({"deal b": 50, "deal c": 50, "sum": 50})


def test_a_share_is_one_of_what_arrives(tmp_path: Path) -> None:
    """Half of what A sends is lost: 25 of the 50 t received must be its, so it sends 50."""
    lanes = [arc("A", "B", 1000, loss=0.5), arc("C", "B", 300)]
    solution = market(tmp_path, rule("=", 0.5, "share", origin="A"), arcs=lanes)
    assert sent(solution) == pytest.approx({"A": 50, "C": 25})


def test_own_harvest_counts_on_no_side_of_a_share(tmp_path: Path) -> None:
    harvest = [made("A", 100), made("C", 100), made("B", 40)]
    solution = market(tmp_path, rule("<=", 0.6, "share", per="origin"), production=harvest)
    assert sent(solution) == pytest.approx({"A": 4, "C": 6})


@pytest.mark.parametrize(("penalty", "from_a"), [(699, 0), (701, 30)])
def test_a_soft_rule_is_kept_while_that_costs_less_than_its_penalty(
    tmp_path: Path, penalty: float, from_a: float
) -> None:
    solution = market(tmp_path, rule(">=", 30, origin="A", penalty_idr=penalty))
    assert sent(solution).get("A", 0.0) == pytest.approx(from_a, abs=1e-3)


@pytest.mark.parametrize(
    ("terms", "little", "much"),
    [
        (rule(">=", 30, origin="A", penalty_idr=600), 30, 0),
        (rule("<=", 20, origin="C", penalty_idr=600), 0, 30),
        (rule("=", 20, origin="C", penalty_idr=600), 0, 30),
        (rule("=", 60, origin="C", penalty_idr=200), 10, 0),
        (rule("<=", 9e3, "idr", origin="C", penalty_idr=2), 0, 0.006),
    ],
)
def test_a_missed_rule_says_by_how_much(
    tmp_path: Path, terms: Row, little: float, much: float
) -> None:
    row = market(tmp_path, terms).rules().iloc[0]
    assert (row["too_little"], row["too_much"]) == (pytest.approx(little), pytest.approx(much))


def test_a_missed_rule_costs_its_penalty_and_no_money(tmp_path: Path) -> None:
    costs = market(tmp_path, rule("<=", 9e3, "idr", origin="C", penalty_idr=2)).costs()
    parts = costs.set_index("part")["idr"].to_dict()
    assert parts == pytest.approx({"freight": 50 * 300, "penalty_rule": 2 * 6_000})


def test_no_soft_rule_makes_goods(tmp_path: Path) -> None:
    """B can be brought 20 t only: the promise of 500 feeds nobody."""
    solution = market(tmp_path, rule(">=", 500, penalty_idr=1e9), production=[made("C", 20)])
    assert solution.coverage()["served_t"].tolist() == pytest.approx([20])


def test_a_hard_rule_is_kept_even_if_people_go_short(tmp_path: Path) -> None:
    solution = market(tmp_path, rule("<=", 10))
    assert solution.coverage()["unmet_t"].tolist() == pytest.approx([40])


def test_hard_rules_that_contradict_each_other_have_no_plan(tmp_path: Path) -> None:
    most, least = rule("<=", 10, origin="A"), {**rule(">=", 20, origin="A"), "rule": "other"}
    with pytest.raises(SolveError, match="No plan keeps all limits"):
        market(tmp_path, most, least)


def test_a_ban_can_be_walked_around_through_a_hub(tmp_path: Path) -> None:
    lanes = [arc("C", "B", 300), arc("C", "A", 100), arc("A", "B", 1000)]
    ban = rule("=", 0, origin="C", destination="B")
    solution = market(tmp_path, ban, arcs=lanes, production=[made("C", 100)])
    assert sent(solution, "destination") == pytest.approx({"A": 50, "B": 50})


@pytest.mark.parametrize(
    ("terms", "price"),
    [(rule(">=", 30, origin="A"), 300), (rule("<=", 20, origin="C"), 1000),
     (rule("<=", 0.6, "share", origin="C"), 0.6 * 300 + 0.4 * 1000)],
)  # fmt: skip
def test_the_local_price_under_a_rule_is_that_of_one_tonne_more(
    tmp_path: Path, terms: Row, price: float
) -> None:
    prices = market(tmp_path, terms).prices().set_index("province").loc["B"]
    assert (prices["kind"], prices["idr_per_t"]) == ("delivered", pytest.approx(price))


def test_the_potential_of_a_pair_keeps_to_the_rules(tmp_path: Path) -> None:
    solution = market(tmp_path, rule("<=", 10, origin="A"))
    potential = trade_potential(solution, "A", "B").set_index("direction")["potential_t"]
    assert potential["A-B"] == pytest.approx(10)


def changed(folder: Path, settings: str, *rules: str) -> Path:
    """Write an overlay over `dua-pulau` with a rule on its ship of January."""
    base = copy_of("dua-pulau", folder)
    head = "rule,sense,bound,measure,origin,commodity,period,source"
    add("rules.csv", head, "room,<=,40,tonnes,01,beras,2023-01,rekaan")(base)
    top = folder / "overlay"
    top.mkdir()
    add("scenario.toml", f'[scenario]\nextends = "../dua-pulau"\n{settings}')(top)
    if rules:
        add("rules.csv", head, *rules)(top)
    return top


def test_ten_tonnes_less_room_cost_ten_times_the_rent_found_by_hand(tmp_path: Path) -> None:
    """`dua-pulau` by hand: the ship of January, full with 50 t, has a rent of 115,000 IDR/t."""
    solution = planner.solve(planner.read_scenario(changed(tmp_path, "")))
    assert solution.objective == pytest.approx(7_450_000 + 10 * 115_000)
    assert solution.rules()["congestion_rent"].tolist() == pytest.approx([115_000])


def test_an_overlay_replaces_a_rule_by_its_name(tmp_path: Path) -> None:
    top = changed(tmp_path, "", "room,<=,45,tonnes,01,beras,2023-01,rekaan")
    assert planner.solve(planner.read_scenario(top)).rules()["used"].tolist() == pytest.approx([45])


def test_an_adjust_changes_the_bound_of_a_rule(tmp_path: Path) -> None:
    entry = '[[adjust]]\ntable = "rules"\ncolumn = "bound"\nwhere = { rule = "room" }\n'
    top = changed(tmp_path, f'{entry}multiply = 0.5\nsource = "rekaan"')
    assert planner.solve(planner.read_scenario(top)).rules()["used"].tolist() == pytest.approx([20])


@pytest.mark.parametrize("settings", ['[horizon]\nstart = "2023-02"\nperiods = 1', ""])
def test_a_rule_outside_the_horizon_is_left_out_with_a_remark(
    tmp_path: Path, settings: str
) -> None:
    scenario, problems = examine(changed(tmp_path, settings))
    assert scenario is not None
    found = rule_problems(scenario)
    assert [problem.key for problem in found] == ["rule_out_of_scope"] * bool(settings)
    assert not any(problem.blocking for problem in [*problems, *found])


def test_a_run_tells_which_rules_are_missed_and_which_bind(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    head = "rule,sense,bound,measure,period,penalty_idr,source"
    rules = ["janji,>=,500,tonnes,,1,rekaan", "muatan,<=,40,tonnes,2023-01,,rekaan"]
    add("rules.csv", head, *rules)(folder)
    said = command("run", folder, "--no-charts", "--out", tmp_path / "run").stdout
    assert "Aturan lunak yang tidak tercapai: janji kurang 420 ton." in said
    assert "bila dilonggarkan satu satuan: muatan Rp" in said


@pytest.fixture(scope="module")
def agreement() -> Solution:
    return planner.solve(planner.read_scenario(AGREEMENT))


@pytest.fixture(scope="module")
def flows(agreement: Solution) -> pd.DataFrame:
    return agreement.flows()


def test_the_agreement_is_kept_to_the_tonne(flows: pd.DataFrame) -> None:
    agreed = flows.query("origin == '52' and destination == '32' and commodity == 'bawang_merah'")
    assert agreed["tonnes"].sum() == pytest.approx(8000, abs=0.01)


def test_the_budget_is_spent_and_not_overspent(flows: pd.DataFrame) -> None:
    spent = flows.query("origin == '52' and destination == '32'")["idr"].sum()
    assert spent == pytest.approx(8e9, rel=1e-6)


def test_no_province_brings_more_than_its_share(flows: pd.DataFrame) -> None:
    into = flows.query("destination == '32' and commodity == 'bawang_merah'")
    received = into.groupby("origin")["received_t"].sum()
    assert received.max() / received.sum() == pytest.approx(0.6, abs=1e-6)


def test_no_egg_goes_from_java_to_papua_but_some_go_round(flows: pd.DataFrame) -> None:
    eggs = flows.query("commodity == 'telur'")
    from_java = eggs[eggs["origin"].isin(JAVA)].groupby("destination")["tonnes"].sum()
    assert "94" not in from_java
    assert from_java["91"] > 6000 < eggs.query("origin == '91'")["tonnes"].sum()


def test_the_laboratory_does_no_more_than_it_can(flows: pd.DataFrame) -> None:
    tested = flows.query("origin == '52' and commodity == 'bawang_merah'")
    assert tested.groupby("period")["tonnes"].sum().max() * 0.0833 == pytest.approx(135, rel=1e-6)


def test_what_is_missing_of_the_rice_is_paid_for(agreement: Solution) -> None:
    missing = agreement.rules()["too_little"].sum()
    penalty = agreement.costs().set_index("part")["idr"]["penalty_rule"]
    assert penalty == pytest.approx(missing * 400_000)
    assert missing == pytest.approx(5_574, abs=1)


def test_every_bound_of_the_agreement_is_marked_as_an_assumption(agreement: Solution) -> None:
    tables = agreement.scenario.tables
    kinds = tables["sources"].set_index("source")["kind"]
    assert set(tables["rules"]["source"].map(kinds)) == {"assumption"}


def test_the_documentation_shows_the_rows_of_the_agreement_and_warns_of_hubs() -> None:
    told = (SCENARIOS / "MODEL.md").read_text(encoding="utf-8")
    assert (AGREEMENT / "rules.csv").read_text(encoding="utf-8") in told
    assert "Rules bind a leg, not the first origin: a ban can be walked around" in told
