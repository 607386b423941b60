import json
from importlib import resources

import pytest
import shapely

from planner.geography import outlines


@pytest.fixture(scope="module")
def today():
    file = resources.files("planner.geography").joinpath("outlines.geojson")
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["iso"]: shapely.geometry.shape(f["geometry"]) for f in features}


def test_each_of_34_provinces_has_a_valid_outline(provinces):
    shapes = outlines(provinces)
    assert len(shapes) == 34
    assert all(shape.is_valid and shape.area > 0 for shape in shapes.values())


@pytest.mark.parametrize(
    ("code", "isos"),
    [("91", ("ID-PB", "ID-PD")), ("94", ("ID-PA", "ID-PS", "ID-PT", "ID-PE"))],
)
def test_old_papua_is_dissolved_by_iso_and_not_by_number(provinces, today, code, isos):
    shape = outlines(provinces)[code]
    assert shape.area == pytest.approx(sum(today[iso].area for iso in isos), rel=1e-6)
    assert shape.intersection(shapely.union_all([today[iso] for iso in isos])).equals(shape)


def test_borders_inside_a_dissolved_province_are_gone(provinces, today):
    parts = [today[iso] for iso in ("ID-PA", "ID-PS", "ID-PT", "ID-PE")]
    assert outlines(provinces)["94"].length < 0.8 * sum(part.length for part in parts)


def test_provinces_do_not_overlap(provinces):
    shapes = list(outlines(provinces).values())
    total = sum(shape.area for shape in shapes)
    assert shapely.union_all(shapes).area == pytest.approx(total, rel=1e-6)


def test_nodes_lie_in_or_close_to_their_outline(provinces):
    shapes = outlines(provinces)
    for row in provinces.itertuples():
        assert shapes[row.province].distance(shapely.Point(row.lon, row.lat)) < 0.15, row.name


def test_outlines_carry_their_attribution():
    file = resources.files("planner.geography").joinpath("outlines.geojson")
    assert "MIT" in json.loads(file.read_text(encoding="utf-8"))["attribution"]
