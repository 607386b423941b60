"""The standard set of charts of a run, as files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.charts.captions import Caption, write_captions
from planner.charts.menu import Order, draw
from planner.charts.saving import picture
from planner.charts.style import Size
from planner.charts.workers import in_processes

_LEAST_STOCK = 0.1
"""So much of what is needed must be held on average for a chart of the stock."""


@dataclass(frozen=True, slots=True)
class _Set:
    """What all charts of a set share."""

    tables: Mapping[str, pd.DataFrame]
    folder: Path
    language: str
    source_line: str
    focus: Collection[str]
    size: Size | None

    def written(self, order: Order) -> tuple[list[Path], Caption]:
        """Draw one chart and write its files."""
        ax = draw(order, self.tables, language=self.language, size=self.size, focus=self.focus)
        drawn = picture(ax, source_line=self.source_line)
        return drawn.write(self.folder / order.name), drawn.caption


def draw_all(
    tables: Mapping[str, pd.DataFrame],
    folder: Path | str,
    *,
    language: str = "id",
    source_line: str = "",
    focus: Collection[str] = (),
    size: Size | None = None,
    progress: Callable[[str], None] | None = None,
    workers: int = 1,
) -> list[Path]:
    """Draw the standard set: what moves, balances, shortages, stocks, prices, costs, congestion.

    Parameters
    ----------
    tables
        The tables of the run, and provinces, commodities, modes and ports of its scenario; a
        commodity gets only the charts for which it has something to show.
    folder
        The run folder; charts go into ``charts/`` in it.
    language
        ``"id"`` or ``"en"``.
    source_line
        What stands at the foot of every figure.
    focus
        Provinces to point out on maps; of each also the lane that brings it most is drawn.
    size
        Half a page, a page or a slide for all; each chart its own if None.
    progress
        Told the name of each chart when its turn comes.
    workers
        Processes to draw with. More than one needs a main module that can be imported again, as
        every command line has; a script must guard its main part.

    Returns
    -------
    list of Path
        The files, in the order of drawing, and ``captions.csv``.
    """
    target = Path(folder) / "charts"
    target.mkdir(parents=True, exist_ok=True)
    whole = _Set(tables, target, language, source_line, focus, size)
    orders = list(standard(tables, focus))
    if workers > 1:
        results = in_processes(_Set.written, whole, orders, workers)
    else:
        results = (whole.written(order) for order in orders)
    files, captions = [], {}
    for order in orders:
        if progress:
            progress(order.name)
        written, captions[order.name] = next(results)
        files += written
    return [*files, write_captions(target, captions)]


def standard(tables: Mapping[str, pd.DataFrame], focus: Collection[str] = ()) -> Iterator[Order]:
    """Name the charts of the standard set: those of the plan, then those of each commodity.

    Parameters
    ----------
    tables
        The tables of the run and of its scenario.
    focus
        Provinces of which the dearest detail is wanted.
    """
    yield Order("flow_map")
    yield Order("flow_map", colour="mode")
    if (tables["flows"]["tonnes"] > 0).any():
        yield Order("od_heatmap")
    if (tables["capacities"]["kind"] != "rule").any():
        yield Order("congestion")
    yield Order("waterfall")
    costs = tables["delivered_costs"]
    for code in focus:
        if ((costs["destination"] == code) & (costs["origin"] != code)).any():
            yield Order("waterfall", destination=code)
    for code in map(str, tables["commodities"]["commodity"]):
        yield from _of_commodity({name: _of(code, table) for name, table in tables.items()}, code)


def _of(code: str, table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[table["commodity"] == code] if "commodity" in table else table


def _of_commodity(tables: Mapping[str, pd.DataFrame], code: str) -> Iterator[Order]:
    """Name the charts of a commodity, given the rows that are of it."""
    if (tables["flows"]["tonnes"] > 0).any():
        yield Order("flow_map", code, colour="mode")
        yield Order("sankey", code)
    if len(tables["balance_totals"]):
        yield Order("balance_map", code)
        yield Order("balance_bars", code)
    if (tables["prices"]["kind"] != "short").any():
        yield Order("price_map", code)
    if (tables["coverage"]["unmet_t"] > 0).any():
        yield Order("coverage", code)
        yield Order("shortage_calendar", code)
        yield Order("flow_months", code)
    nodes = tables["nodes"]
    if nodes["opening"].sum() > _LEAST_STOCK * nodes["need"].sum() > 0:
        yield Order("stock", code)


def of_comparison(prices: pd.DataFrame) -> list[Order]:
    """Name the charts of two runs: changed lanes, and prices of the commodities that changed most.

    Parameters
    ----------
    prices
        The prices of a comparison; where one run is short all the time the change counts in full.
    """
    shares = (prices["idr_per_t_difference"] / prices["idr_per_t_before"]).abs().fillna(1.0)
    most = shares.groupby(prices["commodity"]).mean().nlargest(2)
    return [Order("comparison"), *(Order("price_dumbbell", str(code)) for code in most.index)]
