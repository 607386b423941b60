"""A plan held against the textbook: cost, least need unmet, and every tonne of it in the rows of the twin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pulp
from textbook import KILO, LEEWAY, MILLION, Lane, Twin, fine_highs, textbook
from textbook_stages import ENOUGH, Cell, fair_unmet, fairest

import planner
from planner import Scenario, Solution
from planner.errors import InfeasibleError, InputError
from planner.solution.stage_results import FairnessResult
from planner.solution.tables.flow_table import LANE, lane_labels

BREACH = 1e-7
"""How far a row of the twin may be broken, in thousands: the tolerance of the solvers, a hundred grams."""
GIVEN_WAY = 4e-4
"""What a row that holds a stage gives way, t: see `planner.solving.stages.need_cells`."""
SHARE = 2e-4
"""How far the shares of a fair plan may lie from those of the textbook."""


class RefusedError(Exception):
    """There is no plan, and the textbook sees why."""


def disagreements(scenario: Scenario) -> list[str]:
    """Solve a scenario both ways and say in what they differ; nothing is good.

    Raises
    ------
    RefusedError
        If there is no plan, and the textbook sees it too.
    """
    try:
        solution = planner.solve(scenario)
    except InputError as error:
        return _refused(scenario, error)
    except InfeasibleError:
        return _infeasible(scenario)
    twin = textbook(scenario)
    return [*_feasible(twin, solution), *_least(twin, solution), *_best(twin, solution)]


def _refused(scenario: Scenario, error: InputError) -> list[str]:
    """A refused scenario has a need that the textbook cannot meet either."""
    keys = " ".join(sorted({problem.key for problem in error.problems}))
    if keys in {"no_supply", "unreachable"} and textbook(scenario).feed_first() > 0:
        raise RefusedError(keys) from error
    return [f"refused: {error}"]


def _infeasible(scenario: Scenario) -> list[str]:
    status = textbook(scenario).problem.solve(fine_highs()).status
    if status == pulp.constants.LpSolveStatus.Infeasible:
        raise RefusedError("infeasible")
    return [f"no plan, but the textbook has one: {status}"]


def _best(twin: Twin, solution: Solution) -> Iterator[str]:
    """Compare what is best: the cost, and with fairness the shares, by which the cost is then held."""
    fair = _fairness(solution)
    if fair:
        yield from _fair(solution, fair[0])
    elif not solution.stages:
        theirs = twin.solve()
        if abs(theirs - solution.objective) > max(1.0, 1e-6 * abs(theirs)):
            yield f"cost: {solution.objective:.0f}, in the textbook {theirs:.0f}"
        money = money_of(twin)
        # money may stand for penalties as far as both together are known
        if abs(money - solution.money_idr) > max(1.0, 1e-6 * abs(theirs)):
            yield f"money: {solution.money_idr:.0f}, in the textbook {money:.0f}"


def money_of(twin: Twin) -> float:
    """Return what the twin pays, penalties left aside, IDR."""
    families = [columns for name, columns in twin.columns.items() if name in twin.penalties]
    penalties = {column for columns in families for column in columns.values()}
    whole = pulp.lpSum(twin.cost)
    return MILLION * sum(
        idr * (column.value() or 0.0) for column, idr in whole.items() if column not in penalties
    )


def _fairness(solution: Solution) -> list[FairnessResult]:
    return [stage for stage in solution.stages if isinstance(stage, FairnessResult)]


def _shares(stage: FairnessResult) -> dict[Cell, float]:
    return dict(zip(zip(stage.province, stage.commodity, strict=True), stage.coverage, strict=True))


def _fair(solution: Solution, stage: FairnessResult) -> Iterator[str]:
    ours = _shares(stage)
    for cell, share in fairest(solution.scenario).items():
        if abs(ours[cell] - share) > SHARE:
            yield f"share of {cell}: {ours[cell]:.5f}, in the textbook {share:.5f}"


def _least(twin: Twin, solution: Solution) -> Iterator[str]:
    """Compare the weighted need unmet with the least there is; with fairness, with the least of fair plans."""
    weight, unmet = twin.data.weight(), solution.cube("unmet").sum(axis=(0, 2))
    ours = sum(weight[k] * t for k, t in zip(twin.data.K, unmet, strict=True))
    need = sum(weight[k] * t for (_, k, _), t in twin.data.need.items())
    least = textbook(solution.scenario).feed_first()
    noise = 1.1 * LEEWAY * need + (GIVEN_WAY if solution.stages else 1e-5)
    # the solver of the textbook stops a little above its least; that every row of our plan holds is seen apart
    if ours < least - noise - 1e-5 * need:
        yield f"unmet: {ours:.6f} t weighted, the least is {least:.6f} t"
    for stage in _fairness(solution):
        tolerance = solution.scenario.settings.policy.tolerance
        held = {cell: 1 - (1 + tolerance) * (1 - top) for cell, top in _shares(stage).items()}
        least = fair_unmet(solution.scenario, held)
        noise += 2 * ENOUGH * need
    if ours > least + noise:
        yield f"unmet: {ours:.6f} t weighted, the least is {least:.6f} t"


def _feasible(twin: Twin, solution: Solution) -> Iterator[str]:
    """Put our plan into the twin, tonne by tonne: every row holds, and it costs the same there."""
    for column in twin.problem.variables():
        column.varValue = 0.0
    for family, key, tonnes in _placed(twin, solution):
        column = twin.get(family, key)
        if isinstance(column, int):
            if tonnes > 1e-6:
                yield f"{family} {key}: {tonnes:.6f} t, no such thing in the textbook"
        else:
            column.varValue = tonnes / KILO
    for key, row in twin.rows["vintage"].items():
        twin.get("used_up", key).varValue = row.value()
    for (key, sign), gap in twin.columns.get("rule_gap", {}).items():
        gap.varValue = max(0.0, -sign * twin.rows["rules"][key].value())
    yield from _broken(twin)
    cost = MILLION * pulp.lpSum(twin.cost).value()
    if abs(cost - solution.objective) > max(1.0, 1e-6 * abs(cost)):
        yield f"the plan costs {solution.objective:.0f}, and counted by the textbook {cost:.0f}"


def _broken(twin: Twin) -> Iterator[str]:
    for family, rows in twin.rows.items():
        for key, row in rows.items():
            value = row.value()
            breach = {-1: value, 0: abs(value), 1: -value}[row.sense]
            if breach > BREACH:
                yield f"{family} {key}: broken by {breach * KILO:.6f} t"
    for column in twin.problem.variables():
        low, high = column.lowBound, column.upBound
        beyond = max((low or 0.0) - column.value() if low is not None else 0.0, 0.0)
        if high is not None:
            beyond = max(beyond, column.value() - high)
        if beyond > BREACH:
            yield f"{column.name}: beyond its bound by {beyond * KILO:.6f} t"


def _placed(twin: Twin, solution: Solution) -> Iterator[tuple[str, Any, float]]:
    """Return our columns by the names that the twin has for them."""
    balance, network, data = solution.balance, solution.network, twin.data
    names = {"province": balance.provinces, "commodity": balance.commodities, "port": network.ports}
    recipes = solution.scenario.tables["recipes"]
    lanes = _lanes(twin, solution)

    def kept(k: str) -> bool:
        return data.life(k) > len(data.T)

    for family, block in solution.program.columns.items():
        for place in range(block.size):
            tonnes = float(solution.values[block.start + place])
            at = {axis: int(values[place]) for axis, values in block.index.items()}
            named = {axis: labels[at[axis]] for axis, labels in names.items() if axis in at}
            p, k, t = named.get("province"), named.get("commodity"), at.get("period")
            if family == "flow":
                lane = lanes[at["lane"]]
                v = 0 if kept(lane.commodity) else t - at["age"]
                yield family, (lane, t, v), tonnes
            elif family == "stock":
                yield family, (p, k, t, 0 if kept(k) else t + 1 - at["age"]), tonnes
            elif family == "imported":
                yield family, (named["port"], k, t), tonnes
            elif family == "processed":
                recipe = recipes["recipe"].iloc[at["recipe"]]
                yield family, (recipe, p, bool(at["at_home"]), t), tonnes
            elif family == "closing_gap":
                yield family, (p, k), tonnes
            elif family != "rule_gap":
                yield family, (p, k, t), tonnes


def _lanes(twin: Twin, solution: Solution) -> list[Lane]:
    """Find the lane of the twin for each of ours."""
    network = solution.network
    labels = lane_labels(solution.balance, network, np.arange(len(network.freight)))
    theirs = {}
    for lane in twin.data.lanes:
        service = lane.legs[0].partition(" leg ")[0] if lane.legs else ""
        theirs[lane.origin, lane.destination, lane.mode, service, lane.commodity] = lane
    return [theirs[key] for key in zip(*(labels[axis] for axis in LANE), strict=True)]
