"""A comparison as at most twenty-five lines: what was changed, then what that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from planner.analysis.comparison.compare import GAVE_WAY, Comparison
from planner.i18n import text
from planner.reports.changes import (
    money_change,
    money_difference,
    price_change,
    share_change,
    tonnes_change,
)
from planner.reports.input_changes_report import input_changes_report
from planner.reports.run_report import LEAST_TOLD, charges_purchases

LANES, PLACES, PARTS = 4, 3, 4
MISSING = ("reserve_gap_t", "closing_gap_t")
"""What is missing beside need."""
GIVING_WAY = (("short", "scarcer", "less_scarce"), ("stock", "from_stock", "less_from_stock"))
"""Kinds of prices, and what is said where they stand in more and in fewer periods."""


def compare_report(comparison: Comparison, language: str) -> list[str]:
    """Write what was changed and what that changed.

    Parameters
    ----------
    comparison
        Two runs side by side.
    language
        ``"id"`` or ``"en"``.
    """
    words = _Words(comparison, comparison.after.scenario.locale(language))
    lines = [*words.heading(), *words.inputs()]
    if comparison.same_plan:
        key = "same_plan" if len(comparison.inputs) else "nothing"
        return [*lines, text(f"compare.{key}", language)]
    lines += [words.met(), *words.missing(), words.cost(), words.moved(), *words.gave_way()]
    return [*lines, *words.lanes(), *words.coverage(), *words.prices(), *words.meaning()]


class _Words:
    """Sentences about one comparison in one language."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self._found, self._language = comparison, language
        self._runs = {"before": comparison.before, "after": comparison.after}

    def _say(self, key: str, **values: object) -> str:
        return text(f"compare.{key}", self._language, **values)

    def _names(self, table: str) -> dict[str, str]:
        scenarios = [run.scenario for run in self._runs.values()]
        if "name" not in scenarios[1].tables[table]:
            return {}
        old, new = (scenario.names(table, self._language) for scenario in scenarios)
        return old | new

    @cached_property
    def _provinces(self) -> dict[str, str]:
        return self._names("provinces")

    @cached_property
    def _goods(self) -> dict[str, str]:
        return {code: name.lower() for code, name in self._names("commodities").items()}

    def heading(self) -> list[str]:
        lines = [
            self._say(side, name=run.name, title=run.scenario.title(self._language))
            for side, run in self._runs.items()
        ]
        for run in self._runs.values():
            goods = [k for k in run.scenario.commodities if k not in self._found.commodities]
            if goods:
                named = ", ".join(self._goods[good] for good in goods)
                lines.append(self._say("only", name=run.name, goods=named))
        return lines

    def inputs(self) -> list[str]:
        inputs = self._found.inputs
        if inputs.empty:
            return [] if self._found.same_plan else [self._say("no_inputs")]
        return [self._say("inputs"), *input_changes_report(inputs, self._names, self._language)]

    def _total(self, name: str) -> tuple[float, float]:
        totals = self._found.totals
        old, new = totals.loc[totals["total"] == name, ["before", "after"]].to_numpy(float)[0]
        return old, new

    def cost(self) -> str:
        costs = self._found.costs
        money = costs.loc[~costs["part"].str.startswith("penalty_")]
        changes = money.groupby("part", as_index=False)["idr_difference"].sum()
        changes = changes.loc[changes["idr_difference"] != 0]
        largest = changes.sort_values("idr_difference", key=abs, ascending=False).head(PARTS)
        parts = [
            f"{text(f'report.part.{part}', self._language)} {money_difference(idr, self._language)}"
            for part, idr in zip(largest["part"], largest["idr_difference"], strict=True)
        ]
        change = money_change(*self._total("cost_idr"), self._language)
        return self._say("parts" if parts else "cost", change=change, parts=", ".join(parts))

    def met(self) -> str:
        pairs = zip(self._total("need_t"), self._total("unmet_t"), strict=True)
        old, new = (1 - unmet / need if need else 1.0 for need, unmet in pairs)
        change = share_change(old, new, self._language)
        unmet = self._total("unmet_t")
        if max(unmet) < LEAST_TOLD:
            return self._say("met", change=change)
        return self._say("met_short", change=change, tonnes=tonnes_change(*unmet, self._language))

    def moved(self) -> str:
        change = tonnes_change(*self._total("tonnes_moved"), self._language)
        return self._say("moved", change=change)

    def missing(self) -> list[str]:
        """Write what reserves and closing stocks lack: tonnes come before money."""
        lacking = [name for name in MISSING if max(self._total(name)) >= LEAST_TOLD]
        return [self._say("missing", changes=self._changes(lacking))] if lacking else []

    def gave_way(self) -> list[str]:
        others = [name for name in GAVE_WAY if name not in MISSING]
        moved = [name for name in others if abs(np.subtract(*self._total(name))) >= LEAST_TOLD]
        return [self._say("gave_way", changes=self._changes(moved))] if moved else []

    def _changes(self, names: Sequence[str]) -> str:
        told = [
            self._say(name, change=tonnes_change(*self._total(name), self._language))
            for name in names
        ]
        return "; ".join(told)

    def lanes(self) -> list[str]:
        lanes = self._found.lanes
        if lanes.empty:
            return [self._say("no_lanes")]
        modes = self._names("modes")
        told = [
            self._say(
                "lane",
                origin=self._provinces[lane["origin"]],
                destination=self._provinces[lane["destination"]],
                commodity=self._goods[lane["commodity"]],
                mode=f"{modes[lane['mode']].lower()} {lane['service']}".strip(),
                change=tonnes_change(lane["tonnes_before"], lane["tonnes_after"], self._language),
            )
            for lane in lanes.head(LANES).to_dict("records")
        ]
        return [self._say("lanes", count=len(lanes)), *told]

    def coverage(self) -> list[str]:
        cells = self._found.coverage
        if cells.empty:
            return []
        named = [
            f"{self._place(cell)} "
            + share_change(cell["coverage_before"], cell["coverage_after"], self._language)
            for cell in cells.head(PLACES).to_dict("records")
        ]
        return [self._say("coverage", count=len(cells), places="; ".join(named))]

    def prices(self) -> list[str]:
        cells = self._found.prices
        priced = cells.loc[cells["idr_per_t_difference"].abs() >= 1]
        lines = []
        if len(priced):
            named = [
                f"{self._place(cell)} "
                + price_change(cell["idr_per_t_before"], cell["idr_per_t_after"], self._language)
                for cell in priced.head(PLACES).to_dict("records")
            ]
            up = int((priced["idr_per_t_difference"] > 0).sum())
            counts = {"up": up, "down": len(priced) - up}
            lines.append(self._say("prices", **counts, places="; ".join(named)))
        for kind, more, fewer in GIVING_WAY:
            longer = cells[f"{kind}_after"] - cells[f"{kind}_before"]
            for key, chosen in ((more, longer > 0), (fewer, longer < 0)):
                if chosen.any():
                    lines.append(self._say(key, places=self._places(cells.loc[chosen])))
        return lines

    def meaning(self) -> list[str]:
        """Write what a local price is here, and what was not compared."""
        return [*self._price_words(), self._say("not_compared")]

    def _price_words(self) -> list[str]:
        if self._found.prices.empty:
            return []
        charging = [run.name for run in self._runs.values() if charges_purchases(run.scenario)]
        if len(charging) == 1:
            return [self._say("purchase_differs", name=charging[0])]
        return [] if charging else [text("report.no_purchase", self._language)]

    def _place(self, cell: Mapping[Any, Any]) -> str:
        return f"{self._provinces[cell['province']]}, {self._goods[cell['commodity']]}"

    def _places(self, cells: pd.DataFrame) -> str:
        """Name a few provinces of each commodity, count many."""
        told = []
        for good, rows in cells.groupby("commodity", sort=False):
            names = [self._provinces[code] for code in rows["province"]]
            many = self._say("provinces", count=len(names))
            places = ", ".join(names) if len(names) <= PLACES else many
            told.append(self._say("in_provinces", commodity=self._goods[str(good)], places=places))
        return "; ".join(told)
