"""One Markdown source: the facts of a run put into the template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources

from planner.brief.brief_data import BriefData
from planner.brief.facts import Fact
from planner.brief.figures import Figure, figures
from planner.brief.markup import strip_marks
from planner.brief.message import message
from planner.brief.optional_libraries import import_or_explain
from planner.brief.sections import Sections
from planner.brief.writers_text import writers_text


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what there is goes into the brief, so that it keeps to two pages.

    Parameters
    ----------
    lanes, limits
        Rows of the table of shipments, and lines about what the brief does not say.
    """

    lanes: int
    limits: int


@dataclass(frozen=True, slots=True)
class Source:
    """The Markdown of a brief and what it was made from.

    Parameters
    ----------
    markdown
        With marked facts.
    facts
        All facts of the run by name, also those that the brief does not mention.
    figures
        In the order in which they stand.
    headline
        As people read it.
    language
        ``"id"`` or ``"en"``.
    room
        How much went in.
    """

    markdown: str
    facts: dict[str, Fact]
    figures: list[Figure]
    headline: str
    language: str
    room: Room


def write(book: BriefData, room: Room) -> Source:
    """Build the Markdown of a brief.

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
    jinja = import_or_explain("jinja2")
    template = (resources.files(__package__) / "template.md.j2").read_text(encoding="utf-8")
    drawn, said, parts = figures(book), message(book), Sections(book)
    environment = jinja.Environment(undefined=jinja.StrictUndefined, trim_blocks=True)
    markdown = environment.from_string(template).render(
        kicker=parts.kicker(),
        heads=parts.heads(),
        message=said,
        figures=drawn,
        shipments=parts.shipments(room.lanes),
        shipments_note=parts.shipments_note(),
        limits=parts.limits(room.limits),
        method=parts.method(),
        sources=parts.sources(),
        assumptions=parts.assumptions(),
        written=lambda slot: writers_text(book, slot),
    )
    facts = {fact.name: fact for fact in book.facts}
    tidy = re.sub(r"\n{3,}", "\n\n", markdown).strip() + "\n"
    return Source(tidy, facts, drawn, strip_marks(said.headline), book.language, room)
