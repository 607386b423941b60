"""The price of fairness: how the cost rises with the lowest coverage, one mark a point."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from planner.charts import style
from planner.charts.captions import describe
from planner.charts.style import Size
from planner.charts.words import good_in_sentence, heading, names, note
from planner.i18n import number, percent, rupiah, text

_MARGINS = (0.85, 1.0, 0.95, 0.9)
_UNITS = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))


def frontier(
    points: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodities: pd.DataFrame,
    ax: Axes | None = None,
    size: Size = "half",
    title: str | None = None,
    language: str = "id",
) -> Axes:
    """Draw the rise of the cost over the lowest coverage.

    Parameters
    ----------
    points
        The table of points: lowest_coverage, province, commodity, rise_idr.
    provinces, commodities
        The tables of the scenario.
    ax
        Where to draw; a figure of its own if None.
    size
        Of a figure of its own: A4 ``"half"`` or full ``"page"``, or 16:9 ``"slide"``.
    title
        Instead of the title from the catalogue.
    language
        ``"id"`` or ``"en"``.
    """
    known = names(provinces, "province", language), names(commodities, "commodity", language)
    with style.sheet():
        if ax is None:
            ax = style.sized_axes(size, _MARGINS)
        title = title or text("chart.frontier.title", language)
        if points.empty:
            heading(ax, title, text("chart.frontier.none", language), 10)
            describe(ax, text("chart.frontier.none", language))
            ax.set_axis_off()
            return ax
        unit, rupiah_each = _unit(float(points["rise_idr"].abs().max()))
        _curve(ax, points, rupiah_each, known, language)
        _axes(ax, unit, language)
        said = _ends(points, language)
        heading(ax, title, text("chart.frontier.subtitle", language, **said), 10)
        count = number(len(points), language)
        describe(ax, text("chart.frontier.alt", language, points=count, **said))
        note(ax, text("chart.frontier.note", language), 36)
    return ax


def _unit(largest: float) -> tuple[str, float]:
    return next((pair for pair in _UNITS if largest >= pair[1]), _UNITS[-1])


def _curve(
    ax: Axes,
    points: pd.DataFrame,
    size: float,
    known: tuple[dict[str, str], dict[str, str]],
    language: str,
) -> None:
    """Draw the points; at the first stands who is lowest, at the last what it costs."""
    across = points["lowest_coverage"].astype(float).tolist()
    up = (points["rise_idr"].astype(float) / size).tolist()
    line = ax.plot(across, up, color=style.SURPLUS, marker="o", markerfacecolor="white")
    line[0].set_gid("curve")
    first = points.iloc[0]
    good = good_in_sentence(known[1].get(first["commodity"], first["commodity"]))
    lowest = f"{known[0].get(first['province'], first['province'])}, {good}"
    rise = rupiah(float(points["rise_idr"].iloc[-1]), language)
    for said, at, shift, gid in (
        (lowest, (across[0], up[0]), (-4, 8), "lowest"),
        (rise, (across[-1], up[-1]), (7, -3), "rise"),
    ):
        ax.annotate(said, at, shift, textcoords="offset points", fontsize=7.5, gid=gid)


def _axes(ax: Axes, unit: str, language: str) -> None:
    ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    ax.margins(x=0.04)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language, 1)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    ax.set_xlabel(text("chart.frontier.coverage", language))
    ax.set_ylabel(text("chart.frontier.rise", language, unit=text(f"unit.{unit}", language)))
    ax.grid(color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)


def _ends(points: pd.DataFrame, language: str) -> dict[str, str]:
    """Write the first and the last coverage, and what lies between them in rupiah."""
    ends = points["lowest_coverage"].iloc[[0, -1]].tolist()
    first, last = (percent(share, language, 1) for share in ends)
    rise = rupiah(float(points["rise_idr"].iloc[-1]), language)
    return {"first": first, "last": last, "rise": rise}
