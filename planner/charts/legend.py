"""The legend of a map: what the colours mean, how wide how many tonnes are, what is left out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from planner.charts import style
from planner.charts.arrows import Scale
from planner.charts.basemap import Box
from planner.charts.style import Kind
from planner.language import text, tonnes

_ROW = 11.5


class Legend:
    """A column of rows in points, written from the top down."""

    def __init__(self, ax: Axes, box: Box) -> None:
        self._ax = ax.inset_axes((box[0], box[1], box[2] - box[0], box[3] - box[1]), zorder=4)
        width, height = style.points(ax)
        self.width = (box[2] - box[0]) * width
        self._height = (box[3] - box[1]) * height
        self._ax.set(xlim=(0, self.width), ylim=(-self._height, 0))
        self._ax.set_axis_off()
        self._left, self._top = 6.0, -2.0

    def head(self, words: str) -> None:
        """Write a heading."""
        self._top -= _ROW + (3.0 if self._top < -3 else 0.0)
        self._ax.text(self._left, self._top, words, fontsize=8, weight="bold", va="center")

    def kinds(self, kinds: Sequence[Kind], columns: int) -> None:
        """Show colour, line and number of each commodity or mode."""
        step = min((self.width - self._left) / columns, 150.0)
        for place, kind in enumerate(kinds):
            if place % columns == 0:
                self._top -= _ROW
            left = self._left + step * (place % columns)
            line: dict[str, Any] = {"color": kind.colour, "linestyle": kind.dashes}
            ends = ([left, left + 24], [self._top] * 2)
            self._ax.add_line(
                Line2D(*ends, linewidth=4.5, solid_capstyle="butt", dash_capstyle="butt", **line)
            )
            if len(kinds) > 1:
                ring = {"boxstyle": "circle,pad=0.12", "facecolor": "white", "linewidth": 0.6}
                self._ax.text(
                    left + 12,
                    self._top,
                    kind.cue,
                    fontsize=5.4,
                    weight="bold",
                    ha="center",
                    va="center_baseline",
                    bbox=ring | {"edgecolor": kind.colour},
                )
            self._ax.text(left + 29, self._top, kind.name, fontsize=7.5, va="center")

    def widths(self, scale: Scale, language: str) -> None:
        """Show three lanes of a real size, and the thinnest line."""
        for size in round_sizes(scale.largest):
            self._sample(scale.width(size), tonnes(size, language))
        thinnest = tonnes(scale.thinnest, language)
        self._sample(scale.width(0.0), text("chart.map.thinnest", language, tonnes=thinnest))

    def swatches(self, rows: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Show a filled square and its meaning a row."""
        for words, look in rows:
            self._top -= _ROW
            square = Rectangle((self._left, self._top - 4), 22, 8, linewidth=0.4, **look)
            self._ax.add_patch(square)
            self._ax.text(self._left + 29, self._top, words, fontsize=7.5, va="center")

    def note(self, words: str, size: float = 7.0) -> None:
        """Write a paragraph, folded to the width of the legend."""
        lines = textwrap.wrap(words, int((self.width - self._left) / (size * 0.545)))
        self._top -= 7.0
        self._ax.text(
            self._left,
            self._top,
            "\n".join(lines),
            fontsize=size,
            va="top",
            linespacing=1.25,
            color=style.INK,
            gid="note",
        )
        self._top -= len(lines) * size * 1.45 - 3.0

    def _sample(self, width: float, words: str) -> None:
        self._top -= _ROW
        ends = ([self._left, self._left + 24], [self._top] * 2)
        line = Line2D(*ends, color=style.SOFT_INK, linewidth=width, solid_capstyle="butt")
        self._ax.add_line(line)
        self._ax.text(self._left + 29, self._top, words, fontsize=7.5, va="center")


def round_down(value: float) -> float:
    """Give the largest of 1, 2, 5, 10, 20, 50 ... that is not above a value."""
    if value <= 0:
        return 0.0
    size = 1.0
    while size * 10 <= value:
        size *= 10
    while size > value:
        size /= 10
    return max(step * size for step in (1, 2, 5) if step * size <= value)


def round_sizes(largest: float) -> list[float]:
    """Give up to three round sizes below the largest lane."""
    sizes = [round_down(largest * share) for share in (1.0, 0.5, 0.2)]
    return sorted({size for size in sizes if size > 0}, reverse=True)
