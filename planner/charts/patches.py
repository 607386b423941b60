"""Shapes as matplotlib draws them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry


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
