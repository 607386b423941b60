import pytest
from drawn import words

from planner.charts import coverage


@pytest.fixture
def draw(needs, provinces, commodities):
    def drawn(table=needs, **options):
        names = {"provinces": provinces, "commodities": commodities}
        return coverage(table, commodity="beras", **names, **options)

    return drawn


def test_bars_are_as_long_as_the_table_says_worst_first(draw):
    met, missing = draw().containers
    assert [bar.get_width() for bar in met] == pytest.approx([0.7, 0.8, 0.95])
    assert [bar.get_x() + bar.get_width() for bar in missing] == pytest.approx([1, 1, 1])


def test_each_bar_stands_beside_its_province_and_its_tonnes(draw):
    ax = draw()
    assert [t.get_text() for t in ax.get_yticklabels()] == ["Papua", "Banten", "Aceh"]
    values = [t.get_text() for t in ax.texts if t.get_gid() == "value"]
    assert values[0] == "70,0%, kurang 900 ton"


def test_provinces_that_lack_nothing_are_counted(draw):
    assert words(draw(language="en"), "note") == "In 31 other provinces the need is met in full."


def test_provinces_without_room_are_counted_with_their_tonnes(draw, needs):
    short = needs.assign(unmet_t=100.0)
    ax = draw(short, language="en", size="half")
    rest = 34 - len(ax.containers[0])
    assert (
        words(ax, "note")
        == f"Not drawn: {rest} other provinces that are short, by {300 * rest:,} t in all."
    )


def test_where_all_is_met_the_chart_says_so(draw, needs):
    ax = draw(needs.assign(unmet_t=0.0), language="en")
    assert "is met in full in 34 provinces" in words(ax, "subtitle")
    assert not ax.patches
