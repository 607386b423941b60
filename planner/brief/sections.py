"""What stands in a brief beside its message: the table, limits, method, sources, assumptions."""

from __future__ import annotations

from planner.brief.brief_data import Lane
from planner.brief.brief_sentences import Words
from planner.brief.markup import plain
from planner.brief.run_cells import setting, table
from planner.reports.run_report import price_note

SOURCES = 8
_HEADS = ("shipments", "decide", "limits", "method", "sources", "assumptions")
_COLUMNS = {
    "origin": 20,
    "destination": 20,
    "commodity": 14,
    "mode": 18,
    "tonnes": 12,
    "freight": 8,
    "change": 16,
}
"""Columns of the table of shipments, and how wide they are, beside one another."""
_RIGHT = {"tonnes", "freight", "change"}


class Sections(Words):
    """The parts of a brief beside its message."""

    def kicker(self) -> str:
        """Write above the headline what kind of paper this is, and about what and when."""
        return self._told("kicker", "title", "first", "last")

    def heads(self) -> dict[str, str]:
        """Return the headings of the parts."""
        return {name: self.say(f"head.{name}") for name in _HEADS}

    def shipments(self, count: int) -> str:
        """Return the table of the largest shipments; nothing where nothing moves."""
        if not self.book.lanes:
            return ""
        heads = [name for name in _COLUMNS if name != "change" or self.book.against is not None]
        rules = [
            f"{'-' * _COLUMNS[head]}:" if head in _RIGHT else f":{'-' * _COLUMNS[head]}"
            for head in heads
        ]
        rows = [[self.say(f"column.{head}") for head in heads], rules]
        rows += [self._row(lane) for lane in self.book.lanes[:count]]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def shipments_note(self) -> str:
        """Write what the table leaves out."""
        return self._told("column.shown", "lanes_count", "moved")

    def _row(self, lane: Lane) -> list[str]:
        mode = f"{lane.mode} {lane.service or ''}".strip()
        cells = [lane.origin, lane.destination, lane.commodity, mode, lane.tonnes, lane.freight]
        return [str(cell) for cell in [*cells, *([lane.change] if lane.change else [])]]

    def limits(self, count: int) -> list[str]:
        """Return what holds for every plan, and the notes of the scenario, its own before its base's."""
        scenario, language = self.book.run.scenario, self.book.language
        notes = reversed(range(len(scenario.settings.limits.notes)))
        told = [
            self.facts.add(f"limit_{n + 1}", "text", setting(f"/limits/notes/{n}/{language}"))
            for n in notes
        ]
        prices = [plain(note) for note in price_note(scenario, language)]
        shown = [self.say("limit.forecast"), self.say("limit.inside"), *prices, *map(str, told)]
        return shown if len(shown) <= count else [*shown[: count - 1], self.say("limit.more")]

    def method(self) -> list[str]:
        """Write in six lines how the plan was found."""
        return [
            self.say("method.balance"),
            self._told("method.program", "columns", "rows"),
            self.say("method.limits"),
            self.say("method.unmet"),
            self._told("method.proof", "breach", "gap"),
            self._told("method.again", "digest", "version", "data_date"),
        ]

    def _told(self, key: str, *names: str) -> str:
        """Return a sentence whose blanks are called as its facts are."""
        return self.say(key, **{name: self.facts[name] for name in names})

    def sources(self) -> str:
        """Name the publishers of official figures, and count all sources."""
        count = self.facts["sources_count"]
        named = [self._publisher(code) for code in self.book.sources()[:SOURCES]]
        if not named:
            return self.say("source.count", sources_count=count)
        return self.say("source.all", sources="; ".join(named), sources_count=count)

    def _publisher(self, code: str) -> str:
        cells = table("inputs/sources", "publisher", how="cell", source=code)
        return str(self.facts.add(f"source_{code}", "publisher", cells))

    def assumptions(self) -> list[str]:
        """Write what rests on assumptions, and how far freight may differ."""
        shares = ("assumed_production", "assumed_need", "assumed_freight")
        bands = [
            self.say(
                "source.band",
                mode=self.book.name("mode", mode),
                low=self.facts[f"band_{mode}_low"],
                high=self.facts[f"band_{mode}_high"],
            )
            for mode in self.book.banded
        ]
        return [
            self._told("source.shares", *shares),
            *([self.say("source.bands", bands="; ".join(bands))] if bands else []),
            self._told("source.assumed", "assumptions_count", "sources_count"),
        ]
