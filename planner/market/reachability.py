"""What no plan can do: needs that nothing can reach, closing stocks that nothing can fill.

A need is reached from production, stock or import of the commodity, or of one it can be made from.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order

from planner.arrays import Booleans, Floats
from planner.errors import InputError, Problem
from planner.formats.locations import with_cells
from planner.market.balance import Balance, compute_balance
from planner.market.network import Network, build_network
from planner.market.recipes import Recipes, build_recipes
from planner.scenario import Scenario


def require_reach(scenario: Scenario, balance: Balance, network: Network) -> None:
    """Refuse a scenario in which some need could never be met, whatever the quantities.

    Raises
    ------
    InputError
        With one problem for each province that no arc leads to, and for each need that no production,
        stock or import can reach.
    """
    problems = [*_cut_off(scenario, balance, network), *_without_supply(scenario, balance, network)]
    if problems:
        raise InputError(with_cells(problems, scenario.books))


def reach_problems(scenario: Scenario) -> list[Problem]:
    """Return what stands in the way of any plan, and remarks on what no plan can cover nationally."""
    balance = compute_balance(scenario)
    remarks = _closing_not_covered(scenario, balance)
    try:
        require_reach(scenario, balance, build_network(scenario))
    except InputError as error:
        return error.problems + remarks
    return remarks


def _closing_not_covered(scenario: Scenario, balance: Balance) -> list[Problem]:
    left, wanted = _left_at_most(balance, build_recipes(scenario)), balance.closing_target.sum(0)
    values = [
        {"commodity": k, "closing": f"{wanted[i]:.0f}", "left": f"{left[i]:.0f}"}
        for i, k in enumerate(balance.commodities)
        if left[i] < wanted[i]
    ]
    return [
        Problem(
            "need_not_covered" if v["closing"] == "0" else "closing_not_covered",
            scenario.name,
            values=v,
            blocking=False,
        )
        for v in values
    ]


def _left_at_most(balance: Balance, recipes: Recipes) -> Floats:
    """Return what is left of each commodity nationally, all that others can spare made into it, t."""
    supply = balance.opening.sum(0) + (balance.produced + balance.importable).sum((0, 2))
    left, wanted = supply - balance.need.sum((0, 2)), balance.closing_target.sum(0)
    for product in recipes.in_order():
        for source in set(recipes.input[recipes.output == product].tolist()):
            rows = (recipes.input == source) & (recipes.output == product)
            most = recipes.capacity[rows].sum() * len(balance.periods)
            spare = min(max(left[source] - wanted[source], 0.0), most)
            left[product] += recipes.yields[rows].max() * spare
    return left


def _cut_off(scenario: Scenario, balance: Balance, network: Network) -> list[Problem]:
    reached = np.zeros(len(balance.provinces), dtype=bool)
    reached[network.destination] = True
    own = (balance.opening.sum(1) + (balance.produced + balance.importable).sum((1, 2))) > 0
    lonely = ~reached & ~own & (balance.need.sum((1, 2)) > 0)
    return [
        _province_problem(scenario, "unreachable_province", int(p)) for p in np.flatnonzero(lonely)
    ]


def _without_supply(scenario: Scenario, balance: Balance, network: Network) -> list[Problem]:
    reached = _reached(scenario, balance, network)
    lacking = (balance.need.sum(2) > 0) & ~reached
    return [
        _province_problem(scenario, "no_supply", int(p), balance.commodities[k])
        for k, p in zip(*np.nonzero(lacking.T), strict=True)
    ]


def _reached(scenario: Scenario, balance: Balance, network: Network) -> Booleans:
    """Return which commodities can come to which provinces, by (province, commodity)."""
    recipes = build_recipes(scenario)
    have = balance.opening + balance.produced.sum(2) + balance.importable.sum(2) > 0
    while True:
        goods = enumerate(have.T)
        reached = np.stack([_carried(network, k, sources) for k, sources in goods], axis=1)
        more = recipes.one_step(reached)
        if (more == reached).all():
            return reached
        have = more


def _carried(network: Network, commodity: int, sources: Booleans) -> Booleans:
    """Return which provinces a commodity can come to from the provinces that have it."""
    size = len(sources)
    ways = (
        (network.lane_arc, network.lane_commodity),
        (network.closed_arc, network.closed_commodity),  # as by a capacity of 0
        (network.spoilt_arc, network.spoilt_commodity),  # a plan tells that nothing arrives
    )
    arcs = np.concatenate([arc[carried == commodity] for arc, carried in ways])
    start, end = network.origin[arcs], network.destination[arcs]
    hub = np.flatnonzero(sources)
    rows, columns = np.append(start, np.full(len(hub), size)), np.append(end, hub)
    graph = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size + 1, size + 1))
    reached = np.zeros(size + 1, dtype=bool)
    reached[breadth_first_order(graph, size, return_predecessors=False)] = True
    return reached[:size]


def _province_problem(scenario: Scenario, key: str, province: int, commodity: str = "") -> Problem:
    code = scenario.provinces[province]
    name = scenario.names("provinces")[code]
    values = {"value": f"{name} ({code})", "commodity": commodity}
    if commodity:
        need = scenario.tables["need"]
        row = need.index[(need["province"] == code) & (need["commodity"] == commodity)][0]
        place = scenario.lines["need"].loc[row]
    else:
        row = scenario.tables["provinces"].index[province]
        place = scenario.lines["provinces"].loc[row]
    return Problem(key, str(place["file"]), int(place["line"]), "province", values)
