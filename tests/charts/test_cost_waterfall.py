import itertools

import pytest
from drawn import artists, words

from planner.charts import waterfall


@pytest.fixture
def draw(delivered_costs, provinces, commodities, modes):
    def drawn(**options):
        names = {"provinces": provinces, "commodities": commodities, "modes": modes}
        return waterfall(delivered_costs, **names, **options)

    return drawn


@pytest.fixture
def lane(draw):
    return draw(destination="94")


def bars(ax):
    return [bar for bar in ax.patches if bar.get_gid()]


def test_bars_are_as_long_as_the_table_says(lane, delivered_costs):
    table = delivered_costs.query("path == '33>35>94'")["idr_per_kg"]
    assert [bar.get_width() for bar in bars(lane)[:-1]] == pytest.approx(table.tolist())


def test_the_last_bar_is_the_sum_of_the_others(lane):
    *parts, total = bars(lane)
    assert total.get_width() == pytest.approx(sum(bar.get_width() for bar in parts))


def test_each_bar_begins_where_the_one_above_ends(lane):
    *parts, total = bars(lane)
    ends = [bar.get_x() + bar.get_width() for bar in parts]
    assert [bar.get_x() for bar in parts] == pytest.approx([0, *ends[:-1]])
    assert total.get_x() == 0


def test_each_leg_has_its_bar_with_its_name(lane):
    labels = [label.get_text() for label in lane.get_yticklabels()]
    assert "Truk\nJawa Tengah–Jawa Timur" in labels
    assert "Kapal niaga\nJawa Timur–Papua" in labels


def test_the_lane_that_brings_most_is_drawn(lane):
    assert "beras" in lane.get_title(loc="left")


def test_another_lane_is_drawn_where_it_is_asked_for(draw):
    assert "gula" in draw(destination="94", commodity="gula").get_title(loc="left")
    assert "gula" in draw(destination="94", origin="73").get_title(loc="left")


def test_without_a_destination_the_plan_is_drawn_with_the_whole_amounts(draw):
    said = words(draw(), "value")
    assert "(Rp66,2 miliar)" in said
    assert "(Rp75,0 miliar)" in said


def test_one_commodity_has_its_own_sums(draw):
    ax = draw(commodity="beras")
    assert len(bars(ax)) == 3
    assert "beras" in ax.get_title(loc="left")


def test_values_are_written_in_the_language(draw):
    assert "Rp1.234" in words(draw(destination="94"), "value")
    assert "Rp1,234" in words(draw(destination="94", language="en"), "value")


@pytest.mark.parametrize("language", ["id", "en"])
def test_labels_do_not_overlap_and_stay_on_the_page(draw, language):
    ax = draw(destination="94", language=language)
    labels = [t for t in (*ax.texts, *ax.get_yticklabels()) if t.get_text()]
    extents = [label.get_window_extent() for label in labels]
    page = ax.figure.bbox
    assert not [1 for a, b in itertools.combinations(extents, 2) if a.overlaps(b)]
    assert all(box.x0 >= 0 and box.x1 <= page.x1 for box in extents)


def test_the_written_sums_stay_on_the_page(draw):
    ax = draw()
    assert all(text.get_window_extent().x1 <= ax.figure.bbox.x1 for text in ax.texts)


def test_what_is_lost_and_what_is_left_are_hatched_for_grey_prints(draw):
    hatches = {bar.get_hatch() for bar in (*bars(draw(destination="94")), *bars(draw()))}
    assert hatches == {None, "xxxx", "////"}


def test_the_note_says_that_no_purchase_is_charged(lane):
    assert "Harga beli tidak dibebankan" in words(lane, "note")


def test_the_note_is_left_out_where_goods_are_bought(
    delivered_costs, provinces, commodities, modes
):
    bought = delivered_costs.assign(idr=delivered_costs["idr"] + 1.0)
    ax = waterfall(bought, provinces=provinces, commodities=commodities, modes=modes)
    assert not artists(ax, "note")


def test_a_province_that_nothing_comes_to_gives_an_empty_chart(draw):
    ax = draw(destination="32", language="en")
    assert bars(ax) == []
    assert "no costs" in words(ax)
