"""The standard set of charts of a run, as files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.charts.alt_text import Caption, write_captions
from planner.charts.parallel import in_processes
from planner.charts.picture import picture
from planner.charts.registry import Order, draw, registered
from planner.charts.style import Size


@dataclass(frozen=True, slots=True)
class _Set:
    """What all charts of a set share."""

    tables: Mapping[str, pd.DataFrame]
    folder: Path
    language: str
    source_line: str
    focus: Collection[str]
    size: Size | None
    currency: str

    def written(self, order: Order) -> tuple[list[Path], Caption]:
        """Draw one chart and write its files."""
        look: dict[str, Any] = {"language": self.language, "size": self.size}
        ax = draw(order, self.tables, focus=self.focus, currency=self.currency, **look)
        drawn = picture(ax, source_line=self.source_line)
        return drawn.write(self.folder / order.name), drawn.caption


def draw_all(  # noqa: PLR0913
    tables: Mapping[str, pd.DataFrame],
    folder: Path | str,
    *,
    language: str = "id",
    source_line: str = "",
    focus: Collection[str] = (),
    size: Size | None = None,
    progress: Callable[[str], None] | None = None,
    workers: int = 1,
    currency: str = "IDR",
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
    currency
        ISO code of the money in the tables.

    Returns
    -------
    list of Path
        The files, in the order of drawing, and ``captions.csv``.
    """
    target = Path(folder) / "charts"
    target.mkdir(parents=True, exist_ok=True)
    whole = _Set(tables, target, language, source_line, focus, size, currency)
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
    charts = registered().values()
    for code in ["", *map(str, tables["commodities"]["commodity"])]:
        rows = {name: _of(code, table) for name, table in tables.items()} if code else tables
        for known in charts:
            yield from known.standard(rows, code, focus)


def _of(code: str, table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[table["commodity"] == code] if "commodity" in table else table


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
