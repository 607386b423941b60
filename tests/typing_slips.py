"""Slips that a tired planner makes in the official tables of the nation: every figure is allowed, none is meant.

The cells are drawn by seed. Where tonnes are counted, large figures are drawn more often, as a slip in them moves more.
`python tests/typing_slips.py` counts those of which nothing is said, and those at which a right cell is named.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pandas as pd

from planner.errors import Problem
from planner.scenario.assemble import _tables
from planner.scenario.checks.plausibility import implausible
from planner.scenario.inheritance import read_chain
from planner.schema.tables import TABLES

type Tables = Mapping[str, pd.DataFrame]
SEED = 12
TEN = (10.0, 0.1)
FACTORS = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)


@dataclass(frozen=True)
class Slip:
    """A slip: the table it is made in, the rows and the column it spoils, and what was done."""

    name: str
    table: str
    column: str
    rows: tuple[int, ...]
    cells: tuple[object, ...]

    def made(self, tables: Tables) -> dict[str, pd.DataFrame]:
        """Return the tables with the slip in them."""
        spoilt = tables[self.table].copy()
        spoilt.loc[list(self.rows), self.column] = list(self.cells)
        return {**tables, self.table: spoilt}


class _Drawn:
    """Cells of the tables, drawn by seed."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def rows(
        self, table: str, column: str, where: Mapping[str, str], count: int, *, heavy: bool
    ) -> list[int]:
        frame = self.tables[table]
        kept = frame[column].notna() & (frame[column] != 0)
        for name, value in where.items():
            kept &= frame[name] == value
        found = frame.loc[kept]
        rng = Random(zlib.crc32(f"{SEED} {table} {column} {where}".encode()))
        weights = found[column].tolist() if heavy else None
        drawn: dict[int, None] = {}
        while len(drawn) < min(count, len(found)):
            drawn[rng.choices(found.index.tolist(), weights)[0]] = None
        return [*drawn]

    def times(
        self,
        table: str,
        column: str,
        factors: Sequence[float],
        *,
        heavy: bool = False,
        **where: str,
    ) -> Iterator[Slip]:
        """Multiply a figure, each by one of the factors."""
        rows = self.rows(table, column, where, len(factors), heavy=heavy)
        for at, factor in enumerate(factors):
            row = rows[at % len(rows)]
            figure = float(self.tables[table].loc[row, column])
            what = f"{table}.{column} {' '.join(where.values())} row {row} x {factor:g}"
            yield Slip(what, table, column, (row,), (float(f"{figure * factor:.10g}"),))

    def swapped(
        self, table: str, column: str, count: int = 1, *, heavy: bool = False, **where: str
    ) -> Iterator[Slip]:
        """Write two figures in each other's place."""
        rows = self.rows(table, column, where, 2 * count, heavy=heavy)
        frame = self.tables[table]
        for one, other in zip(rows[::2], rows[1::2], strict=True):
            cells = (frame.loc[other, column], frame.loc[one, column])
            what = f"{table}.{column} {' '.join(where.values())} rows {one} and {other} swapped"
            yield Slip(what, table, column, (one, other), cells)

    def whole(self, table: str, column: str, factor: float, **where: str) -> Slip:
        """Multiply all figures of a column, or of one good in it."""
        frame = self.tables[table]
        kept = frame[column].notna()
        for name, value in where.items():
            kept &= frame[name] == value
        rows = tuple(frame.index[kept])
        cells = tuple(float(f"{figure * factor:.10g}") for figure in frame.loc[kept, column])
        return Slip(
            f"{table}.{column} {' '.join(where.values())} all x {factor:g}",
            table,
            column,
            rows,
            cells,
        )


GOODS = (
    "beras", "bawang_merah", "cabai_besar", "cabai_rawit", "telur", "gula", "kedelai", "bawang_putih",
)  # fmt: skip


def slips(tables: Tables) -> list[Slip]:
    """Return all slips.

    Parameters
    ----------
    tables
        Of `nasional-2023`, typed and not yet spread over the months.
    """
    drawn = _Drawn(tables)
    groups: list[Callable[[_Drawn], Iterator[Slip]]] = [
        _of_production, _of_need, _of_people, _of_stocks, _of_ways, _of_rates, _of_goods,
        _of_imports, _of_prices, _of_places, _of_whole_columns,
    ]  # fmt: skip
    return [slip for group in groups for slip in group(drawn)]


def _of_production(drawn: _Drawn) -> Iterator[Slip]:
    for at, good in enumerate(GOODS):
        factors = (10.0, 0.1 if at % 2 else 0.01, (100.0, 1000.0)[at % 2])
        yield from drawn.times("production", "tonnes", factors, heavy=True, commodity=good)
    for good in ("beras", "telur", "bawang_merah", "gula"):
        yield from drawn.swapped("production", "tonnes", commodity=good)
    for good in ("bawang_merah", "cabai_besar", "cabai_rawit"):
        yield from drawn.times("production", "loss", (0.1,), commodity=good)


def _of_need(drawn: _Drawn) -> Iterator[Slip]:
    for at, good in enumerate(GOODS):
        factors = (10.0, 0.1) if at % 2 else (1000.0, 0.001)
        yield from drawn.times("need", "kg_per_capita", factors, commodity=good)
    row = next(iter(drawn.rows("need", "kg_per_capita", {"commodity": "beras"}, 1, heavy=False)))
    need = tables_of(drawn)["need"]
    for other in ("telur", "gula"):
        place = need.loc[row, "province"]
        twin = need.index[(need["province"] == place) & (need["commodity"] == other)][0]
        cells = (need.loc[twin, "kg_per_capita"], need.loc[row, "kg_per_capita"])
        yield Slip(
            f"need of beras and {other} swapped", "need", "kg_per_capita", (row, twin), cells
        )


def tables_of(drawn: _Drawn) -> Tables:
    """Return the sound tables."""
    return drawn.tables


def _of_people(drawn: _Drawn) -> Iterator[Slip]:
    yield from drawn.times("provinces", "population", FACTORS)
    yield from drawn.swapped("provinces", "population", 3)


def _of_stocks(drawn: _Drawn) -> Iterator[Slip]:
    for at, good in enumerate(GOODS):
        factors = (10.0, 0.1) if at % 2 else (0.1, 1000.0)
        yield from drawn.times("stocks", "opening_t", factors, heavy=True, commodity=good)
    for good in ("beras", "gula"):
        yield from drawn.swapped("stocks", "opening_t", commodity=good)
    yield from drawn.times("stocks", "reserve_t", (1000.0, 10.0, 0.1))
    yield from drawn.times("stocks", "local_share", (0.1, 0.01))


def _of_ways(drawn: _Drawn) -> Iterator[Slip]:
    yield from drawn.times("arcs", "distance_nm", (10.0, 0.1, 100.0, 1.852, 0.539957), mode="sea")
    yield from drawn.times("arcs", "distance_nm", (10.0, 0.1), mode="sea_toll")
    yield from drawn.times("arcs", "distance_km", (10.0, 0.1, 0.621371, 1.609344), mode="truck")
    yield from drawn.times("arcs", "transit_days", (10.0, 0.1, 24.0), mode="sea")
    yield from drawn.times("arcs", "transit_days", (10.0, 0.1), mode="truck")
    yield from drawn.times("arcs", "idr_per_t", FACTORS, mode="ferry")
    yield from drawn.times("arcs", "capacity", (10.0, 0.1, 100.0, 12.0), mode="sea_toll")
    yield from drawn.times("arcs", "loss", (10.0, 100.0, 0.1), mode="sea")
    yield from drawn.swapped("arcs", "distance_nm", 2, mode="sea")
    yield from drawn.swapped("arcs", "transit_days", mode="sea")


def _of_rates(drawn: _Drawn) -> Iterator[Slip]:
    """Freight of the modes, and handling."""
    for mode, columns in {
        "truck": ("idr_per_t_km", "km_per_day", "idr_low", "idr_high"),
        "sea": ("idr_fixed_per_teu", "idr_per_teu_nm", "handling_idr_per_t"),
        "sea_toll": ("idr_fixed_per_teu", "idr_per_teu_nm", "handling_idr_per_t"),
    }.items():
        for column in columns:
            yield from drawn.times("modes", column, TEN, mode=mode)
    yield from drawn.times("modes", "handling_idr_per_t", (0.001,), mode="sea")
    yield from drawn.times("modes", "idr_per_t_km", (0.001,), mode="truck")


def _of_goods(drawn: _Drawn) -> Iterator[Slip]:
    for good in ("beras", "cabai_rawit", "telur", "bawang_merah"):
        yield from drawn.times("commodities", "holding_idr_per_t", (*TEN, 0.001), commodity=good)
    for good in ("cabai_besar", "telur", "bawang_putih"):
        yield from drawn.times("commodities", "decay_per_day", (10.0, 100.0), commodity=good)
    yield from drawn.times("commodities", "decay_per_day", (1000.0,), commodity="beras")
    for good in ("cabai_rawit", "bawang_merah"):
        yield from drawn.times("commodities", "max_days", TEN, commodity=good)
    yield from drawn.times("commodities", "max_stock_periods", (10.0,), commodity="telur")
    yield from drawn.times("commodities", "tonnes_per_teu", (10.0, 0.1, 1000.0), commodity="gula")
    yield from drawn.times("commodities", "reefer_factor", (10.0,), commodity="cabai_besar")


def _of_imports(drawn: _Drawn) -> Iterator[Slip]:
    for good in ("gula", "kedelai", "bawang_putih"):
        yield from drawn.times(
            "imports", "max_tonnes", (10.0, 1000.0, 0.01), heavy=True, commodity=good
        )
    yield from drawn.times("imports", "idr_per_t", (10.0, 0.1, 0.001))


def _of_prices(drawn: _Drawn) -> Iterator[Slip]:
    yield from drawn.times("prices", "idr_per_kg", FACTORS, commodity="beras")
    for good in ("bawang_merah", "cabai_rawit", "telur", "gula"):
        yield from drawn.times("prices", "idr_per_kg", TEN, commodity=good)
    for good in ("cabai_besar", "bawang_putih"):
        yield from drawn.swapped("prices", "idr_per_kg", commodity=good)
    prices = drawn.tables["prices"]
    for cheap, dear in (
        ("gula", "cabai_rawit"),
        ("beras", "bawang_merah"),
        ("telur", "cabai_besar"),
    ):
        row = next(iter(drawn.rows("prices", "idr_per_kg", {"commodity": cheap}, 1, heavy=False)))
        same = (prices["province"] == prices.loc[row, "province"]) & (
            prices["period"] == prices.loc[row, "period"]
        )
        twin = prices.index[same & (prices["commodity"] == dear)][0]
        cells = (prices.loc[twin, "idr_per_kg"], prices.loc[row, "idr_per_kg"])
        yield Slip(
            f"prices of {cheap} and {dear} swapped", "prices", "idr_per_kg", (row, twin), cells
        )


def _of_places(drawn: _Drawn) -> Iterator[Slip]:
    """Coordinates, and rates of conversion."""
    yield from drawn.times("ports", "lat", (-1.0, -1.0, 0.1, 10.0))
    yield from drawn.times("ports", "lon", (0.1, 10.0))
    yield from drawn.times("provinces", "lat", (-1.0, 0.1))
    yield from drawn.times("provinces", "lon", (0.1,))
    yield from drawn.times("conversions", "tonnes_per_tonne", (10.0, 0.1, 100.0, 0.01))


def _of_whole_columns(drawn: _Drawn) -> Iterator[Slip]:
    """A table in another unit, and the file of last year in the place of this year's."""
    yield drawn.whole("production", "tonnes", 1000.0)
    yield drawn.whole("production", "tonnes", 0.001)
    yield drawn.whole("production", "tonnes", 1000.0, commodity="telur")
    yield drawn.whole("production", "tonnes", 0.001, commodity="gula")
    yield drawn.whole("provinces", "population", 0.001)
    yield drawn.whole("need", "kg_per_capita", 1 / 12)
    yield drawn.whole("need", "kg_per_capita", 1 / 365, commodity="beras")
    yield drawn.whole("stocks", "opening_t", 1000.0)
    yield drawn.whole("stocks", "opening_t", 0.001)
    yield drawn.whole("prices", "idr_per_kg", 1000.0)
    yield drawn.whole("prices", "idr_per_kg", 0.001)
    yield drawn.whole("prices", "idr_per_kg", 100.0, commodity="telur")
    yield drawn.whole("imports", "max_tonnes", 1000.0)
    yield drawn.whole("production", "tonnes", 0.97, commodity="beras")


UNTOLD = {
    "production": "a harvest ten times as small, or two swapped, of a good whose nation has enough all the same; "
    "a province may well harvest so little, and only the figures of another year would tell",
    "prices": "two prices of goods that cost about the same, or of one good in two provinces",
    "commodities.max_stock_periods": "how long a period is, the tables alone do not tell",
    "stocks.reserve_t": "reserves may be as small as anybody likes",
    "provinces.lat": "a capital near the equator without roads to others: its port is still within reach",
}
"""Slips that are let pass, and why."""

TOLD_BY = {
    "box_too_light": "commodities.tonnes_per_teu gula row 5 x 0.1",
    "capital_far": "provinces.lon  row 9 x 0.1",
    "harvest_unlike": "production.tonnes bawang_merah row 51 x 10",
    "holding_unlike": "commodities.holding_idr_per_t beras row 0 x 10",
    "import_above_need": "imports.max_tonnes gula row 0 x 10",
    "nation_short": "production.tonnes bawang_merah row 46 x 0.1",
    "people_in_thousands": "provinces.population  all x 0.001",
    "people_of_all": "provinces.population  row 2 x 100",
    "people_unlike": "provinces.population  row 27 x 10",
    "place_unlike_ways": "ports.lat  row 15 x 0.1",
    "price_of_month": "prices of beras and bawang_merah swapped",
    "prices_of_a_good": "prices.idr_per_kg  all x 1000",
    "rate_unlike": "modes.idr_per_t_km truck row 0 x 10",
    "reserve_unlike": "stocks.reserve_t  row 1 x 1000",
    "spoils_on_the_way": "commodities.decay_per_day cabai_besar row 2 x 10",
    "stock_of_a_day": "stocks.opening_t  all x 0.001",
    "stock_unlike": "stocks.opening_t beras row 15 x 0.1",
    "too_long": "arcs.distance_nm sea row 421 x 10",
    "too_short_for_most": "commodities.max_days cabai_rawit row 3 x 0.1",
    "unlike_all_others": "production.loss bawang_merah row 62 x 0.1",
    "unlike_range": "stocks.local_share  row 29 x 0.1",
    "unlike_usual": "imports.max_tonnes gula row 5 x 0.01",
    "unlike_way_back": "arcs.distance_nm sea row 425 x 1.852",
}
"""A slip for each kind of remark that only many provinces make possible."""


def national() -> Tables:
    """Read the tables of the nation, typed and not yet spread over the months."""
    shipped = Path(__file__).parents[1] / "scenarios" / "nasional-2023"
    folders, _ = read_chain(shipped, [], {})
    return _tables(folders, [None], [])


def told_of(slip: Slip, tables: Tables) -> list[Problem]:
    """Return all that is said of a slip: remarks, and bounds of the column that it breaks."""
    spoilt = slip.made(tables)
    column, frame = TABLES[slip.table].column(slip.column), spoilt[slip.table]
    low = frame[slip.column] < (float("-inf") if column.low is None else column.low)
    high = frame[slip.column] > (float("inf") if column.high is None else column.high)
    part = (frame[slip.column] % 1 != 0) & frame[slip.column].notna() & column.whole
    beyond = [
        Problem("bound", row["_file"], row["_line"], slip.column)
        for row in frame.loc[low | high | part].to_dict("records")
    ]
    return beyond or implausible(dict(spoilt))


def elsewhere(slip: Slip, tables: Tables, told: Sequence[Problem]) -> list[Problem]:
    """Return the remarks that name a cell which is right; one on the good of the nation names none."""
    lines = {int(tables[slip.table].loc[row, "_line"]) for row in slip.rows}
    of_nation = {"nation_unbalanced", "nation_short", "stock_of_a_day", "prices_of_a_good"}
    return [
        problem
        for problem in told
        if problem.key not in of_nation
        and (Path(problem.file).stem != slip.table or problem.line not in lines)
    ]


def main() -> None:
    """Count what is said of the slips."""
    tables = national()
    every = slips(tables)
    told = [told_of(slip, tables) for slip in every]
    silent = [slip.name for slip, found in zip(every, told, strict=True) if not found]
    wrong = [s.name for s, found in zip(every, told, strict=True) if elsewhere(s, tables, found)]
    lines = [f"{len(silent)} of {len(every)} pass in silence:", *silent]
    lines += [f"{len(wrong)} name a cell that is right:", *wrong]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
