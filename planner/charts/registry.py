"""Every chart by its name: each file of `planner.charts.plots` declares the charts that it draws.

The menu, the command and its help, the table of the README, the standard set of a run and the tests are all
read from here; none of them keeps a list of its own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Concatenate, Literal

import pandas as pd
from matplotlib.axes import Axes

from planner.charts import arguments, style
from planner.charts.canvas import Canvas
from planner.charts.style import Size
from planner.i18n import keys
from planner.scenario.checks.codes import file_name

INPUTS = ("provinces", "commodities", "modes", "ports")
"""Tables of the scenario that charts ask for."""
CHOICES = ("commodity", "origin", "destination", "colour")
"""What can be chosen by name, beside the period."""

type Tables = Mapping[str, pd.DataFrame]
type Standard = Callable[[Tables, str, Collection[str]], Iterable[Order]]
"""Names the charts of the standard set, of the plan or of one commodity: see `chart`."""
_ON_THE_PAGE: dict[str, tuple[str, object]] = {
    "ax": ("Axes | None", None),
    "size": ("Size", "half"),
    "title": ("str | None", None),
    "language": ("str", "id"),
    "currency": ("str", "IDR"),
}
"""What every chart takes: type and default."""
_PAGE_WORDS = """ax
    Where to draw; a figure of its own if None.
size
    Of a figure of its own: A4 ``"half"`` or full ``"page"``, or 16:9 ``"slide"``.
title
    Instead of the title from the catalogue.
language
    ``"id"`` or ``"en"``.
currency
    ISO code of the money in the tables.
"""
_charts: dict[str, Chart] = {}


@dataclass(frozen=True, slots=True)
class Order:
    """One chart, and what is chosen for it; a blank chooses all.

    Parameters
    ----------
    chart
        Name of a chart.
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


@dataclass(frozen=True, slots=True)
class Chart:
    """What is known of a chart beside how it is drawn.

    Parameters
    ----------
    name
        Name of its function, and of its words in the catalogue.
    function
        The public function: table in, axes out.
    table
        The table that it is drawn from, without ``.csv``.
    by_period
        The table of which one period can be drawn alone, "" for none.
    of
        The command whose folder holds the table.
    standard
        Which charts of this name a run draws.
    """

    name: str
    function: Callable[..., Axes]
    table: str
    by_period: str
    of: Literal["run", "compare", "frontier"]
    standard: Standard

    @property
    def use(self) -> str:
        """Key of the sentence that says when to use it; only `planner chart` lists ``use`` in its help."""
        return f"chart.{self.name}.{'use_elsewhere' if self.of == 'frontier' else 'use'}"

    @property
    def takes(self) -> Mapping[str, inspect.Parameter]:
        """What it takes beside its table."""
        every = inspect.signature(self.function).parameters.items()
        return {name: taken for name, taken in every if taken.kind is taken.KEYWORD_ONLY}

    @property
    def choices(self) -> set[str]:
        """What can be chosen for it."""
        return {name for name in CHOICES if name in self.takes} | (
            {"period"} if self.by_period else set()
        )

    @property
    def needs_commodity(self) -> bool:
        """Return whether it is of one commodity only."""
        asked = self.takes.get("commodity")
        return asked is not None and asked.default is inspect.Parameter.empty


def chart[**P](
    table: str,
    *,
    size: Size = "half",
    by_period: str | bool = False,
    of: Literal["run", "compare", "frontier"] = "run",
    standard: Standard | None = None,
) -> Callable[[Callable[Concatenate[Canvas, pd.DataFrame, P], None]], Callable[..., Axes]]:
    """Declare a chart: the function below draws on a canvas, and a public function is made of it.

    The public function takes the table, what the function below takes by name, and ``ax``, ``size``, ``title``,
    ``language`` and ``currency``; it returns the axes.

    Parameters
    ----------
    table
        The table that it is drawn from, without ``.csv``.
    size
        Of a figure of its own, if the caller asks for none.
    by_period
        Whether one period can be drawn alone, or the table that then takes the place of `table`.
    of
        The command whose folder holds the table.
    standard
        Asked once with all rows and a blank, then with the rows of each commodity and its code, and with the
        provinces in focus; yields the orders that belong to the standard set. None draws it on demand only.
    """

    def declare(draw: Callable[Concatenate[Canvas, pd.DataFrame, P], None]) -> Callable[..., Axes]:
        """Register the function and return the public one."""
        name = draw.__name__
        own = list(inspect.signature(draw).parameters.values())[1:]

        @wraps(draw)
        def public(rows: pd.DataFrame, **options: Any) -> Axes:
            arguments.check(name, public, rows, options)
            page = {key: options.pop(key, None) for key in _ON_THE_PAGE}
            canvas = Canvas(
                name,
                page["size"] or size,
                page["ax"],
                page["title"] or "",
                page["language"] or "id",
                page["currency"] or "IDR",
            )
            with style.sheet():
                draw(canvas, rows, **options)  # type: ignore[call-arg]
            return canvas.ax

        shared = [
            inspect.Parameter(
                key,
                inspect.Parameter.KEYWORD_ONLY,
                default=size if key == "size" else default,
                annotation=annotation,
            )
            for key, (annotation, default) in _ON_THE_PAGE.items()
        ]
        public.__signature__ = inspect.Signature([*own, *shared], return_annotation="Axes")  # type: ignore[attr-defined]
        public.__doc__ = f"{inspect.cleandoc(draw.__doc__ or name)}\n{_PAGE_WORDS}"
        period = table if by_period is True else by_period or ""
        _charts[name] = Chart(name, public, table, period, of, standard or _never)
        return public

    return declare


def each_commodity(name: str, worth: Callable[[Tables], bool]) -> Standard:
    """Return the standard set of a chart that is drawn of each commodity whose rows are worth it."""

    def standard(tables: Tables, commodity: str, _: Collection[str]) -> Iterator[Order]:
        """Name the chart where it is worth it."""
        if commodity and worth(tables):
            yield Order(name, commodity)

    return standard


def whole_plan(name: str, worth: Callable[[Tables], bool]) -> Standard:
    """Return the standard set of a chart that is drawn once, of the plan, if its rows are worth it."""

    def standard(tables: Tables, commodity: str, _: Collection[str]) -> Iterator[Order]:
        """Name the chart where it is worth it."""
        if not commodity and worth(tables):
            yield Order(name)

    return standard


def registered() -> dict[str, Chart]:
    """Return all charts, in the order in which the catalogue says when to use them."""
    _discover()
    ranks = {key: rank for rank, key in enumerate(keys())}
    order = sorted(
        _charts.values(), key=lambda known: (ranks.get(known.use, len(ranks)), known.name)
    )
    return {known.name: known for known in order}


def find(name: str) -> Chart:
    """Return a chart.

    Raises
    ------
    KeyError
        If there is none of that name.
    """
    _discover()
    return _charts[name]


def drawn_from(*folders: str) -> tuple[str, ...]:
    """Return the charts drawn from folders of these commands, in the order of the menu."""
    return tuple(name for name, known in registered().items() if known.of in folders)


def choices(chart: str) -> set[str]:
    """Return what can be chosen for a chart."""
    return find(chart).choices


def needs_commodity(chart: str) -> bool:
    """Return whether a chart is of one commodity only."""
    return find(chart).needs_commodity


def source_of(order: Order) -> str:
    """Return the table that a chart is drawn from; the balance of one period has a table of its own."""
    known = find(order.chart)
    return known.by_period if order.period and known.by_period else known.table


def draw(
    order: Order,
    tables: Tables,
    *,
    language: str = "id",
    size: Size | None = None,
    focus: Collection[str] = (),
    periods: Sequence[str] = (),
    currency: str = "IDR",
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
    currency
        ISO code of the money in the tables.
    """
    known, table = find(order.chart), tables[source_of(order)]
    if order.period:
        table = table.loc[table["period"] == order.period]
    chosen: dict[str, Any] = {name: getattr(order, name) for name in known.choices}
    chosen |= {"size": size, "focus": focus, "periods": periods}
    given = {name: value for name, value in chosen.items() if value and name in known.takes}
    given |= {
        name: tables[name]
        for name in (*INPUTS, "balance")
        if name in known.takes and name in tables
    }
    return known.function(table, language=language, currency=currency, **given)


def _discover() -> None:
    """Import every file of charts, which declares what it draws."""
    folder = import_module("planner.charts.plots")
    for module in iter_modules(folder.__path__):
        import_module(f"{folder.__name__}.{module.name}")


def _never(_tables: Tables, _commodity: str, _focus: Collection[str]) -> Iterable[Order]:
    return ()
