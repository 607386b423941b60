"""Charts by name: what they are drawn from, and what can be chosen."""

import inspect
import re
from pathlib import Path

import pytest
from reading import artists, words

from planner import charts
from planner.charts import MENU, Order, choices, draw, needs_commodity
from planner.charts.gallery import standard
from planner.i18n import LANGUAGES, text

NO_CHARTS = {"caption", "choices", "draw", "draw_all", "flows_geojson", "needs_commodity", "of_comparison",
             "picture", "save", "save_set", "sign", "source_of"}  # fmt: skip


def test_the_menu_holds_every_chart_but_that_of_points_of_plans():
    public = {name for name in charts.__all__ if inspect.isfunction(getattr(charts, name))}
    assert set(MENU) == public - NO_CHARTS - {"frontier"}


def test_what_is_chosen_reaches_the_chart(tables):
    ax = draw(Order("flow_map", "gula", "73", period="2023-02"), tables, language="en")
    assert "Feb 2023" in words(ax, "subtitle")
    assert {gid.split("-")[1] for gid in artists(ax, "lane-")} == {"73"}


def test_a_balance_of_one_period_comes_from_the_table_of_periods(tables, balance):
    months = balance.assign(period="2023-05", surplus=7000.0, shortage=0.0)
    ax = draw(Order("balance_bars", "beras", period="2023-05"), tables | {"balance": months})
    assert {bar.get_width() for bar in ax.containers[0]} == {7000.0}


@pytest.mark.parametrize("chart", MENU)
def test_a_chart_takes_only_what_it_can_be_narrowed_by(chart):
    assert needs_commodity(chart) <= ("commodity" in choices(chart))
    assert ("period" in choices(chart)) == (chart in {
        "flow_map", "od_heatmap", "sankey", "balance_map", "balance_bars", "coverage", "price_map",
    })  # fmt: skip


def test_files_are_named_after_what_was_chosen():
    assert Order("flow_map", "beras", colour="mode").name == "flow_map-beras"
    assert Order("flow_map", colour="mode").name == "flow_map-mode"
    assert Order("waterfall", destination="94").name == "waterfall-94"


def test_prices_that_are_short_everywhere_give_no_map(tables):
    short = tables["prices"].assign(kind="short")
    named = [order.name for order in standard(tables | {"prices": short})]
    assert not [name for name in named if name.startswith("price_map")]


@pytest.mark.parametrize("chart", MENU)
def test_a_chart_is_documented_with_its_table_and_its_choices(chart):
    rows = (Path(charts.__file__).parent / "README.md").read_text(encoding="utf-8").splitlines()
    told = next(row for row in rows if row.startswith(f"| `{chart}`")).split("|")
    source = {"compared_lanes": "lanes", "compared_prices": "prices"}
    table = charts.source_of(Order(chart))
    assert f"{source.get(table, table)}.csv" in told[3]
    assert set(re.findall(r"\w+", told[4])) == choices(chart) - {"colour"}
    assert all(chart in text("help.chart_name", language) for language in LANGUAGES)
