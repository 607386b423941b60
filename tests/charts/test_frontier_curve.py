import itertools

import pandas as pd
import pytest
from drawn import artists, words

from planner.charts import frontier


@pytest.fixture
def points():
    rows = [("31", 0.937, 0), ("31", 0.95, 3.6e9), ("65", 0.97, 15.5e9), ("11", 0.986, 71.4e9)]
    table = pd.DataFrame(rows, columns=["province", "lowest_coverage", "rise_idr"])
    return table.assign(commodity="beras")


@pytest.fixture
def draw(points, provinces, commodities):
    def drawn(table=points, **options):
        return frontier(table, provinces=provinces, commodities=commodities, **options)

    return drawn


def test_every_point_stands_where_the_table_says(draw, points):
    curve = artists(draw(), "curve")["curve"]
    assert curve.get_xdata() == pytest.approx(points["lowest_coverage"].to_numpy())
    assert curve.get_ydata() == pytest.approx(points["rise_idr"].to_numpy() / 1e9)


def test_the_axis_names_its_unit(draw, points):
    assert "miliar" in draw().get_ylabel()
    small = points.assign(rise_idr=points["rise_idr"] / 1e3)
    assert "million" in draw(small, language="en").get_ylabel()


def test_the_lowest_of_the_cheapest_plan_is_named(draw):
    assert words(draw(), "lowest") == "DKI Jakarta, beras"


def test_the_last_point_says_what_it_costs(draw):
    assert words(draw(), "rise") == "Rp71,4 miliar"
    assert words(draw(language="en"), "rise") == "Rp71.4 billion"


def test_a_frontier_that_costs_nothing_is_drawn_flat(draw, points):
    curve = artists(draw(points.assign(rise_idr=0.0)), "curve")["curve"]
    assert curve.get_ydata() == pytest.approx(0)


@pytest.mark.parametrize("language", ["id", "en"])
def test_labels_do_not_overlap_and_stay_on_the_page(draw, language):
    ax = draw(language=language)
    inside = [
        label
        for axis, (low, high) in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim()))
        for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
        if low <= place <= high
    ]
    labels = [*ax.texts, *inside, ax.xaxis.label]
    extents = [label.get_window_extent() for label in labels if label.get_text()]
    page = ax.figure.bbox
    assert not [1 for a, b in itertools.combinations(extents, 2) if a.overlaps(b)]
    assert all(box.x0 >= 0 and box.x1 <= page.x1 for box in extents)


def test_where_nothing_is_short_the_chart_says_so(draw, points):
    assert "Nothing is short" in words(draw(points.iloc[:0], language="en"))
