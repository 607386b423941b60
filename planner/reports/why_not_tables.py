"""The tables that back up the answer to "why?"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from rich.table import Table

from planner.analysis.whynot.why_not import WhyNot
from planner.i18n import number, text
from planner.reports.why_not_sentences import price_of_kg, substitute_name

MOST_ROWS = 5
"""Lanes of a table that are shown."""
LANE = ("days", "freight", "carried")
FLIP = ("flips", "then")


def why_not_tables(why: WhyNot, language: str) -> list[Table]:
    """Tabulate the lanes in question, and what stands in their place.

    Parameters
    ----------
    why
        The answer.
    language
        ``"id"`` or ``"en"``.
    """
    view = _View(why, language)
    if why.answer == "used":
        return [view.asked(), view.instead()]
    others = [view.lanes("arrives", "origin"), view.lanes("leaves", "destination")]
    return others if why.answer == "absent" else [view.asked(), *others]


def why_notes(why: WhyNot, language: str) -> list[str]:
    """Write how a flip freight differs from that of `planner run`, where the pair in focus is asked about."""
    asked, focus = why.question, why.scenario.settings.scope.focus
    told_there = {asked.origin, asked.destination} == {*(focus or ())}
    return [text("why.one_lane", language)] if told_there and why.answer == "unused" else []


class _View:
    """Tables about one answer in one language."""

    def __init__(self, why: WhyNot, language: str) -> None:
        language = why.scenario.locale(language)
        self._why, self._language = why, language
        asked, goods = why.question, why.scenario.names("commodities", language)
        self._province = why.scenario.names("provinces", language)
        self._mode = why.scenario.names("modes", language)
        self._common = {
            "origin": self._province[asked.origin],
            "destination": self._province[asked.destination],
            "commodity": goods[asked.commodity].lower(),
        }

    def asked(self) -> Table:
        """Tabulate the lanes in question, unused ones with their flip freight."""
        unused = self._why.answer == "unused"
        rows = [
            [*self._lane(lane), *(self._flip(lane) if unused else [])]
            for lane in self._why.lanes.to_dict("records")
        ]
        return self._table("asked", [*LANE, *(FLIP if unused else ())], rows)

    def lanes(self, which: str, end: str) -> Table:
        """Tabulate the fullest, then cheapest lanes into the destination or out of the origin."""
        first = getattr(self._why, which).head(MOST_ROWS).to_dict("records")
        rows = [self._lane(lane, f"{self._province[lane[end]]}, ") for lane in first]
        return self._table(which, LANE, rows)

    def instead(self) -> Table:
        """Tabulate what makes up for a used lane."""
        rows = [
            [substitute_name(self._why, gain, self._language), self._tonnes(gain["tonnes"])]
            for gain in self._why.instead.head(MOST_ROWS).to_dict("records")
        ]
        return self._table("instead", ["carried"], rows)

    def _lane(self, lane: dict[Any, Any], place: str = "") -> list[str]:
        return [
            f"{place}{self._mode[lane['mode']].lower()} {lane['service']}".strip(),
            number(lane["transit_days"], self._language, 1),
            price_of_kg(lane["idr_per_t"], self._language),
            self._tonnes(lane["tonnes"]),
        ]

    def _flip(self, lane: dict[Any, Any]) -> list[str]:
        if np.isnan(lane["flip_idr_per_t"]):
            return [text("why.view.no_flip", self._language), ""]
        flip = price_of_kg(lane["flip_idr_per_t"], self._language)
        return [flip, self._tonnes(lane["flip_t"])]

    def _tonnes(self, value: float) -> str:
        return number(value, self._language)

    def _table(self, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
        said = text(f"why.view.{title}", self._language, **self._common)
        table = Table(title=said, title_justify="left", box=None, pad_edge=False)
        table.add_column("", no_wrap=True)
        for head in heads:
            table.add_column(text(f"why.view.{head}", self._language), justify="right")
        for row in rows:
            table.add_row(*row)
        return table
