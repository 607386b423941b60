"""A country that planner has never heard of: own outlines, own currency, weeks."""

import pandas as pd
import pytest
from drawn import artists, words
from matplotlib.text import Text
from page_faults import faults

import planner
from planner import charts
from planner.charts.money import Money, decimals

REGIONS = [("NO", 10.0, 60.0), ("MI", 12.0, 58.5), ("SO", 11.0, 57.0)]
SETTINGS = """
[scenario]
title = { id = "Negeri karangan", en = "A made-up country" }
data_date = 2024-12-31
language = "en"
currency = "PHP"
[horizon]
start = "2024-W01"
periods = 8
length = "week"
[policy]
closing = "free"
"""


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Three regions, of which one has no outline; the south grows what all eat."""
    folder = tmp_path_factory.mktemp("country")
    codes = [code for code, _, _ in REGIONS]
    box = "POLYGON (({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))"
    shapes = [
        box.format(w=lon - 0.9, e=lon + 0.9, s=lat - 0.7, n=lat + 0.7) for _, lon, lat in REGIONS
    ]
    provinces = pd.DataFrame(REGIONS, columns=["province", "lon", "lat"])
    ways = [(a, b, "sea", 100.0, 2.0) for a in codes for b in codes if a != b]
    tables = {
        "provinces": provinces.assign(
            name=["North", "Middle", "South"], population=1e6, outlines=[*shapes[:2], ""]
        ),
        "commodities": pd.DataFrame(
            {"commodity": ["rye"], "name": ["Rye"], "tonnes_per_teu": [20.0]}
        ),
        "production": pd.DataFrame(
            {"province": codes, "commodity": "rye", "tonnes": [0.0, 0.0, 9e5]}
        ),
        "need": pd.DataFrame({"province": codes, "commodity": "rye", "kg_per_capita": 100.0}),
        "modes": pd.DataFrame(
            {
                "mode": ["sea"],
                "name": ["Sea"],
                "idr_per_teu_nm": [0.02],
                "idr_fixed_per_teu": [20.0],
            }
        ),
        "arcs": pd.DataFrame(
            ways, columns=["origin", "destination", "mode", "distance_nm", "transit_days"]
        ),
    }
    for name, table in tables.items():
        table.assign(source="x").to_csv(folder / f"{name}.csv", index=False)
    pd.DataFrame({"source": ["x"], "kind": ["assumption"], "title": ["made up"]}).to_csv(
        folder / "sources.csv", index=False
    )
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8")
    return planner.run_of(planner.solve(planner.read_scenario(folder)))


def page_of(run):
    names = {name: run.scenario.tables[name] for name in ("provinces", "commodities")}
    return names | {"language": "en", "currency": run.scenario.settings.scenario.currency}


def said(ax):
    return " ".join(text.get_text() for text in ax.figure.findobj(Text))


def test_its_own_outlines_are_drawn_and_a_region_without_one_is_a_dot(country):
    ax = charts.flow_map(country.tables["flows"], **page_of(country))
    assert set(artists(ax, "province-")) == {"province-NO", "province-MI"}
    assert len(artists(ax, "nodes")["nodes"].get_offsets()) == 3
    assert "Java" not in said(ax)


def test_prices_below_one_are_told_apart_in_its_own_currency(country):
    prices = country.tables["prices"]
    ax = charts.price_map(prices, commodity="rye", period="2024-W05", **page_of(country))
    assert "Philippine pesos per kilogram" in said(ax)
    assert "Rp" not in said(ax)
    assert "rupiah" not in said(ax).lower()
    week = prices[prices["period"] == "2024-W05"].set_index("province")["idr_per_t"] / 1000
    assert f"\N{PESO SIGN}{week['NO']:.{decimals(week.max())}f}" in words(ax, "name")
    bounds = [row.get_text() for row in ax.figure.findobj(Text) if "\N{EN DASH}" in row.get_text()]
    assert len(bounds) == len(set(bounds))


@pytest.mark.parametrize("size", charts.SIZES)
def test_the_whole_standard_set_is_readable(country, size):
    tables = dict(country.tables) | {n: country.scenario.tables[n] for n in charts.INPUTS}
    tables["balance_totals"] = planner.balance_of(country.scenario).totals()
    orders = [*charts.standard(tables)]
    assert {"flow_map", "waterfall", "price_map-rye"} <= {order.name for order in orders}
    look = {"language": "en", "currency": "PHP", "size": size}
    drawn = {order.name: charts.draw(order, tables, **look) for order in orders}
    assert {name: faults(ax) for name, ax in drawn.items() if faults(ax)} == {}
    assert [name for name, ax in drawn.items() if "Rp" in said(ax)] == []


@pytest.mark.parametrize(
    ("currency", "language", "written"),
    [
        ("IDR", "en", "Rp1.2 billion"),
        ("PHP", "en", "₱1.2 billion"),
        ("PGK", "id", "PGK\N{NO-BREAK SPACE}1,2 miliar"),
    ],
)
def test_money_is_written_with_the_sign_of_its_currency(currency, language, written):
    assert Money(currency, language).whole(1.2e9) == written


@pytest.mark.parametrize(("size", "places"), [(0, 0), (12, 0), (9, 1), (0.5, 2), (0.034, 3)])
def test_small_amounts_get_the_decimals_that_tell_them_apart(size, places):
    assert decimals(size) == places


def test_another_currency_is_another_scenario(country):
    settings = country.scenario.settings
    head = settings.scenario
    rupiah = settings.model_copy(update={"scenario": head.model_copy(update={"currency": "IDR"})})
    assert country.scenario.replace(settings=rupiah).digest() != country.scenario.digest()
