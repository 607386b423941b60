"""Two questions of one method: which limits contradict each other, and why is this need unmet."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.analysis.diagnosis.elastic import Elastic
from planner.analysis.diagnosis.irreducible import irreducible
from planner.analysis.diagnosis.limits import KINDS
from planner.analysis.diagnosis.lines import Line
from planner.analysis.diagnosis.opened import Opened, opened
from planner.analysis.diagnosis.twins import Twins, twins_of
from planner.arrays import Booleans, Floats, Integers
from planner.errors import InfeasibleError
from planner.network import Network
from planner.model import Program
from planner.scenario import Scenario
from planner.solution import Solution
from planner.solving import solve

type Question = Literal["nothing", "unmet", "contradiction"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which needs are asked about; empty for all."""

    province: str = ""
    commodity: str = ""
    period: str = ""


def explain_unmet(solution: Solution, asked: Asked, without: Collection[str] = ()) -> list[Line]:
    model = opened(solution.scenario)
    twins = _without(twins_of(model), without)
    block = model.program.columns["unmet"]
    values = solution.value("unmet")
    chosen = values > 0
    unmet = np.where(chosen, 0.0, values)
    upper = model.program.upper.copy(); upper[block.span] = unmet
    from dataclasses import replace
    program = replace(model.program, upper=upper)
    commodity = _commodity_of(program, model.network)
    goods = set(block.index["commodity"][chosen].tolist())
    while True:
        elastic = Elastic(program, twins, solution.values, commodity, goods)
        lines, pressed = irreducible(elastic, twins.cells, model.balance.periods)
        print(goods, pressed)
        if pressed <= goods:
            return lines
        goods |= pressed

def _without(t, w): return t

def _commodity_of(program: Program, network: Network) -> Integers:
    """Give the position of the good of each column, -1 where it belongs to none."""
    found = np.full(len(program.cost), -1, dtype=np.int64)
    for block in program.columns.values():
        if "lane" in block.index:
            found[block.span] = network.lane_commodity[block.index["lane"]]
        elif "commodity" in block.index:
            found[block.span] = block.index["commodity"]
    return found
