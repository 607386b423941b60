import pandas as pd
import pytest
from drawn import words

from planner.charts import congestion


@pytest.fixture
def capacities() -> pd.DataFrame:
    rows = [
        ("arc", "35-94 sea", "2023-01", 50.0, 50.0, "TEU", 6_000_000),
        ("arc", "35-94 sea", "2023-02", 25.0, 50.0, "TEU", 0),
        ("port", "tg_perak", "2023-01", 10.0, 40.0, "t", 0),
        ("port", "tg_perak", "2023-02", 30.0, 40.0, "t", 0),
        ("arc", "94-35 sea", "2023-01", 0.0, 0.0, "TEU", 0),
        ("arc", "94-35 sea", "2023-02", 0.0, 0.0, "TEU", 0),
        ("service", "H-5 leg 2 tg_perak-ambon", "2023-01", 0.0, 9.0, "TEU", 0),
        ("rule", "kad", "2023-01/2023-02", 8.0, 8.0, "t", 90_000),
    ]
    header = ["kind", "name", "period", "used", "capacity", "unit", "congestion_rent"]
    return pd.DataFrame(rows, columns=header)


@pytest.fixture
def draw(capacities, provinces, modes):
    ports = pd.DataFrame({"port": ["tg_perak", "ambon"], "name": ["Tanjung Perak", "Ambon"]})

    def drawn(table=capacities, **options):
        return congestion(table, provinces=provinces, ports=ports, modes=modes, **options)

    return drawn


def test_bars_are_the_share_used_and_the_mean_rent(draw):
    use, rent = draw().child_axes
    assert [bar.get_width() for bar in use.patches] == pytest.approx([0.75, 0.5, 0, 0])
    assert [bar.get_width() for bar in rent.patches] == pytest.approx([3e6, 0, 0, 0])


def test_limits_are_named_in_words_and_rules_are_left_out(draw):
    labels = [t.get_text() for t in draw().child_axes[0].get_yticklabels()]
    assert labels[:2] == ["Jawa Timur–Papua, kapal niaga", "Pelabuhan Tanjung Perak"]
    assert sorted(labels[2:]) == ["H-5: Tanjung Perak–Ambon", "Papua–Jawa Timur, kapal niaga"]


def test_what_holds_the_plan_back_is_hatched_for_grey_prints(draw):
    hatches = [bool(bar.get_hatch()) for bar in draw().child_axes[0].patches]
    assert hatches == [True, False, False, False]


def test_the_worth_and_the_full_periods_are_written(draw):
    said = words(draw(language="en"), "figures")
    assert "Rp3.0 million/TEU, full 1 of 2" in said
    assert "no capacity" in said


@pytest.mark.parametrize("size", ["half", "page", "slide"])
def test_what_is_written_stays_on_the_page(draw, size):
    ax = draw(size=size)
    said = [t for panel in ax.child_axes for t in panel.texts if t.get_gid() == "figures"]
    assert max(t.get_window_extent().x1 for t in said) <= ax.figure.bbox.x1


def test_a_scenario_without_limits_says_so(draw, capacities):
    assert "membatasi kapasitas" in words(draw(capacities.iloc[-1:]), "subtitle")
