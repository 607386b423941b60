"""The one message of a brief: what changed, what a pair can trade, who is short, or that all is met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.brief.brief_data import BriefData
from planner.brief.brief_sentences import Message, Words
from planner.brief.comparison_message import ComparisonMessage
from planner.brief.facts import Fact
from planner.brief.run_cells import table
from planner.reports.run_report import LEAST_TOLD


def message(book: BriefData) -> Message:
    """Choose the message of a brief.

    Parameters
    ----------
    book
        The run and its facts: what it is set against comes first, then the pair in focus, then
        what is short.
    """
    if book.against is not None:
        return ComparisonMessage(book, book.against).message()
    words = _Chosen(book)
    if book.trades:
        return words.pair()
    return words.short() if book.places else words.met()


class _Chosen(Words):
    def met(self) -> Message:
        """All is met: by moving how much."""
        headline = self.say("met.headline", moved=self.facts["moved"])
        unused = self.listed("unused_t")
        return Message(
            headline,
            [
                self.plan(),
                *self._first_lane(),
                *self._if(unused, "met.unused", goods=unused),
                *self.closing(),
            ],
            [
                *self.agreements(),
                *self._if(unused, "met.decide_unused", goods=unused),
                *self.room(),
                *self.freight(),
            ],
            self.numbers({}),
        )

    def _if(self, found: str, key: str, **values: object) -> list[str]:
        return [self.say(key, **values)] if found else []

    def _first_lane(self) -> list[str]:
        return [
            self.say(
                "met.lane",
                commodity=lane.commodity,
                tonnes=self.amount(1),
                origin=lane.origin,
                destination=lane.destination,
                mode=lane.mode,
            )
            for lane in self.book.lanes[:1]
        ]

    def short(self) -> Message:
        """Somebody is short: of how much, who most, and what it costs to bring a kilogram there."""
        good, unmet = next(iter(self.book.amounts("unmet_t").items()))
        first = self.book.places[0]
        place: dict[str, object] = {"province": first.province, "commodity": first.commodity}
        brought = (
            [] if first.brought is None else [self.say("short.brought", idr=first.brought, **place)]
        )
        return Message(
            self.say(
                "short.headline", unmet=unmet, commodity=self.good(good), province=first.province
            ),
            [self.plan(), *self.short_places(), *brought, *self.closing()],
            [
                *self.who(),
                self.say("short.first", places=self.places()),
                *self.agreements(),
                *self.freight(),
            ],
            self.numbers({"unmet": unmet, "brought": first.brought}),
        )

    def pair(self) -> Message:
        """Two provinces in focus: what one could send the other, and what that costs the nation."""
        trades = [self._trade(n, row) for n, row in enumerate(self.book.trades, start=1)]
        first = trades[0]
        support = [self.say("pair.support", **first)] if "flip" in first else []
        return Message(
            self.say("pair.headline", **first),
            [self.plan(), *self.short_places(), *map(self._told, trades, self.book.trades)],
            [
                self.say("pair.agree", **first),
                *support,
                self.say("pair.whose", **first),
                *self.freight(),
            ],
            self.numbers({name: first.get(name) for name in ("potential", "extra", "flip")}),
        )

    def _told(self, trade: Mapping[str, Fact], row: Mapping[str, Any]) -> str:
        """Write what the trade would take; a run of an older version does not hold the freight of today."""
        untold = row["flip_idr_per_t"] >= 0
        if "flip" not in trade:
            return self.say(f"pair.{'untold' if untold else 'never'}", **trade)
        if trade["freight"].text == trade["flip"].text:
            return self.say("pair.free", **trade)
        moves = float(trade["planned"].value) >= LEAST_TOLD
        return self.say("pair.more" if moves else "pair.starts", **trade)

    def _trade(self, number: int, row: Mapping[str, Any]) -> dict[str, Fact]:
        found = {
            "origin": self.book.name("province", row["origin"]),
            "destination": self.book.name("province", row["destination"]),
            "commodity": self.good(row["commodity"]),
        }
        columns = {"planned_t": "tonnes", "potential_t": "tonnes", "extra_idr_per_t": "per_kg"}
        if row["flip_idr_per_t"] >= 0 and "freight_idr_per_t" in row:
            columns |= {"freight_idr_per_t": "per_kg", "flip_idr_per_t": "per_kg"}
        where = {"direction": row["direction"], "commodity": row["commodity"]}
        for column, style in columns.items():
            name = column.split("_")[0]
            cells = table("pair", column, how="cell", **where)
            found[name] = self.facts.add(f"trade_{number}_{name}", style, cells)
        return found
