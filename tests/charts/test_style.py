"""Colours that the colour-blind and grey prints keep apart; elsewhere a second cue does."""

import importlib
import itertools
import pkgutil

import matplotlib as mpl
import numpy as np
import pytest
from coloraide.everything import ColorAll as Color
from matplotlib.colors import Colormap, to_rgb

from planner.charts import plots, style

SIGHTS = ["deutan", "protan", "tritan", "grey"]
APART = 7.0
"""Steps of CAM02-UCS: two patches side by side differ plainly from about five."""


def lightness(colour):
    return Color("srgb", to_rgb(colour)).convert("lab-d65")["lightness"]


def seen(colour, sight):
    """The colour as it is seen, in a space where distances are those that people see."""
    if sight == "grey":
        shown = Color("lab-d65", [lightness(colour), 0, 0])
    else:
        shown = Color("srgb", to_rgb(colour)).filter(sight, 1, method="machado")
    return np.array(shown.clip("srgb").convert("cam02-ucs").coords(nans=False))


def scales():
    """Every row of shades in the charts: tuples of colours and colour maps, by name."""
    for file in pkgutil.iter_modules(plots.__path__):
        module = importlib.import_module(f"planner.charts.plots.{file.name}")
        for name, value in vars(module).items():
            if isinstance(value, Colormap):
                yield f"{file.name}.{name}", [value(share) for share in np.linspace(0, 1, 12)]
            elif isinstance(value, tuple) and len(value) > 2 and str(value[0]).startswith("#"):
                yield f"{file.name}.{name}", value


SCALES = dict(scales())
each_palette = pytest.mark.parametrize("palette", [*style.palettes()])


@each_palette
@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_of_a_palette_stay_apart(palette, sight):
    found = {name: seen(colour, sight) for name, colour in style.palettes()[palette].items()}
    gaps = {pair: np.linalg.norm(found[pair[0]] - found[pair[1]])
            for pair in itertools.combinations(found, 2)}  # fmt: skip
    assert {pair: gap for pair, gap in gaps.items() if gap < APART} == {}


@pytest.mark.parametrize("sight", SIGHTS)
def test_surplus_and_shortage_stay_apart(sight):
    assert np.linalg.norm(seen(style.SURPLUS, sight) - seen(style.SHORTAGE, sight)) > 30


@pytest.mark.parametrize("name", SCALES)
def test_shades_go_from_light_to_dark_in_steps_that_grey_prints_show(name):
    steps = -np.diff([lightness(shade) for shade in SCALES[name]])
    assert steps.min() > (9 if isinstance(SCALES[name], tuple) else 2)


def test_the_shades_of_every_shaded_chart_are_found():
    shaded = {"balance_map", "od_heatmap", "price_map", "shortage_calendar"}
    assert shaded <= {name.partition(".")[0] for name in SCALES}


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(style.palettes()["mode"], 2)])
def test_modes_that_are_near_in_grey_differ_in_their_line_too(one, other):
    kinds = style.kinds({one: one, other: other})
    near = abs(lightness(kinds[one].colour) - lightness(kinds[other].colour)) < 20
    assert not near or kinds[one].dashes != kinds[other].dashes


def test_each_kind_has_its_own_number_and_unknown_goods_a_colour():
    kinds = style.kinds({"beras": "Beras", "sagu": "Sagu", "gula": "Gula"})
    assert [kind.cue for kind in kinds.values()] == ["1", "2", "3"]
    assert len({kind.colour for kind in kinds.values()}) == 3


def test_the_sheet_leaves_global_settings_alone():
    before = dict(mpl.rcParams)
    with style.sheet():
        assert mpl.rcParams["svg.fonttype"] == "none"
    assert dict(mpl.rcParams) == before
