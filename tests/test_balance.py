"""Surplus and shortage before any plan."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from builders import (
    FEBRUARY,
    JANUARY,
    MARCH,
    Row,
    arc,
    made,
    needed,
    provinces,
    scenario_of,
    store,
)

import planner
from planner import Balance

MONTHS = (JANUARY, FEBRUARY, MARCH)
PROJECTION = {
    "opening": 8_148_451,
    "production": 32_291_394,
    "imports": 514_305,
    "need": 30_975_843,
}
"""The national rice balance projected for 2025 (neraca beras), tonnes; published closing stock
9,978,306 t, enough for 117.6 days."""


def balance(folder: Path, **tables: list[Row]) -> Balance:
    """Return the balance of A over three months; B only makes a network of it."""
    usual = {"provinces": provinces("A", "B"), "arcs": [arc("A", "B", 1)]}
    usual |= {"production": [made("B", 0)], "need": [needed("B", 0)]}
    horizon = (JANUARY, 3, "month")
    return planner.compute_balance(scenario_of(folder, horizon=horizon, **(usual | tables)))


def of_a(frame: pd.DataFrame, column: str) -> list[float]:
    return frame.loc[frame["province"] == "A", column].tolist()


@pytest.fixture(scope="module")
def projection(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    entry = {"port": "a", "commodity": "rice", "period": "2025"}
    scenario = scenario_of(
        tmp_path_factory.mktemp("projection"),
        horizon=("2025", 1, "year"),
        provinces=provinces("A", "B"),
        arcs=[arc("A", "B", 1)],
        production=[made("A", PROJECTION["production"], "2025")],
        need=[needed("A", PROJECTION["need"], "2025")],
        stocks=[store("A", PROJECTION["opening"])],
        ports=[{"port": "a", "province": "A"}],
        imports=[{**entry, "max_tonnes": PROJECTION["imports"]}],
    )
    return planner.compute_balance(scenario).table()


def test_the_projected_rice_balance_closes_to_a_tonne(projection: pd.DataFrame) -> None:
    assert of_a(projection, "closing") == pytest.approx([9_978_307], abs=0.5)


def test_the_projected_closing_stock_is_the_published_one_but_for_rounding(
    projection: pd.DataFrame,
) -> None:
    assert of_a(projection, "closing") == pytest.approx([9_978_306], abs=1.5)


def test_the_projected_rice_available_is_the_published_sum(projection: pd.DataFrame) -> None:
    parts = [of_a(projection, part)[0] for part in ("opening_stock", "production", "imported")]
    assert sum(parts) == pytest.approx(40_954_150)


def test_the_projected_stock_covers_the_published_days(projection: pd.DataFrame) -> None:
    """Published with a year of 365 days; a year of the horizon has 365.25."""
    assert of_a(projection, "days_of_cover") == pytest.approx([117.6 * 365.25 / 365], abs=0.05)


def test_need_per_person_is_people_times_kilograms_by_days(tmp_path: Path) -> None:
    person = {"province": "A", "commodity": "rice", "kg_per_capita": 73}
    people = [{"province": "A", "population": 2_000_000}, {"province": "B"}]
    found = balance(tmp_path, provinces=people, need=[person]).table()
    assert of_a(found, "need") == pytest.approx([400 * days for days in (31, 28, 31)])


def test_need_per_person_follows_its_profile(tmp_path: Path) -> None:
    person = {"province": "A", "commodity": "rice", "kg_per_capita": 100, "profile": "feast"}
    shares = [0.1, 0.2, 0.3] + [0.4 / 9] * 9
    feast = [{"profile": "feast", "month": m, "share": s} for m, s in enumerate(shares, start=1)]
    people = [{"province": "A", "population": 1_000_000}, {"province": "B"}]
    found = balance(tmp_path, provinces=people, need=[person], profiles=feast).table()
    assert of_a(found, "need") == pytest.approx([10_000, 20_000, 30_000])


def test_needs_of_all_uses_add_up(tmp_path: Path) -> None:
    uses = [{**needed("A", tonnes), "use": use} for use, tonnes in (("food", 7), ("feed", 5))]
    assert of_a(balance(tmp_path, need=uses).table(), "need") == pytest.approx([12, 0, 0])


def test_production_counts_net_of_its_loss(tmp_path: Path) -> None:
    found = balance(tmp_path, production=[{**made("A", 200), "loss": 0.1}]).table()
    assert of_a(found, "production") == pytest.approx([180, 0, 0])


def seasons(folder: Path, harvest: list[float], eaten: list[float], **stock: float) -> Balance:
    return balance(
        folder,
        production=[made("A", t, month) for month, t in zip(MONTHS, harvest, strict=True)],
        need=[needed("A", t, month) for month, t in zip(MONTHS, eaten, strict=True)],
        stocks=[store("A", **{"opening": 0.0, **stock})],
    )


def test_stock_is_carried_from_period_to_period(tmp_path: Path) -> None:
    found = seasons(tmp_path, [20, 0, 0], [5, 5, 12], opening=10.0).table()
    assert of_a(found, "closing") == pytest.approx([25, 20, 8])


def test_a_period_opens_with_what_the_one_before_left(tmp_path: Path) -> None:
    found = seasons(tmp_path, [20, 0, 0], [5, 5, 12], opening=10.0).table()
    assert of_a(found, "opening_stock") == pytest.approx([10, 25, 20])


def test_a_shortage_is_what_harvest_and_stock_together_lack(tmp_path: Path) -> None:
    found = seasons(tmp_path, [20, 0, 0], [5, 25, 12], opening=3.0).table()
    assert of_a(found, "shortage") == pytest.approx([0, 7, 12])


def test_a_shortage_is_not_carried_into_the_next_period(tmp_path: Path) -> None:
    found = seasons(tmp_path, [0, 0, 30], [5, 5, 12]).table()
    assert of_a(found, "closing") == pytest.approx([0, 0, 18])


def test_what_is_needed_later_is_no_surplus(tmp_path: Path) -> None:
    found = seasons(tmp_path, [30, 0, 0], [5, 5, 5]).table()
    assert of_a(found, "surplus") == pytest.approx([15, 15, 15])


def test_the_reserve_is_no_surplus(tmp_path: Path) -> None:
    found = seasons(tmp_path, [30, 0, 0], [5, 5, 5], reserve_t=4).table()
    assert of_a(found, "surplus") == pytest.approx([11, 11, 11])


def test_a_tonne_carried_through_the_year_is_counted_once(tmp_path: Path) -> None:
    totals = seasons(tmp_path, [30, 0, 0], [5, 5, 5]).totals()
    assert of_a(totals, "surplus") == pytest.approx([15])


def test_a_lean_month_after_a_rich_one_is_no_shortage_of_the_year(tmp_path: Path) -> None:
    totals = seasons(tmp_path, [0, 0, 30], [5, 5, 5]).totals()
    assert of_a(totals, "shortage") == pytest.approx([0])


def test_the_shortage_of_a_year_comes_from_its_totals(tmp_path: Path) -> None:
    totals = seasons(tmp_path, [0, 10, 0], [5, 5, 12], opening=4.0).totals()
    assert of_a(totals, "shortage") == pytest.approx([8])


def test_surplus_less_shortage_is_all_supply_less_all_need(tmp_path: Path) -> None:
    found = seasons(tmp_path, [9, 40, 2], [5, 25, 12], opening=3.0).totals()
    left = of_a(found, "opening_stock")[0] + of_a(found, "production")[0] - of_a(found, "need")[0]
    assert of_a(found, "surplus")[0] - of_a(found, "shortage")[0] == pytest.approx(left)


def test_what_may_be_imported_is_counted_in_the_province_of_the_port(tmp_path: Path) -> None:
    port = [{"port": "a", "province": "A"}]
    entry = [{"port": "a", "commodity": "rice", "period": FEBRUARY, "max_tonnes": 12}]
    found = balance(tmp_path, ports=port, imports=entry).table()
    assert of_a(found, "closing") == pytest.approx([0, 12, 12])


def test_cover_is_the_stock_by_the_need_of_a_day(tmp_path: Path) -> None:
    found = seasons(tmp_path, [30, 0, 0], [5, 5, 5]).table()
    assert of_a(found, "days_of_cover") == pytest.approx([n * 365.25 / 12 for n in (5, 4, 3)])
