import numpy as np
import pandas as pd
import pytest
from drawn import words

from planner.charts import price_dumbbell


@pytest.fixture
def pairs() -> pd.DataFrame:
    rows = [
        ("11", "beras", 900_000.0, 1_000_000.0, 12, 0, 0, 0, 0),
        ("12", "beras", 800_000.0, 500_000.0, 12, 0, 0, 0, 0),
        ("94", "beras", np.nan, np.nan, 0, 0, 12, 0, 0),
        ("33", "gula", 1.0, 2.0, 12, 0, 0, 0, 0),
    ]
    sides = ["idr_per_t_before", "idr_per_t_after"]
    counts = [f"{kind}_{side}" for kind in ("short", "stock") for side in ("before", "after")]
    header = ["province", "commodity", *sides, "periods", *counts]
    table = pd.DataFrame(rows, columns=header)
    return table.assign(idr_per_t_difference=table[sides[1]] - table[sides[0]])


@pytest.fixture
def draw(pairs, provinces, commodities):
    def drawn(table=pairs, **options):
        names = {"provinces": provinces, "commodities": commodities}
        return price_dumbbell(table, commodity="beras", **names, **options)

    return drawn


def marks(ax, side):
    return next(c for c in ax.collections if c.get_gid() == side).get_offsets()[:, 0].tolist()


def test_marks_stand_at_the_prices_of_the_table_in_rupiah_a_kilogram(draw):
    ax = draw()
    assert marks(ax, "before")[-2:] == [900.0, 800.0]
    assert marks(ax, "after")[-2:] == [1000.0, 500.0]


def test_the_largest_rise_stands_above_the_largest_fall(draw):
    labels = [t.get_text() for t in draw().get_yticklabels()]
    assert labels == ["Papua", "Aceh", "Sumatera Utara"]


def test_a_province_without_a_price_has_no_mark_and_says_why(draw):
    ax = draw()
    assert marks(ax, "after")[0] is None
    assert next(t.get_text() for t in ax.texts if t.get_gid() == "figures") == "- → langka"


def test_both_prices_and_the_change_are_written_in_the_language(draw):
    assert "Rp900 → Rp1,000  (+100)" in words(draw(language="en"), "figures")
    assert "Rp800 → Rp500  (-300)" in words(draw(), "figures")


def test_a_price_at_the_expense_of_a_stock_has_a_star_that_is_explained(draw, pairs):
    ax = draw(pairs.assign(stock_after=[0, 3, 0, 0]), language="en")
    assert "Rp800 → Rp500*  (-300)" in words(ax, "figures")
    assert "* One more kilogram comes out of a reserve" in words(ax, "note").replace("\n", " ")
    assert "*" not in words(draw())


def test_provinces_without_room_are_counted(draw, pairs, provinces):
    every = pd.concat([pairs.iloc[[0]].assign(province=code) for code in provinces["province"]])
    ax = draw(every, size="half", language="en")
    rest = 34 - len(ax.get_yticklabels())
    assert f"Not drawn: {rest} other provinces" in words(ax, "note").replace("\n", " ")


def test_rises_and_falls_are_counted(draw):
    assert "naik di 1 provinsi, turun di 1" in words(draw(), "subtitle")


def test_no_changed_price_gives_a_chart_that_says_so(draw, pairs):
    assert "Tidak ada harga" in words(draw(pairs.iloc[:0]), "subtitle")


def test_prices_that_can_nowhere_be_compared_have_no_scale_and_are_counted(draw, pairs):
    ax = draw(pairs.query("province == '94'"), language="en")
    assert not ax.xaxis.get_visible()
    assert "it cannot be compared in 1 (scarce)" in " ".join(t.get_text() for t in ax.texts)
    assert draw().xaxis.get_visible()
