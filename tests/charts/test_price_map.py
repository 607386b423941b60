import itertools

import pytest
from drawn import artists, boxes, words
from matplotlib.colors import to_hex

from planner.charts import price_map


@pytest.fixture
def draw(prices, provinces, commodities):
    def drawn(**options):
        names = {"provinces": provinces, "commodities": commodities}
        return price_map(prices, commodity="beras", **names, **options)

    return drawn


def fill(ax, code):
    return to_hex(artists(ax, f"province-{code}")[f"province-{code}"].get_facecolor())


def test_higher_prices_are_darker(draw):
    ax = draw()
    shades = [int(fill(ax, code)[1:3], 16) for code in ("11", "33", "82")]
    assert shades == sorted(shades, reverse=True)
    assert len(set(shades)) == 3


def test_a_short_province_is_hatched_and_shows_no_rupiah(draw):
    ax = draw()
    assert artists(ax, "hatch-94")["hatch-94"].get_hatch() == "//////"
    label = next(t.get_text() for t in ax.texts if t.get_text().startswith("Papua\n"))
    assert "Rp" not in label
    assert "langka" in label


def test_a_price_at_the_expense_of_a_stock_is_a_figure_with_a_star_that_is_explained(
    prices, provinces, commodities
):
    kinds = prices["kind"].mask(prices["province"] == "11", "stock")
    names = {"provinces": provinces, "commodities": commodities, "commodity": "beras"}
    ax = price_map(prices.assign(kind=kinds), **names)
    assert "Aceh\nRp1.000*" in words(ax)
    assert fill(ax, "11") != "#ffffff"
    assert words(ax).count("*") == 2
    assert "* Satu kilogram lagi diambil dari cadangan" in words(ax, "note").replace("\n", " ")


def test_where_no_stock_gives_way_no_star_is_explained(draw):
    assert "*" not in words(draw())


def test_a_province_without_price_is_white_and_dotted(draw):
    ax = draw()
    assert fill(ax, "91") == "#ffffff"
    assert "." in artists(ax, "hatch-91")["hatch-91"].get_hatch()
    assert "tanpa harga" in words(ax)


def test_labels_are_rupiah_per_kilogram(draw):
    assert "Aceh\nRp1.000" in words(draw())
    assert "Aceh\nRp1,000" in words(draw(language="en", period="2023-02"))


def test_small_provinces_show_their_colour_on_a_dot(draw, provinces):
    ax = draw()
    dots = next(c for c in ax.collections if c.get_gid() == "nodes")
    colours = dict(zip(provinces["province"], map(to_hex, dots.get_facecolors()), strict=True))
    assert colours["31"] == fill(ax, "31")


def test_the_note_warns_that_it_is_no_market_price(draw):
    assert "bukan harga pasar" in words(draw(), "note").replace("\n", " ")
    assert "not a market price" in words(draw(language="en"), "note").replace("\n", " ")


@pytest.mark.parametrize("language", ["id", "en"])
def test_names_do_not_overlap(draw, language):
    for panel in boxes(draw(language=language), "name"):
        assert not [1 for a, b in itertools.combinations(panel, 2) if a.overlaps(b)]
