"""The map and the charts of a brief: drawn from the tables of the run, in the language of the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pandas as pd

from planner.brief.brief_data import BriefData
from planner.brief.markup import fact_names, in_quotes, strip_marks
from planner.brief.run_cells import table
from planner.charts import balance_bars, comparison, coverage, flow_map, save, style, waterfall
from planner.i18n import text
from planner.market.balance import compute_balance

FOLDER = "charts"
_LANE = ["origin", "destination", "commodity", "path", "modes"]
_MOST_CHANGES, _MOST_SHORT = 5, 10


class _Room(NamedTuple):
    """Inches of a chart that shares its row: left of, below and above the bars, for a bar, for figures."""

    left: float
    below: float
    above: float
    bar: float
    wider: float = 1.0
    right: float = 0.1
    width: float = 3.6


_MAP = (10.6, 7.5)
_TALL = _Room(1.58, 0.66, 0.95, 0.125, 1.12)
_PLAN = _Room(1.5, 1.08, 0.95, 0.15, 2.2)
_SHORT = _Room(1.58, 1.1, 0.95, 0.185, 1.0, 1.6, 4.3)
_LANE_ROOM = _Room(1.5, 1.08, 0.95, 0.2, 1.15)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words.

    Parameters
    ----------
    name
        Of its files.
    place
        Where it stands: the map, as wide as the page, or beside others.
    draw
        Draws it.
    caption
        Marked Markdown: what it shows.
    alt
        Marked Markdown: what somebody who cannot see it should know.
    """

    name: str
    place: Literal["map", "wide", "panels"]
    draw: Callable[[], Any]
    caption: str
    alt: str

    def markdown(self) -> str:
        """Return the figure as Markdown; its alt text, which cannot hold marks, names its facts."""
        told = in_quotes(strip_marks(self.alt))
        facts = " ".join(fact_names(self.alt))
        return f'![{self.caption}]({FOLDER}/{self.name}.png){{alt="{told}" facts="{facts}"}}'


def figures(book: BriefData) -> list[Figure]:
    """Choose the map and the charts: of everything, or of what the brief looks at."""
    return list(_Chosen(book).figures())


def draw(chosen: list[Figure], folder: Path, source_line: str) -> None:
    """Draw figures into a folder as PNG and SVG."""
    for figure in chosen:
        save(figure.draw(), folder / FOLDER / figure.name, source_line=source_line)


def source_line(book: BriefData) -> str:
    """Write at the foot of a chart what it was made from, in the few words that a narrow chart has room for."""
    known = {name: book.facts[name].text for name in ("digest", "data_date")}
    return text("brief.figure.source", book.language, **known)


class _Chosen:
    def __init__(self, book: BriefData) -> None:
        self._book, self._run = book, book.run
        tables = self._run.scenario.tables
        self._names: dict[str, Any] = {
            "provinces": tables["provinces"],
            "commodities": tables["commodities"],
            "language": book.language,
            "currency": self._run.scenario.settings.scenario.currency,
        }
        self._modes = tables["modes"]

    def figures(self) -> Iterator[Figure]:
        """Yield the map first, then what is as wide as the page, then what stands side by side."""
        yield self._map()
        if self._book.against is not None:
            yield self._comparison(self._book.against.lanes)
        else:
            yield self._balance()
        yield self._coverage() if self._book.places else self._cost()
        yield from self._delivered()

    def _map(self) -> Figure:
        drawing = partial(
            _map,
            self._run.tables["flows"],
            modes=self._modes,
            focus=self._run.scenario.settings.scope.focus,
            **self._names,
        )
        return self._figure("map", "map", drawing, moved=self._book.facts["moved"])

    def _comparison(self, lanes: pd.DataFrame) -> Figure:
        drawing = partial(
            comparison,
            lanes,
            modes=self._modes,
            periods=self._run.scenario.horizon.labels,
            limit=_MOST_CHANGES,
            **self._names,
        )
        return self._figure("comparison", "wide", drawing)

    def _balance(self) -> Figure:
        good = self._book.grown
        totals = compute_balance(self._run.scenario).totals()
        drawing = partial(balance_bars, totals, commodity=good, **self._names)
        rows = int((totals["commodity"] == good).sum())
        narrow = partial(_narrow, drawing, _TALL, rows)
        return self._figure(
            "balance", "panels", narrow, commodity=self._book.name("commodity", good)
        )

    def _coverage(self) -> Figure:
        needs, good = self._run.tables["coverage"], self._book.goods[0]
        drawing = partial(coverage, needs, commodity=good, **self._names)
        short = needs.loc[(needs["commodity"] == good) & (needs["unmet_t"] > 0), "province"]
        rows = min(short.nunique(), _MOST_SHORT)
        narrow = partial(_narrow, drawing, _SHORT, rows)
        return self._figure(
            "coverage",
            "panels",
            narrow,
            commodity=self._book.name("commodity", good),
            unmet=self._book.amounts("unmet_t")[good],
        )

    def _cost(self) -> Figure:
        costs = self._run.tables["delivered_costs"]
        drawing = partial(waterfall, costs, modes=self._modes, **self._names)
        rows = int(((costs["destination"] == "") & (costs["commodity"] == "")).sum())
        known = {name: self._book.facts[name] for name in ("cost", "cost_per_kg")}
        return self._figure("cost", "panels", partial(_narrow, drawing, _PLAN, rows), **known)

    def _delivered(self) -> Iterator[Figure]:
        """Show what a kilogram costs that comes from elsewhere to where the brief looks."""
        found = (self._brought(*cell) for cell in self._book.looked_at())
        rows = next((rows for rows in found if len(rows)), None)
        if rows is None:
            return
        lane = {name: str(rows[name].iloc[0]) for name in _LANE}
        ends: dict[str, Any] = {name: lane[name] for name in ("destination", "commodity")}
        drawing = partial(waterfall, rows, modes=self._modes, **ends, **self._names)
        cells = table("delivered_costs", "idr_per_kg", **lane)
        yield self._figure(
            "delivered",
            "panels",
            partial(_narrow, drawing, _LANE_ROOM, len(rows)),
            idr=self._book.facts.add("delivered", "idr_per_kg", cells),
            origin=self._book.name("province", lane["origin"]),
            destination=self._book.name("province", lane["destination"]),
            commodity=self._book.name("commodity", lane["commodity"]),
        )

    def _brought(self, province: str, commodity: str) -> pd.DataFrame:
        """Return the parts of the fullest lane that brings a commodity from elsewhere."""
        costs = self._run.tables["delivered_costs"]
        here = (costs["destination"] == province) & (costs["commodity"] == commodity)
        rows = costs.loc[here & (costs["origin"] != province) & costs["idr_per_kg"].notna()]
        if rows.empty:
            return rows
        first = rows.sort_values(["tonnes", *_LANE], ascending=[False] + [True] * len(_LANE))
        return rows.merge(first[_LANE].head(1), on=_LANE)

    def _figure(
        self, name: str, place: Any, drawing: Callable[[], Any], **values: object
    ) -> Figure:
        caption, alt = (
            text(f"brief.figure.{name}{part}", self._book.language, **values)
            for part in ("_caption", "_alt")
        )
        return Figure(name, place, drawing, caption, alt)


def _map(flows: pd.DataFrame, **more: Any) -> Any:
    """Draw the map between a half and a full page, so that its smallest print is still read."""
    with style.sheet():
        return flow_map(flows, ax=style.new_axes(_MAP, (0.3, 0.35, 0.3, 0.85)), **more)


def _narrow(drawing: Callable[..., Any], room: _Room, rows: int) -> Any:
    """Draw a chart of bars in a figure that shares its row with another."""
    with style.sheet():
        height = room.below + room.above + room.bar * (rows + 1)
        ax = style.new_axes((room.width, height), (room.left, room.below, room.right, room.above))
        drawing(ax=ax)
        low, high = ax.get_xlim()
        ax.set_xlim(room.wider * low, room.wider * high)
    return ax
