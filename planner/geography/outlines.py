"""Outlines of the provinces of a scenario, dissolved from those of the 38 provinces of today."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources

import pandas as pd
import shapely
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
        str(code): _own(written) if is_shape(written) else _dissolved(tuple(written.split()))
        for code, written in zip(provinces["province"], listed, strict=True)
    }
    return {code: shape for code, shape in shapes.items() if not shape.is_empty}


def is_indonesian(provinces: pd.DataFrame) -> bool:
    """Return whether any place of the table `provinces` is drawn with the outlines that come with planner."""
    if "outlines" not in provinces:
        return False
    listed = provinces["outlines"].fillna("").astype(str)
    return any(known_codes().intersection(own_codes(cell)) for cell in listed)


def own_codes(listed: str) -> list[str]:
    """Return the codes of a cell; none where it holds a shape."""
    return [] if is_shape(listed) else listed.split()


def is_shape(listed: str) -> bool:
    """Return whether a cell of `outlines` holds a shape as WKT rather than codes."""
    return "(" in listed


def known_codes() -> frozenset[str]:
    """Return the ISO codes of the outlines that come with planner."""
    return frozenset(_national())


def read_shape(wkt: str) -> BaseGeometry | None:
    """Read a shape of the scenario; None for what cannot be read."""
    return shapely.from_wkt(wkt, on_invalid="ignore")


def is_area(shape: BaseGeometry | None) -> bool:
    """Return whether a shape is land that can be drawn."""
    return isinstance(shape, shapely.Polygon | shapely.MultiPolygon) and not shape.is_empty


@lru_cache(maxsize=1024)
def _own(wkt: str) -> BaseGeometry:
    """Read a shape of the scenario; one that is no area is none, and the province is drawn as a dot."""
    shape = read_shape(wkt)
    return shape if shape is not None and is_area(shape) else shapely.MultiPolygon()


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
