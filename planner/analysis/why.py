"""Why a lane carries nothing, and what would replace one that does: found by solving again.

unused   the freight at which it would carry cargo (`flip.py`), and what a tonne is worth at both
         ends in the period in which it comes nearest to that (`worth.py`)
used     the cheapest plan without it (`without.py`)
closed   what it would carry if the stage calm did not keep it closed (`without.py`)
absent   what keeps the commodity off the connection, if there is one at all
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from planner.analysis.flip import flip
from planner.analysis.lane_table import barred, flow_columns, lane_table, lanes_of
from planner.analysis.why_words import sentences
from planner.analysis.without import (
    closed,
    held_by_stages,
    instead,
    losses,
    opened,
    rules_missed,
    without,
)
from planner.analysis.worth import rules_asking, worth
from planner.errors import InfeasibleError, OptionError
from planner.scenario import Scenario
from planner.scenario.names import code_of, period_of
from planner.solution import Solution
from planner.solution.solution import LEAST_TONNES
from planner.solving import keep_model

type Answer = Literal["absent", "unused", "used", "needed", "feeding", "closed"]


@dataclass(frozen=True, slots=True)
class Question:
    """A lane, by codes; `mode` and `period` are "" where all are meant."""

    origin: str
    destination: str
    commodity: str
    mode: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """An answer: its facts as tables, and its sentences.

    Parameters
    ----------
    scenario, question
        What was asked, and of what.
    answer
        "absent": there is no such lane; "unused": it carries nothing; "used": it carries cargo;
        "closed": it carries nothing, as the stage calm keeps it closed;
        "needed": it carries cargo, and without it some limit or rule cannot be kept; "feeding": it does, and
        without it somebody would go shorter than the stages before the cost allow.
    lanes
        One row for each lane in question: mode, service, transit_days, idr_per_t, tonnes. Of unused
        ones also `flip_idr_per_t` (NaN: not even free) and `flip_t`, carried just below that; `nearest`,
        the period in which it comes closest; then `home_`, `arrived_`, `there_`, `landed_idr_per_t`,
        `limits` and `rules` as in `planner.analysis.worth`. Of closed ones `opened_t`, carried if they were
        open. Of absent ones mode, service, transit_days and `reason`.
    arrives, leaves
        Every lane of the commodity into the destination, and out of the origin.
    instead
        What makes up for a used lane; see `planner.analysis.without.instead`.
    extra_idr
        What the plan without a used lane, or with a closed one, costs more, penalties left aside.
    losses
        Tonnes by which need, stocks and reserves would be missed without it, above the plan.
    rules
        Rules that make a used lane worth its while, or that cannot be kept without a needed one.
    rules_missed
        Soft rules that would be missed by more without it.
    """

    scenario: Scenario
    question: Question
    answer: Answer
    lanes: pd.DataFrame
    arrives: pd.DataFrame
    leaves: pd.DataFrame
    instead: pd.DataFrame = field(default_factory=pd.DataFrame)
    extra_idr: float = np.nan
    losses: dict[str, float] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    rules_missed: tuple[str, ...] = ()

    def sentences(self, language: str) -> list[str]:
        """Give the answer in one to three sentences, in ``"id"`` or ``"en"``."""
        return sentences(self, language)


def why(
    solution: Solution,
    origin: str,
    destination: str,
    commodity: str,
    *,
    mode: str | None = None,
    period: str | None = None,
) -> Why:
    """Say why a lane carries nothing, or what would replace it.

    Parameters
    ----------
    solution
        The plan.
    origin, destination
        Provinces, by code, name or initials.
    commodity
        Code or name.
    mode
        One mode; None for all there are between the two.
    period
        Period of dispatch; None for the whole horizon.

    Raises
    ------
    OptionError
        If there is no such province, commodity, mode or period, or both provinces are the same.
    """
    scenario = solution.scenario
    return answer(
        solution, question_of(scenario, origin, destination, commodity, mode=mode, period=period)
    )


def question_of(
    scenario: Scenario,
    origin: str,
    destination: str,
    commodity: str,
    *,
    mode: str | None = None,
    period: str | None = None,
) -> Question:
    """Give the codes of what is asked, as `why` does, before anything is solved.

    Raises
    ------
    OptionError
        As `why`.
    """
    start, end = (code_of(scenario, "provinces", asked) for asked in (origin, destination))
    if start == end:
        raise OptionError("why.same_province", province=scenario.names("provinces")[start])
    return Question(
        origin=start,
        destination=end,
        commodity=code_of(scenario, "commodities", commodity),
        mode=code_of(scenario, "modes", mode) if mode else "",
        period=period_of(scenario, period) if period else "",
    )


def answer(solution: Solution, asked: Question) -> Why:
    """Answer a question about a plan."""
    ends = {"origin": asked.origin, "destination": asked.destination}
    lanes, arrives, leaves = (
        lane_table(solution, lanes_of(solution, asked.commodity, **which), asked.period)
        for which in (
            {**ends, "mode": asked.mode},
            {"destination": ends["destination"]},
            {"origin": ends["origin"]},
        )
    )
    if lanes.empty:
        shut = barred(solution, asked.commodity, **ends, mode=asked.mode)
        return Why(solution.scenario, asked, "absent", shut, arrives, leaves)
    if lanes["tonnes"].sum() < LEAST_TONNES:
        if closed(solution, flow_columns(solution, lanes.index.to_numpy(), asked.period)):
            return _opened(
                solution, Why(solution.scenario, asked, "closed", lanes, arrives, leaves)
            )
        priced = _with_flips(solution, lanes, asked.period)
        return Why(solution.scenario, asked, "unused", priced, arrives, leaves)
    return _replaced(solution, Why(solution.scenario, asked, "used", lanes, arrives, leaves))


def _opened(solution: Solution, known: Why) -> Why:
    """Open lanes that are kept closed and say what they would carry."""
    places, period = known.lanes.index.to_numpy(), known.question.period
    after = opened(solution, flow_columns(solution, places, period))
    carried = lane_table(after, places, period)["tonnes"]
    extra = after.money_idr - solution.money_idr
    return replace(known, lanes=known.lanes.assign(opened_t=carried), extra_idr=extra)


def _with_flips(solution: Solution, lanes: pd.DataFrame, period: str) -> pd.DataFrame:
    """Add to unused lanes what they would have to cost, and what a tonne is worth at both ends."""
    kept, facts = keep_model(solution), []
    for lane, freight in lanes["idr_per_t"].items():
        columns = flow_columns(solution, np.array([lane]), period)
        nearest = columns[solution.reduced_costs[columns].argmin()]
        found = flip(kept, columns, freight, float(solution.reduced_costs[nearest]))
        then = solution.column("flow").index["period"][nearest - solution.column("flow").start]
        there = worth(solution, int(nearest))
        facts.append(
            {
                "flip_idr_per_t": found.idr_per_t,
                "flip_t": found.tonnes,
                "nearest": solution.balance.periods[then],
                "home_idr_per_t": there.home,
                "arrived_idr_per_t": there.arrived,
                "there_idr_per_t": there.there,
                "landed_idr_per_t": there.landed,
                "limits": there.limits,
                "rules": there.rules,
            }
        )
    return lanes.join(pd.DataFrame(facts, index=lanes.index))


def _replaced(solution: Solution, known: Why) -> Why:
    """Close the lanes and say what comes in their place."""
    columns = flow_columns(solution, known.lanes.index.to_numpy(), known.question.period)
    try:
        after = without(solution, columns)
    except InfeasibleError:
        if held_by_stages(solution, columns):
            return replace(known, answer="feeding")
        return replace(known, answer="needed", rules=rules_asking(solution, columns))
    carrying = columns[solution.values[columns] >= LEAST_TONNES]
    paying = [rule for column in carrying for rule in worth(solution, int(column)).rules]
    return replace(
        known,
        instead=instead(solution, after, known.question.destination, known.question.commodity),
        extra_idr=after.money_idr - solution.money_idr,
        losses=losses(solution, after),
        rules=tuple(dict.fromkeys(paying)),
        rules_missed=rules_missed(solution, after),
    )
