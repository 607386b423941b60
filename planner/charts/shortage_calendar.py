"""The calendar of shortage: how much of the need of each period is unmet, province by province."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch

from planner.charts import style
from planner.charts.captions import describe
from planner.charts.cells import draw_cells
from planner.charts.shortages import Shortages, shortages
from planner.charts.style import Size
from planner.charts.ticks import period_ticks
from planner.charts.words import (
    amount,
    good_in_sentence,
    heading,
    left_edge,
    names,
    note,
    unit_of,
)
from planner.i18n import month, number, percent, text

CLASSES = (0.0, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Limits of the shades: shares of the need, the same on every calendar."""
SHADES = ("#f3e9d2", "#e8c98b", "#d79a55", "#a8572f", "#572621")
_ROW, _ABOVE, _BELOW = 0.185, 0.95, 1.0
_NAMES, _FIGURES = 1.85, 0.85


def shortage_calendar(
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
    """Draw the share of the need that is unmet, one column a period and one row a province.

    Parameters
    ----------
    needs
        The table of coverage: province, commodity, period, need_t, unmet_t.
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
        words = text("chart.shortage_calendar.title", language, commodity=good)
        heading(ax, title or words, summary, 28 if len(drawn) else 10)
        if drawn.empty:
            describe(ax, summary)
            ax.set_axis_off()
            return ax
        shares = _shares(found, drawn)
        describe(ax, _alt(shares, known, language, commodity=good, summary=summary))
        shades = ListedColormap(SHADES), BoundaryNorm(CLASSES, len(SHADES))
        draw_cells(ax, shares.to_numpy(float), *shades, lambda share: _written(share, language))
        _sums(ax, drawn["unmet_t"], language)
        ax.set_yticks(range(len(drawn)), [known.get(code, code) for code in drawn.index])
        ax.set_xticks(*period_ticks(list(shares.columns), style.points(ax)[0], language))
        _legend(ax, language)
        note(ax, found.left_out(len(drawn), language), 34)
    return ax


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
