"""Names and periods as charts write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd
from matplotlib.axes import Axes

from planner.charts import style
from planner.charts.text_metrics import wrapped
from planner.i18n import month, name_columns, number

MARGIN = 0.25
"""Inches left free beside title, notes and source line."""
_LINE = 9.0
"""Font size of the line under the title, points."""


_SHORT = {
    "North": "N.",
    "South": "S.",
    "West": "W.",
    "East": "E.",
    "Central": "C.",
    "Southeast": "SE",
    "Southwest": "SW",
    "Islands": "Is.",
    "Highland": "Hl.",
    "Kepulauan": "Kep.",
    "Sumatera": "Sum.",
    "Kalimantan": "Kal.",
    "Sulawesi": "Sul.",
}


def names(table: pd.DataFrame | None, key: str, language: str) -> dict[str, str]:
    """Return the name of each code of a table in a language; a blank one means the next best."""
    if table is None:
        return {}
    columns = table[name_columns(language, table.columns)].replace("", pd.NA)
    known = columns.bfill(axis="columns").iloc[:, 0].astype(str)
    return dict(zip(table[key].astype(str), known, strict=True))


def largest_of(
    values: pd.Series[float], known: Mapping[str, str], say: Callable[[float], str]
) -> str:
    """Name the place with the largest value, and the value: Jawa Tengah (2,0 juta ton)."""
    values = values[values > 0].sort_index()
    if values.empty:
        return "-"
    code = str(values.idxmax())
    return f"{known.get(code, code)} ({say(float(values.max()))})"


def unit_of(largest: float) -> tuple[str, float]:
    """Choose tonnes or thousand tonnes for a chart: the key of the unit and its size in tonnes."""
    return ("thousand_tonnes", 1e3) if largest >= 2e4 else ("tonnes", 1.0)


def amount(value: float, size: float, language: str) -> str:
    """Write an amount in the unit of its chart, with a decimal where it is small."""
    decimals = 1 if size > 1 and 0 < abs(value) / size < 9.95 else 0
    return number(value / size, language, decimals)


def left_edge(ax: Axes) -> float:
    """Return the left margin of the figure in axes fractions, for charts with names outside.

    In a figure that holds other charts as well a chart keeps to its own axes.
    """
    if len(style.root(ax).axes) > 1:
        return 0.0
    box = ax.get_position()
    return float((MARGIN / style.root(ax).get_figwidth() - box.x0) / box.width)


def page_width(ax: Axes) -> float:
    """Return the points between the left margin and the right end of the page, or of the axes."""
    figure = style.root(ax)
    if len(figure.axes) > 1:
        return style.points(ax)[0]
    return (figure.get_figwidth() - 2 * MARGIN) * 72


def heading(ax: Axes, title: str, line: str, gap: float = 8.0) -> None:
    """Write the title and the line under it, folded to the width of the page.

    Parameters
    ----------
    ax
        The chart.
    title, line
        The words.
    gap
        Points between the line and the axes.
    """
    left, width = left_edge(ax), page_width(ax)
    below = wrapped(line, width, _LINE)
    pad = gap + (15.0 + 1.3 * _LINE * below.count("\n") if line else 0.0)
    ax.set_title(wrapped(title, width, style.TITLE, "bold"), x=left, pad=pad)
    subtitle(ax, below, gap, left)


def note(ax: Axes, words: str, below: float) -> None:
    """Write a paragraph at the foot, folded to the width of the page.

    Parameters
    ----------
    ax
        The chart.
    words
        The paragraph.
    below
        Points from the axes down to its upper edge.
    """
    ax.annotate(
        wrapped(words, page_width(ax), style.TINY),
        (left_edge(ax), 0),
        (0, -below),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=style.TINY,
        va="top",
        gid="note",
    )


def period_range(periods: pd.Series, language: str) -> str:
    """Write the first and last period of a column: Jan 2023–Des 2023."""
    labels = sorted(
        {end for label in set(periods.dropna().astype(str)) for end in label.split("/")}
    )
    if not labels:
        return ""
    first, last = _period(labels[0], language), _period(labels[-1], language)
    return first if first == last else f"{first}–{last}"


def folded(name: str, width: int = 13) -> str:
    """Write a name for a map: in two lines of like length if long, "Kep." for "Kepulauan"."""
    name = name.replace("Kepulauan ", "Kep. ")
    places = [place for place, letter in enumerate(name) if letter == " "]
    if len(name) <= width or not places:
        return name
    cut = min(places, key=lambda place: max(place, len(name) - place - 1))
    return f"{name[:cut]}\n{name[cut + 1 :]}"


def shortened(name: str) -> str:
    """Write a name as small maps do: Kal. Tengah, C. Kalimantan, Riau Is."""
    for word, short in _SHORT.items():
        if word in name.split():
            return name.replace(word, short)
    return name


def good_in_sentence(name: str) -> str:
    """Write the name of a good inside a sentence: without its capital."""
    return name[:1].lower() + name[1:]


def subtitle(ax: Axes, words: str, height: float, left: float = 0.0) -> None:
    """Write a line under the title, a height in points above the axes."""
    ax.annotate(
        words,
        (left, 1),
        (0, height),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=_LINE,
        color=style.SOFT_INK,
        va="bottom",
        gid="subtitle",
    )


def _period(label: str, language: str) -> str:
    return month(label, language) if re.fullmatch(r"\d{4}-\d{2}", label) else label
