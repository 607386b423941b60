"""Why a lane carries nothing, and what would replace one that does, in a market small enough for paper.

A has 40 t to spare and C 90; B needs 50 t and takes them from C for 300,000 a tonne. From A it costs 1,000,000.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import FEBRUARY, JANUARY, arc, made, needed, provinces, scenario_of, with_policy
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import asked_often, scenarios

import planner
from planner import Scenario, Solution
from planner.analysis.whynot.lane_selection import flow_columns
from planner.analysis.whynot.why_not import WhyNot, why
from planner.errors import InputError, OptionError
from planner.i18n import LANGUAGES
from planner.reports.why_not_sentences import why_not_sentences
from planner.reports.why_not_tables import why_not_tables
from planner.scenario.lookup import find_code
from planner.solving import open_session
from planner.solving.solve import solve_program

DEAR, CHEAP = 1_000_000, 300_000


def market(folder: Path, freight: float = DEAR, eaten: float = 50, **more: Any) -> Solution:
    lanes = [arc("A", "B", freight), arc("C", "B", CHEAP), *more.pop("arcs", [])]
    scenario = scenario_of(
        folder,
        provinces=provinces("A", "B", "C"),
        production=[made("A", 60), made("C", 100)],
        need=[needed("A", 20), needed("B", eaten), needed("C", 10), *more.pop("need", [])],
        arcs=lanes,
        **more,
    )
    return planner.solve(scenario)


def asked(solution: Solution, origin: str = "A", destination: str = "B", **more: str) -> WhyNot:
    return why(solution, origin, destination, "rice", **more)


def lane(answer: WhyNot) -> dict[str, Any]:
    return answer.lanes.iloc[0].to_dict()


def test_an_unused_lane_flips_at_the_freight_of_its_rival(tmp_path: Path) -> None:
    answer = asked(market(tmp_path))
    assert (answer.answer, lane(answer)["flip_idr_per_t"]) == ("unused", pytest.approx(CHEAP))


def test_just_below_the_flip_freight_it_carries_what_it_can(tmp_path: Path) -> None:
    assert lane(asked(market(tmp_path)))["flip_t"] == pytest.approx(40)


def test_a_flip_freight_does_not_hang_on_the_reduced_cost(tmp_path: Path) -> None:
    """Where a plan is degenerate its reduced costs are one choice among many; nothing worse than 0."""
    solution = market(tmp_path)
    blind = replace(solution, reduced_costs=np.zeros_like(solution.reduced_costs))
    assert lane(asked(blind))["flip_idr_per_t"] == pytest.approx(CHEAP, abs=1)


@pytest.mark.parametrize(("freight", "tonnes"), [(CHEAP - 1, 40), (CHEAP + 1, 0)])
def test_a_plan_made_anew_agrees(tmp_path: Path, freight: float, tonnes: float) -> None:
    answer = asked(market(tmp_path, freight))
    assert answer.lanes["tonnes"].sum() == pytest.approx(tonnes, abs=1e-3)


def test_the_worth_at_both_ends_explains_the_flip(tmp_path: Path) -> None:
    found = lane(asked(market(tmp_path)))
    ends = [found[f"{end}_idr_per_t"] for end in ("home", "there", "landed")]
    assert ends == pytest.approx([0, CHEAP, DEAR], abs=1e-3)


def test_a_short_destination_pays_any_freight(tmp_path: Path) -> None:
    """All 90 t of C do not do: A sends too, dear as it is."""
    assert asked(market(tmp_path, need=[{**needed("B", 60), "use": "feed"}])).answer == "used"


def test_not_even_free_freight_takes_rice_to_where_it_is_worth_less(tmp_path: Path) -> None:
    answer = asked(market(tmp_path, arcs=[arc("B", "A", 5)]), "B", "A")
    assert np.isnan(lane(answer)["flip_idr_per_t"])
    assert why_not_sentences(answer, "en")[1].startswith(
        "Not even free freight by ship would change that"
    )


def test_a_lane_as_cheap_as_those_in_use_is_called_a_tie(tmp_path: Path) -> None:
    answers = [asked(market(tmp_path, CHEAP, eaten=30), origin) for origin in ("A", "C")]
    unused = next(answer for answer in answers if answer.answer == "unused")
    assert "it would cost just the same" in why_not_sentences(unused, "en")[1]


def test_a_limit_that_holds_a_lane_back_is_named(tmp_path: Path) -> None:
    """A closed road is no cheaper for being free."""
    answer = asked(
        market(
            tmp_path,
            arcs=[arc("C", "A", 5), arc("A", "B", 5, mode="road", capacity=0)],
            modes=[{"mode": "ship"}, {"mode": "road"}],
        ),
        mode="road",
    )
    assert lane(answer)["limits"] == ("arc_capacity",)


def test_a_used_lane_costs_what_replaces_it(tmp_path: Path) -> None:
    """Without C, B takes 40 t from A and goes 10 t short."""
    answer = asked(market(tmp_path), "C")
    assert answer.losses == {"unmet": pytest.approx(10)}
    assert answer.extra_idr == pytest.approx(40 * DEAR - 50 * CHEAP)
    gains = answer.instead.set_index(["what", "origin"])["tonnes"].to_dict()
    assert gains == pytest.approx({("lane", "A"): 40, ("unmet", ""): 10})


AGREED = {"rule": "agreed", "sense": ">=", "bound": 25, "measure": "tonnes", "kind": "contract"}
AGREED |= {"origin": "A", "destination": "B"}


def test_a_lane_that_an_agreement_asks_for_is_needed(tmp_path: Path) -> None:
    answer = asked(market(tmp_path, rules=[AGREED]))
    assert (answer.answer, answer.rules) == ("needed", ("agreed",))
    assert why_not_sentences(answer, "en")[1] == "Without this lane the rule agreed cannot be kept."


def test_a_lane_that_pays_because_of_a_soft_agreement_says_so(tmp_path: Path) -> None:
    """25 t from A cost 700,000 a tonne more than from C, and 900,000 where they are not sent."""
    answer = asked(market(tmp_path, rules=[{**AGREED, "penalty_idr": 900_000}]))
    assert (answer.answer, answer.rules, answer.rules_missed) == ("used", ("agreed",), ("agreed",))
    assert answer.extra_idr == pytest.approx(-25 * (DEAR - CHEAP))


def test_a_ban_is_what_stands_in_the_way(tmp_path: Path) -> None:
    ban = {**AGREED, "rule": "ban", "sense": "=", "bound": 0}
    answer = asked(market(tmp_path, freight=1_000, rules=[ban]))
    assert lane(answer)["limits"] == ("ban",)
    assert why_not_sentences(answer, "en")[1].endswith("in the way stand: the rule ban.")


def test_a_lane_that_keeps_the_stages_is_said_to_feed(tmp_path: Path) -> None:
    scenario = with_policy(market(tmp_path).scenario, stages=("coverage", "cost"))
    answer = asked(planner.solve(scenario), "C")
    assert answer.answer == "feeding"
    assert "would go shorter" in why_not_sentences(answer, "en")[1]


def test_a_plan_without_a_lane_costs_what_a_new_program_costs(national: Solution) -> None:
    answer = why(national, "73", "91", "beras")
    columns = flow_columns(national, answer.lanes.index.to_numpy())
    upper = national.program.upper.copy()
    upper[columns] = 0.0
    closed = replace(national.program, upper=upper)
    cost = float(closed.cost @ solve_program(closed, "highs").values)
    assert answer.losses == {}
    assert answer.extra_idr == pytest.approx(cost - national.objective, rel=1e-4)


@pytest.mark.parametrize(
    ("origin", "destination", "commodity"),
    [
        ("52", "91", "beras"),
        ("52", "32", "cabai_rawit"),
        ("52", "11", "telur"),
        ("35", "94", "beras"),
        ("61", "71", "gula"),
    ],
)
def test_in_the_nation_cargo_moves_below_the_flip_freight_and_none_above(
    national: Solution, origin: str, destination: str, commodity: str
) -> None:
    answer, kept = why(national, origin, destination, commodity), open_session(national)
    for place, found in answer.lanes.iterrows():
        columns = flow_columns(national, np.array([place]))
        for step, carries in ((-2.0, True), (2.0, False)):
            with kept.trial():
                kept.change_costs(columns, found["flip_idr_per_t"] + step)
                kept.solve()
                assert (kept.found().values[columns].sum() > 1) == carries


@asked_often
@given(scenarios(), st.integers(0, 5))
def test_every_flip_freight_is_below_the_freight_and_above_nothing(
    scenario: Scenario, way: int
) -> None:
    try:
        solution = planner.solve(scenario)
    except InputError:
        assume(False)
        raise
    origin, destination = scenario.tables["arcs"].loc[way, ["origin", "destination"]]
    answer = why(solution, origin, destination, "rice")
    assume(answer.answer == "unused")
    flips = answer.lanes["flip_idr_per_t"].dropna()
    assert (flips <= answer.lanes["idr_per_t"][flips.index] + 1e-3).all()
    assert (flips > 0).all()


def test_a_lane_unused_in_one_period_may_be_used_in_another(tmp_path: Path) -> None:
    more = {"horizon": (JANUARY, 2, "month"), "need": [needed("B", 95, FEBRUARY)]}
    solution = market(tmp_path, **more)
    answers = {label: asked(solution, period=label).answer for label in (JANUARY, FEBRUARY)}
    assert sorted(answers.values()) == ["unused", "used"]


def test_what_is_asked_of_one_period_flips_there(tmp_path: Path) -> None:
    more = {"horizon": (JANUARY, 2, "month"), "need": [needed("B", 10, FEBRUARY)]}
    assert lane(asked(market(tmp_path, **more), period=JANUARY))["flip_idr_per_t"] == pytest.approx(
        CHEAP
    )


def test_provinces_without_a_connection_are_told_so(tmp_path: Path) -> None:
    answer = asked(market(tmp_path), "B", "C")
    assert (answer.answer, len(answer.lanes)) == ("absent", 0)
    assert "no such connection" in why_not_sentences(answer, "en")[0]


@pytest.mark.parametrize(
    ("goods", "way", "reason"),
    [
        ({"max_days": 3}, {"transit_days": 9}, "slow"),
        ({}, {"capacity": 8, "capacity_unit": "TEU"}, "no_container"),
    ],
)
def test_what_bars_a_good_from_a_connection_is_told(
    tmp_path: Path, goods: dict[str, Any], way: dict[str, Any], reason: str
) -> None:
    slow = arc("C", "A", 5, **way)
    answer = asked(
        market(tmp_path, commodities=[{"commodity": "rice", **goods}], arcs=[slow]), "C", "A"
    )
    assert (answer.answer, answer.lanes["reason"].tolist()) == ("absent", [reason])


def test_a_planner_can_read_the_answer_out(tmp_path: Path) -> None:
    first, second = why_not_sentences(asked(market(tmp_path)), "en")
    assert first == (
        "A sends no rice straight to B: B is supplied by C (50 t), and A sends none to anybody."
    )
    assert second == (
        "From A by ship a kilogram would come to Rp1,000 in B, which has it for Rp300 (Jan 2023); "
        "cargo would move if the freight fell from Rp1,000 to below Rp300 a kg."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("origin", "destination"), [("A", "B"), ("C", "B"), ("B", "A")])
def test_every_answer_has_its_sentences_and_tables(
    tmp_path: Path, language: str, origin: str, destination: str
) -> None:
    answer = asked(market(tmp_path), origin, destination)
    assert 2 <= len(why_not_sentences(answer, language)) <= 3
    assert [table.row_count for table in why_not_tables(answer, language)]


@pytest.mark.parametrize(
    "name", ["52", "NTB", "ID-NB", "nusa tenggara barat", "West Nusa Tenggara"]
)
def test_a_province_goes_by_many_names(national: Solution, name: str) -> None:
    assert find_code(national.scenario, "provinces", name) == "52"


def test_initials_that_two_provinces_share_name_neither(national: Solution) -> None:
    with pytest.raises(OptionError, match=r"is not known\. Codes and names stand in"):
        find_code(national.scenario, "provinces", "SB")


@pytest.mark.parametrize(
    ("origin", "more", "hint"),
    [
        ("Q", {}, 'Province "Q" is not known'),
        ("B", {}, "Choose two different provinces"),
        ("A", {"mode": "plane"}, r'"plane" is not known. There are: .*ship'),
        ("A", {"period": "2023-07"}, "is not in the plan"),
    ],
)
def test_what_cannot_be_asked_is_said(
    tmp_path: Path, origin: str, more: dict[str, str], hint: str
) -> None:
    with pytest.raises(OptionError, match=hint):
        asked(market(tmp_path), origin, **more)
