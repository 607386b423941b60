"""The price of fairness: how the cost rises with the lowest coverage, one mark a point."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import FuncFormatter

from planner.charts import style
from planner.charts.canvas import Canvas
from planner.charts.registry import chart
from planner.charts.titles import good_in_sentence
from planner.i18n import figure, percent, text

_MARGINS = (0.85, 1.0, 0.95, 0.9)
_UNITS = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6), ("", 1.0))


@chart("frontier", of="frontier")
def frontier(
    canvas: Canvas,
    points: pd.DataFrame,
    *,
    provinces: pd.DataFrame,
    commodities: pd.DataFrame,
) -> None:
    """Draw the rise of the cost over the lowest coverage.

    Parameters
    ----------
    points
        The table of points: lowest_coverage, province, commodity, rise_idr.
    provinces, commodities
        The tables of the scenario.
    """
    canvas.open(_MARGINS)
    if points.empty:
        canvas.head(canvas.say("title"), canvas.say("none"), 10)
        canvas.describe(canvas.say("none"))
        canvas.empty()
        return
    unit, each = _unit(float(points["rise_idr"].abs().max()))
    known = canvas.names(provinces), canvas.names(commodities, "commodity")
    _curve(canvas, points, each, known)
    _axes(canvas, unit)
    said = _ends(points, canvas)
    canvas.head(canvas.say("title"), canvas.say("subtitle", **said), 10)
    canvas.describe(canvas.say("alt", points=canvas.count(len(points)), **said))
    canvas.note(canvas.say("note"), 36)


def _unit(largest: float) -> tuple[str, float]:
    return next((pair for pair in _UNITS if largest >= pair[1]), _UNITS[-1])


def _curve(
    canvas: Canvas,
    points: pd.DataFrame,
    size: float,
    known: tuple[dict[str, str], dict[str, str]],
) -> None:
    """Draw the points; at the first stands who is lowest, at the last what it costs."""
    across = points["lowest_coverage"].astype(float).tolist()
    up = (points["rise_idr"].astype(float) / size).tolist()
    ax = canvas.ax
    line = ax.plot(across, up, color=style.SURPLUS, marker="o", markerfacecolor="white")
    line[0].set_gid("curve")
    first = points.iloc[0]
    good = good_in_sentence(known[1].get(first["commodity"], first["commodity"]))
    lowest = f"{known[0].get(first['province'], first['province'])}, {good}"
    rise = canvas.money.whole(float(points["rise_idr"].iloc[-1]))
    for said, at, shift, gid in (
        (lowest, (across[0], up[0]), (-4, 8), "lowest"),
        (rise, (across[-1], up[-1]), (7, -3), "rise"),
    ):
        ax.annotate(said, at, shift, textcoords="offset points", fontsize=7.5, gid=gid)


def _axes(canvas: Canvas, unit: str) -> None:
    ax, language, money = canvas.ax, canvas.language, canvas.money.name
    ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    ax.margins(x=0.04)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language, 1)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: figure(value, language)))
    ax.set_xlabel(canvas.say("coverage"))
    counted = f"{text(f'unit.{unit}', language)} {money}" if unit else money
    ax.set_ylabel(canvas.say("rise", money=counted))
    ax.grid(color=style.LAND, linewidth=0.6)
    ax.set_axisbelow(True)


def _ends(points: pd.DataFrame, canvas: Canvas) -> dict[str, str]:
    """Write the first and the last coverage, and what lies between them in rupiah."""
    ends = points["lowest_coverage"].iloc[[0, -1]].tolist()
    first, last = (percent(share, canvas.language, 1) for share in ends)
    rise = canvas.money.whole(float(points["rise_idr"].iloc[-1]))
    return {"first": first, "last": last, "rise": rise}
