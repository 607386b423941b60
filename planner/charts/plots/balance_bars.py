"""Diverging bars: surplus to the right, shortage to the left, one bar a province."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from planner.charts import arguments, style
from planner.charts.canvas import Canvas
from planner.charts.registry import Tables, chart, each_commodity
from planner.charts.sankey_layout import OTHERS
from planner.charts.titles import (
    amount,
    largest_of,
    period_range,
    unit_of,
)
from planner.i18n import number, text, tonnes

_ROW = 0.195
_NARROWEST = 11.5
"""Points a row must have for its name."""
_ABOVE, _BELOW = 0.95, 0.75


def _has_rows(rows: Tables) -> bool:
    return len(rows["balance_totals"]) > 0


@chart(
    "balance_totals",
    size="page",
    by_period="balance",
    standard=each_commodity("balance_bars", _has_rows),
)
def balance_bars(
    canvas: Canvas,
    balance: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodity: str,
    commodities: pd.DataFrame | None = None,
    order: Literal["size", "island_group"] = "size",
) -> None:
    """Draw what each province has over and what it lacks.

    Parameters
    ----------
    balance
        Columns province, commodity, surplus, shortage (t): those of the whole horizon (`Balance.totals`), or of one
        period. Those of several are refused: what one month leaves is in the surplus of the next.
    provinces, commodities
        The tables of the scenario.
    commodity
        Which commodity.
    order
        Largest surplus first, or by group of islands and then by size.
    """
    rows, language = arguments.one_period(balance, commodity, canvas.chart), canvas.language
    every = _ordered(rows, provinces, order)
    canvas.open_rows(len(every), _ROW, (1.75, _BELOW, 0.3, _ABOVE))
    ax = canvas.ax
    sums = _folded(every, max(int(style.points(ax)[1] / _NARROWEST), 2))
    largest = float(sums[["surplus", "shortage"]].to_numpy().max()) if len(sums) else 0.0
    unit, tonnes_each = unit_of(largest)
    _bars(ax, sums, tonnes_each, language)
    known = canvas.names(provinces)
    known[OTHERS] = text(
        "chart.others_count", language, count=canvas.count(len(every) - len(sums) + 1)
    )
    ax.set_yticks(range(len(sums)), [known.get(code, code) for code in sums["province"]])
    _axis(ax, largest / tonnes_each, unit, language)
    good, period = canvas.good(commodity, commodities), period_range(rows["period"], language)
    canvas.head(canvas.say("title", commodity=good), period, 21)
    _sides(ax, language)
    canvas.describe(_alt(every, known, language, commodity=good, period=period))


def _ordered(rows: pd.DataFrame, provinces: pd.DataFrame, order: str) -> pd.DataFrame:
    """Sum by province and sort, the first row at the top of the chart."""
    sums = rows.groupby("province", as_index=False)[["surplus", "shortage"]].sum()
    sums["net"] = sums["surplus"] - sums["shortage"]
    keys, ascending = ["net", "province"], [False, True]
    if order == "island_group":
        groups = dict(zip(provinces["province"], provinces["island_group"], strict=True))
        ranks = {name: rank for rank, name in enumerate(dict.fromkeys(groups.values()))}
        sums["group"] = [ranks[groups[code]] for code in sums["province"]]
        keys, ascending = ["group", *keys], [True, *ascending]
    return sums.sort_values(keys, ascending=ascending).reset_index(drop=True)


def _folded(sums: pd.DataFrame, most: int) -> pd.DataFrame:
    """Keep the rows that find room, and add the smallest others up in a last one."""
    if len(sums) <= most:
        return sums
    size = sums[["surplus", "shortage"]].max(axis=1).sort_values(ascending=False, kind="stable")
    kept = sums.index.isin(size.index[: most - 1])
    rest = sums.loc[~kept, ["surplus", "shortage"]].sum()
    last = pd.DataFrame([{"province": OTHERS, **rest}])
    return pd.concat([sums[kept], last], ignore_index=True)


def _bars(ax: Axes, sums: pd.DataFrame, size: float, language: str) -> None:
    sides = (("surplus", 1.0, style.SURPLUS, None), ("shortage", -1.0, style.SHORTAGE, "////"))
    for column, sign, colour, hatch in sides:
        bars = ax.barh(
            range(len(sums)),
            sign * sums[column] / size,
            height=0.72,
            color=colour,
            hatch=hatch,
            edgecolor=style.INK if hatch else colour,
            linewidth=0.4,
            label=text(f"chart.balance_bars.{column}", language),
            gid=column,
        )
        words = [amount(value, size, language) if value else "" for value in sums[column]]
        ax.bar_label(bars, words, padding=3, fontsize=style.TINY)


def _axis(ax: Axes, largest: float, unit: str, language: str) -> None:
    low, high = ax.get_xlim()
    room = 0.11 * max(high - low, largest, 1e-9)
    ax.set_xlim(min(low, 0) - room, max(high, 0) + room)
    ax.invert_yaxis()
    ax.margins(y=0.01)
    ax.axvline(0, color=style.INK, linewidth=0.8)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(abs(value), language)))
    ax.set_xlabel(text(f"unit.{unit}", language))
    ax.grid(axis="x", color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _sides(ax: Axes, language: str) -> None:
    """Name both sides above the bars, next to the zero line."""
    zero = ax.transData.transform((0, 0))[0]
    place = ax.transAxes.inverted().transform((zero, 0))[0]
    for column, align, shift in (("shortage", "right", -6), ("surplus", "left", 6)):
        arrow = text(f"chart.balance_bars.{column}_side", language)
        ax.annotate(
            arrow,
            (place, 1),
            (shift, 5),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=align,
            weight="bold",
            fontsize=8,
        )


def _alt(sums: pd.DataFrame, known: dict[str, str], language: str, **words: str) -> str:
    """Return how much both sides are, and what is largest on each."""
    sides = sums.set_index("province")[["surplus", "shortage"]]
    for side, end in (("surplus", "most"), ("shortage", "least")):
        words[side] = tonnes(float(sides[side].sum()), language)
        words[end] = largest_of(sides[side], known, lambda value: tonnes(value, language))
    return text("chart.balance_bars.alt", language, **words)
