"""The legend of a map: what the colours mean, how wide how many tonnes are, what is left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from planner.charts import style
from planner.charts.arrows import Scale
from planner.charts.basemap import Basemap, Box
from planner.charts.style import Kind
from planner.charts.text_metrics import width_of, wrapped
from planner.i18n import text, tonnes

_ROW = 10.5
_LINE = 9.2
_SAMPLE, _GAP = 24.0, 5.0
"""Length of a sample and the room before its words, points."""
_NARROWEST = 92.0
"""A column is no narrower than this."""


class Legend:
    """Rows in points, written from the top down; paragraphs go to a box of their own if there is one."""

    def __init__(self, base: Basemap) -> None:
        self._ax, self.width = _box(base.main.axes, base.legend)
        self._notes: Axes | None = None
        self._small = base.notes is not None
        if base.notes:
            self._notes, self._notes_width = _box(base.main.axes, base.notes)
        self._left, self._top, self._foot = 6.0, -1.0, -4.0

    def head(self, words: str) -> None:
        """Write a heading."""
        self._top -= _ROW + (3.0 if self._top < -3 else 0.0)
        look: dict[str, Any] = {"fontsize": 8, "weight": "bold", "va": "top"}
        folded = wrapped(words, self.width - self._left, 8, "bold")
        self._ax.text(self._left, self._top + 4, folded, **look)
        self._top -= folded.count("\n") * _LINE

    def kinds(self, kinds: Sequence[Kind]) -> None:
        """Show colour, line and number of each commodity or mode."""
        for kind, (left, top) in zip(kinds, self._flow([kind.name for kind in kinds]), strict=True):
            line: dict[str, Any] = {"color": kind.colour, "linestyle": kind.dashes}
            caps: dict[str, Any] = {"solid_capstyle": "butt", "dash_capstyle": "butt"}
            across, up = [left, left + _SAMPLE], [top, top]
            self._ax.add_line(Line2D(across, up, linewidth=4.5, **line, **caps))
            if len(kinds) > 1:
                style.badge(self._ax, (left + _SAMPLE / 2, top), kind)

    def widths(self, scale: Scale, language: str) -> None:
        """Show lanes of a real size, up to three where there is room, and the thinnest line."""
        sizes = round_sizes(scale.largest)[: 1 if self._small else 3]
        thinnest = tonnes(scale.thinnest, language)
        words = [tonnes(size, language) for size in sizes]
        words.append(text("chart.map.thinnest", language, tonnes=thinnest))
        for size, (left, top) in zip([*sizes, 0.0], self._flow(words), strict=True):
            look: dict[str, Any] = {"color": style.SOFT_INK, "solid_capstyle": "butt"}
            across, up = [left, left + _SAMPLE], [top, top]
            self._ax.add_line(Line2D(across, up, linewidth=scale.width(size), **look))

    def swatches(self, rows: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Show filled squares and their meaning."""
        places = self._flow([words for words, _ in rows])
        for (_, look), (left, top) in zip(rows, places, strict=True):
            self._ax.add_patch(Rectangle((left, top - 4), _SAMPLE - 2, 8, linewidth=0.4, **look))

    def note(self, words: str) -> None:
        """Write a paragraph, folded to the width of its box."""
        ax, left, top = self._ax, self._left, self._top - 8.0
        width = self.width - left
        if self._notes:
            ax, left, top, width = self._notes, 0.0, self._foot, self._notes_width
        folded = wrapped(words, width, style.TINY)
        look: dict[str, Any] = {"fontsize": style.TINY, "va": "top", "linespacing": 1.15}
        ax.text(left, top, folded, **look, color=style.INK, gid="note")
        end = top - (folded.count("\n") + 1) * _LINE
        if self._notes:
            self._foot = end
        else:
            self._top = end + 4.0

    def _flow(self, words: Sequence[str]) -> list[tuple[float, float]]:
        """Write words in as many columns as fit, long ones over several; give places of samples."""
        room = self.width - self._left
        lead, size = _SAMPLE + _GAP, style.SMALL
        spans = [lead + 6 + width_of(entry, size) for entry in words]
        columns = max(int(room // max(_NARROWEST, min(spans))), 1)
        if sum(spans) <= room:
            columns = int(room)
        step, column, spots = room / columns, 0, []
        self._top -= _ROW
        for entry in words:
            folded = wrapped(entry, room - lead, size)
            wide = lead + 4 + max(width_of(line, size) for line in folded.split("\n"))
            span = min(math.ceil(wide / step), columns)
            if column + span > columns:
                self._top, column = self._top - _ROW, 0
            left = self._left + column * step
            self._ax.text(
                left + lead, self._top + 3.8, folded, fontsize=size, va="top", linespacing=1.1
            )
            spots.append((left, self._top))
            self._top -= folded.count("\n") * _LINE
            column += span
        return spots


def round_down(value: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, 50 ... that is not above a value."""
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


def _box(ax: Axes, box: Box) -> tuple[Axes, float]:
    """Make room for text in a box given in axes fractions; give it in points, and its width."""
    left, low, right, high = box
    inner = ax.inset_axes((left, low, right - left, high - low), zorder=4)
    width, height = style.points(ax)
    inner.set(xlim=(0, (right - left) * width), ylim=(-(high - low) * height, 0))
    inner.set_axis_off()
    return inner, (right - left) * width
