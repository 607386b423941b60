"""One Markdown source: the facts of a run put into the template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from planner.analysis.report import price_note
from planner.brief.extra import needed
from planner.brief.facts import Cells, Fact, setting, table
from planner.brief.figures import Figure, figures
from planner.brief.gather import Book, Lane
from planner.brief.markup import NUMERAL, own, plain, unmarked
from planner.brief.message import message
from planner.errors import InputError, Problem
from planner.language import text
from planner.scenario.names import nearest

SLOTS = ("opening", "decide", "limits", "closing")
_BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_SOURCED = {"production": "tonnes", "need": "kg_per_capita", "imports": "tonnes"}


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what there is goes into the brief, so that it keeps to two pages."""

    lanes: int
    limits: int
    sources: int


@dataclass(frozen=True, slots=True)
class Source:
    """The Markdown of a brief and what it was made from."""

    markdown: str
    facts: dict[str, Fact]
    figures: list[Figure]
    headline: str
    language: str


def write(book: Book, room: Room) -> Source:
    """Make the Markdown of a brief.

    Parameters
    ----------
    book
        The run and its facts.
    room
        How much goes in.

    Raises
    ------
    InputError
        If a writer's paragraph names a fact that is not there.
    """
    jinja = needed("jinja2")
    loader = jinja.DictLoader({"brief": _template()})
    drawn, said = figures(book), message(book)
    words = _Words(book)
    environment = jinja.Environment(  # noqa: S701  Markdown, escaped by `plain`
        loader=loader, undefined=jinja.StrictUndefined, trim_blocks=True
    )
    markdown = environment.get_template("brief").render(
        say=words.say,
        facts=book.facts,
        message=said,
        numbers=words.numbers(),
        map=drawn[0],
        charts=drawn[1:],
        lanes=book.lanes,
        shipments=words.shipments(room.lanes),
        limits=words.limits(room.limits),
        method=words.method(),
        sources=words.sources(room.sources),
        assumptions=words.assumptions(),
        written=words.written,
    )
    used = {fact.name: fact for fact in book.facts}
    return Source(_tidy(markdown), used, drawn, unmarked(said.headline), book.language)


def _template() -> str:
    return (resources.files(__package__) / "template.md.j2").read_text(encoding="utf-8")


def _tidy(markdown: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", markdown).strip() + "\n"


class _Words:
    def __init__(self, book: Book) -> None:
        self._book, self._facts = book, book.facts
        self._settings = book.run.scenario.settings

    def say(self, key: str, **values: object) -> str:
        return text(f"brief.{key}", self._book.language, **values)

    def _told(self, key: str, *names: str) -> str:
        return self.say(key, **{name: self._facts[name] for name in names})

    def numbers(self) -> list[tuple[Fact, str]]:
        names = [n for n in ("coverage", "moved", "cost", "cost_per_kg") if n in self._facts]
        return [(self._facts[name], self.say(f"number.{name}")) for name in names]

    def shipments(self, count: int) -> str:
        lanes = self._book.lanes[:count]
        heads = ["origin", "destination", "commodity", "mode", "tonnes", "freight"]
        heads += ["change"] if self._book.against is not None else []
        widths = [20, 20, 14, 18, 12, 9, 12][: len(heads)]
        rules = [
            f"{'-' * width}:" if head in {"tonnes", "freight", "change"} else f":{'-' * width}"
            for head, width in zip(heads, widths, strict=True)
        ]
        rows = [[self.say(f"column.{head}") for head in heads], rules]
        rows += [self._row(lane) for lane in lanes]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _row(self, lane: Lane) -> list[str]:
        mode = f"{lane.mode} {plain(lane.service)}".strip()
        cells = [lane.origin, lane.destination, lane.commodity, mode, lane.tonnes, lane.freight]
        return [str(cell) for cell in [*cells, *([lane.change] if lane.change else [])]]

    def limits(self, count: int) -> list[str]:
        language, notes = self._book.language, self._settings.limits.notes
        told = [
            self._facts.add(f"limit_{n}", "text", setting(f"/limits/notes/{n}/{language}"))
            for n in range(len(notes))
        ]
        always = [self.say("limit.forecast"), self.say("limit.inside")]
        always += [plain(note) for note in price_note(self._book.run.scenario, language)]
        shown = [*always, *(str(fact) for fact in told)]
        left = len(shown) - count
        if left <= 0:
            return shown
        return [*shown[: count - 1], self.say("limit.more")]

    def method(self) -> list[str]:
        return [
            self.say("method.balance"),
            self._told("method.program", "columns", "rows"),
            self.say("method.limits"),
            self.say("method.unmet"),
            self._told("method.proof", "breach", "gap"),
            self._told("method.again", "digest", "version", "data_date"),
        ]

    def sources(self, count: int) -> str:
        named = [self._source(code) for code in self._book.sources()[:count]]
        return self.say(
            "source.all", sources="; ".join(named), sources_count=self._facts["sources_count"]
        )

    def _source(self, code: str) -> str:
        cells = table("inputs/sources", "publisher", how="cell", source=code)
        return str(self._facts.add(f"source_{code}", "publisher", cells))

    def assumptions(self) -> list[str]:
        shares = ("assumed_production", "assumed_need", "assumed_freight")
        bands = [
            self.say(
                "source.band",
                mode=self._book.name("mode", mode),
                low=self._facts[f"band_{mode}_low"],
                high=self._facts[f"band_{mode}_high"],
            )
            for mode, tonnes in self._book.run.facts["tonnes_by_mode"].items()
            if tonnes and f"band_{mode}_low" in self._facts
        ]
        return [
            self._told("source.shares", *shares),
            *([self.say("source.bands", bands="; ".join(bands))] if bands else []),
            self._told("source.assumed", "assumptions_count", "sources_count"),
        ]

    def written(self, slot: str) -> str:
        """Give the writer's paragraphs of a slot, marked as the writer's; facts by name filled in."""
        words = str(getattr(getattr(self._settings.brief, slot), self._book.language))
        if not words.strip():
            return ""
        paragraphs = [self._paragraph(part, slot) for part in re.split(r"\n\s*\n", words.strip())]
        head = f"**{self.say('own_words')}**"
        return "\n\n".join(["::: writer", head, *paragraphs, ":::"])

    def _paragraph(self, words: str, slot: str) -> str:
        parts = _BLANK.split(words)
        pieces = [
            self._fact(part, slot) if n % 2 else _own_numerals(part, slot)
            for n, part in enumerate(parts)
        ]
        return "".join(pieces).strip()

    def _fact(self, name: str, slot: str) -> str:
        if name in self._facts:
            return str(self._facts[name])
        place = f"brief.{slot}.{self._book.language}"
        values = {"value": name, "nearest": nearest(name, self._facts.names())}
        raise InputError([Problem("brief_fact", self._book.run.name, column=place, values=values)])


def _own_numerals(words: str, slot: str) -> str:
    """Escape a writer's words, and mark the numerals in them as the writer's own."""
    pieces, end = [], 0
    for found in NUMERAL.finditer(words):
        pieces += [_spaced(words[end : found.start()]), own(found[0], slot)]
        end = found.end()
    return "".join([*pieces, _spaced(words[end:])])


def _spaced(words: str) -> str:
    """Escape words and keep a blank at either end."""
    if not words.strip():
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{plain(words)}{' ' if words[-1].isspace() else ''}"
