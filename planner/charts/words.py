"""Names and periods as charts write them."""

from __future__ import annotations

import re

import pandas as pd
from matplotlib.axes import Axes

from planner.charts import style
from planner.language import month, number


def names(table: pd.DataFrame | None, key: str, language: str) -> dict[str, str]:
    """Give the name of each code of a table in a language; a blank name_en means the name."""
    if table is None:
        return {}
    local = table["name"].astype(str)
    if language == "en" and "name_en" in table:
        local = table["name_en"].where(table["name_en"].fillna("") != "", local).astype(str)
    return dict(zip(table[key].astype(str), local, strict=True))


def unit_of(largest: float) -> tuple[str, float]:
    """Choose tonnes or thousand tonnes for a chart: the key of the unit and its size in tonnes."""
    return ("thousand_tonnes", 1e3) if largest >= 2e4 else ("tonnes", 1.0)


def amount(value: float, size: float, language: str) -> str:
    """Write an amount in the unit of its chart, with a decimal where it is small."""
    decimals = 1 if size > 1 and 0 < abs(value) / size < 9.95 else 0
    return number(value / size, language, decimals)


def left_edge(ax: Axes) -> float:
    """Give the left margin of the figure in axes fractions, for charts with names outside."""
    box = ax.get_position()
    return float((0.25 / style.root(ax).get_figwidth() - box.x0) / box.width)


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
        fontsize=9,
        color=style.SOFT_INK,
        gid="subtitle",
    )


def _period(label: str, language: str) -> str:
    return month(label, language) if re.fullmatch(r"\d{4}-\d{2}", label) else label
