"""Every chart, of every scenario, at every size, in both languages: nothing on top of anything."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from page_faults import faults

import planner
from planner import charts
from planner.charts import INPUTS, MENU, OF_TWO_RUNS, SIZES, Order, draw, sign
from planner.charts.standard_set import of_comparison, standard
from planner.i18n import LANGUAGES
from planner.runs import Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NAMES = sorted(folder.name for folder in SCENARIOS.iterdir() if folder.is_dir())
LONG = "Musim kemarau yang panjang dan panen yang terlambat, sampai bulan ketiga, tanpa impor beras"
MONTH = """
[scenario]
title = {{ id = "{title}", en = "{title}" }}
extends = "{base}"
[horizon]
periods = 1
"""
DIFFERENT = {"flow_map", "waterfall", "coverage"}
"""What a scenario draws differently from the nation."""
EVERY_SIZE = [("half", "id"), ("half", "en"), ("page", "id"), ("slide", "en")]
"""Each size and each language, the narrowest in both."""
Tables = dict[str, pd.DataFrame]


def tables_of(run: Run) -> Tables:
    inputs = {name: run.scenario.tables[name] for name in INPUTS if name in run.scenario.tables}
    totals = planner.compute_balance(run.scenario).totals()
    return inputs | dict(run.tables) | {"balance_totals": totals}


@pytest.fixture(scope="module")
def month_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    """Solve the first month of a scenario, without rules for a year, under a very long title."""

    @cache
    def run(name: str) -> Run:
        folder = tmp_path_factory.mktemp(name)
        base = Path(os.path.relpath(SCENARIOS / name, folder)).as_posix()
        (folder / "scenario.toml").write_text(MONTH.format(title=LONG, base=base), "utf-8")
        scenario = planner.read_scenario(folder)
        free = scenario.replace(rules=scenario.tables["rules"].iloc[:0])
        return planner.make_run(planner.solve(free))

    return run


@pytest.fixture(scope="module")
def nation(national: planner.Solution) -> Run:
    return planner.make_run(national)


def wrong(
    run: Run, tables: Tables, order: Order, looks: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Yield what is wrong with a chart in these sizes and languages."""
    for size, language in looks:
        there = set(tables["provinces"]["province"])
        focus = [code for code in ("32", "52") if code in there]
        ax = draw(order, tables, language=language, size=size, focus=focus)
        sign(ax, run.scenario.source_line(language))
        yield from (f"{order.name} {size} {language}: {fault}" for fault in faults(ax))


def of_one_good(tables: Tables) -> Iterator[Order]:
    """The standard set, of the commodities only the first, as all are drawn alike."""
    first = str(tables["commodities"]["commodity"].iloc[0])
    return (order for order in standard(tables) if order.commodity in {"", first})


@pytest.mark.parametrize("chart", [name for name in MENU if name not in OF_TWO_RUNS])
def test_no_words_cover_others_on_the_charts_of_the_nation(chart: str, nation: Run) -> None:
    tables = tables_of(nation)
    orders = [order for order in of_one_good(tables) if order.chart == chart][:1]
    orders = orders or [Order(chart, "beras")]
    assert [f for order in orders for f in wrong(nation, tables, order, EVERY_SIZE)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_words_cover_others_on_the_charts_of_a_scenario(
    name: str, month_of: Callable[[str], Run]
) -> None:
    run = month_of(name)
    tables = tables_of(run)
    found = [
        fault
        for number, order in enumerate(of_one_good(tables))
        if order.chart in DIFFERENT
        for fault in wrong(run, tables, order, [EVERY_SIZE[number % 4]])
    ]
    assert found == []


def test_no_words_cover_others_on_the_charts_of_two_runs(month_of: Callable[[str], Run]) -> None:
    found = planner.compare(month_of("nasional-2023"), month_of("kemarau-2023"))
    tables = tables_of(found.after)
    tables |= {"compared_lanes": found.lanes, "compared_prices": found.prices}
    orders = of_comparison(found.prices)
    assert [f for order in orders for f in wrong(found.after, tables, order, EVERY_SIZE)] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_cover_others_on_the_price_of_fairness(
    size: str, language: str, provinces: pd.DataFrame, commodities: pd.DataFrame
) -> None:
    rows = [("31", 0.937, 0), ("65", 0.97, 15.5e9), ("11", 0.986, 71.4e9)]
    points = pd.DataFrame(rows, columns=["province", "lowest_coverage", "rise_idr"])
    names = {"provinces": provinces, "commodities": commodities}
    ax = charts.frontier(points.assign(commodity="beras"), language=language, size=size, **names)
    assert faults(sign(ax, LONG)) == []
