import itertools

import numpy as np
import pytest
from drawn import artists, boxes, words
from matplotlib.figure import Figure

from planner.charts.arrows import THINNEST
from planner.charts.flow_selection import merge
from planner.charts.titles import folded, shortened
from planner.i18n import number, tonnes


def lane_key(row):
    return f"lane-{row.origin}-{row.destination}-{row.kind}"


def test_arrows_are_as_wide_in_proportion_as_their_tonnes(draw, flows):
    bodies = artists(draw(), "lane-")
    lanes = merge(flows, "commodity", 36).drawn
    widths = np.array([bodies[lane_key(row)].get_linewidth() for row in lanes.itertuples()])
    wide = widths > THINNEST
    ratio = widths[wide] / lanes["tonnes"].to_numpy()[wide]
    assert wide.sum() > 5
    assert ratio == pytest.approx(ratio[0])
    assert (widths >= THINNEST).all()


def test_every_drawn_lane_appears_once_and_has_a_head(draw, flows):
    ax = draw()
    keys = {lane_key(row) for row in merge(flows, "commodity", 36).drawn.itertuples()}
    names = [a.get_gid() for a in ax.findobj() if (a.get_gid() or "").startswith("lane-")]
    assert sorted(names) == sorted(keys)
    assert set(artists(ax, "head-")) == {f"head-{key}" for key in keys}


def test_arrows_start_and_end_at_their_nodes(draw, provinces):
    place = provinces.set_index("province")[["lon", "lat"]]
    for gid, body in artists(draw(), "lane-").items():
        _, origin, destination, _ = gid.split("-")
        ends = body.get_path().vertices[[0, -1]]
        near = np.hypot(*(ends - place.loc[[origin, destination]].to_numpy()).T)
        assert near.max() < 1.0, gid


def test_arrows_are_curved(draw):
    for gid, body in artists(draw(), "lane-").items():
        start, bend, end = body.get_path().vertices
        along, out = end - start, bend - start
        assert abs(along[0] * out[1] - along[1] * out[0]) / np.hypot(*along) > 0.01, gid


def test_merged_flows_are_said_and_nothing_is_lost(draw, flows):
    lanes = merge(flows, "commodity", 36)
    assert len(lanes.merged) > 0
    assert lanes.total == pytest.approx(flows["tonnes"].sum())
    note = words(draw(), "note").replace("\n", " ")
    for figure in (number(len(lanes.merged)), tonnes(lanes.merged_tonnes), tonnes(lanes.threshold)):
        assert figure in note


def test_a_handful_over_the_limit_is_drawn_in_full(flows):
    lanes = len(merge(flows, "mode", 10_000).drawn)
    assert len(merge(flows, "mode", lanes - 1).merged) == 0


def test_lanes_of_focus_provinces_are_kept_before_larger_ones(flows):
    plain, pointed = (merge(flows, "commodity", 36, focus) for focus in ((), ("12",)))
    touching = [lanes.drawn["origin"].eq("12").sum() for lanes in (plain, pointed)]
    assert touching[1] > touching[0]
    assert pointed.total == pytest.approx(plain.total)
    assert len(pointed.drawn) == len(plain.drawn)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("colour", ["commodity", "mode"])
@pytest.mark.parametrize("gid", ["name", "cue"])
def test_names_and_numbers_do_not_overlap(draw, language, colour, gid):
    for panel in boxes(draw(language=language, colour=colour), gid):
        clashes = [1 for a, b in itertools.combinations(panel, 2) if a.overlaps(b)]
        assert not clashes


def test_every_province_is_named(draw, provinces):
    text = words(draw(), "name").replace("\n", " ")
    for name in provinces["name"].str.replace("Kepulauan ", "Kep. "):
        assert name in text


def test_no_name_covers_a_node(draw):
    ax = draw()
    for panel in (ax, ax.child_axes[0]):
        nodes = next(c for c in panel.collections if c.get_gid() == "nodes").get_offsets()
        places = panel.transData.transform(nodes)
        for name in (t for t in panel.texts if t.get_gid() == "name"):
            assert name.get_window_extent().count_contains(places) == 0, name.get_text()


def test_legend_shows_widths_of_real_sizes(draw, flows):
    largest = merge(flows, "commodity", 36).largest
    lines = [a for axes in draw().child_axes for a in axes.lines if a.get_zorder() == 2]
    widest = max(line.get_linewidth() for line in lines)
    assert 8.0 * 0.39 < widest <= 8.0
    assert largest > 0


def test_no_flows_still_gives_a_map_that_says_so(draw, flows):
    ax = draw(flows.iloc[:0])
    assert "Tidak ada arus" in words(ax).replace("\n", " ")
    assert len(artists(ax, "province-")) == 34


def test_a_scenario_without_outlines_shows_its_nodes(draw, flows, provinces):
    bare = provinces.iloc[:3].assign(outlines="")
    ax = draw(flows.assign(origin="11", destination="12"), provinces=bare)
    assert not artists(ax, "province-")
    assert len(artists(ax, "nodes")["nodes"].get_offsets()) == 3


def test_one_commodity_is_named_in_the_title(draw, flows):
    ax = draw(flows[flows["commodity"] == "gula"], language="en")
    assert ax.get_title(loc="left") == "Planned flows of sugar between provinces"


def test_an_axes_of_the_caller_is_used(draw):
    ax = Figure(figsize=(9, 7)).add_subplot()
    assert draw(ax=ax, title="Peta") is ax
    assert ax.get_title(loc="left") == "Peta"


def test_the_note_says_that_places_were_kept_for_focus(draw):
    assert "provinsi sorotan" in words(draw(focus=("12",)), "note").replace("\n", " ")
    assert "jalur terbesar" in words(draw(), "note").replace("\n", " ")


def test_the_flows_of_one_origin_can_be_drawn_alone(draw, flows):
    ax = draw(origin="73", commodity="gula", language="en")
    assert ax.get_title(loc="left").endswith("from South Sulawesi")
    drawn = {tuple(gid.split("-")[1:3]) for gid in artists(ax, "lane-")}
    rows = flows[(flows["origin"] == "73") & (flows["commodity"] == "gula")]
    assert drawn == set(zip(rows["origin"], rows["destination"], strict=True))


@pytest.mark.parametrize("size", ["half", "page"])
def test_no_arrow_of_the_nation_runs_under_the_name_of_a_province_it_does_not_serve(
    draw, national, provinces, size
):
    known = zip(provinces["name"], provinces["province"], strict=True)
    codes = {folded(way): code for name, code in known for way in (name, shortened(name))}
    steps, wrong = np.linspace(0, 1, 120)[:, None], []
    ax = draw(national.flows(), size=size)
    for panel in (ax, *ax.child_axes):
        boxes = {t.get_text(): t.get_window_extent() for t in panel.texts if t.get_gid() == "name"}
        for gid, body in artists(panel, "lane-").items():
            if body.axes is panel:
                a, b, c = body.get_path().vertices
                curve = (1 - steps) ** 2 * a + 2 * steps * (1 - steps) * b + steps**2 * c
                spots = panel.transData.transform(curve)
                under = {name for name, box in boxes.items() if box.count_contains(spots) > 1}
                wrong += [(n, gid) for n in under if codes.get(n, "") not in gid.split("-")]
    assert wrong == []
