"""The stages as a textbook would find them: a level to raise, then every cell alone; lanes by binaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pulp
from textbook import KILO, MILLION, Lane, Twin, textbook

from planner import Scenario
from planner.solution.tables.flow_table import LANE

type Cell = tuple[str, str]
ENOUGH = 1e-5
"""A cell that can rise by no more than this cannot rise."""


def needs(twin: Twin) -> dict[Cell, float]:
    need: dict[Cell, float] = {}
    for (p, k, _), tonnes in twin.data.need.items():
        need[p, k] = need.get((p, k), 0.0) + tonnes
    return {cell: tonnes for cell, tonnes in need.items() if tonnes > 0}


def covered(twin: Twin, cell: Cell) -> Any:
    """Return the share of a need that is met over the horizon."""
    p, k = cell
    unmet = [twin.get("unmet", (p, k, t)) for t in range(len(twin.data.T))]
    return 1 - pulp.lpSum(unmet) * (KILO / needs(twin)[cell])


def weighted(twin: Twin) -> Any:
    """Return the unmet need, each tonne times the priority of its commodity, thousand t."""
    unmet = twin.columns["unmet"].items()
    return pulp.lpSum(twin.data.K[k]["priority"] * column for (_, k, _), column in unmet)


def least_unmet(scenario: Scenario) -> float:
    twin = textbook(scenario)
    return KILO * best(twin, weighted(twin), pulp.LpMinimize)


def fair_unmet(scenario: Scenario, shares: Mapping[Cell, float]) -> float:
    """Find the least unmet need, each tonne times its weight, of plans that cover every cell so far, t."""
    twin = textbook(scenario)
    for cell, share in shares.items():
        twin.row("held", cell, covered(twin, cell) >= share - ENOUGH)
    return KILO * best(twin, twin.weighted(), pulp.LpMinimize)


def fairest(scenario: Scenario, most_unmet: float | None = None) -> dict[Cell, float]:
    """Return the coverage of each cell, the lowest as high as can be, then the next."""
    settled: dict[Cell, float] = {}
    while open_cells := [cell for cell in needs(textbook(scenario)) if cell not in settled]:
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
    twin: Any = textbook(scenario)
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


MOST = 10.0
"""More than any lane can carry, thousand t."""


type Way = tuple[str, ...]


def fewest_changes(scenario: Scenario, slack: float) -> int:
    """Count the lanes newly used or given up against the signed plan: one program with binaries.

    A binary may be off by a millionth, which lets some grams travel unseen. So a choice counts only where a
    plan with these changes alone is cheap enough; otherwise another lane has to change.
    """
    least, money = _least(textbook(scenario))
    digits = 1e-9 * abs(least)
    most = least + slack * money + digits
    twin = _fed(scenario)
    changed = {
        way: twin.problem.add_variable(f"changed_{number}", cat="Binary")
        for number, way in enumerate(_ways(twin))
    }
    _may_change(twin, changed)
    twin.row("room", 0, pulp.lpSum(twin.cost) <= most)
    while True:
        best(twin, pulp.lpSum(changed.values()), pulp.LpMinimize)
        chosen = {way for way, z in changed.items() if z.value() > 0.5}
        alone = _fed(scenario)
        _may_change(alone, {way: float(way in chosen) for way in changed})
        alone.row("room", 0, pulp.lpSum(alone.cost) <= most + digits)
        stats = alone.problem.solve(pulp.HiGHS(msg=False, threads=1))
        if stats.status == pulp.constants.LpSolveStatus.Optimal:
            return len(chosen)
        others = pulp.lpSum(z for way, z in changed.items() if way not in chosen)
        twin.row("another", frozenset(chosen), others >= 1)


def _fed(scenario: Scenario) -> Twin:
    twin = textbook(scenario)
    twin.feed_first()
    return twin


def _signed(twin: Twin) -> dict[Way, float]:
    """Return what is signed of each lane, thousand t."""
    rows = twin.data.tables["signed_plan"]
    return {tuple(row[name] for name in LANE): row["tonnes"] / KILO for row in rows}


def _ways(twin: Twin) -> dict[Way, list[Any]]:
    """Return the flows of each lane, offered or signed."""
    flows: dict[Way, list[Any]] = {way: [] for way in _signed(twin)}
    for (lane, *_), flow in twin.columns["flow"].items():
        flows.setdefault(way_of(lane), []).append(flow)
    return flows


def _may_change(twin: Twin, changed: Mapping[Way, Any]) -> None:
    """Keep every lane as signed, unless it changes (1)."""
    signed = _signed(twin)
    for way, flows in _ways(twin).items():
        carried, z = pulp.lpSum(flows), changed[way]
        if way in signed:
            twin.row("kept", way, carried + signed[way] / 2 * z >= signed[way] / 2)
        else:
            twin.row("new", way, carried <= MOST * z)


def _least(twin: Twin) -> tuple[float, float]:
    """Return what the cheapest plan costs, and that without penalties, million IDR."""
    least, cost = twin.solve() / MILLION, pulp.lpSum(twin.cost)
    penalties = sum(
        cost.get(column, 0.0) * float(column.value())
        for family in twin.penalties
        for column in twin.columns.get(family, {}).values()
    )
    return least, least - penalties


def way_of(lane: Lane) -> tuple[str, ...]:
    service = lane.legs[0].partition(" leg ")[0] if lane.legs else ""
    return lane.origin, lane.destination, lane.mode, service, lane.commodity
