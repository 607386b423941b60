"""What goes with a chart: alt text, caption, source line, in the files and beside them."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from PIL import Image

from planner.charts import balance_bars, caption, draw_all, picture, save, sign
from planner.i18n import tonnes

SOURCE = "Sumber: contoh; data sampai 31 Desember 2023; skenario 0123456789ab."


@pytest.fixture
def bars(balance, provinces, commodities):
    def drawn(table=balance, **options):
        names = {"provinces": provinces, "commodities": commodities, "commodity": "beras"}
        return balance_bars(table, **names, **options)

    return drawn


def test_the_alt_text_says_what_is_largest(bars, balance, provinces):
    most = balance.loc[balance["surplus"].idxmax()]
    name = provinces.set_index("province").loc[most["province"], "name"]
    assert f"{name} ({tonnes(most['surplus'])})" in caption(bars()).alt


def test_the_alt_text_follows_the_table(bars, balance):
    first = balance.assign(surplus=balance["surplus"].where(balance.index == 3, 0.0))
    name, said = "Riau", caption(bars(table=first)).alt
    assert f"terbesar {name} ({tonnes(first['surplus'].max())})" in said


def test_a_caption_is_the_title_and_the_source(bars):
    said = caption(sign(bars(title="Neraca beras"), SOURCE))
    assert said.full == f"Neraca beras. {SOURCE}"


def test_signing_again_replaces_the_line_at_the_foot(bars):
    assert caption(sign(sign(bars(), "Sumber: lama."), SOURCE)).source == SOURCE


def test_the_svg_holds_title_and_alt_text(bars, tmp_path):
    said = caption(bars(language="en"))
    tree = ET.parse(save(bars(language="en"), tmp_path / "bars", source_line=SOURCE)[1])
    found = [tree.getroot().find(f"{{http://www.w3.org/2000/svg}}{tag}").text for tag in ("title", "desc")]  # fmt: skip
    assert found == [said.title, said.alt]


def test_the_png_holds_title_alt_text_and_source(bars, tmp_path):
    said = caption(bars())
    with Image.open(save(bars(), tmp_path / "bars", source_line=SOURCE)[0]) as image:
        image.load()
        held = [image.text[key] for key in ("Title", "Description", "Source")]
    assert held == [said.title, said.alt, SOURCE]


def test_captions_of_a_folder_stand_in_one_table(tables, tmp_path):
    none = {name: tables[name].iloc[:0] for name in ("flows", "prices")}
    files = draw_all(tables | none, tmp_path, source_line=SOURCE)
    table = pd.read_csv(files[-1])
    assert sorted(table["file"]) == sorted({file.stem for file in files[:-1]})
    assert table["caption"].str.endswith(SOURCE).all()
    assert (table["alt"].str.len() > 40).all()


@pytest.mark.parametrize(
    ("size", "inches"), [("half", (7.3, 5.4)), ("page", (8.27, 8.33)), ("slide", (13.33, 7.5))]
)
def test_both_files_have_the_size_of_the_page_or_slide(bars, size, inches):
    drawn = picture(bars(size=size))
    assert drawn.pixels.size == pytest.approx([300 * side for side in inches], abs=3)
    root = ET.fromstring(drawn.vectors)
    sides = [float(root.get(side).removesuffix("pt")) / 72 for side in ("width", "height")]
    assert sides == pytest.approx(inches, abs=0.01)
