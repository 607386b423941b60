"""`planner chart`: one chart of a run, in the size and language of the page it is for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.guard import cli_errors
from planner.cli.options import Debug, Force, Language, Period, help_text
from planner.errors import OptionError
from planner.i18n import keys, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from planner.charts import Order
    from planner.runs import Run, Target

CHARTS = [key.split(".")[1] for key in keys() if key.startswith("chart.") and key.endswith(".use")]
"""Names of the charts, from the catalogue, as help is given before anything that draws is imported."""


def chart(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=help_text("chart_run"))],
    name: Annotated[
        str, typer.Argument(metavar="CHART", help=help_text("chart_name", names=", ".join(CHARTS)))
    ],
    *,
    commodity: Annotated[
        str, typer.Option("--commodity", metavar="NAME", help=help_text("commodity"))
    ] = "",
    origin: Annotated[
        str, typer.Option("--from", metavar="PROVINCE", help=help_text("chart_from"))
    ] = "",
    destination: Annotated[
        str, typer.Option("--to", metavar="PROVINCE", help=help_text("chart_to"))
    ] = "",
    period: Period = "",
    against: Annotated[
        Path | None, typer.Option("--against", metavar="RUN", help=help_text("against"))
    ] = None,
    size: Annotated[
        str, typer.Option("--size", metavar="half|page|slide", help=help_text("size"))
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=help_text("out_chart"))
    ] = None,
    force: Force = False,
    language: Language = "",
    debug: Debug = False,
) -> None:
    """Draw one chart of a run as PNG and SVG."""
    with cli_errors(language, debug=debug) as screen:
        from planner.charts import MENU, SIZES, Order, caption, draw, save
        from planner.runs import atomic_files

        _require_known(name, MENU, "chart.unknown")
        _require_known(size, ["", *SIZES], "chart.unknown_size")
        after, before = _read(run), _read(against) if against else None
        screen.speak_as(after.scenario.settings.scenario)
        order = _order(after, Order(name, commodity, origin, destination, period), screen.language)
        tables = _tables(after, before, order)
        places = _free(out or Path(order.name), force=force)
        ax = draw(
            order,
            tables,
            language=screen.language,
            size=next((known for known in SIZES if known == size), None),
            focus=after.scenario.settings.scope.focus,
            periods=after.scenario.horizon.labels,
            currency=after.scenario.settings.scenario.currency,
        )
        words = caption(ax)
        with atomic_files(places) as files:
            save(
                ax,
                files[0].with_suffix(""),
                source_line=_source_line(after, before, screen.language),
            )
        names = ", ".join(str(place.path) for place in places)
        screen.say([text("chart.written", screen.language, files=names), words.title, words.alt])


def _require_known(asked: str, known: Iterable[str], key: str) -> None:
    from planner.formats.hints import hint

    if asked not in known:
        names = ", ".join(name for name in known if name)
        meant = hint(asked, known, listed=False)
        raise OptionError(f"ask.{key}", asked=asked, hint=meant, names=names)


def _read(folder: Path) -> Run:
    from planner.runs import read_run

    return read_run(folder)


def _order(run: Run, asked: Order, language: str) -> Order:
    """Return the order in codes, or say what does not fit the chart or is missing."""
    from planner.charts import Order, choices, needs_commodity
    from planner.scenario.lookup import find_code, find_period

    ways = {"commodity": "--commodity", "origin": "--from", "destination": "--to"}
    for choice, option in (ways | {"period": "--period"}).items():
        if getattr(asked, choice) and choice not in choices(asked.chart):
            raise OptionError("ask.chart.no_choice", chart=asked.chart, option=option)
    goods = run.scenario.commodities
    commodity = asked.commodity or (goods[0] if len(goods) == 1 else "")
    if needs_commodity(asked.chart) and not commodity:
        known = ", ".join(run.scenario.names("commodities", language))
        raise OptionError("ask.chart.needs_commodity", chart=asked.chart, names=known)
    places = {
        side: find_code(run.scenario, "provinces", name) if name else ""
        for side, name in (("origin", asked.origin), ("destination", asked.destination))
    }
    return Order(
        asked.chart,
        find_code(run.scenario, "commodities", commodity) if commodity else "",
        period=find_period(run.scenario, asked.period) if asked.period else "",
        colour="mode" if commodity and "colour" in choices(asked.chart) else "",
        **places,
    )


def _tables(after: Run, before: Run | None, order: Order) -> dict[str, pd.DataFrame]:
    """Gather the tables that a chart can ask for, those of a comparison too."""
    from planner.analysis.comparison.compare import compare
    from planner.charts import INPUTS, OF_TWO_RUNS, source_of

    if (before is not None) != (order.chart in OF_TWO_RUNS):
        key = "ask.chart.one_run" if before else "ask.chart.two_runs"
        raise OptionError(key, chart=order.chart)
    inputs = {name: after.scenario.tables[name] for name in INPUTS}
    tables = {**after.tables, **inputs}
    if before:
        found = compare(before, after)
        tables |= {"compared_lanes": found.lanes, "compared_prices": found.prices}
    if source_of(order) not in tables:
        file = Path(after.name) / f"{source_of(order)}.csv"
        raise OptionError("ask.chart.no_table", chart=order.chart, file=file)
    return tables


def _free(out: Path, *, force: bool) -> list[Target]:
    """Return the places of the two files, if there are none yet."""
    from planner.runs import require_new_file

    stem = out.with_suffix("") if out.suffix in {".png", ".svg"} else out
    files = [stem.with_name(f"{stem.name}{ending}") for ending in (".png", ".svg")]
    return [require_new_file(file, "ask.chart.exists", force=force) for file in files]


def _source_line(after: Run, before: Run | None, language: str) -> str:
    from planner.cli.commands.compare import comparison_source

    if before is None:
        return after.scenario.source_line(language)
    return comparison_source(before, after, language)
