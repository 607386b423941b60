"""Coverage: the share of its need that each province receives, worst first."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.unmet_need import Shortages, shortages
from planner.i18n import number, percent, text, tonnes

_ROW, _ABOVE, _BELOW = 0.185, 0.75, 1.0
_NAMES, _FIGURES = 1.85, 1.75


def _is_short(rows: Tables) -> bool:
    return bool((rows["coverage"]["unmet_t"] > 0).any())


@chart("coverage", by_period=True, standard=each_commodity("coverage", _is_short))
def coverage(
    canvas: Canvas,
    needs: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
) -> None:
    """Draw what share of its need each province receives; those that lack nothing are counted.

    Parameters
    ----------
    needs
        The table of coverage: province, commodity, period, need_t, unmet_t; periods are added up.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    """
    found, language = shortages(needs, commodity), canvas.language
    known, good = canvas.names(provinces), canvas.good(commodity, commodities)
    room = canvas.open_rows(len(found.short), _ROW, (_NAMES, _BELOW, _FIGURES, _ABOVE))
    ax, drawn, summary = canvas.ax, found.short.head(room), found.summary(language)
    canvas.head(canvas.say("title", commodity=good), summary, 10)
    canvas.describe(_alt(found, known, language, commodity=good, summary=summary))
    if drawn.empty:
        canvas.empty()
        return
    _bars(ax, drawn, language)
    ax.set_yticks(range(len(drawn)), [known.get(code, code) for code in drawn.index])
    _axis(ax, len(drawn), language)
    canvas.note(found.left_out(len(drawn), language), 34)


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
