"""Charts: tables in, axes out; one file a chart. Nothing here solves or computes a result.

Every chart declared in `planner.charts.plots` is a name of this package: ``charts.flow_map(flows, provinces=...)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.charts.alt_text import Caption, caption
from planner.charts.geojson import flows_geojson
from planner.charts.picture import Picture, picture, save, save_set, sign
from planner.charts.registry import (
    INPUTS,
    Order,
    choices,
    draw,
    drawn_from,
    find,
    needs_commodity,
    registered,
    source_of,
)
from planner.charts.standard_set import draw_all, of_comparison, standard
from planner.charts.style import SIZES, Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

MENU = drawn_from("run", "compare")
"""The charts of `planner chart`, in the order of its help."""
OF_TWO_RUNS = drawn_from("compare")

__all__ = [  # noqa: PLE0604
    "INPUTS",
    "MENU",
    "OF_TWO_RUNS",
    "SIZES",
    "Caption",
    "Order",
    "Picture",
    "Size",
    "caption",
    "choices",
    "draw",
    "draw_all",
    "flows_geojson",
    "needs_commodity",
    "of_comparison",
    "picture",
    "save",
    "save_set",
    "sign",
    "source_of",
    "standard",
    *MENU,
    *drawn_from("frontier"),
]


def __getattr__(name: str) -> Callable[..., Axes]:
    """Return a chart by its name, so that none has to be listed here."""
    try:
        return find(name).function
    except KeyError:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg) from None


def __dir__() -> list[str]:
    return [*globals(), *registered()]
