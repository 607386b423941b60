"""Where provinces lie: their outlines, those that come with planner and those of a scenario."""

from planner.geography.outlines import (
    is_area,
    is_indonesian,
    is_shape,
    known_codes,
    outlines,
    own_codes,
    read_shape,
)

__all__ = [
    "is_area",
    "is_indonesian",
    "is_shape",
    "known_codes",
    "outlines",
    "own_codes",
    "read_shape",
]
