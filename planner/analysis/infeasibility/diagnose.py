"""Two questions of one method: which limits contradict each other, and why is this need unmet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from planner.analysis.infeasibility.certain_shortages import CertainShortage, certain_shortages
from planner.analysis.infeasibility.elastic_bounds import COLUMNS
from planner.analysis.infeasibility.elastic_program import ElasticProgram
from planner.analysis.infeasibility.elastic_rows import ROWS
from planner.analysis.infeasibility.extended_model import ExtendedModel, extend_model
from planner.analysis.infeasibility.minimal_remedies import find_minimal_remedies
from planner.analysis.infeasibility.query import AXES, EVERYTHING, Query
from planner.analysis.infeasibility.relaxations import ElasticVariables
from planner.analysis.infeasibility.remedies import Remedy
from planner.analysis.infeasibility.rule_conflicts import RuleConflict, rule_conflicts
from planner.arrays import Booleans, Floats, Integers
from planner.errors import InfeasibleError
from planner.given import require_kind
from planner.market.market import Market
from planner.model import Program
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solving import solve

DEAR = 0.1
"""Share of the penalty of a missing tonne from which that of a soft rule counts against it."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An answer.

    Parameters
    ----------
    question
        "nothing" is wrong, some need is "unmet", or limits are in "contradiction".
    certain
        What is certain without a solver.
    unmet
        The unmet needs asked about: province, commodity, period, unmet_t.
    lines
        What to do, the softest first: all of it. None if what may give way does not suffice; empty in a
        contradiction that only the solver saw.
    """

    question: Literal["nothing", "unmet", "contradiction"]
    certain: Sequence[CertainShortage | RuleConflict]
    unmet: pd.DataFrame
    lines: list[Remedy] | None


def diagnose(
    scenario: Scenario, asked: Query = EVERYTHING, *, progress: Callable[[str], None] | None = None
) -> Diagnosis:
    """Find what is wrong with a scenario, and what would mend it.

    Parameters
    ----------
    scenario
        The input.
    asked
        The question.
    progress
        Called with the name of each phase as it starts.

    Raises
    ------
    InputError
        If a province cannot be reached, or a need has no possible supply.
    OptionError
        If this is no scenario.
    SolveError
        If the solver stops without a proven optimum.
    """
    require_kind(scenario, Scenario, "planner.analysis.diagnose")
    say = progress or (lambda _phase: None)
    try:
        solution = solve(scenario, progress=progress)
    except InfeasibleError:
        say("diagnose")
        return conflicting_rules(scenario, asked)
    say("diagnose")
    return explain_unmet(solution, asked)


def conflicting_rules(scenario: Scenario, asked: Query = EVERYTHING) -> Diagnosis:
    """Find which limits of a scenario without a plan stand against each other.

    Parameters
    ----------
    scenario
        The input.
    asked
        The question; only `without` matters.
    """
    model = extend_model(scenario)
    twins = build_elastic_variables(model)
    everything, nothing = set(range(len(scenario.commodities))), np.zeros(len(model.program.cost))
    search = _Search(model, twins, model.program, nothing, asked, against=True)
    none = pd.DataFrame(columns=[*AXES, "unmet_t"])
    certain = rule_conflicts(model, twins)
    return Diagnosis("contradiction", certain, none, search.lines(everything))


def no_shortage() -> Diagnosis:
    """Return the answer for a plan in which nothing is short."""
    return Diagnosis("nothing", [], pd.DataFrame(columns=[*AXES, "unmet_t"]), [])


def explain_unmet(solution: Solution, asked: Query = EVERYTHING) -> Diagnosis:
    """Explain why needs of a plan are unmet: what would have to give way, no other need being worse off.

    Parameters
    ----------
    solution
        The plan.
    asked
        The question.
    """
    block, missing = solution.column("unmet"), solution.value("unmet")
    chosen = (missing > 0) & asked.about(solution)
    labels = {axis: solution.label(axis, block.index[axis][chosen]) for axis in AXES}
    unmet = pd.DataFrame({**labels, "unmet_t": missing[chosen]})
    if unmet.empty:
        return no_shortage()
    model = extend_model(solution.scenario)
    program = _asked_for(model.program, solution, np.where(chosen, 0.0, missing), chosen)
    search = _Search(
        model, build_elastic_variables(model), program, solution.values, asked, against=False
    )
    goods = _families(solution.market, block.index["commodity"][chosen])
    certain = [
        finding for finding in certain_shortages(model) if _about(finding, unmet, solution.scenario)
    ]
    return Diagnosis("unmet", certain, unmet, search.lines(goods))


@dataclass(frozen=True, slots=True)
class _Search:
    """What is the same whatever goods may move."""

    model: ExtendedModel
    twins: ElasticVariables
    program: Program
    values: Floats
    asked: Query
    against: bool

    def lines(self, goods: set[int]) -> list[Remedy] | None:
        """Return the lines of the answer, letting more goods move until none could make it smaller."""
        model, twins = self.model, self.twins
        refused = twins.cells["rank"].isin(self.asked.without).to_numpy()
        commodity, periods = _commodity_of(model), model.balance.periods
        while True:
            elastic = ElasticProgram(self.program, twins, self.values, commodity, goods)
            answer = find_minimal_remedies(
                elastic, twins.cells, refused, periods, against=self.against
            )
            if answer.pressed <= goods:
                return answer.lines
            goods = goods | answer.pressed


def build_elastic_variables(model: ExtendedModel) -> ElasticVariables:
    """Return the twins of every limit of a model."""
    return ElasticVariables.joined([make(model) for make in (*ROWS.values(), *COLUMNS)])


def _asked_for(program: Program, solution: Solution, unmet: Floats, chosen: Booleans) -> Program:
    """Bound what may stay unmet, and how far those soft rules are missed that the plan holds dear.

    The rows of stages are left out: they hold what could be reached within the limits asked about.
    A soft rule whose penalty for a tonne is far below that of a missing tonne gives way by itself.
    """
    gap, needs, upper = solution.column("rule_gap"), solution.column("unmet"), program.upper.copy()
    upper[needs.span] = unmet
    if gap.size:
        rows = solution.row("rules").ids[gap.index["rule_row"]]
        counts = abs(program.matrix[rows][:, solution.column("flow").ids])
        per_tonne = csr_array(counts).max(axis=1).toarray().ravel()
        dear = program.cost[gap.ids] * per_tonne >= DEAR * program.cost[needs.ids[chosen]].min()
        upper[gap.ids[dear]] = np.maximum(solution.values[gap.ids[dear]], 0.0)
    return replace(program, upper=upper)


def _commodity_of(model: ExtendedModel) -> Integers:
    """Return the position of the good of each column, -1 where it belongs to none."""
    found = np.full(len(model.program.cost), -1, dtype=np.int64)
    for block in model.program.columns.values():
        if "lane" in block.index:
            found[block.span] = model.network.lane_commodity[block.index["lane"]]
        elif "commodity" in block.index:
            found[block.span] = block.index["commodity"]
    return found


def _families(market: Market, goods: Integers) -> set[int]:
    """Return goods and those that recipes join with them."""
    recipes, count = market.recipes, len(market.scenario.commodities)
    joined = [np.flatnonzero(recipes.family(good, count)) for good in np.unique(goods).tolist()]
    return set(np.concatenate(joined).tolist())


def _about(finding: CertainShortage, unmet: pd.DataFrame, scenario: Scenario) -> bool:
    """Return whether a finding has to do with a need that is asked about."""
    provinces = scenario.tables["provinces"].set_index("province")["island_group"]
    groups = unmet["province"].map(provinces)
    there = (unmet["province"] == finding.place) | (groups == finding.place) | (finding.place == "")
    good = (unmet["commodity"] == finding.commodity) | (finding.commodity == "")
    return bool((there & good).any())
