"""Why a lane carries nothing, and what would replace one that does: found by solving again.

unused   the freight at which it would carry cargo (`break_even_freight.py`), and what a tonne is worth at both
         ends in the period in which it comes nearest to that (`reduced_cost.py`)
used     the cheapest plan without it (`closed_lane.py`)
closed   what it would carry if the stage calm did not keep it closed (`closed_lane.py`)
absent   what keeps the commodity off the connection, if there is one at all
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from planner.analysis.whynot.break_even_freight import break_even_freight
from planner.analysis.whynot.closed_lane import (
    close_lanes,
    is_held_by_stages,
    is_kept_closed,
    losses,
    newly_missed_rules,
    open_lanes,
    substitutes,
)
from planner.analysis.whynot.lane_selection import (
    barred_connections,
    flow_columns,
    lane_table,
    select_lanes,
)
from planner.analysis.whynot.reduced_cost import binding_rules, decompose_reduced_cost
from planner.errors import InfeasibleError, OptionError
from planner.given import require_kind
from planner.scenario import Scenario
from planner.scenario.lookup import find_code, find_period
from planner.solution import Solution
from planner.solution.solution import LEAST_TONNES
from planner.solving import open_session

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
class WhyNot:
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
        `limits` and `rules` as in `planner.analysis.whynot.reduced_cost`. Of closed ones `opened_t`, carried if
        they were open. Of absent ones mode, service, transit_days and `reason`.
    arrives, leaves
        Every lane of the commodity into the destination, and out of the origin.
    instead
        What makes up for a used lane; see `planner.analysis.whynot.closed_lane.substitutes`.
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


def why(
    solution: Solution,
    origin: str,
    destination: str,
    commodity: str,
    *,
    mode: str | None = None,
    period: str | None = None,
) -> WhyNot:
    """Return why a lane carries nothing, or what would replace it.

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
        If this is no plan, there is no such province, commodity, mode or period, or both provinces are the same.
    """
    require_kind(solution, Solution, "planner.analysis.why")
    scenario = solution.scenario
    return answer(
        solution, parse_question(scenario, origin, destination, commodity, mode=mode, period=period)
    )


def parse_question(
    scenario: Scenario,
    origin: str,
    destination: str,
    commodity: str,
    *,
    mode: str | None = None,
    period: str | None = None,
) -> Question:
    """Return the codes of what is asked, as `why` does, before anything is solved.

    Raises
    ------
    OptionError
        As `why`.
    """
    start, end = (find_code(scenario, "provinces", asked) for asked in (origin, destination))
    if start == end:
        raise OptionError("why.same_province", province=scenario.names("provinces")[start])
    return Question(
        origin=start,
        destination=end,
        commodity=find_code(scenario, "commodities", commodity),
        mode=find_code(scenario, "modes", mode) if mode else "",
        period=find_period(scenario, period) if period else "",
    )


def answer(solution: Solution, asked: Question) -> WhyNot:
    """Answer a question about a plan."""
    ends = {"origin": asked.origin, "destination": asked.destination}
    lanes, arrives, leaves = (
        lane_table(solution, select_lanes(solution, asked.commodity, **which), asked.period)
        for which in (
            {**ends, "mode": asked.mode},
            {"destination": ends["destination"]},
            {"origin": ends["origin"]},
        )
    )
    if lanes.empty:
        shut = barred_connections(solution, asked.commodity, **ends, mode=asked.mode)
        return WhyNot(solution.scenario, asked, "absent", shut, arrives, leaves)
    if lanes["tonnes"].sum() < LEAST_TONNES:
        if is_kept_closed(solution, flow_columns(solution, lanes.index.to_numpy(), asked.period)):
            return _opened(
                solution, WhyNot(solution.scenario, asked, "closed", lanes, arrives, leaves)
            )
        priced = _with_flips(solution, lanes, asked.period)
        return WhyNot(solution.scenario, asked, "unused", priced, arrives, leaves)
    return _replaced(solution, WhyNot(solution.scenario, asked, "used", lanes, arrives, leaves))


def _opened(solution: Solution, known: WhyNot) -> WhyNot:
    """Open lanes that are kept closed and say what they would carry."""
    places, period = known.lanes.index.to_numpy(), known.question.period
    after = open_lanes(solution, flow_columns(solution, places, period))
    carried = lane_table(after, places, period)["tonnes"]
    extra = after.money_idr - solution.money_idr
    return replace(known, lanes=known.lanes.assign(opened_t=carried), extra_idr=extra)


def _with_flips(solution: Solution, lanes: pd.DataFrame, period: str) -> pd.DataFrame:
    """Add to unused lanes what they would have to cost, and what a tonne is worth at both ends."""
    kept, facts = open_session(solution), []
    for lane, freight in lanes["idr_per_t"].items():
        columns = flow_columns(solution, np.array([lane]), period)
        nearest = columns[solution.reduced_costs[columns].argmin()]
        found = break_even_freight(kept, columns, freight, float(solution.reduced_costs[nearest]))
        then = solution.column("flow").index["period"][nearest - solution.column("flow").start]
        there = decompose_reduced_cost(solution, int(nearest))
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


def _replaced(solution: Solution, known: WhyNot) -> WhyNot:
    """Close the lanes and say what comes in their place."""
    columns = flow_columns(solution, known.lanes.index.to_numpy(), known.question.period)
    try:
        after = close_lanes(solution, columns)
    except InfeasibleError:
        if is_held_by_stages(solution, columns):
            return replace(known, answer="feeding")
        return replace(known, answer="needed", rules=binding_rules(solution, columns))
    carrying = columns[solution.values[columns] >= LEAST_TONNES]
    paying = [
        rule for column in carrying for rule in decompose_reduced_cost(solution, int(column)).rules
    ]
    return replace(
        known,
        instead=substitutes(solution, after, known.question.destination, known.question.commodity),
        extra_idr=after.money_idr - solution.money_idr,
        losses=losses(solution, after),
        rules=tuple(dict.fromkeys(paying)),
        rules_missed=newly_missed_rules(solution, after),
    )
