import numpy as np
import pandas as pd
import pytest
from drawn import artists, words
from page_faults import faults

from planner.charts import flow_months
from planner.charts.arrows import THINNEST


@pytest.fixture
def draw(flows, provinces, commodities, modes):
    def drawn(table=flows, **options):
        names = {"provinces": provinces, "commodities": commodities, "modes": modes}
        return flow_months(table, **(names | options))

    return drawn


@pytest.fixture
def uneven(flows):
    """Twice as much in the second month, nothing in the third."""
    times = flows["period"].map({"2023-01": 1.0, "2023-02": 2.0, "2023-03": 0.0})
    return flows.assign(tonnes=flows["tonnes"] * times)


def test_each_period_with_flows_has_its_map_and_its_tonnes(draw, uneven):
    titles = [panel.get_title(loc="left") for panel in draw(uneven, language="en").child_axes]
    assert [title[:8] for title in titles] == ["Jan 2023", "Feb 2023"]


def test_a_width_means_the_same_on_all_maps(draw, uneven):
    first, second = (artists(panel, "lane-") for panel in draw(uneven).child_axes)
    shared = [gid for gid in first if gid in second]
    widths = np.array([[m[gid].get_linewidth() for gid in shared] for m in (first, second)])
    wide = widths[0] > THINNEST
    assert wide.sum() > 2
    assert widths[1][wide] == pytest.approx(2 * widths[0][wide])


def test_what_is_not_drawn_is_told(draw):
    assert "5 jalur terbesar" in words(draw(limit=5), "note")
    assert words(draw(origin="33", limit=1000), "note") == ""


def test_one_commodity_and_one_origin_can_be_chosen(draw):
    ax = draw(commodity="gula", origin="33", language="en")
    assert ax.get_title(loc="left").endswith("of sugar between provinces, from Central Java")
    assert {gid.split("-")[1] for gid in artists(ax, "lane-")} == {"33"}


def test_maps_and_titles_do_not_overlap(draw):
    boxes = [panel.get_tightbbox() for panel in draw(size="half").child_axes]
    assert not [1 for n, a in enumerate(boxes) for b in boxes[:n] if a.overlaps(b)]


def test_no_flows_still_gives_a_chart_that_says_so(draw, flows):
    assert "Tidak ada arus" in words(draw(flows.iloc[:0]), "subtitle")


@pytest.mark.parametrize("size", ["half", "page", "slide"])
def test_more_weeks_than_find_room_are_added_up_and_nothing_is_lost(size, flows, provinces, modes):
    weeks = [f"2024-W{week:02}" for week in range(1, 53)]
    lanes = flows[flows["period"] == "2023-01"]
    year = pd.concat([lanes.assign(period=week) for week in weeks])
    ax = flow_months(year, provinces=provinces, modes=modes, size=size, language="en")
    assert faults(ax) == []
    heads = [panel.get_title(loc="left") for panel in ax.child_axes]
    assert heads[0].startswith("2024-W01")
    assert "2024-W52" in heads[-1]
    assert len(heads) < 52 or size == "page"
