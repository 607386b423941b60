"""A pair of provinces inside a market small enough for paper.

A has 40 t to spare and C 90; B needs 50 t and takes them from C for 300 a tonne. From A it costs 1,000.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest
from builders import arc, made, needed, provinces, scenario_of

import planner
from planner.analysis.run_facts import run_facts
from planner.analysis.trade_potential.potential import trade_potential
from planner.i18n import Locale
from planner.reports.run_report import _Words


def market(folder: Path, freight: float = 1_000, **more: Any) -> planner.Solution:
    lanes = [arc("A", "B", freight), arc("C", "B", 300), *more.pop("arcs", [])]
    needs = [needed("A", 20), needed("B", 50), needed("C", 10), *more.pop("need", [])]
    scenario = scenario_of(
        folder,
        provinces=provinces("A", "B", "C", *more.pop("also", [])),
        production=[made("A", 60), made("C", 100)],
        need=needs,
        arcs=lanes,
        **more,
    )
    return planner.solve(scenario)


def traded(solution: planner.Solution, direction: str = "A-B") -> dict[str, Any]:
    table = trade_potential(solution, "A", "B").set_index("direction")
    return table.loc[direction].to_dict()


def test_the_plan_moves_nothing_where_another_is_nearer(tmp_path: Path) -> None:
    assert traded(market(tmp_path))["planned_t"] == pytest.approx(0, abs=1e-3)


def test_the_potential_is_what_the_one_can_spare(tmp_path: Path) -> None:
    assert traded(market(tmp_path))["potential_t"] == pytest.approx(40)


def test_the_potential_costs_the_difference_in_freight(tmp_path: Path) -> None:
    assert traded(market(tmp_path))["extra_idr_per_t"] == pytest.approx(700, rel=1e-4)


def test_the_first_tonnes_move_at_the_freight_of_the_rival(tmp_path: Path) -> None:
    assert traded(market(tmp_path))["flip_idr_per_t"] == pytest.approx(300, rel=1e-4)


def test_cargo_moves_just_below_the_flip_freight(tmp_path: Path) -> None:
    assert traded(market(tmp_path, freight=299))["planned_t"] == pytest.approx(40)


def test_cargo_stays_just_above_the_flip_freight(tmp_path: Path) -> None:
    assert traded(market(tmp_path, freight=301))["planned_t"] == pytest.approx(0, abs=1e-3)


def test_a_short_province_has_nothing_to_send(tmp_path: Path) -> None:
    solution = market(tmp_path, arcs=[arc("B", "A", 100)])
    assert traded(solution, "B-A")["potential_t"] == 0


def test_a_third_province_is_not_robbed(tmp_path: Path) -> None:
    """D lives on 15 t from A."""
    solution = market(tmp_path, also=["D"], need=[needed("D", 15)], arcs=[arc("A", "D", 2_000)])
    assert traded(solution)["potential_t"] == pytest.approx(25)


def test_goods_that_only_pass_through_do_not_count(tmp_path: Path) -> None:
    """C could send 90 t through A, but only the 40 t of A are its own."""
    solution = market(tmp_path, arcs=[arc("C", "A", 1)])
    assert traded(solution)["potential_t"] == pytest.approx(40)


def test_cargo_is_traced_through_a_hub(tmp_path: Path) -> None:
    solution = market(tmp_path, freight=9_000, arcs=[arc("A", "C", 100)])
    assert traded(solution)["extra_idr_per_t"] == pytest.approx(100, rel=1e-4)


@pytest.mark.parametrize(("kind", "share"), [("assumption", 1.0), ("official", 0.0)])
def test_the_run_says_which_share_rests_on_assumptions(
    tmp_path: Path, kind: str, share: float
) -> None:
    sources = [{"source": "made_up", "kind": kind}]
    assumed = run_facts(market(tmp_path, sources=sources))["evidence_assumed"]
    assert assumed == {"production": share, "need": share, "freight": share}


def test_a_short_hub_cannot_offer_what_it_passes_on(tmp_path: Path) -> None:
    """A makes 60 t, eats 80 and passes 15 t of C on to D."""
    more = [{**needed("A", 60), "use": "feed"}, needed("D", 15)]
    lanes = [arc("C", "A", 100), arc("A", "D", 100)]
    solution = market(tmp_path, also=["D"], need=more, arcs=lanes)
    assert solution.flows().query("origin == 'A'")["tonnes"].sum() == pytest.approx(15)
    assert traded(solution)["potential_t"] == 0


def told(trade: dict[str, Any], language: str = "id") -> str:
    """Return the sentence of the report on one trade, with the freights given."""
    row = {"direction": "A-B", "commodity": "rice", "period": "", "potential_t": 40.0} | trade
    solution = cast("planner.Solution", SimpleNamespace(scenario=_NAMES))
    return _Words(solution, language).pairs(pd.DataFrame([row]))[0]


_NAMES = SimpleNamespace(names=lambda *_: {"A": "A", "B": "B", "rice": "Rice"}, locale=Locale)


@pytest.mark.parametrize(
    ("planned", "freight", "flip", "said"),
    [
        (0.0, 900e3, 300e3, "mulai bergerak bila ongkosnya turun dari Rp900 ke bawah Rp300/kg"),
        (
            6194.0,
            478e3,
            86e3,
            "lebih banyak bergerak bila ongkosnya turun dari Rp478 ke bawah Rp86/kg",
        ),
        (6194.0, 86.2e3, 86.1e3, "turun dari Rp86,2 ke bawah Rp86,1/kg"),
        (6194.0, 86e3, 86e3, "sebagian pertama di atas rencana tidak menambah biaya"),
        (6194.0, 86e3, -1.0, "lebih dari rencana tidak bergerak walau ongkosnya nol"),
    ],
)
def test_only_what_does_not_move_can_start_to(
    planned: float, freight: float, flip: float, said: str
) -> None:
    trade = {"planned_t": planned, "extra_idr_per_t": 5e5}
    sentence = told({**trade, "freight_idr_per_t": freight, "flip_idr_per_t": flip})
    assert said in sentence
    assert ("mulai" in sentence) == (planned == 0)
    assert ("ton pertama lewat jalan termurah mana pun" in sentence) == (planned == 0)


def test_the_freight_of_today_stands_beside_the_flip(tmp_path: Path) -> None:
    found = traded(market(tmp_path))
    assert found["freight_idr_per_t"] == pytest.approx(found["flip_idr_per_t"] + 700, rel=1e-4)
