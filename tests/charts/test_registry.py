"""Charts by name: what they are drawn from, and what can be chosen."""

import inspect
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from drawn import artists, words
from matplotlib.figure import Figure

from planner import charts
from planner.charts import MENU, SIZES, Order, caption, choices, draw, needs_commodity, registry
from planner.charts.registry import chart, drawn_from, registered, whole_plan
from planner.charts.standard_set import standard
from planner.cli.commands.chart import CHARTS
from planner.errors import OptionError
from planner.i18n import LANGUAGES, text


def test_the_menu_holds_every_chart_but_that_of_points_of_plans():
    assert {*registered()} - {*MENU} == {"frontier"}


def test_every_file_of_charts_declares_one():
    files = {
        Path(inspect.getfile(inspect.unwrap(known.function))) for known in registered().values()
    }
    folder = Path(charts.__file__).parent / "plots"
    assert files == {file for file in folder.glob("*.py") if file.stem != "__init__"}


def test_charts_are_found_by_name_and_listed():
    assert set(registered()) < set(dir(charts))
    assert charts.coverage is registered()["coverage"].function
    with pytest.raises(AttributeError):
        charts.coverge  # noqa: B018


@pytest.mark.parametrize("name", registered())
def test_a_chart_takes_its_tables_the_page_and_nothing_else_without_a_name(name):
    taken = inspect.signature(getattr(charts, name)).parameters
    assert [p.kind for p in taken.values()].count(inspect.Parameter.POSITIONAL_OR_KEYWORD) == 1
    page = {"ax": None, "title": None, "language": "id", "currency": "IDR"}
    assert {key: taken[key].default for key in page} == page
    assert taken["size"].default in SIZES


@contextmanager
def only_for_now():
    """Forget after the block what is declared inside it."""
    before = registered()
    try:
        yield
    finally:
        registry._charts.clear()
        registry._charts.update(before)


@pytest.fixture
def made_up():
    """Declare a chart as its own file would, and forget it afterwards."""
    with only_for_now():

        @chart(
            "flows",
            by_period=True,
            standard=whole_plan("shares", lambda rows: len(rows["flows"]) > 0),
        )
        def shares(canvas, flows, *, provinces, commodity: str = ""):
            """Draw the share of each mode."""
            canvas.open((0.5, 0.5, 0.5, 0.5)).bar(
                *zip(*flows.groupby("mode")["tonnes"].sum().items(), strict=True)
            )
            canvas.head(commodity or "Shares", "")
            canvas.describe(f"Bars of {len(provinces)} provinces")

        yield


def test_one_declaration_makes_a_chart_of_the_menu_the_standard_set_and_the_page(made_up, tables):
    assert "shares" in drawn_from("run")
    assert choices("shares") == {"commodity", "period"}
    assert "shares" in [order.name for order in standard(tables)]
    ax = draw(Order("shares", "gula", period="2023-02"), tables, language="en", size="slide")
    assert ax.get_title(loc="left") == "gula"
    assert tuple(ax.figure.get_size_inches()) == SIZES["slide"]
    assert caption(ax).alt == f"Bars of {len(tables['provinces'])} provinces"


def test_what_was_declared_for_a_while_is_forgotten(made_up):
    with only_for_now():
        pass
    assert "shares" in registered()


@pytest.mark.parametrize("name", registered())
def test_a_chart_says_when_to_use_it_in_every_language(name):
    assert all(text(registered()[name].use, language) for language in LANGUAGES)


def test_the_help_of_the_command_lists_the_menu():
    assert tuple(CHARTS) == MENU


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"commodity": "bers"}, 'commodity.* Did you mean "beras"'),
        ({"origin": "99"}, '"99" is not known as origin'),
        ({"focus": ["32", "xx"]}, '"xx" is not known as focus'),
        ({"size": "pgae"}, 'size.* Did you mean "page"'),
        ({"language": "jv"}, '"jv" is not known as language'),
        ({"colour": "mod"}, 'colour.* Did you mean "mode"'),
    ],
)
def test_a_misspelt_word_is_refused_and_draws_no_empty_page(wrong, words, tables):
    names = {name: tables[name] for name in ("provinces", "commodities", "modes")}
    with pytest.raises(OptionError) as caught:
        charts.flow_map(tables["flows"], **names, **wrong)
    assert re.search(words, caught.value.message("en"))


def test_a_misspelt_argument_is_refused(tables):
    with pytest.raises(TypeError, match="colr"):
        charts.flow_map(tables["flows"], provinces=tables["provinces"], colr="mode")


def test_axes_on_which_nothing_can_be_read_are_refused_with_the_room_that_is_needed(tables):
    figure = Figure(figsize=(6, 4))
    small = figure.subplots(4, 4)[0, 0]
    with pytest.raises(OptionError) as caught:
        charts.flow_map(tables["flows"], provinces=tables["provinces"], ax=small)
    assert "at least 1.8 x 1.2 inches" in caught.value.message("en")


def test_what_is_chosen_reaches_the_chart(tables):
    ax = draw(Order("flow_map", "gula", "73", period="2023-02"), tables, language="en")
    assert "Feb 2023" in words(ax, "subtitle")
    assert {gid.split("-")[1] for gid in artists(ax, "lane-")} == {"73"}


def test_a_balance_of_one_period_comes_from_the_table_of_periods(tables, balance):
    months = balance.assign(period="2023-05", surplus=7000.0, shortage=0.0)
    ax = draw(Order("balance_bars", "beras", period="2023-05"), tables | {"balance": months})
    assert {bar.get_width() for bar in ax.containers[0]} == {7000.0}


@pytest.mark.parametrize("name", MENU)
def test_a_chart_takes_only_what_it_can_be_narrowed_by(name):
    assert needs_commodity(name) <= ("commodity" in choices(name))


@pytest.mark.parametrize(
    "name",
    ["flow_map", "od_heatmap", "sankey", "balance_map", "balance_bars", "coverage", "price_map"],
)
def test_a_map_and_a_field_can_be_drawn_of_one_period(name):
    assert "period" in choices(name)


def test_files_are_named_after_what_was_chosen():
    assert Order("flow_map", "beras", colour="mode").name == "flow_map-beras"
    assert Order("flow_map", colour="mode").name == "flow_map-mode"
    assert Order("waterfall", destination="94").name == "waterfall-94"


def test_prices_that_are_short_everywhere_give_no_map(tables):
    short = tables["prices"].assign(kind="short")
    named = [order.name for order in standard(tables | {"prices": short})]
    assert not [name for name in named if name.startswith("price_map")]
