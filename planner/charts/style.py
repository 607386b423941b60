"""The one style sheet: fonts, sizes, colours. Colours differ in lightness, so grey prints work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

PAGE = (11.69, 8.27)
"""A4 landscape, inches."""
HALF_PAGE = (7.3, 5.4)
"""Half of an A4 page in portrait, inches."""
SLIDE = (8.89, 5.0)
"""A 16:9 slide, inches; saved `ENLARGED` times as large, so that its print can be read afar."""
ENLARGED = 1.5

Size = Literal["half", "page", "slide"]
SIZES: dict[Size, tuple[float, float]] = {"half": HALF_PAGE, "page": PAGE, "slide": SLIDE}

MAP_MARGINS = (0.25, 0.3, 0.25, 0.72)
"""Left, bottom, right, top of a map, which needs all the room there is, inches."""

FONT = "DejaVu Sans"
TITLE, SMALL, TINY = 13.0, 7.5, 7.0
"""Font sizes in points: the title, names and labels, and the smallest print of all."""

INK = "#1a1a1a"
SOFT_INK = "#595959"
LAND = "#ebebeb"
BORDER = "#a6a6a6"
FOCUS_LAND = "#d6d6d6"
SURPLUS = "#1b4f8a"
SHORTAGE = "#e8a04c"

SHEET: dict[Any, Any] = {
    "font.family": FONT,
    "font.size": 8.0,
    "axes.titlesize": TITLE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": SOFT_INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "text.color": INK,
    "text.hinting": "none",
    "text.parse_math": False,
    "hatch.linewidth": 0.7,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "planner",
}

_COMMODITIES = {
    "beras": "#0f1f6b",
    "bawang_merah": "#810a50",
    "cabai_besar": "#b50f0f",
    "bawang_putih": "#8256bf",
    "telur": "#d56705",
    "gula": "#35a1ef",
    "kedelai": "#72c27f",
    "cabai_rawit": "#f7bf06",
}
_MODES = {"truck": "#3d1409", "sea": "#0b5394", "ferry": "#1f9488", "sea_toll": "#e39a1f"}
_DASHES = {"ferry": (0, (2.2, 0.5)), "sea_toll": (0, (0.9, 0.45))}


@dataclass(frozen=True, slots=True)
class Kind:
    """How one commodity or mode is drawn.

    Parameters
    ----------
    code, name
        As in the tables, and in words.
    colour
        Hexadecimal colour.
    cue
        The number that stands on its arrows, for prints without colour.
    dashes
        Line style of its arrows, as matplotlib takes it.
    """

    code: str
    name: str
    colour: str
    cue: str
    dashes: str | tuple[float, tuple[float, ...]]


def kinds(names: dict[str, str]) -> dict[str, Kind]:
    """Return every commodity or mode its colour, line and number, in the order of the names."""
    known = _COMMODITIES | _MODES
    spare = iter(_spare([known[code] for code in names if code in known], len(names)))
    return {
        code: Kind(
            code,
            name,
            known[code] if code in known else next(spare),
            str(number),
            _DASHES.get(code, "solid"),
        )
        for number, (code, name) in enumerate(names.items(), start=1)
    }


def palettes() -> dict[str, dict[str, str]]:
    """Return the fixed colours by commodity and by mode."""
    return {"commodity": dict(_COMMODITIES), "mode": dict(_MODES)}


@contextmanager
def sheet() -> Iterator[None]:
    """Apply the style sheet to what is drawn inside the block, and to nothing else."""
    with mpl.rc_context(SHEET):
        yield


def sized_axes(
    size: Size, margins: Sequence[float], *, height: float | None = None, upright: bool = False
) -> Axes:
    """Build a figure of one of the three sizes with one axes.

    Parameters
    ----------
    size
        A4 half page, A4 full page or 16:9 slide.
    margins
        Left, bottom, right, top of the axes in inches.
    height
        What the content wants, in inches: on paper the figure is no higher than that.
    upright
        Whether a full page stands in portrait, as lists want it.
    """
    width, most = SIZES[size]
    if size == "page" and upright:
        width, most = most, width
    return new_axes(
        (width, most if height is None or size == "slide" else min(height, most)), margins
    )


def new_axes(size: tuple[float, float], margins: Sequence[float]) -> Axes:
    """Build a figure of its own with one axes; margins are left, bottom, right, top in inches."""
    figure = Figure(figsize=size)
    left, bottom, right, top = margins
    width, height = size
    return figure.add_axes(
        (
            left / width,
            bottom / height,
            1 - (left + right) / width,
            1 - (bottom + top) / height,
        )
    )


def badge(ax: Axes, place: tuple[float, float], kind: Kind) -> None:
    """Write the number of a kind in a ring, the cue for prints without colour."""
    ring = {"boxstyle": "circle,pad=0.1", "facecolor": "white", "edgecolor": kind.colour}
    ax.text(
        *place,
        kind.cue,
        fontsize=TINY,
        weight="bold",
        ha="center",
        va="center_baseline",
        zorder=7,
        gid="cue",
        bbox=ring | {"linewidth": 0.6},
    )


def root(ax: Axes) -> Figure:
    """Return the figure that an axes belongs to, however deep."""
    figure: Figure | SubFigure | None = ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        msg = "the axes belong to no figure"
        raise TypeError(msg)
    return figure


def points(ax: Axes) -> tuple[float, float]:
    """Return the width and height of an axes in points."""
    box, dpi = ax.get_window_extent(), root(ax).dpi
    return box.width * 72 / dpi, box.height * 72 / dpi


def _spare(taken: Sequence[str], count: int) -> list[str]:
    """Colours for goods that the palette does not know, those in use last."""
    pool = list(dict.fromkeys([*_COMMODITIES.values(), *_MODES.values()]))
    free = [colour for colour in pool if colour not in taken]
    return [(free or pool)[place % len(free or pool)] for place in range(count)]
