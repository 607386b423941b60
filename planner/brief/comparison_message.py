"""The message of a brief that sets a run against another: changed inputs first, then what that changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd

from planner.analysis.comparison.compare import Comparison
from planner.analysis.comparison.input_changes import SETTINGS
from planner.brief.brief_data import LEAST_SHORT, BriefData
from planner.brief.brief_sentences import Message, Words
from planner.brief.facts import Fact
from planner.brief.markup import plain
from planner.brief.run_cells import RunCells, setting, summary, table
from planner.i18n import text
from planner.reports.changes import LEAST_SHARE, LEAST_T, least_money

FLOWS, PARTS = 4, 2
_LEAST = {"tonnes": LEAST_T, "share": LEAST_SHARE}


class ComparisonMessage(Words):
    """Sentences about what changed.

    Parameters
    ----------
    book
        The run and its facts.
    found
        The run beside the other.
    """

    def __init__(self, book: BriefData, found: Comparison) -> None:
        super().__init__(book)
        self._found = found

    def message(self) -> Message:
        """Return the message."""
        cost = self._before_and_after("cost", "rupiah", summary("/cost_idr"))
        met = self._before_and_after("coverage", "share", summary("/coverage"))
        moved = self._before_and_after("moved", "tonnes", summary("/tonnes_moved"))
        pointer = f"/scenario/title/{self.book.language}"
        title = self.facts.add("title_before", "text", setting(pointer, side="against"))
        lead = [
            self.say("against.than", title=title),
            *self._inputs(),
            self._cost(cost),
            self.say("against.moved", moved=self._told(moved)),
            *self.short_places(),
            *self.closing(),
        ]
        decide = [self.say("against.decide"), *self.who(), *self.agreements(), *self.freight()]
        gap = self._gap()
        same = _same(met, self.book.language)
        key = "headline" if not same else "same_coverage" if gap is None else "closing"
        told = {"met": self._told(met), "cost": self._told(cost), "coverage_after": met["after"]}
        headline = self.say(f"against.{key}", gap=gap, **told)
        numbers = {
            "coverage": met["after"],
            "closing_gap": gap,
            "cost_change": cost["change"],
            "moved_change": moved["change"],
        }
        return Message(headline, lead, decide, self.numbers(numbers))

    def _gap(self) -> Fact | None:
        """Return what is missing from the closing stock in all, where that is more than before."""
        totals = self._found.totals
        if totals.loc[totals["total"] == "closing_gap_t", "difference"].sum() <= LEAST_SHORT:
            return None
        goods = [f"/closing_gap_t/{good}" for good in self.book.run.facts["closing_gap_t"]]
        return self.facts.add("closing_gap", "tonnes", summary(*goods))

    def _before_and_after(self, name: str, style: str, after: RunCells) -> dict[str, Fact]:
        """Return a fact in both runs, and the difference."""
        before = dataclasses.replace(after, side="against")
        return {
            "before": self.facts.add(f"{name}_before", style, before),
            "after": self.facts.add(name, style, after),
            "change": self.facts.add(f"{name}_change", f"{style}_change", after, less=before),
            "by": self.facts.add(f"{name}_by", f"{style}_by", after, less=before),
        }

    def _told(self, both: Mapping[str, Fact]) -> str:
        """Write how a figure changed; by how much, where before and after are written alike."""
        if _same(both, self.book.language):
            return self.say("against.same", **both)
        if both["before"].text != both["after"].text:
            return self.say("against.becomes", **both)
        return self.say("against.rises" if float(both["by"].value) > 0 else "against.falls", **both)

    def _cost(self, cost: Mapping[str, Fact]) -> str:
        """Write how the cost changed, and which of its parts most."""
        parts = self._parts()
        key = "cost" if parts else "cost_alone"
        return self.say(f"against.{key}", cost=self._told(cost), parts=", ".join(parts))

    def _parts(self) -> list[str]:
        """Name the parts of the cost that changed most."""
        costs = self._found.costs
        money = costs.loc[~costs["part"].str.startswith("penalty_")]
        sums = money.groupby("part")["idr_difference"].sum().sort_values(key=abs, ascending=False)
        return [
            f"{text(f'report.part.{part}', self.book.language)} {self._part(str(part))}"
            for part in sums.index[sums.abs() >= least_money(self.book.language)][:PARTS]
        ]

    def _part(self, part: str) -> Fact:
        after = table("costs", "idr", part=part, absent=True)
        before = dataclasses.replace(after, side="against")
        return self.facts.add(f"cost_{part}_change", "rupiah_change", after, less=before)

    def _inputs(self) -> list[str]:
        """Write which inputs were changed: harvests and needs with their sums, others by name."""
        inputs = self._found.inputs
        if inputs.empty:
            return [self.say("against.same_inputs")]
        flows = inputs["table"].isin(["production", "need"])
        told = [*self._flows(inputs.loc[flows]), *self._others(inputs.loc[~flows])]
        return [self.say("against.inputs", changes="; ".join(told))]

    def _flows(self, rows: pd.DataFrame) -> list[str]:
        pairs = [
            (str(name), code)
            for name, key in zip(rows["table"], rows["key"], strict=True)
            for code in key.split("; ")
            if code in self._found.commodities
        ]
        told = [self._flow(*pair) for pair in list(dict.fromkeys(pairs))[:FLOWS]]
        return told if len(set(pairs)) <= FLOWS else [*told, *self._others(rows)]

    def _flow(self, name: str, good: str) -> str:
        cells = table("balance", name, commodity=good, absent=True)
        both = self._before_and_after(f"{name}_{good}", "tonnes", cells)
        return self.say(f"against.{name}", commodity=self.good(good), change=self._told(both))

    def _others(self, rows: pd.DataFrame) -> list[str]:
        named = dict.fromkeys(
            row["key"] if row["table"] == SETTINGS else f"{row['table']}.csv"
            for row in rows.to_dict("records")
        )
        return [plain(name) for name in named]


def _same(both: Mapping[str, Fact], language: str) -> bool:
    """Return whether a figure is as before, and not only written so."""
    return abs(float(both["by"].value)) < _LEAST.get(both["after"].style, least_money(language))
