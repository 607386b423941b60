"""Coverage: the share of its need that each province receives, worst first."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from planner.charts import style
from planner.charts.captions import describe
from planner.charts.shortages import Shortages, shortages
from planner.charts.style import Size
from planner.charts.words import good_in_sentence, heading, names, note
from planner.i18n import number, percent, text, tonnes

_ROW, _ABOVE, _BELOW = 0.185, 0.75, 1.0
_NAMES, _FIGURES = 1.85, 1.75


def coverage(
    needs: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
    ax: Axes | None = None,
    size: Size = "half",
    title: str | None = None,
    language: str = "id",
) -> Axes:
    """Draw what share of its need each province receives; those that lack nothing are counted.

    Parameters
    ----------
    needs
        The table of coverage: province, commodity, period, need_t, unmet_t; periods are added up.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    ax
        Where to draw; a figure of its own if None.
    size
        Of a figure of its own: A4 ``"half"`` or full ``"page"``, or 16:9 ``"slide"``.
    title
        Instead of the title from the catalogue.
    language
        ``"id"`` or ``"en"``.
    """
    found = shortages(needs, commodity)
    known = names(provinces, "province", language)
    good = good_in_sentence(names(commodities, "commodity", language).get(commodity, commodity))
    with style.sheet():
        if ax is None:
            height = _ABOVE + _BELOW + _ROW * max(len(found.short), 4)
            margins = (_NAMES, _BELOW, _FIGURES, _ABOVE)
            ax = style.sized_axes(size, margins, height=height, upright=True)
        drawn = found.short.head(max(int(style.points(ax)[1] / 72 / _ROW + 0.01), 1))
        summary = found.summary(language)
        heading(ax, title or text("chart.coverage.title", language, commodity=good), summary, 10)
        describe(ax, _alt(found, known, language, commodity=good, summary=summary))
        if drawn.empty:
            ax.set_axis_off()
            return ax
        _bars(ax, drawn, language)
        ax.set_yticks(range(len(drawn)), [known.get(code, code) for code in drawn.index])
        _axis(ax, len(drawn), language)
        note(ax, found.left_out(len(drawn), language), 34)
    return ax


def _bars(ax: Axes, drawn: pd.DataFrame, language: str) -> None:
    """Draw what is met up to what is needed, and write both beside it."""
    rows = range(len(drawn))
    look: dict[str, Any] = {"height": 0.7, "edgecolor": style.INK, "linewidth": 0.4}
    met, missing = drawn["coverage"], 1 - drawn["coverage"]
    ax.barh(rows, met, color=style.SURPLUS, gid="met", **look)
    short: dict[str, Any] = {"color": style.SHORTAGE, "hatch": "//////"}
    ax.barh(rows, missing, left=met, gid="missing", **(short | look))
    for row, (share, unmet) in enumerate(zip(met, drawn["unmet_t"], strict=True)):
        words = {"share": percent(share, language, 1), "tonnes": tonnes(unmet, language)}
        said = text("chart.coverage.value", language, **words)
        ax.annotate(said, (1, row), (5, 0), textcoords="offset points", va="center", gid="value")


def _axis(ax: Axes, rows: int, language: str) -> None:
    ax.set_xlim(0, 1)
    ax.set_ylim(rows - 0.4, -0.6)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))
    ax.set_xlabel(text("chart.coverage.axis", language))
    ax.grid(axis="x", color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _alt(found: Shortages, known: dict[str, str], language: str, **words: str) -> str:
    """Return who receives least."""
    if found.short.empty:
        return words["summary"]
    worst = found.short.iloc[0]
    code = str(found.short.index[0])
    count = number(len(found.short), language)
    share = percent(float(worst["coverage"]), language, 1)
    place = known.get(code, code)
    return text("chart.coverage.alt", language, count=count, place=place, share=share, **words)
