"""The shipped scenarios: made from their figures, and true to them."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pandas as pd
import pytest

import planner
from planner import Balance, Scenario, Solution

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NATIONAL = SCENARIOS / "nasional-2023"
FIGURES = NATIONAL / "figures"


@pytest.fixture(scope="module")
def national() -> Scenario:
    return planner.read_scenario(NATIONAL)


@pytest.fixture(scope="module")
def balance(national: Scenario) -> Balance:
    return planner.compute_balance(national)


def figures(name: str) -> pd.DataFrame:
    return pd.read_csv(FIGURES / f"{name}.csv", dtype=str)


def test_every_table_is_made_again_from_the_figures_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["derive.py", str(tmp_path)])
    monkeypatch.syspath_prepend(str(NATIONAL))
    runpy.run_path(str(NATIONAL / "derive.py"), run_name="__main__")
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert made == {file.name: file.read_bytes() for file in NATIONAL.glob("*.csv")}


@pytest.mark.parametrize(
    ("commodity", "produced", "need"),
    [
        ("beras", 31.101e6, 278_696_200 * 0.1099),
        ("bawang_merah", 1_985_233 * 0.65, 278_696_200 * 0.00392),
        ("cabai_besar", 1_475_821 * 0.65, 278_696_200 * 0.003236),
        ("cabai_rawit", 1_544_441 * 0.65, 278_696_200 * 0.002726),
        ("telur", 6.08e6, 278_696_200 * 0.0211),
        ("gula", 2_271_100, 278_696_200 * 0.0115),
        ("kedelai", 349_098, 278_696_200 * 0.00929),
        ("bawang_putih", 39_254, 278_696_200 * 0.00237),
    ],
)
def test_the_nation_produces_and_needs_what_is_published(
    balance: Balance, commodity: str, produced: float, need: float
) -> None:
    k = balance.commodities.index(commodity)
    assert balance.produced[:, k].sum() == pytest.approx(produced, rel=0.002)
    assert balance.need[:, k].sum() == pytest.approx(need, rel=0.003)


def test_opening_rice_is_the_published_carry_over_and_two_thirds_of_it_stay_local(
    balance: Balance,
) -> None:
    rice = balance.commodities.index("beras")
    opening, local = balance.opening[:, rice], balance.local_share[:, rice]
    assert opening.sum() == pytest.approx(4.06e6, rel=1e-4)
    assert (opening * local).sum() / opening.sum() == pytest.approx(0.66, abs=0.001)


@pytest.mark.parametrize(("province", "shallots"), [("91", 342.77), ("94", 316.99)])
def test_west_papua_and_papua_produce_what_the_table_of_34_provinces_says(
    national: Scenario, province: str, shallots: float
) -> None:
    """In files of 38 provinces 91 and 94 are what is left after the split."""
    made = national.tables["production"]
    rows = (made["province"] == province) & (made["commodity"] == "bawang_merah")
    assert made.loc[rows, "tonnes"].sum() == pytest.approx(shallots)


@pytest.mark.parametrize(
    ("province", "ports", "outlines"),
    [
        ("91", {"manokwari", "sorong"}, {"ID-PB", "ID-PD"}),
        ("94", {"jayapura", "merauke", "nabire"}, {"ID-PA", "ID-PS", "ID-PT", "ID-PE"}),
    ],
)
def test_west_papua_and_papua_hold_the_ports_and_outlines_of_their_new_provinces(
    national: Scenario, province: str, ports: set[str], outlines: set[str]
) -> None:
    found, codes = national.tables["ports"], national.tables["provinces"].set_index("province")
    assert ports <= set(found.loc[found["province"] == province, "port"])
    assert set(codes.loc[province, "outlines"].split()) == outlines


def test_commercial_ships_sail_to_the_port_that_serves_most_people_of_papua(
    national: Scenario,
) -> None:
    arcs = national.tables["arcs"].query("mode == 'sea'")
    used = arcs.groupby("destination")["destination_port"].unique()
    assert list(used["94"]) == ["jayapura"]
    assert list(used["91"]) == ["sorong"]


def test_every_sea_toll_ship_has_a_capacity_in_containers(national: Scenario) -> None:
    toll = national.tables["arcs"].query("mode == 'sea_toll'")
    assert (toll["capacity"] > 0).all()
    assert set(toll["capacity_unit"]) == {"TEU"}


@pytest.mark.parametrize("name", ["nasional-2023", "kemarau-2023", "dua-pulau"])
def test_every_source_is_used_and_every_assumption_gives_its_reason(name: str) -> None:
    tables = planner.read_scenario(SCENARIOS / name).tables
    sources = tables["sources"].set_index("source")
    used = set().union(*(set(tables[t]["source"]) for t in tables if t != "sources"))
    assert set(sources.index) - used == set()
    assert (sources.query("kind == 'assumption'")["note"].str.len() > 20).all()


def test_the_drought_leaves_rice_short_before_the_late_harvest() -> None:
    coverage = planner.solve(planner.read_scenario(SCENARIOS / "kemarau-2023")).coverage()
    short = coverage[coverage["unmet_t"] > 1]
    assert set(short["commodity"]) == {"beras"}
    assert set(short["period"]) <= {"2024-01", "2024-02"}
    assert short["unmet_t"].sum() == pytest.approx(443_000, rel=0.05)


@pytest.fixture(scope="module")
def loops() -> dict[str, Solution]:
    """The plans with the two orders of calls of the same sea-toll ship."""
    names = {"east": "tol-laut-surabaya-dulu", "ntb": "tol-laut-ntb-dulu"}
    return {key: planner.solve(planner.read_scenario(SCENARIOS / n)) for key, n in names.items()}


def by_ship(solution: Solution, commodity: str) -> dict[str, float]:
    flows = solution.flows().query("service == 'H-5' & commodity == @commodity")
    return flows.groupby(flows["origin"] + "-" + flows["destination"])["tonnes"].sum().to_dict()


def test_shallots_of_ntb_sail_to_papua_only_if_the_ship_loads_before_it_goes_east(
    loops: dict[str, Solution],
) -> None:
    assert by_ship(loops["east"], "bawang_merah") == {}
    assert by_ship(loops["ntb"], "bawang_merah") == {"52-94": pytest.approx(16_265, rel=0.02)}


def test_loading_in_ntb_first_saves_the_nation_little(loops: dict[str, Solution]) -> None:
    saved = loops["east"].objective - loops["ntb"].objective
    assert saved == pytest.approx(1.41e9, rel=0.02)


@pytest.mark.parametrize("order", ["east", "ntb"])
def test_the_ship_sails_full_to_papua_and_comes_home_empty(
    loops: dict[str, Solution], order: str
) -> None:
    legs = loops[order].capacities().query("kind == 'service'").groupby("name")["used"].mean()
    out, home = legs.filter(like="-merauke"), legs.filter(like="merauke-")
    assert (out.tolist(), home.tolist()) == ([pytest.approx(125)], [0])


@pytest.mark.parametrize("order", ["east", "ntb"])
def test_the_ship_is_not_counted_a_second_time_as_an_arc(
    loops: dict[str, Solution], order: str
) -> None:
    toll = loops[order].flows().query("mode == 'sea_toll' & service == ''")
    assert not {"35-94", "94-35"} & set(toll["origin"] + "-" + toll["destination"])
