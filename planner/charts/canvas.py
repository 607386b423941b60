"""The canvas of one chart: its axes, heading, alt text, and the words and names it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.axes import Axes

from planner.charts import style, titles
from planner.charts.alt_text import describe
from planner.charts.money import Money
from planner.charts.style import Size
from planner.errors import OptionError
from planner.i18n import number, text

_LEAST = (130.0, 90.0)
"""Points of width and height below which print of 7 points covers itself on a map or a field of cells."""
_LEAST_OF_ROWS = (70.0, 20.0)
"""The same of bars one below the other, whose names stand beside the axes."""


@dataclass(slots=True)
class Canvas:
    """What every chart shares, so that a chart itself holds only what is its own.

    Parameters
    ----------
    chart
        Name of the chart, under which the catalogue keeps its words.
    size
        Of a figure of its own.
    given
        The caller's axes; a figure of its own is made if None.
    title
        The caller's title; "" takes that of the catalogue.
    language
        ``"id"`` or ``"en"``.
    currency
        ISO code of the money in the tables.
    """

    chart: str
    size: Size
    given: Axes | None = None
    title: str = ""
    language: str = "id"
    currency: str = "IDR"
    _ax: Axes | None = field(default=None, init=False)

    @property
    def ax(self) -> Axes:
        """The axes, from `open` on."""
        if self._ax is None:
            msg = f"the chart {self.chart} opened no axes"
            raise TypeError(msg)
        return self._ax

    def open(self, margins: Sequence[float] = style.MAP_MARGINS, *, upright: bool = False) -> Axes:
        """Return the caller's axes, or those of a new figure that fill it but for the margins.

        Parameters
        ----------
        margins
            Left, bottom, right, top, inches.
        upright
            Whether a full page stands in portrait.

        Raises
        ------
        OptionError
            If the caller's axes are too small for any chart.
        """
        return self._opened(self.given or style.sized_axes(self.size, margins, upright=upright))

    def open_rows(self, rows: int, each: float, margins: Sequence[float]) -> int:
        """Open axes as high as a list of rows asks for, and return how many of them find room.

        Parameters
        ----------
        rows
            How many there are; the figure has room for at least four.
        each
            Inches a row.
        margins
            Left, bottom, right, top, inches.
        """
        height = margins[1] + margins[3] + each * max(rows, 4)
        own = self.given or style.sized_axes(self.size, margins, height=height, upright=True)
        # a hundredth of a row, as a height made for n rows is cut to n - 1 by rounding
        return max(int(style.points(self._opened(own, _LEAST_OF_ROWS))[1] / 72 / each + 0.01), 1)

    def head(self, title: str, line: str, gap: float = 8.0) -> None:
        """Write the caller's title or this one, and the line under it, `gap` points above the axes."""
        titles.heading(self.ax, self.title or title, line, gap)

    def describe(self, alt: str) -> None:
        """Keep the alt text with the axes."""
        describe(self.ax, alt)

    def note(self, words: str, below: float) -> None:
        """Write a paragraph at the foot, so many points below the axes."""
        titles.note(self.ax, words, below)

    def empty(self) -> None:
        """Leave the chart with its heading alone."""
        self.ax.set_axis_off()

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of this chart from the catalogue."""
        return text(f"chart.{self.chart}.{key}", self.language, **values)

    def count(self, value: float) -> str:
        """Return a whole number as the language writes it."""
        return number(value, self.language)

    @property
    def money(self) -> Money:
        """The currency of the tables in the language of the chart."""
        return Money(self.currency, self.language)

    def names(self, table: pd.DataFrame | None, key: str = "province") -> dict[str, str]:
        """Return the name of each code of a table; none if there is no table."""
        return titles.names(table, key, self.language)

    def good(self, code: str, commodities: pd.DataFrame | None) -> str:
        """Return the name of a commodity as it stands inside a sentence."""
        return titles.good_in_sentence(self.names(commodities, "commodity").get(code, code))

    def _opened(self, ax: Axes, least: tuple[float, float] = _LEAST) -> Axes:
        width, height = style.points(ax)
        # A refusal tells more than a picture of which no word can be read; our own figures fit by design.
        if ax is self.given and (width < least[0] or height < least[1]):
            inches = {"width": f"{width / 72:.1f}", "height": f"{height / 72:.1f}"}
            wanted = {
                "least_width": f"{least[0] / 72:.1f}",
                "least_height": f"{least[1] / 72:.1f}",
            }
            raise OptionError("ask.chart.axes_too_small", chart=self.chart, **inches, **wanted)
        self._ax = ax
        return ax


def named(known: Mapping[str, str], code: object) -> str:
    """Return the name of a code, the code itself where it has none."""
    return known.get(str(code), str(code))
