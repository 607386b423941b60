"""Sentences that several kinds of message share; each is of the catalogue, with facts in its blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.brief.brief_data import BriefData, Place
from planner.brief.facts import Fact
from planner.brief.run_cells import table
from planner.i18n import text

AGREEMENTS, GOODS, NUMBERS = 3, 3, 4
_USUAL = ("coverage", "moved", "cost", "cost_per_kg")


@dataclass(frozen=True, slots=True)
class Message:
    """What a brief says first.

    Parameters
    ----------
    headline, lead, decide
        One sentence, a few, and questions; Markdown with marked facts.
    numbers
        Four key figures, each with what it is.
    """

    headline: str
    lead: list[str]
    decide: list[str]
    numbers: list[tuple[Fact, str]]


class Words:
    """Sentences about one run; where there is nothing to say, none.

    Parameters
    ----------
    book
        The run and its facts.
    """

    def __init__(self, book: BriefData) -> None:
        self.book, self.facts = book, book.facts

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the brief."""
        return text(f"brief.{key}", self.book.language, **values)

    def numbers(self, facts: Mapping[str, Fact | None]) -> list[tuple[Fact, str]]:
        """Write what each key figure is, by its name in the catalogue; the usual ones make up for missing ones."""
        usual = {name: self.facts[name] for name in _USUAL if name in self.facts}
        named = {name: fact for name, fact in facts.items() if fact is not None}
        chosen = list({**named, **usual}.items())[:NUMBERS]
        return [(fact, self.say(f"number.{name}")) for name, fact in chosen]

    def good(self, code: str) -> Fact:
        """Return the name of a commodity."""
        return self.book.name("commodity", code)

    def plan(self) -> str:
        """Write what the plan is for, what moves, what it costs and what is met."""
        names = ("provinces_count", "commodities_count", "first", "last", "moved", "cost")
        return self.say(
            "plan", **{name: self.facts[name] for name in names}, coverage=self.facts["coverage"]
        )

    def listed(self, name: str) -> str:
        """Name the commodities with most of something, such as `unused_t`, and how much."""
        found = list(self.book.amounts(name).items())[:GOODS]
        return "; ".join(f"{self.good(good)} {fact}" for good, fact in found)

    def short_places(self) -> list[str]:
        """Write who is short of what."""
        return [self.say("short.places", places=self.places())] if self.book.places else []

    def places(self) -> str:
        """Name who is short, of how much."""
        return "; ".join(self._place(place) for place in self.book.places)

    def _place(self, place: Place) -> str:
        return self.say(
            "short.place",
            province=place.province,
            commodity=place.commodity,
            unmet=place.unmet,
            coverage=place.coverage,
        )

    def closing(self) -> list[str]:
        """Write what is missing from the closing stock."""
        goods = self.listed("closing_gap_t")
        return [self.say("short.closing", goods=goods)] if goods else []

    def who(self) -> list[str]:
        """Ask who covers what is unmet."""
        unmet = list(self.book.amounts("unmet_t").items())[:1]
        return [self.say("short.who", unmet=fact, commodity=self.good(k)) for k, fact in unmet]

    def amount(self, number: int) -> Fact:
        """Return the tonnes of a lane with their unit, for a sentence."""
        cells = self.facts[f"lane_{number}_tonnes"].cells
        return self.facts.add(f"lane_{number}_amount", "tonnes", cells)

    def agreements(self) -> list[str]:
        """Ask for agreements on the largest lanes."""
        lanes = [
            self.say(
                "lane",
                origin=lane.origin,
                destination=lane.destination,
                commodity=lane.commodity,
                tonnes=self.amount(number),
            )
            for number, lane in enumerate(self.book.lanes[:AGREEMENTS], start=1)
        ]
        return [self.say("agree", lanes="; ".join(lanes))] if lanes else []

    def room(self) -> list[str]:
        """Ask about capacities that are full."""
        place = ("kind", "name")
        full = table("capacities", *place, how="count", unless=(("congestion_rent", "0"),))
        every = table("capacities", *place, how="count")
        facts = {
            "full": self.facts.add("capacities_full", "count", full),
            "all": self.facts.add("capacities_count", "count", every),
        }
        return [self.say("room", **facts)] if facts["full"].value else []

    def freight(self) -> list[str]:
        """Ask for real freight rates where they are assumed."""
        assumed = self.facts["assumed_freight"]
        return [self.say("decide_freight", assumed=assumed)] if assumed.value else []
