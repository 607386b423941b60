import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from planner.charts import draw_all, save


@pytest.fixture
def files(draw, tmp_path):
    return save(draw(language="en"), tmp_path / "flow_map", source_line="Source: BPS 2023")


def test_png_has_300_dots_an_inch_on_a4(files):
    with Image.open(files[0]) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert image.size == pytest.approx((3508, 2480), abs=2)


def test_svg_holds_real_text(files):
    drawing = files[1].read_text(encoding="utf-8")
    for words in ("Planned flows of staple goods", "Source: BPS 2023", "Aceh", "Rice"):
        assert words in drawing
    assert drawing.count("<text") > 40


def test_same_table_gives_the_same_bytes(draw, files, tmp_path):
    again = save(draw(language="en"), tmp_path / "again", source_line="Source: BPS 2023")
    assert [f.read_bytes() for f in again] == [f.read_bytes() for f in files]


def test_gallery_draws_what_the_tables_hold(tables, tmp_path):
    told = []
    rice = {name: t[t["commodity"] == "beras"] for name, t in tables.items() if "commodity" in t}
    files = draw_all(tables | rice, tmp_path, source_line="BPS", progress=told.append)
    first = ["flow_map", "flow_map-mode", "od_heatmap", "waterfall", "flow_map-beras"]
    kinds = ["flow_months", "sankey", "balance_map", "balance_bars", "coverage"]
    kinds += ["shortage_calendar", "stock", "price_map"]
    assert told == [*first, *(f"{kind}-beras" for kind in kinds)]
    assert sorted(files) == sorted((tmp_path / "charts").iterdir())
    assert [file.name for file in files][2 * len(told) :] == ["captions.csv"]


def _empty(tables):
    names = ("flows", "balance_totals", "prices", "nodes", "coverage")
    return {name: tables[name].iloc[:0] for name in names}


def test_two_processes_give_the_same_files_as_one(tables, tmp_path):
    few = tables | _empty(tables) | {"balance_totals": tables["balance_totals"]}
    one = draw_all(few, tmp_path / "one")
    two = draw_all(few, tmp_path / "two", workers=2)
    assert [f.name for f in two] == [f.name for f in one]
    assert [f.read_bytes() for f in two] == [f.read_bytes() for f in one]


def test_the_costs_of_a_province_in_focus_are_drawn_where_something_comes_in(tables, tmp_path):
    told = []
    draw_all(tables | _empty(tables), tmp_path, focus=["94", "32"], progress=told.append)
    assert [name for name in told if "waterfall" in name] == ["waterfall", "waterfall-94"]


def test_a_long_source_line_stays_within_the_figure(draw, tmp_path):
    """The right margin stays white, whatever the length of the title of a scenario."""
    figure = plt.figure(figsize=(7.3, 3))
    long = "Source: Long drought of 2023 and a late harvest, to March 2024, without imports; " * 2
    with Image.open(save(figure, tmp_path / "signed", source_line=long)[0]) as image:
        pixels = np.asarray(image)
    assert (pixels[:, -30:] == 255).all()
    assert (pixels[-150:] < 255).any()
