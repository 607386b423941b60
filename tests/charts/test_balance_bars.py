import itertools

import pandas as pd
import pytest
from drawn import words

from planner.charts import balance_bars
from planner.errors import OptionError


@pytest.fixture
def ax(balance, provinces, commodities):
    return balance_bars(balance, provinces=provinces, commodity="beras", commodities=commodities)


def test_bars_are_as_long_as_the_table_says(ax, balance):
    drawn = [sum(abs(bar.get_width()) for bar in side) * 1000 for side in ax.containers]
    assert drawn == pytest.approx([balance["surplus"].sum(), balance["shortage"].sum()])


def test_surplus_points_right_and_shortage_left(ax):
    surplus, shortage = ax.containers
    assert all(bar.get_width() >= 0 for bar in surplus)
    assert all(bar.get_width() <= 0 for bar in shortage)


def test_each_bar_stands_beside_its_province(ax, balance, provinces):
    names = dict(zip(provinces["province"], provinces["name"], strict=True))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    for row in balance.itertuples():
        place = labels.index(names[row.province])
        assert ax.containers[0][place].get_width() * 1000 == pytest.approx(row.surplus)


def test_value_labels_are_written_in_the_language(balance, provinces):
    large = balance.assign(surplus=1_234_500.0)
    options = {"provinces": provinces, "commodity": "beras"}
    assert "1.234" in words(balance_bars(large, **options))
    assert "1,234" in words(balance_bars(large, **options, language="en"))


def test_labels_do_not_overlap(ax):
    labels = [t for t in (*ax.texts, *ax.get_yticklabels()) if t.get_text()]
    extents = [label.get_window_extent() for label in labels]
    assert not [1 for a, b in itertools.combinations(extents, 2) if a.overlaps(b)]


def test_groups_of_islands_stay_together(balance, provinces):
    ax = balance_bars(balance, provinces=provinces, commodity="beras", order="island_group")
    groups = dict(zip(provinces["name"], provinces["island_group"], strict=True))
    order = [groups[label.get_text()] for label in ax.get_yticklabels()]
    assert len(list(itertools.groupby(order))) == provinces["island_group"].nunique()


def test_a_commodity_without_rows_gives_an_empty_chart(balance, provinces):
    ax = balance_bars(balance, provinces=provinces, commodity="gula")
    assert sum(len(side) for side in ax.containers) == 0


def test_the_surpluses_of_several_periods_are_not_added_up(provinces):
    rows = [("35", "beras", period, 80.0, 0.0) for period in ("2023-01", "2023-02")]
    balance = pd.DataFrame(rows, columns=["province", "commodity", "period", "surplus", "shortage"])
    with pytest.raises(OptionError, match=r"balance\.totals"):
        balance_bars(balance, provinces=provinces, commodity="beras")
