"""The gallery: every chart once, drawn from the scenarios that come with the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner import charts, compare, make_run, read_scenario, solve
from planner.analysis.fairness_frontier import frontier
from planner.charts import INPUTS, MENU, OF_TWO_RUNS, Caption, Order
from planner.i18n import text
from planner.scenario import Scenario

PLACES = {"en": "gallery.md", "id": "id/galeri.md"}
GOOD = "beras"
SHORT = ("coverage", "shortage_calendar", "flow_months")
"""Charts that say nothing of a plan in which all need is met, or little."""
MONTH = "2023-09"
POINTS = 5


@dataclass(frozen=True, slots=True)
class _Plan:
    """What charts of one plan are drawn from."""

    scenario: Scenario
    tables: Mapping[str, Any]


def draw_gallery(scenarios: Path, source: Path) -> None:
    """Draw every chart in both languages and write the pages that show them.

    Parameters
    ----------
    scenarios
        The folder of the shipped scenarios.
    source
        Where Sphinx reads its pages; pictures go beside the page of their language.
    """
    year, drought = _plans(scenarios)
    for language, place in PLACES.items():
        page = source / place
        page.parent.mkdir(parents=True, exist_ok=True)
        shown = [
            _shown(order, drought if order.chart in SHORT else year, page.parent, language)
            for order in map(order_of, MENU)
        ]
        shown.append(_frontier(drought, page.parent, language))
        head = [f"# {text(f'docs.gallery.{part}', language)}" for part in ("title",)]
        head.append(text("docs.gallery.intro", language))
        page.write_text("\n\n".join([*head, *shown]) + "\n", encoding="utf-8", newline="\n")


def order_of(chart: str) -> Order:
    """Return what is drawn of a chart: rice, and of prices one month."""
    can = charts.choices(chart)
    return Order(
        chart,
        commodity=GOOD if "commodity" in can else "",
        period=MONTH if chart == "price_map" else "",
        colour="mode" if "colour" in can else "",
    )


def _plans(scenarios: Path) -> tuple[_Plan, _Plan]:
    """Solve the year, with what dearer freight changes, and the drought."""
    calm, dry = (
        read_scenario(scenarios / name).only(GOOD) for name in ("nasional-2023", "kemarau-2023")
    )
    dear = calm.with_policy(freight="high")
    year, drought, dearer = (make_run(solve(scenario)) for scenario in (calm, dry, dear))
    changed = compare(year, dearer)
    compared = {"compared_lanes": changed.lanes, "compared_prices": changed.prices}
    points = {"points": frontier(dry, points=POINTS).points}
    return (
        _Plan(calm, {**year.tables, **_inputs(calm), **compared}),
        _Plan(dry, {**drought.tables, **_inputs(dry), **points}),
    )


def _inputs(scenario: Scenario) -> dict[str, Any]:
    return {name: scenario.tables[name] for name in INPUTS}


def _shown(order: Order, plan: _Plan, folder: Path, language: str) -> str:
    """Draw one chart and return its part of the page."""
    ax = charts.draw(order, plan.tables, language=language, periods=plan.scenario.horizon.labels)
    return _part(order, _saved(ax, plan, folder / "charts" / order.chart, language), language)


def _frontier(plan: _Plan, folder: Path, language: str) -> str:
    names = {name: plan.tables[name] for name in ("provinces", "commodities")}
    ax = charts.frontier(plan.tables["points"], language=language, **names)
    order = Order("frontier")
    return _part(order, _saved(ax, plan, folder / "charts" / order.chart, language), language)


def _saved(ax: Any, plan: _Plan, stem: Path, language: str) -> Caption:
    drawn = charts.picture(ax, source_line=plan.scenario.source_line(language))
    stem.parent.mkdir(parents=True, exist_ok=True)
    drawn.write(stem)
    return drawn.caption


def _part(order: Order, words: Caption, language: str) -> str:
    """Return heading, picture, the words for those who cannot see it, and the command."""
    alt = words.alt.replace("[", "(").replace("]", ")").replace("\n", " ")
    picture = f"![{alt}](charts/{order.chart}.png)"
    command = " ".join(_command(order, text("docs.gallery.run", language)))
    return f"## {order.chart}\n\n{words.title}\n\n{picture}\n\n```sh\n{command}\n```"


def _command(order: Order, run: str) -> Iterator[str]:
    """Yield the words of the command that draws a chart; `frontier` has a command of its own."""
    if order.chart == "frontier":
        yield f"planner frontier SCENARIO --points {POINTS} --out {run}"
        return
    yield f"planner chart {run} {order.chart}"
    if order.commodity:
        yield f"--commodity {order.commodity}"
    if order.period:
        yield f"--period {order.period}"
    if order.chart in OF_TWO_RUNS:
        yield f"--against {run}"
