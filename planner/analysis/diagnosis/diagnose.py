"""Two questions of one method: which limits contradict each other, and why is this need unmet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, hstack

from planner.analysis.diagnosis.checks import Finding, findings
from planner.analysis.diagnosis.elastic import Elastic
from planner.analysis.diagnosis.irreducible import irreducible
from planner.analysis.diagnosis.limits import KINDS, Twins
from planner.analysis.diagnosis.lines import Line
from planner.analysis.diagnosis.of_columns import COLUMNS
from planner.analysis.diagnosis.of_rows import ROWS
from planner.analysis.diagnosis.opened import Opened, opened
from planner.arrays import Booleans, Floats, Integers
from planner.model import Block, Program
from planner.recipes import recipes_of
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solving import solve


@dataclass(frozen=True, slots=True)
class Asked:
    """Which needs are asked about, by code; "" for all."""

    province: str = ""
    commodity: str = ""
    period: str = ""


ALL = Asked()


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
        What to do, the softest first; all of it, and nothing else.
    enough
        False if what may give way does not suffice; there are no lines then.
    """

    question: Literal["nothing", "unmet", "contradiction"]
    certain: list[Finding]
    unmet: pd.DataFrame
    lines: list[Line]
    enough: bool = True


def diagnose(scenario: Scenario, asked: Asked = ALL, without: Collection[str] = ()) -> Diagnosis:
    """Tell what is wrong with a scenario, and what would mend it.

    Parameters
    ----------
    scenario
        The input.
    asked
        Which unmet needs to explain.
    without
        Kinds of remedy (keys of `WEIGHTS`) that nobody can use.

    Raises
    ------
    InputError
        If a province cannot be reached, or a need has no possible supply.
    SolveError
        If the solver stops without a proven optimum.
    """
    return why_unmet(solve(scenario), asked, without)


def why_unmet(
    solution: Solution, asked: Asked = ALL, without: Collection[str] = ()
) -> Diagnosis:
    """Tell why needs of a plan are unmet: what would have to give way, with no need worse off.

    Parameters
    ----------
    solution
        The plan.
    asked
        Which unmet needs to explain; the others stay as they are.
    without
        Kinds of remedy that nobody can use.
    """
    block = solution.column("unmet")
    missing = solution.value("unmet")
    chosen = (missing > 0) & _asked_about(solution, block, asked)
    table = _unmet(solution, block, chosen)
    if not chosen.any():
        return Diagnosis("nothing", [], table, [])
    model = opened(solution.scenario)
    upper = model.program.upper.copy()
    upper[block.span] = np.where(chosen, 0.0, missing)
    program = replace(model.program, upper=upper)
    goods = _families(solution.scenario, block.index["commodity"][chosen])
    lines = _lines(model, program, solution.values, goods, without)
    groups = solution.scenario.tables["provinces"].set_index("province")["island_group"]
    certain = [finding for finding in findings(model) if _about(finding, table, groups)]
    return Diagnosis("unmet", certain, table, lines or [], lines is not None)


def _lines(
    model: Opened, program: Program, values: Floats, goods: set[int], without: Collection[str]
) -> list[Line] | None:
    """Give the lines of the answer, letting more goods move until none could make it smaller."""
    twins = _twins_of(model)
    refused = twins.cells["kind"].map(lambda kind: KINDS[kind].rank in without).to_numpy(dtype=bool)
    commodity = _commodity_of(program, model)
    while True:
        elastic = Elastic(program, twins, values, commodity, goods)
        answer = irreducible(elastic, twins.cells, refused, model.balance.periods)
        if answer.pressed <= goods:
            return answer.lines
        goods = goods | answer.pressed


def _twins_of(model: Opened) -> Twins:
    parts = [make(model) for make in (*ROWS.values(), *COLUMNS)]
    parts = [part for part in parts if len(part.cells)]
    cells = pd.concat([part.cells for part in parts], ignore_index=True)
    return Twins(cells, csc_array(hstack([part.matrix for part in parts])))


def _commodity_of(program: Program, model: Opened) -> Integers:
    """Give the position of the good of each column, -1 where it belongs to none."""
    found = np.full(len(program.cost), -1, dtype=np.int64)
    for block in program.columns.values():
        if "lane" in block.index:
            found[block.span] = model.network.lane_commodity[block.index["lane"]]
        elif "commodity" in block.index:
            found[block.span] = block.index["commodity"]
    return found


def _families(scenario: Scenario, goods: Integers) -> set[int]:
    """Give the goods themselves and those that recipes join with them."""
    recipes, count = recipes_of(scenario), len(scenario.commodities)
    joined = [np.flatnonzero(recipes.family(good, count)) for good in np.unique(goods).tolist()]
    return set(np.concatenate(joined).tolist())


def _asked_about(solution: Solution, block: Block, asked: Asked) -> Booleans:
    chosen = np.ones(block.size, dtype=bool)
    for axis in ("province", "commodity", "period"):
        if wanted := getattr(asked, axis):
            chosen &= solution.label(axis, block.index[axis]) == wanted
    return chosen


def _unmet(solution: Solution, block: Block, chosen: Booleans) -> pd.DataFrame:
    labels = {
        axis: solution.label(axis, block.index[axis][chosen])
        for axis in ("province", "commodity", "period")
    }
    return pd.DataFrame({**labels, "unmet_t": solution.value("unmet")[chosen]})


def _about(finding: Finding, unmet: pd.DataFrame, groups: pd.Series[str]) -> bool:
    """Say whether a finding has to do with a need that is asked about."""
    rows = unmet
    if finding.commodity:
        rows = rows.loc[rows["commodity"] == finding.commodity]
    if finding.place:
        rows = rows.loc[
            (rows["province"] == finding.place) | (rows["province"].map(groups) == finding.place)
        ]
    return len(rows) > 0
