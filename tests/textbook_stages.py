"""Coverage and fairness as a textbook would find them: a level to raise, then every cell tried alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulp
from textbook import KILO, Twin
from twins import twin_of

from planner import Scenario

type Cell = tuple[str, str]
ENOUGH = 1e-5
"""A cell that can rise by no more than this cannot rise."""


def needs(twin: Twin) -> dict[Cell, float]:
    need: dict[Cell, float] = {}
    for (p, k, _), tonnes in twin.data.need.items():
        need[p, k] = need.get((p, k), 0.0) + tonnes
    return {cell: tonnes for cell, tonnes in need.items() if tonnes > 0}


def covered(twin: Twin, cell: Cell) -> Any:
    """Give the share of a need that is met over the horizon."""
    p, k = cell
    unmet = [twin.get("unmet", (p, k, t)) for t in range(len(twin.data.T))]
    return 1 - pulp.lpSum(unmet) * (KILO / needs(twin)[cell])


def weighted(twin: Twin) -> Any:
    """Give the unmet need, each tonne times the priority of its commodity, thousand t."""
    unmet = twin.columns["unmet"].items()
    return pulp.lpSum(twin.data.K[k]["priority"] * column for (_, k, _), column in unmet)


def least_unmet(scenario: Scenario) -> float:
    twin = twin_of(scenario)
    return KILO * best(twin, weighted(twin), pulp.LpMinimize)


def fairest(scenario: Scenario, most_unmet: float | None = None) -> dict[Cell, float]:
    """Give the coverage of each cell, the lowest as high as can be, then the next."""
    settled: dict[Cell, float] = {}
    while open_cells := [cell for cell in needs(twin_of(scenario)) if cell not in settled]:
        level = _highest(scenario, settled, open_cells, most_unmet, lambda twin: twin.level)
        floors = dict.fromkeys(open_cells, level - ENOUGH / 10)
        alone: dict[Cell, float] = {}
        for cell in open_cells:
            alone[cell] = _highest(scenario, {**settled, **floors}, [], most_unmet, _of(cell))
        settled |= {cell: level for cell, top in alone.items() if top <= level + ENOUGH}
    return settled


def _of(cell: Cell) -> Callable[[Any], Any]:
    return lambda twin: covered(twin, cell)


def _highest(
    scenario: Scenario,
    floors: Mapping[Cell, float],
    raised: list[Cell],
    most_unmet: float | None,
    aim: Callable[[Any], Any],
) -> float:
    twin: Any = twin_of(scenario)
    twin.level = twin.problem.add_variable("level", 0, 1)
    for cell, floor in floors.items():
        twin.row("held", cell, covered(twin, cell) >= floor - ENOUGH / 100)
    for cell in raised:
        twin.row("raised", cell, covered(twin, cell) >= twin.level)
    if most_unmet is not None:
        twin.row("least", 0, weighted(twin) <= (most_unmet + ENOUGH) / KILO)
    return best(twin, aim(twin), pulp.LpMaximize)


def best(twin: Twin, aim: Any, sense: int) -> float:
    sign = 1 if sense == pulp.LpMinimize else -1
    twin.problem.setObjective(sign * aim)
    stats = twin.problem.solve(pulp.HiGHS(msg=False, threads=1))
    assert stats.status == pulp.constants.LpSolveStatus.Optimal
    return sign * float(twin.problem.objective.value())
