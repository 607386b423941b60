"""The book of a brief: a run, its facts, and what stands out in it: lanes, places that are short, trades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from planner.analysis.comparison.compare import Comparison, compare
from planner.brief.common_facts import LANE, add_common_facts
from planner.brief.facts import Fact, Facts
from planner.brief.run_cells import RunCells, Runs, summary, table
from planner.brief.value_styles import STYLES
from planner.i18n import NAME, name_columns
from planner.runs import Run

CARRIAGE = ("freight_idr", "handling_idr", "holding_idr")
PLACES, TRADES = 3, 3
MOST_LANES = 10
"""Rows of the table of shipments at most; the brief says how many lanes there are."""
_SOURCED = ("production", "need", "stocks", "arcs", "provinces", "prices")
LEAST_SHORT = 0.5
"""Less than this is not told as short, t."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the table of shipments."""

    origin: Fact
    destination: Fact
    commodity: Fact
    mode: Fact
    service: Fact | None
    tonnes: Fact
    freight: Fact
    change: Fact | None


@dataclass(frozen=True, slots=True)
class Place:
    """A province that is short of a good; `brought` is None where nothing comes from elsewhere."""

    province: Fact
    commodity: Fact
    unmet: Fact
    coverage: Fact
    brought: Fact | None


class BriefData:
    """A run, its facts, and what stands out in it.

    Parameters
    ----------
    runs
        The run, and the one it is set against if any.
    language
        ``"id"`` or ``"en"``.

    Raises
    ------
    InputError
        If the two runs cannot be compared.
    """

    def __init__(self, runs: Runs, language: str) -> None:
        self.run: Run = runs["run"]
        self.language, self.runs = self.run.scenario.locale(language), runs
        self.against: Comparison | None = (
            compare(runs["against"], self.run) if "against" in runs else None
        )
        self.facts = Facts(runs, self.language)
        self.banded = add_common_facts(self.facts, self.run)
        self.lanes = self._lanes()
        self.places = self._places()

    def name(self, kind: str, code: str) -> Fact:
        """Return the name of a province, a commodity or a mode as a fact."""
        name = "commodities" if kind == "commodity" else f"{kind}s"
        frame = self.run.scenario.tables[name]
        row = frame.loc[frame[kind] == code].iloc[0]
        known = [
            name for name in name_columns(self.language, frame.columns) if str(row[name] or "")
        ]
        column = known[0] if known else NAME
        cells = RunCells(f"inputs/{name}.csv", (column,), ((kind, code),), how="cell")
        return self.facts.add(f"{kind}_{code}", "text" if kind == "province" else "good", cells)

    def _service(self, code: str) -> Fact | None:
        """Return the name of a vessel service; None where cargo goes by none."""
        cells = table("inputs/services", "service", how="cell", service=code)
        return self.facts.add(f"service_{code}", "text", cells) if code else None

    def amounts(self, name: str) -> dict[str, Fact]:
        """Return a fact by commodity, such as ``unused_t``, the largest first; tiny ones left out."""
        found = self.run.facts[name].items()
        large = sorted((k for k in found if k[1] >= LEAST_SHORT), key=lambda item: -item[1])
        stem = name.removesuffix("_t")
        return {
            good: self.facts.add(f"{stem}_{good}", "tonnes", summary(f"/{name}/{good}"))
            for good, _ in large
        }

    @cached_property
    def goods(self) -> list[str]:
        """The commodities: those that are short first, then what could be traded, then what moves most."""
        flows = self.run.tables["flows"].groupby("commodity")["tonnes"].sum()
        moved = flows.sort_values(ascending=False, kind="stable").index
        traded = [trade["commodity"] for trade in self.trades]
        every = [
            *self.amounts("unmet_t"),
            *traded,
            *map(str, moved),
            *self.run.scenario.commodities,
        ]
        return list(dict.fromkeys(every))

    @property
    def grown(self) -> str:
        """The first commodity that is not made from another: of what is made, a balance tells little."""
        made = set(self.run.scenario.tables["recipes"]["output"])
        return next((good for good in self.goods if good not in made), self.goods[0])

    def looked_at(self) -> Iterator[tuple[str, str]]:
        """Yield provinces and commodities worth a look: what is short, could be traded, moves most."""
        for place in self.places:
            cells = dict(place.unmet.cells.where)
            yield cells["province"], cells["commodity"]
        for trade in self.trades:
            yield trade["destination"], trade["commodity"]
        for lane in self.lanes:
            cells = dict(lane.tonnes.cells.where)
            yield cells["destination"], cells["commodity"]

    @cached_property
    def trades(self) -> list[dict[str, Any]]:
        """What the two provinces in focus could trade beyond the plan, the most first."""
        if "pair" not in self.run.tables:
            return []
        pair = self.run.tables["pair"]
        more = pair.loc[pair["potential_t"] - pair["planned_t"] >= LEAST_SHORT]
        ends = more["direction"].str.split("-", expand=True)
        named = more.assign(origin=ends[0], destination=ends[1]).nlargest(TRADES, "potential_t")
        return [{str(key): value for key, value in row.items()} for row in named.to_dict("records")]

    def sources(self) -> list[str]:
        """Return an official source of each publisher, those behind most rows first."""
        tables = self.run.scenario.tables
        sources = tables["sources"].set_index("source")
        rows = pd.concat([tables[name]["source"] for name in _SOURCED])
        ranked = [code for code in rows.value_counts().index if code in sources.index]
        published = sources.loc[ranked]
        published = published.loc[published["kind"].eq("official") & published["publisher"].ne("")]
        names = published["publisher"].map(lambda name: STYLES["publisher"].write(name, ""))
        return [str(code) for code in names.drop_duplicates().index]

    def _lanes(self) -> list[Lane]:
        """Return the largest lanes, as many as a brief can have room for."""
        sums = self.run.tables["flows"].groupby(LANE, as_index=False)["tonnes"].sum()
        largest = sums.loc[sums["tonnes"] >= LEAST_SHORT].nlargest(MOST_LANES, "tonnes")
        keys = largest[LANE].astype(str).to_dict("records")
        return [self._lane(n, {str(k): v for k, v in key.items()}) for n, key in enumerate(keys, 1)]

    def _lane(self, number: int, key: dict[str, str]) -> Lane:
        add, here = self.facts.add, table("flows", "tonnes", **key)
        freight = table("flows", "idr", **key)
        change = None
        if self.against is not None:
            there = table("flows", "tonnes", side="against", absent=True, **key)
            change = add(f"lane_{number}_change", "bare_change", here, less=there)
        return Lane(
            origin=self.name("province", key["origin"]),
            destination=self.name("province", key["destination"]),
            commodity=self.name("commodity", key["commodity"]),
            mode=self.name("mode", key["mode"]),
            service=self._service(key["service"]),
            tonnes=add(f"lane_{number}_tonnes", "bare_tonnes", here),
            freight=add(
                f"lane_{number}_freight",
                "bare_per_kg",
                freight,
                per=table("flows", "received_t", **key),
            ),
            change=change,
        )

    def _places(self) -> list[Place]:
        coverage = self.run.tables["coverage"]
        sums = coverage.groupby(["province", "commodity"])["unmet_t"].sum()
        largest = sums.loc[sums >= LEAST_SHORT].nlargest(PLACES)
        return [self._place(number, *key) for number, key in enumerate(largest.index, start=1)]

    def _place(self, number: int, province: str, commodity: str) -> Place:
        add, here = self.facts.add, {"province": province, "commodity": commodity}
        supply = self.run.tables["supply"]
        to = {"destination": province, "commodity": commodity, "use": "need"}
        away = {**to, "unless": (("origin", province),)}
        rows = (supply[list(to)] == pd.Series(to)).all(axis=1) & (supply["origin"] != province)
        brought = None
        if supply.loc[rows, "tonnes"].sum() > 0:
            brought = add(
                f"place_{number}_brought",
                "per_kg",
                table("supply", *CARRIAGE, **away),
                per=table("supply", "tonnes", **away),
            )
        return Place(
            province=self.name("province", province),
            commodity=self.name("commodity", commodity),
            unmet=add(f"place_{number}_unmet", "tonnes", table("coverage", "unmet_t", **here)),
            coverage=add(
                f"place_{number}_coverage",
                "share",
                table("coverage", "served_t", **here),
                per=table("coverage", "need_t", **here),
            ),
            brought=brought,
        )
