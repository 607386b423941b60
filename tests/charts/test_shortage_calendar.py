import numpy as np
import pytest
from drawn import words

from planner.charts import shortage_calendar


@pytest.fixture
def draw(needs, provinces, commodities):
    def drawn(table=needs, **options):
        names = {"provinces": provinces, "commodities": commodities}
        return shortage_calendar(table, commodity="beras", **names, **options)

    return drawn


def test_cells_hold_the_share_that_is_unmet_worst_province_first(draw):
    cells = draw().collections[0].get_array()
    shares = [[0.3, 0.3, 0.3], [0, 0, 0.6], [0, 0.15, 0]]
    assert np.ma.filled(cells, 0.0) == pytest.approx(np.array(shares))


def test_only_cells_that_are_short_carry_a_number(draw):
    numbers = [t.get_text() for t in draw().texts if t.get_gid() == "cell"]
    assert numbers == ["30", "30", "30", "60", "15"]


def test_a_trace_is_no_zero(draw, needs):
    trace = needs.assign(unmet_t=needs["unmet_t"].where(needs["province"] != "11", 0.4))
    assert "<1" in words(draw(trace), "cell")


def test_the_sum_of_each_row_stands_at_its_end(draw):
    sums = [t.get_text() for t in draw().texts if t.get_gid() == "sum"]
    assert sums == ["900", "600", "150"]


def test_the_year_stands_under_its_first_month_only(draw):
    labels = [t.get_text() for t in draw(language="en").get_xticklabels()]
    assert labels == ["Jan\n2023", "Feb\n", "Mar\n"]


def test_a_province_that_needs_nothing_in_a_month_stays_blank(draw, needs):
    none = needs.assign(need_t=needs["need_t"].where(needs["period"] != "2023-01", 0.0),
                        unmet_t=needs["unmet_t"].where(needs["period"] != "2023-01", 0.0))  # fmt: skip
    assert np.ma.count(draw(none).collections[0].get_array()[:, 0]) == 0


def test_where_all_is_met_the_calendar_says_so(draw, needs):
    ax = draw(needs.assign(unmet_t=0.0))
    assert "terpenuhi seluruhnya di 34 provinsi" in words(ax, "subtitle")
