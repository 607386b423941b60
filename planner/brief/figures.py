"""The map and the three charts of a brief: drawn from the tables of the run, in the language of the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.balance import balance_of
from planner.brief.facts import table
from planner.brief.gather import Book
from planner.brief.markup import names_in, unmarked
from planner.charts import balance_bars, comparison, flow_map, sankey, save, style, waterfall
from planner.language import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOLDER = "charts"
COLUMN = 3.45
"""Width of a chart that shares its row with another, inches."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words.

    Parameters
    ----------
    name
        Of its files.
    draw
        Draws it.
    caption
        Marked Markdown: what it shows.
    alt
        Marked Markdown: what somebody who cannot see it should know.
    """

    name: str
    draw: Callable[[], Axes]
    caption: str
    alt: str

    def markdown(self) -> str:
        """Give the figure as Markdown; its alt text, which cannot hold marks, names its facts."""
        told = unmarked(self.alt).replace('"', "'")
        facts = " ".join(names_in(self.alt))
        return f'![{self.caption}]({FOLDER}/{self.name}.png){{alt="{told}" facts="{facts}"}}'


def figures(book: Book) -> list[Figure]:
    """Choose the map and three charts: of everything, or of the commodity that is short."""
    return list(_figures(book))


def draw(chosen: list[Figure], folder: Path, source_line: str) -> None:
    """Draw figures into a folder as PNG and SVG."""
    (folder / FOLDER).mkdir()
    for figure in chosen:
        save(figure.draw(), folder / FOLDER / figure.name, source_line=source_line)


def _figures(book: Book) -> Iterator[Figure]:
    run, good = book.run, book.main
    tables = run.scenario.tables
    common: dict[str, Any] = {name: tables[name] for name in ("provinces", "commodities")}
    common["language"] = book.language
    focus = run.scenario.settings.scope.focus
    flows, modes = run.tables["flows"], tables["modes"]
    yield _figure(
        book, "map", partial(flow_map, flows, modes=modes, focus=focus, **common), "moved", "lanes_count"
    )  # fmt: skip
    balance = balance_of(run.scenario).totals()
    yield _figure(
        book,
        "balance",
        partial(_in_column, 5.3, balance_bars, balance, commodity=good, **common),
        commodity=good,
    )
    yield _figure(
        book,
        "cost",
        partial(_in_column, 3.0, waterfall, run.tables["delivered_costs"], modes=modes, **common),
        "cost",
        "cost_per_kg",
    )
    if book.against is not None:
        periods = run.scenario.horizon.labels
        lanes = book.against.lanes
        drawing = partial(comparison, lanes, modes=modes, periods=periods, limit=6, **common)
        yield _figure(book, "comparison", drawing)
        return
    moved = table("flows", "tonnes", commodity=good)
    book.facts.add(f"moved_{good}", "tonnes", moved)
    drawing = partial(_in_column, 3.4, sankey, flows, commodity=good, **common)
    yield _figure(book, "supply", drawing, f"moved_{good}", commodity=good)


def _in_column(height: float, chart: Callable[..., Axes], rows: Any, **more: Any) -> Axes:
    """Draw a chart in a figure half as wide as the page."""
    margins = {balance_bars: (1.55, 0.55, 0.1, 0.75), waterfall: (1.5, 0.8, 0.1, 0.75)}
    with style.sheet():
        ax = style.new_axes((COLUMN, height), margins.get(chart, (1.2, 0.6, 1.2, 0.8)))
        return chart(rows, ax=ax, **more)


def _figure(
    book: Book, name: str, drawing: Callable[[], Axes], *facts: str, commodity: str = ""
) -> Figure:
    values: dict[str, Any] = {fact.removesuffix(f"_{commodity}"): book.facts[fact] for fact in facts}
    if commodity:
        values["commodity"] = book.name("commodity", commodity)
    said = {
        part: text(f"brief.figure.{name}_{part}", book.language, **values)
        for part in ("caption", "alt")
    }
    return Figure(name, drawing, **said)
