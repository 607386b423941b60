import pytest
from drawn import artists, words
from matplotlib.colors import to_hex

from planner.charts import balance_map
from planner.charts.plots.balance_map import SHORTAGE, SURPLUS


@pytest.fixture
def draw(balance, provinces, commodities):
    def drawn(table=balance, **options):
        names = {"provinces": provinces, "commodities": commodities}
        return balance_map(table, commodity="beras", **names, **options)

    return drawn


def fill(ax, code):
    return to_hex(artists(ax, f"province-{code}")[f"province-{code}"].get_facecolor())


def test_shades_part_at_zero_and_grow_darker_on_both_sides(draw, balance):
    ax, seen = draw(), {}
    for row in balance.itertuples():
        seen.setdefault(row.surplus > 0, []).append(fill(ax, row.province))
    assert list(dict.fromkeys(seen[True])) == list(SURPLUS[::-1])
    assert list(dict.fromkeys(seen[False])) == list(SHORTAGE)


def test_every_province_has_a_triangle_up_for_surplus_and_down_for_shortage(draw, balance):
    ax = draw()
    for name in ("surplus", "shortage"):
        marks = next(c for c in ax.collections if c.get_gid() == name)
        assert len(marks.get_offsets()) == (balance[name] > 0).sum()
        assert marks.get_sizes().min() > 30


def test_shortage_is_hatched_for_grey_prints(draw, balance):
    short = set(balance.loc[balance["shortage"] > 0, "province"])
    assert set(artists(draw(), "hatch-")) == {f"hatch-{code}" for code in short}


def test_amounts_are_signed_and_in_the_unit_of_the_legend(draw):
    assert "Aceh\n+400" in words(draw(), "name")
    assert "Papua\n-300" in words(draw(language="en"), "name")
    assert "Neraca (ribu ton)" in words(draw())


def test_a_province_in_balance_is_white(draw, balance):
    even = balance.assign(surplus=balance["surplus"].where(balance["province"] != "11", 0.0))
    assert fill(draw(even), "11") == "#ffffff"


@pytest.mark.parametrize("size", ["half", "page"])
def test_no_name_covers_the_title_of_the_inset(draw, size):
    inset = draw(size=size).child_axes[0]
    title = next(t for t in inset.texts if t.get_gid() == "inset-title").get_window_extent()
    labels = [t for t in inset.texts if t.get_gid() == "name"]
    assert not [t.get_text() for t in labels if t.get_window_extent().overlaps(title)]
