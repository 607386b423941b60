import pytest
from drawn import artists, words

from planner.charts import stock


@pytest.fixture
def draw(nodes, provinces, commodities):
    def drawn(table=nodes, **options):
        names = {"provinces": provinces, "commodities": commodities}
        return stock(table, commodity="beras", **names, **options)

    return drawn


def lines(ax):
    return {
        panel.get_title(loc="left"): panel.lines[0].get_ydata().tolist() for panel in ax.child_axes
    }


def test_lines_run_from_the_opening_stock_through_the_ends_of_the_periods(draw):
    drawn = lines(draw(focus=["11"]))
    assert drawn["Aceh"] == pytest.approx([1, 0.9, 0.8, 0.7])
    assert drawn["Seluruh provinsi"] == pytest.approx([595, 535.5, 476, 416.5])


def test_provinces_in_focus_come_first_then_those_that_hold_most(draw):
    assert list(lines(draw(focus=["11"])))[:4] == [
        "Seluruh provinsi",
        "Aceh",
        "Papua",
        "Papua Barat",
    ]


def test_the_reserve_is_a_line_where_there_is_one(draw, nodes):
    kept = nodes.assign(reserve=0.0)
    kept.loc[kept["province"] == "94", "reserve"] = 20.0
    ax = draw(balance=kept)
    panels = {p.get_title(loc="left"): p for p in ax.child_axes}
    drawn = {name: artists(panel, "reserve") for name, panel in panels.items()}
    assert {name for name, found in drawn.items() if found} == {"Seluruh provinsi", "Papua"}
    assert drawn["Papua"]["reserve"].get_ydata()[0] == 20.0
    assert "cadangan" in words(ax, "note")


def test_no_panel_stands_empty(draw, nodes):
    two = nodes[nodes["province"].isin(["11", "12"])]
    assert len(draw(two).child_axes) == 3


def test_panels_begin_at_zero(draw):
    assert {panel.get_ylim()[0] for panel in draw().child_axes} == {0.0}


def test_a_commodity_without_stock_still_gives_a_chart(draw, nodes):
    assert "beras" in draw(nodes.iloc[:0]).get_title(loc="left")
