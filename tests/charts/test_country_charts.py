"""A country that planner has never heard of: own outlines, own currency, weeks."""

import pytest
from drawn import artists, words
from made_up_country import write_country, write_many_places
from matplotlib.text import Text
from page_faults import faults

import planner
from planner import charts
from planner.charts.money import Money, decimals


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    folder = write_country(tmp_path_factory.mktemp("country"))
    return planner.make_run(planner.solve(planner.read_scenario(folder)))


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


@pytest.fixture(scope="module")
def districts(tmp_path_factory):
    folder = write_many_places(tmp_path_factory.mktemp("districts"))
    run = planner.make_run(planner.solve(planner.read_scenario(folder)))
    tables = dict(run.tables) | {n: run.scenario.tables[n] for n in charts.INPUTS}
    return tables | {"balance_totals": planner.compute_balance(run.scenario).totals()}


@pytest.mark.slow
@pytest.mark.parametrize("size", charts.SIZES)
def test_514_places_are_readable_in_every_size(districts, size):
    look = {"language": "en", "currency": "PHP", "size": size}
    drawn = {
        order.name: charts.draw(order, districts, **look) for order in charts.standard(districts)
    }
    assert {"flow_map", "od_heatmap", "balance_bars-rye"} <= set(drawn)
    assert {name: faults(ax) for name, ax in drawn.items() if faults(ax)} == {}
