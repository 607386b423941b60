import itertools

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from planner.charts import style
from planner.charts.price_map import _SEQUENCE

DEUTERANOPIA = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])
PROTANOPIA = np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]])


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lightness(rgb):
    return 116 * np.cbrt(np.clip(rgb, 0, 1) @ [0.2126, 0.7152, 0.0722]) - 16


@pytest.mark.parametrize("palette", ["commodity", "mode"])
def test_colours_differ_in_grey(palette):
    greys = sorted(lightness(linear(colour)) for colour in style.palettes()[palette].values())
    assert np.diff(greys).min() > 7


def test_price_classes_differ_in_grey_and_go_from_light_to_dark():
    greys = [lightness(linear(colour)) for colour in _SEQUENCE]
    assert np.diff(greys).max() < -9


@pytest.mark.parametrize("palette", ["commodity", "mode"])
@pytest.mark.parametrize("sight", [DEUTERANOPIA, PROTANOPIA])
def test_colours_differ_for_the_colour_blind(palette, sight):
    seen = [np.clip(sight @ linear(c), 0, 1) for c in style.palettes()[palette].values()]
    for a, b in itertools.combinations(seen, 2):
        assert abs(lightness(a) - lightness(b)) + 100 * np.abs(a - b).max() > 6


def test_surplus_and_shortage_differ_in_grey():
    assert lightness(linear(style.SHORTAGE)) - lightness(linear(style.SURPLUS)) > 30


def test_each_kind_has_its_own_number_and_unknown_goods_a_colour():
    kinds = style.kinds({"beras": "Beras", "sagu": "Sagu", "gula": "Gula"})
    assert [kind.cue for kind in kinds.values()] == ["1", "2", "3"]
    assert len({kind.colour for kind in kinds.values()}) == 3


def test_the_sheet_leaves_global_settings_alone():
    before = dict(mpl.rcParams)
    with style.sheet():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before
