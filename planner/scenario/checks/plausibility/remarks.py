"""All looks at the tables together, and which of their remarks are worth telling."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from planner.errors import Problem
from planner.i18n import RUPIAH
from planner.scenario.checks.plausibility.arcs import LOOKS_AT_WAYS
from planner.scenario.checks.plausibility.commodities import LOOKS_AT_GOODS
from planner.scenario.checks.plausibility.coordinates import LOOKS_AT_PLACES
from planner.scenario.checks.plausibility.map_outlines import LOOKS_AT_OUTLINES
from planner.scenario.checks.plausibility.money import LOOKS_AT_MONEY
from planner.scenario.checks.plausibility.national_sums import LOOKS_AT_THE_NATION
from planner.scenario.checks.plausibility.prohibitive import LOOKS_AT_CLOSED
from planner.scenario.checks.plausibility.quantities import LOOKS_AT_TONNES, kilograms
from planner.scenario.checks.plausibility.views import View
from planner.scenario.checks.relations import Frames

LOOKS = (
    *LOOKS_AT_TONNES,
    *LOOKS_AT_THE_NATION,
    *LOOKS_AT_CLOSED,
    *LOOKS_AT_MONEY,
    *LOOKS_AT_GOODS,
    *LOOKS_AT_WAYS,
    *LOOKS_AT_PLACES,
    *LOOKS_AT_OUTLINES,
)


def implausible(
    frames: Frames, problems: Iterable[Problem] = (), currency: str = RUPIAH
) -> list[Problem]:
    """Find figures of all tables that are hardly true.

    Parameters
    ----------
    frames
        Typed tables, not yet spread over periods.
    problems
        What is wrong with them anyway: of a cell nothing more is said, and no sum is judged that such a
        cell is part of.
    currency
        ISO 4217 code. What is known of prices and rates is known in rupiah: figures of another currency are held
        against each other only.

    Returns
    -------
    Remarks, in the order of the tables; one a cell.
    """
    known = list(problems)
    spoilt = {_table(problem) for problem in known if problem.blocking}
    view = View(frames, spoilt=spoilt, in_rupiah=currency == RUPIAH)
    found = _first_of_each_cell([p for look in LOOKS for p in look(view)], known)
    return [dataclasses.replace(problem, currency=currency) for problem in found]


def impossible(frames: Frames) -> list[Problem]:
    """Find figures that stop a run, without the remarks that nobody would read."""
    return list(kilograms(View(frames)))


def _table(problem: Problem) -> str:
    return problem.file.replace("\\", "/").rpartition("/")[2].removesuffix(".csv")


def _first_of_each_cell(found: Iterable[Problem], known: Collection[Problem]) -> list[Problem]:
    told = {_cell(problem) for problem in known if problem.line and problem.column}
    kept = []
    for problem in found:
        if _cell(problem) not in told or not problem.column:
            told.add(_cell(problem))
            kept.append(problem)
    return kept


def _cell(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line, problem.column
