"""Where a convex, piecewise linear function comes down to zero."""

from __future__ import annotations

from collections.abc import Callable

MOST_STEPS = 200


def convex_root(height: Callable[[float], tuple[float, float]], outside: float) -> float:
    """Walk down from outside to the first point at which nothing is left.

    next  =  at - height(at) / slope(at)

    No step goes too far, as a tangent lies below a convex function; each lands on another piece, so the
    walk ends.

    Parameters
    ----------
    height
        Gives height and slope of the function at a point; exactly 0 where it is nothing.
    outside
        Where to start.
    """
    at = outside
    for _ in range(MOST_STEPS):
        above, slope = height(at)
        if above <= 0.0:
            break
        at -= above / slope
    return at
