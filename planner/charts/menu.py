"""Every chart by its name: the table it is drawn from, and what can be chosen for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from planner.charts.balance_bars import balance_bars
from planner.charts.balance_map import balance_map
from planner.charts.comparison import comparison
from planner.charts.congestion import congestion
from planner.charts.coverage import coverage
from planner.charts.flow_map import flow_map
from planner.charts.flow_months import flow_months
from planner.charts.od_heatmap import od_heatmap
from planner.charts.price_dumbbell import price_dumbbell
from planner.charts.price_map import price_map
from planner.charts.sankey import sankey
from planner.charts.shortage_calendar import shortage_calendar
from planner.charts.stock import stock
from planner.charts.style import Size
from planner.charts.waterfall import waterfall
from planner.scenario.checks.codes import file_name

INPUTS = ("provinces", "commodities", "modes", "ports")
"""Tables of the scenario that charts ask for."""

_CHARTS: dict[str, tuple[Callable[..., Axes], str]] = {
    "flow_map": (flow_map, "flows"),
    "flow_months": (flow_months, "flows"),
    "od_heatmap": (od_heatmap, "flows"),
    "sankey": (sankey, "flows"),
    "balance_map": (balance_map, "balance_totals"),
    "balance_bars": (balance_bars, "balance_totals"),
    "coverage": (coverage, "coverage"),
    "shortage_calendar": (shortage_calendar, "coverage"),
    "stock": (stock, "nodes"),
    "price_map": (price_map, "prices"),
    "congestion": (congestion, "capacities"),
    "waterfall": (waterfall, "delivered_costs"),
    "comparison": (comparison, "compared_lanes"),
    "price_dumbbell": (price_dumbbell, "compared_prices"),
}
MENU = tuple(_CHARTS)
OF_TWO_RUNS = ("comparison", "price_dumbbell")
_BY_PERIOD = {"flows", "balance_totals", "coverage", "prices"}
"""Tables of which one period can be drawn alone."""


@dataclass(frozen=True, slots=True)
class Order:
    """One chart, and what is chosen for it; a blank chooses all.

    Parameters
    ----------
    chart
        One of `MENU`.
    commodity, origin, destination
        Codes.
    period
        Label.
    colour
        Of flow maps: ``"commodity"`` or ``"mode"``.
    """

    chart: str
    commodity: str = ""
    origin: str = ""
    destination: str = ""
    period: str = ""
    colour: str = ""

    @property
    def name(self) -> str:
        """Name of its files, without ending."""
        colour = "" if self.commodity else self.colour
        parts = (self.chart, self.commodity, self.origin, self.destination, self.period, colour)
        return "-".join(file_name(part) for part in parts if part)


def choices(chart: str) -> set[str]:
    """Return what can be chosen for a chart."""
    can = {"commodity", "origin", "destination", "colour"} & set(_parameters(chart))
    return can | ({"period"} if _CHARTS[chart][1] in _BY_PERIOD - _spans(chart) else set())


def needs_commodity(chart: str) -> bool:
    """Return whether a chart is of one commodity only."""
    asked = _parameters(chart).get("commodity")
    return asked is not None and asked.default is inspect.Parameter.empty


def source_of(order: Order) -> str:
    """Name the table that a chart is drawn from; the balance of one period has a table of its own."""
    source = _CHARTS[order.chart][1]
    return "balance" if source == "balance_totals" and order.period else source


def draw(
    order: Order,
    tables: Mapping[str, pd.DataFrame],
    *,
    language: str = "id",
    size: Size | None = None,
    focus: Collection[str] = (),
    periods: Sequence[str] = (),
) -> Axes:
    """Draw a chart from the tables of a run.

    Parameters
    ----------
    order
        What.
    tables
        The tables of the run, and `INPUTS` of its scenario.
    language
        ``"id"`` or ``"en"``.
    size
        The chart's own if None.
    focus
        Provinces to point out.
    periods
        Of the run, for tables that do not tell.
    """
    chart, table = _CHARTS[order.chart][0], tables[source_of(order)]
    if order.period:
        table = table.loc[table["period"] == order.period]
    chosen: dict[str, Any] = {name: getattr(order, name) for name in choices(order.chart)}
    chosen |= {"size": size, "focus": focus, "periods": periods}
    asked = _parameters(order.chart)
    given = {name: value for name, value in chosen.items() if value and name in asked}
    given |= {
        name: tables[name] for name in (*INPUTS, "balance") if name in asked and name in tables
    }
    return chart(table, language=language, **given)


@cache
def _parameters(chart: str) -> Mapping[str, inspect.Parameter]:
    """Return what a chart takes beside its table."""
    every = inspect.signature(_CHARTS[chart][0]).parameters.items()
    return {name: taken for name, taken in every if taken.kind is taken.KEYWORD_ONLY}


def _spans(chart: str) -> set[str]:
    """Return the tables that a chart draws period by period."""
    return {"flows", "coverage"} if chart in {"flow_months", "shortage_calendar"} else set()
