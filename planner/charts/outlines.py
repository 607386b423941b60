"""Outlines of the provinces of a scenario, dissolved from those of the 38 provinces of today."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry


def outlines(provinces: pd.DataFrame) -> dict[str, BaseGeometry]:
    """Return the shape of every province that has one.

    Parameters
    ----------
    provinces
        The table `provinces`; its column `outlines` holds a shape of the scenario's own as WKT (POLYGON or
        MULTIPOLYGON in degrees, longitude first), or ISO codes of the outlines that come with planner, separated
        by blanks. These are joined on ISO alone: bare numbers mean other provinces in other files.
    """
    if "outlines" not in provinces:
        return {}
    listed = provinces["outlines"].fillna("").astype(str)
    shapes = {
        str(code): _own(written) if "(" in written else _dissolved(tuple(written.split()))
        for code, written in zip(provinces["province"], listed, strict=True)
    }
    return {code: shape for code, shape in shapes.items() if not shape.is_empty}


def patch(shape: BaseGeometry, **look: Any) -> PathPatch:
    """Build one patch of all islands of a province, lakes and holes left open."""
    return PathPatch(_path(shape), **look)


@lru_cache(maxsize=128)
def _path(shape: BaseGeometry) -> Path:
    """Return the outline of a shape as matplotlib draws it; the same shapes stand on every map."""
    rings = [
        np.asarray(ring.coords)
        for part in getattr(shape, "geoms", [shape])
        for ring in (part.exterior, *part.interiors)
    ]
    codes = np.concatenate([_ring_codes(len(ring)) for ring in rings])
    return Path(np.concatenate(rings), codes)


def _ring_codes(count: int) -> np.ndarray[Any, Any]:
    codes = np.full(count, Path.LINETO, dtype=Path.code_type)
    codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
    return codes


@lru_cache(maxsize=1024)
def _own(wkt: str) -> BaseGeometry:
    """Read a shape of the scenario; one that is no area is none, and the province is drawn as a dot."""
    shape = shapely.from_wkt(wkt, on_invalid="ignore")
    areas = isinstance(shape, shapely.Polygon | shapely.MultiPolygon)
    return shape if areas else shapely.MultiPolygon()


@cache
def _dissolved(isos: tuple[str, ...]) -> BaseGeometry:
    known = _national()
    parts = [known[iso] for iso in isos if iso in known]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


@cache
def _national() -> dict[str, BaseGeometry]:
    """Read the outlines of today by ISO code."""
    file = resources.files(__package__).joinpath("outlines.geojson")
    collection = json.loads(file.read_text(encoding="utf-8"))
    return {
        feature["properties"]["iso"]: shapely.geometry.shape(feature["geometry"])
        for feature in collection["features"]
    }
