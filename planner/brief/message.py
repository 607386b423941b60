"""The one message of a brief, chosen from its facts: what changed, what a pair can trade, who is short, or all is met.

Each kind gives a headline, a few sentences, and what has to be decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.analysis.changed_inputs import SETTINGS
from planner.brief.facts import Fact, setting, summary, table
from planner.brief.gather import Book, Place
from planner.brief.markup import plain
from planner.language import text

TRADES, GOODS, CHANGES = 3, 3, 4


@dataclass(frozen=True, slots=True)
class Message:
    """What a brief says first.

    Parameters
    ----------
    headline, lead, decide
        One sentence, a few, and questions; Markdown with marked facts.
    """

    headline: str
    lead: list[str]
    decide: list[str]


def message(book: Book) -> Message:
    """Choose the message of a brief: what it is set against, the pair in focus, or what is short."""
    words = _Words(book)
    if book.against is not None:
        return words.changed()
    if "pair" in book.run.tables and words.trades():
        return words.pair()
    return words.short() if book.places else words.met()


class _Words:
    def __init__(self, book: Book) -> None:
        self._book, self._facts = book, book.facts

    def _say(self, key: str, **values: object) -> str:
        return text(f"brief.{key}", self._book.language, **values)

    def _plan(self) -> str:
        known = (
            "provinces_count",
            "commodities_count",
            "first",
            "last",
            "moved",
            "cost",
            "coverage",
        )
        return self._say("plan", **{name: self._facts[name] for name in known})

    def _good(self, code: str) -> Fact:
        return self._book.name("commodity", code)

    def _listed(self, name: str) -> str:
        found = list(self._book.amounts(name).items())[:GOODS]
        return "; ".join(f"{self._good(good)} {fact}" for good, fact in found)

    # ---- all is met, or somebody is short

    def met(self) -> Message:
        return Message(
            self._say("met.headline", moved=self._facts["moved"], cost=self._facts["cost"]),
            [self._plan(), *self._first_lane(), *self._unused()],
            [*self._agree(), *self._decide_unused(), *self._room(), self._decide_freight()],
        )

    def short(self) -> Message:
        good, unmet = next(iter(self._book.amounts("unmet_t").items()))
        first = self._book.places[0]
        values = {"unmet": unmet, "commodity": self._good(good)}
        lead = [self._plan(), self._say("short.places", places="; ".join(self._places()))]
        if first.brought is not None:
            place = {"province": first.province, "commodity": first.commodity}
            lead.append(self._say("short.brought", idr=first.brought, **place))
        return Message(
            self._say("short.headline", province=first.province, **values),
            [*lead, *self._gap()],
            [
                self._say("short.who", **values),
                self._say("short.first", places="; ".join(self._places())),
                *self._agree(),
                self._decide_freight(),
            ],
        )

    def _places(self) -> list[str]:
        return [self._place(place) for place in self._book.places]

    def _place(self, place: Place) -> str:
        return self._say(
            "short.place",
            province=place.province,
            commodity=place.commodity,
            unmet=place.unmet,
            coverage=place.coverage,
        )

    def _gap(self) -> list[str]:
        goods = self._listed("closing_gap_t")
        return [self._say("short.closing", goods=goods)] if goods else []

    def _first_lane(self) -> list[str]:
        if not self._book.lanes:
            return []
        lane, amount = self._book.lanes[0], self._told_lane(1)
        ends = {"origin": lane.origin, "destination": lane.destination, "mode": lane.mode}
        return [self._say("met.lane", commodity=lane.commodity, tonnes=amount, **ends)]

    def _told_lane(self, number: int) -> Fact:
        """Give the tonnes of a lane with their unit, for a sentence."""
        cells = self._facts[f"lane_{number}_tonnes"].cells
        return self._facts.add(f"lane_{number}_amount", "tonnes", cells)

    def _unused(self) -> list[str]:
        goods = self._listed("unused_t")
        return [self._say("met.unused", goods=goods)] if goods else []

    def _agree(self) -> list[str]:
        lanes = [
            self._say(
                "lane",
                origin=lane.origin,
                destination=lane.destination,
                commodity=lane.commodity,
                tonnes=self._told_lane(number),
            )
            for number, lane in enumerate(self._book.lanes[:TRADES], start=1)
        ]
        return [self._say("agree", lanes="; ".join(lanes))] if lanes else []

    def _decide_unused(self) -> list[str]:
        goods = self._listed("unused_t")
        return [self._say("met.decide_unused", goods=goods)] if goods else []

    def _room(self) -> list[str]:
        """Ask about capacities that are full, where there are any."""
        place = ("kind", "name")
        full = table("capacities", *place, how="count", unless=(("congestion_rent", "0"),))
        fact = self._facts.add("capacities_full", "count", full)
        every = self._facts.add("capacities_count", "count", table("capacities", *place, how="count"))
        return [self._say("room", full=fact, all=every)] if fact.value else []

    def _decide_freight(self) -> str:
        return self._say("decide_freight", assumed=self._facts["assumed_freight"])

    # ---- what two provinces can trade

    def trades(self) -> list[dict[str, Fact]]:
        """Give what the two provinces in focus could trade beyond the plan, the most first."""
        pair = self._book.run.tables["pair"]
        more = pair.loc[pair["potential_t"] - pair["planned_t"] > 0.5]
        rows = more.nlargest(TRADES, "potential_t").to_dict("records")
        return [self._trade(number, row) for number, row in enumerate(rows, start=1)]

    def _trade(self, number: int, row: Mapping[Any, Any]) -> dict[str, Fact]:
        where = {"direction": row["direction"], "commodity": row["commodity"]}
        origin, destination = row["direction"].split("-")
        found = {
            "origin": self._book.name("province", origin),
            "destination": self._book.name("province", destination),
            "commodity": self._good(row["commodity"]),
        }
        columns = {"planned_t": "tonnes", "potential_t": "tonnes", "extra_idr_per_t": "per_kg"}
        if row["flip_idr_per_t"] >= 0:
            columns["flip_idr_per_t"] = "per_kg"
        for column, style in columns.items():
            name = column.split("_")[0]
            cells = table("pair", column, how="cell", **where)
            found[name] = self._facts.add(f"trade_{number}_{name}", style, cells)
        return found

    def pair(self) -> Message:
        trades = self.trades()
        keys = ["pair.flips" if "flip" in trade else "pair.never" for trade in trades]
        told = [self._say(key, **trade) for key, trade in zip(keys, trades, strict=True)]
        first = trades[0]
        decide = [self._say("pair.agree", **first)]
        if "flip" in first:
            decide.append(self._say("pair.support", **first))
        return Message(
            self._say("pair.headline", **first),
            [self._plan(), *told],
            [*decide, self._say("pair.whose", **first), self._decide_freight()],
        )

    # ---- what changed against another run

    def changed(self) -> Message:
        after, before = summary("/cost_idr"), summary("/cost_idr", "against")
        add = self._facts.add
        cost = {
            "before": add("cost_before", "rupiah", before),
            "after": self._facts["cost"],
            "change": add("cost_change", "rupiah_change", after, less=before),
        }
        served, need = table("coverage", "served_t"), table("coverage", "need_t")
        old = [table("coverage", name, side="against") for name in ("served_t", "need_t")]
        met = {
            "coverage_before": add("coverage_before", "share", old[0], per=old[1]),
            "coverage_after": add("coverage", "share", served, per=need),
        }
        moved = {
            "before": add("moved_before", "tonnes", summary("/tonnes_moved", "against")),
            "after": self._facts["moved"],
        }
        title = add("title_before", "text", setting(f"/scenario/title/{self._book.language}", "against"))
        worse = [self._say("short.places", places="; ".join(self._places()))] if self._book.places else []
        return Message(
            self._say("against.headline", **met, **cost),
            [
                self._say("against.than", title=title),
                *self._inputs(),
                self._say("against.cost", **cost),
                self._say("against.moved", **moved),
                *worse,
            ],
            [self._say("against.decide"), *self._short_decisions(), *self._agree(), self._decide_freight()],
        )  # fmt: skip

    def _short_decisions(self) -> list[str]:
        return [
            self._say("short.who", unmet=unmet, commodity=self._good(good))
            for good, unmet in list(self._book.amounts("unmet_t").items())[:1]
        ]

    def _inputs(self) -> list[str]:
        """Say which inputs were changed: flows by commodity with their sums, others by name."""
        comparison = self._book.against
        assert comparison is not None
        inputs = comparison.inputs
        if inputs.empty:
            return [self._say("against.same_inputs")]
        flows = inputs["column"].eq("tonnes") & inputs["table"].isin(["production", "need"])
        told = [
            *self._flows(inputs.loc[flows]),
            *self._others(inputs.loc[~flows]),
        ]
        return [self._say("against.inputs", changes="; ".join(told))]

    def _flows(self, rows: pd.DataFrame) -> list[str]:
        found = dict.fromkeys(
            (name, code)
            for name, key in zip(rows["table"], rows["key"], strict=True)
            for code in key.split("; ")
            if code in self._book.run.scenario.commodities
        )
        return [self._flow(name, code) for name, code in list(found)[:CHANGES]]

    def _flow(self, name: str, good: str) -> str:
        values = {}
        for end, side in (("before", "against"), ("after", "run")):
            cells = table("balance", name, commodity=good, side=side, absent=True)
            values[end] = self._facts.add(f"{name}_{good}_{end}", "tonnes", cells)
        return self._say(f"against.{name}", commodity=self._good(good), **values)

    def _others(self, rows: pd.DataFrame) -> list[str]:
        named = dict.fromkeys(
            row["key"] if row["table"] == SETTINGS else f"{row['table']}.csv"
            for row in rows.to_dict("records")
        )
        return [plain(name) for name in named]
