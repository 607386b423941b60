import numpy as np
import pytest
from drawn import artists, words

from planner.charts import od_heatmap
from planner.charts.sankey_layout import OTHERS


@pytest.fixture
def draw(flows, provinces, commodities):
    def drawn(table=flows, **options):
        names = {"provinces": provinces, "commodities": commodities}
        return od_heatmap(table, **names, **options)

    return drawn


def cells(ax):
    return np.ma.filled(ax.collections[0].get_array(), 0.0)


def test_cells_hold_the_tonnes_of_the_table_and_lose_none(draw, flows):
    rice = flows[flows["commodity"] == "beras"]
    for size in ("half", "page"):
        assert cells(draw(commodity="beras", size=size)).sum() == pytest.approx(
            rice["tonnes"].sum()
        )
    assert cells(draw()).sum() == pytest.approx(flows["tonnes"].sum())


def test_each_cell_stands_in_the_row_of_its_sender_and_the_column_of_its_receiver(
    draw, flows, provinces
):
    names = provinces["name"].str.replace("Kepulauan", "Kep.")
    known = dict(zip(names, provinces["province"], strict=True)) | {"lain": OTHERS}
    ax = draw()
    rows, columns = (
        [known.get(t.get_text().rpartition("  ")[0]) for t in labels]
        for labels in (ax.get_yticklabels(), ax.get_xticklabels())
    )
    sums = flows.groupby(["origin", "destination"])["tonnes"].sum()
    drawn = {(a, b): cells(ax)[i, j] for i, a in enumerate(rows) for j, b in enumerate(columns)}
    shown = {key: value for key, value in drawn.items() if None not in key}
    assert len(shown) > 50
    assert all(value == pytest.approx(sums.get(key, 0.0)) for key, value in shown.items())


def test_groups_of_islands_stand_together_and_are_framed(draw):
    frames = artists(draw(), "block-")
    assert {"block-Sumatera", "block-Jawa"} <= set(frames)
    assert all(frame.get_width() >= 1 for frame in frames.values())


def test_a_small_flow_is_no_zero(draw, flows):
    trace = flows.assign(tonnes=flows["tonnes"].where(flows["origin"] != "73", 0.9))
    assert "<0.1" in words(draw(trace, language="en"), "cell").split()


def test_the_share_that_stays_within_its_islands_is_told(draw, flows):
    one = flows.assign(destination="34", origin="33").head(3)
    assert "Dari seluruh tonase 100%" in words(draw(one), "note").replace("\n", " ")


def test_no_flows_are_said(draw, flows):
    assert "no flows" in words(draw(flows.iloc[:0], language="en"), "subtitle")
