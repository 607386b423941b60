"""The calendar of shortage: how much of the need of each period is unmet, province by province."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.heat_cells import draw_cells
from planner.charts.period_axis import period_ticks
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.titles import (
    amount,
    left_edge,
    unit_of,
)
from planner.charts.unmet_need import Shortages, shortages
from planner.i18n import month, number, percent, text

CLASSES = (0.0, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Limits of the shades: shares of the need, the same on every calendar."""
SHADES = ("#f3e9d2", "#e8c98b", "#d79a55", "#a8572f", "#572621")
_ROW, _ABOVE, _BELOW = 0.185, 0.95, 1.0
_NAMES, _FIGURES = 1.85, 0.85


def _is_short(rows: Tables) -> bool:
    return bool((rows["coverage"]["unmet_t"] > 0).any())


@chart("coverage", standard=each_commodity("shortage_calendar", _is_short))
def shortage_calendar(
    canvas: Canvas,
    needs: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
) -> None:
    """Draw the share of the need that is unmet, one column a period and one row a province.

    Parameters
    ----------
    needs
        The table of coverage: province, commodity, period, need_t, unmet_t.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    """
    found, language = shortages(needs, commodity), canvas.language
    known, good = canvas.names(provinces), canvas.good(commodity, commodities)
    room = canvas.open_rows(len(found.short), _ROW, (_NAMES, _BELOW, _FIGURES, _ABOVE))
    ax, drawn, summary = canvas.ax, found.short.head(room), found.summary(language)
    canvas.head(canvas.say("title", commodity=good), summary, 28 if len(drawn) else 10)
    if drawn.empty:
        canvas.describe(summary)
        canvas.empty()
        return
    shares = _shares(found, drawn)
    canvas.describe(_alt(shares, known, language, commodity=good, summary=summary))
    shades = ListedColormap(SHADES), BoundaryNorm(CLASSES, len(SHADES))
    draw_cells(ax, shares.to_numpy(float), *shades, lambda share: _written(share, language))
    _sums(ax, drawn["unmet_t"], language)
    ax.set_yticks(range(len(drawn)), [known.get(code, code) for code in drawn.index])
    ax.set_xticks(*period_ticks(list(shares.columns), style.points(ax)[0], language))
    _legend(ax, language)
    canvas.note(found.left_out(len(drawn), language), 34)


def _shares(found: Shortages, drawn: pd.DataFrame) -> pd.DataFrame:
    """Tabulate the share that is unmet: provinces down, periods across; NaN where nothing is needed."""
    cells = found.rows.assign(share=found.rows["unmet_t"] / found.rows["need_t"])
    return cells.pivot_table("share", "province", "period", dropna=False).reindex(drawn.index)


def _written(share: float, language: str) -> str:
    """Write a share as a percentage without its sign; a trace is no zero."""
    return "<1" if share < 0.005 else number(100 * share, language)


def _sums(ax: Axes, unmet: pd.Series, language: str) -> None:
    """Write at the end of each row how much is missing in all."""
    unit, each = unit_of(float(unmet.max()))
    look: dict[str, Any] = {
        "xycoords": ("axes fraction", "data"),
        "textcoords": "offset points",
        "va": "center",
    }
    for row, missing in enumerate(unmet):
        ax.annotate(
            amount(missing, each, language), (1, row), (34, 0), ha="right", gid="sum", **look
        )
    ax.annotate(
        text(f"unit.{unit}", language), (1, 1), (34, 4), xycoords="axes fraction", ha="right",
        textcoords="offset points", fontsize=style.TINY, gid="unit",
    )  # fmt: skip


def _legend(ax: Axes, language: str) -> None:
    """Report the shades, in one row above the cells."""
    limits = zip(CLASSES[:-1], CLASSES[1:], SHADES, strict=True)
    patches = [
        Patch(
            facecolor=shade,
            edgecolor=style.SOFT_INK,
            linewidth=0.4,
            label=f"{number(100 * low, language)}–{percent(high, language)}",
        )
        for low, high, shade in limits
    ]
    head = Patch(visible=False, label=text("chart.shortage_calendar.legend", language))
    ax.legend(
        handles=[head, *patches], ncols=6, loc="lower left", bbox_to_anchor=(left_edge(ax), 1.0), frameon=False,
        fontsize=style.TINY, borderaxespad=0.3, handlelength=1.1, handletextpad=0.4,
        columnspacing=1.0, borderpad=0.0,
    )  # fmt: skip


def _alt(shares: pd.DataFrame, known: dict[str, str], language: str, **words: str) -> str:
    """Return where and when the largest share is unmet."""
    worst = shares.max(axis=1)
    place = str(worst.idxmax())
    period = str(shares.loc[place].idxmax())
    words |= {"place": known.get(place, place), "when": month(period, language)}
    words["share"] = percent(float(worst.max()), language)
    return text("chart.shortage_calendar.alt", language, **words)
