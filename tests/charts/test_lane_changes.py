import itertools

import pandas as pd
import pytest
from drawn import words
from matplotlib.figure import Figure

from planner.charts import comparison

KEY = ["origin", "destination", "mode", "commodity"]


@pytest.fixture(scope="session")
def lanes(flows) -> pd.DataFrame:
    """The first month of the made-up flows against the last, in which every other lane is halved."""
    sums = flows.groupby(KEY)[["tonnes", "idr"]].sum()
    sign = pd.Series([1.5 if place % 2 else -0.5 for place in range(len(sums))], index=sums.index)
    table = pd.DataFrame({"service": ""}, index=sums.index)
    for figure in ("tonnes", "idr"):
        table[f"{figure}_before"] = sums[figure]
        table[f"{figure}_after"] = sums[figure] * (1 + sign)
        table[f"{figure}_difference"] = sums[figure] * sign
    order = table["tonnes_difference"].abs().sort_values(ascending=False).index
    return table.loc[order].reset_index()


@pytest.fixture
def draw(lanes, provinces, commodities, modes):
    def drawn(table=None, **options):
        names = {"provinces": provinces, "commodities": commodities, "modes": modes}
        return comparison(lanes if table is None else table, **(names | options))

    return drawn


def test_bars_are_as_long_as_the_table_says(draw, lanes):
    more, less = draw(limit=12).containers
    drawn = [(a.get_width() + b.get_width()) * 1000 for a, b in zip(more, less, strict=True)]
    assert drawn == pytest.approx(list(lanes["tonnes_difference"].head(12)))


def test_more_points_right_and_less_points_left_with_a_cue_for_grey_prints(draw):
    more, less = draw().containers
    assert max(bar.get_width() for bar in more) > 0 > min(bar.get_width() for bar in less)
    assert all(bar.get_width() >= 0 for bar in more)
    assert {bar.get_hatch() for bar in more} != {bar.get_hatch() for bar in less}


def test_each_bar_stands_beside_its_lane(draw, lanes, provinces):
    names = dict(zip(provinces["province"], provinces["name"], strict=True))
    ends = [f"{names[a]} ke {names[b]}".replace("Kepulauan", "Kep.")
            for a, b in zip(lanes["origin"].head(12), lanes["destination"].head(12), strict=True)]  # fmt: skip
    beside = [t for t in draw(limit=12).texts if t.get_gid() == "beside" and " ke " in t.get_text()]
    assert [t.get_text() for t in beside] == ends
    assert [t.xy[1] for t in beside] == list(range(12))


def test_lanes_that_are_not_drawn_are_counted_with_their_tonnes(draw, lanes):
    note = words(draw(limit=5, language="en"), "note")
    more = lanes["tonnes_difference"].iloc[5:].clip(lower=0).sum()
    assert note.startswith(f"Not drawn: {len(lanes) - 5} other lanes, with {more / 1000:,.0f} thou")


def test_no_note_where_every_lane_is_drawn(draw, lanes):
    assert words(draw(lanes.head(3)), "note") == ""


def test_what_freight_costs_more_or_less_is_written_in_the_language(draw, lanes):
    one = lanes.head(1).assign(idr_difference=-1.25e9, tonnes_before=1_234_500.0)
    assert "-Rp1,3 miliar" in words(draw(one)) or "-Rp1,2 miliar" in words(draw(one))
    assert "1,234 → " in words(draw(one, language="en"))


def test_a_vessel_service_is_named_with_its_mode(draw, lanes):
    assert "kapal niaga · T-13" in words(draw(lanes.assign(service="T-13", mode="sea")))


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_that_is_written_overlaps(draw, language):
    ax = draw(language=language, periods=["2023-01", "2023-12"])
    texts = [t for t in (*ax.texts, ax.xaxis.label, *ax.get_xticklabels()) if t.get_text()]
    extents = [t.get_window_extent() for t in texts]
    assert not [1 for a, b in itertools.combinations(extents, 2) if a.overlaps(b)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_stays_on_the_page(draw, lanes, language):
    longest = {"origin": "19", "destination": "53", "idr_difference": -123.4e9}
    ax = draw(lanes.assign(**longest, tonnes_before=1e6, tonnes_after=1e6), language=language)
    page = ax.figure.bbox
    ends = [t.get_window_extent() for t in (*ax.texts, ax.title) if t.get_text()]
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for box in ends)


def test_the_periods_stand_under_the_title(draw):
    assert words(draw(periods=["2023-01", "2023-12"]), "subtitle").startswith(
        "Jan 2023–Des 2023 · "
    )


def test_no_changed_lane_still_gives_a_chart_that_says_so(draw, lanes):
    assert words(draw(lanes.iloc[:0]), "note") == "Tidak ada jalur yang berubah."


def test_an_axes_of_the_caller_is_used(draw):
    ax = Figure(figsize=(9, 7)).add_subplot()
    assert draw(ax=ax, title="Banding") is ax
    assert ax.get_title(loc="left") == "Banding"
