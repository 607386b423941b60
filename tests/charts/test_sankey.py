import itertools

import pandas as pd
import pytest
from drawn import artists, boxes, words

from planner.charts import sankey
from planner.charts.sankey_layout import OTHERS, fold_small, sides


@pytest.fixture
def ax(flows, provinces, commodities):
    return sankey(flows, provinces=provinces, commodity="beras", commodities=commodities)


def height(patch):
    edge = patch.get_path().vertices
    return edge[0][1] - edge[7][1]


def test_ribbons_are_as_thick_in_proportion_as_their_tonnes(ax, flows):
    beras = flows[flows["commodity"] == "beras"]
    pairs = beras.groupby(["origin", "destination"])["tonnes"].sum()
    ribbons = artists(ax, "ribbon-")
    shown = {key: t for key, t in pairs.items() if f"ribbon-{key[0]}-{key[1]}" in ribbons}
    ratio = [height(ribbons[f"ribbon-{a}-{b}"]) / t for (a, b), t in shown.items()]
    assert len(ratio) > 10
    assert ratio == pytest.approx([ratio[0]] * len(ratio))


def test_ribbons_fill_the_bars_of_both_sides(ax):
    bars = [bar for bar in ax.patches if (bar.get_gid() or "").startswith("node-")]
    sent = sum(bar.get_height() for bar in bars if bar.get_x() == 0)
    received = sum(bar.get_height() for bar in bars if bar.get_x() > 0)
    ribbons = sum(height(ribbon) for ribbon in artists(ax, "ribbon-").values())
    assert (sent, received) == pytest.approx((ribbons, ribbons))


def test_names_do_not_overlap_and_stay_on_the_page(ax):
    extents = [box for panel in boxes(ax, "name") for box in panel]
    page = ax.figure.bbox
    assert not [1 for a, b in itertools.combinations(extents, 2) if a.overlaps(b)]
    assert all(box.x0 >= 0 and box.x1 <= page.x1 for box in extents)


def test_small_nodes_are_merged_and_said_so(ax):
    text = words(ax)
    assert "provinsi lain" in text
    assert "digabung" in text


def test_folding_loses_no_tonnes(flows):
    pairs = flows.groupby(["origin", "destination"], as_index=False)[["tonnes"]].sum()
    folded = fold_small(pairs, 3, 5)
    assert folded["tonnes"].sum() == pytest.approx(pairs["tonnes"].sum())
    assert folded["destination"].nunique() == 6
    assert OTHERS in set(folded["destination"])


def test_order_avoids_crossings_that_can_be_avoided():
    lanes = [("a", "z", 5.0), ("b", "y", 4.0), ("c", "x", 3.0)]
    pairs = pd.DataFrame(lanes, columns=["origin", "destination", "tonnes"])
    left, right = sides(fold_small(pairs, 9, 9), 300)
    partner = {"a": "z", "b": "y", "c": "x"}
    assert [partner[code] for code in left.order] == right.order


def test_no_flows_are_said(flows, provinces):
    ax = sankey(flows.iloc[:0], provinces=provinces, commodity="beras", language="en")
    assert "no flows" in words(ax)
