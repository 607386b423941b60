"""Looks at outlines: codes that nobody knows, shapes that cannot be drawn, shapes that lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from planner.errors import Problem
from planner.geography import is_area, is_shape, known_codes, own_codes, read_shape
from planner.scenario.checks.plausibility.views import View
from planner.scenario.checks.relations import iterate_cells

AWAY = 5.0
"""Degrees from an outline to the place it belongs to: more is another place, or latitude written first."""
COLUMN = "outlines"


def _outlines(view: View) -> Iterator[Problem]:
    """Find outlines of which nothing, or not the place itself, will be drawn."""
    provinces = view["provinces"]
    written = provinces[COLUMN].fillna("").astype(str)
    cells = iterate_cells(provinces, written != "", COLUMN)
    places = provinces.loc[written != "", ["lon", "lat"]].itertuples(index=False)
    for (file, line, cell), (lon, lat) in zip(cells, places, strict=True):
        for key, value in _faults(str(cell), shapely.Point(lon, lat)):
            yield Problem(key, file, line, COLUMN, {"value": value}, blocking=False)


def _faults(cell: str, place: shapely.Point) -> Iterator[tuple[str, str]]:
    """Yield the name of the sentence and what it quotes."""
    if not is_shape(cell):
        for code in dict.fromkeys(own_codes(cell)):
            if code not in known_codes():
                yield "outline_unknown", code
        return
    shape = read_shape(cell)
    if shape is None:
        yield "outline_unreadable", cell
    elif not is_area(shape):
        yield "outline_no_area", shape.geom_type.upper()
    elif shape.distance(place) > AWAY:
        yield "outline_elsewhere", ", ".join(f"{edge:.4g}" for edge in shape.bounds)


LOOKS_AT_OUTLINES = (_outlines,)
