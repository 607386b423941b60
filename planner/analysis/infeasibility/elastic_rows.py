"""Twins of rows, one function for each family.

sum of terms  <=  bound            sum of terms - twin  <=  bound
sum of terms  >=  bound            sum of terms + twin  >=  bound

100 % is the bound; a bound of 0 borrows what a province needs of all goods in a mean period.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csc_array

from planner.analysis.infeasibility.elastic_rules import rules
from planner.analysis.infeasibility.extended_model import ExtendedModel, Key
from planner.analysis.infeasibility.relaxations import (
    ElasticVariables,
    describe_elastic_variables,
    elastic_variables,
    label_rows,
    mean_need,
)
from planner.arrays import Floats, positions


def arcs(model: ExtendedModel) -> ElasticVariables:
    """Make room on an arc; borrows the need of its destination."""
    network, places = model.network, model.balance.provinces
    arc = model.program.rows["arc_capacity"].index["arc"]
    ends = network.origin[arc], network.destination[arc]
    keys = label_rows((places, ends[0]), (places, ends[1]), (network.mode, arc))
    found = _of_rows(model, "arc", "arc_capacity", keys, mean_need(model).sum(1)[ends[1]])
    units = np.array(network.capacity_unit, dtype=object)[arc]
    return elastic_variables(model, found.cells.assign(unit=units), found.matrix)


def legs(model: ExtendedModel) -> ElasticVariables:
    """Sail larger ships on a service; borrows the need of a mean province."""
    leg = model.program.rows["service_legs"].index["leg"]
    keys = label_rows((model.network.legs.service, leg))
    borrowed = np.full(len(leg), mean_need(model).sum(1).mean())
    found = _of_rows(model, "service", "service_legs", keys, borrowed)
    figures = model.scenario.tables["services"].set_index("service")
    own = figures.loc[[service for (service,) in keys], ["capacity_teu", "voyages_per_period"]]
    ships, voyages = own.to_numpy(dtype=float).T
    cells = found.cells.assign(old=ships, size=voyages, unit="TEU")
    return elastic_variables(model, cells, found.matrix)


def ports(model: ExtendedModel) -> ElasticVariables:
    """Handle more at a port; borrows the need of its province."""
    port = model.program.rows["port_throughput"].index["port"]
    home = positions(model.balance.provinces, model.scenario.tables["ports"]["province"])
    keys = label_rows((model.network.ports, port))
    return _of_rows(model, "port", "port_throughput", keys, mean_need(model).sum(1)[home[port]])


def stores(model: ExtendedModel) -> ElasticVariables:
    """Make room in the stores of a province; borrows its need."""
    province = model.program.rows["storage"].index["province"]
    keys = label_rows((model.balance.provinces, province))
    return _of_rows(model, "storage", "storage", keys, mean_need(model).sum(1)[province])


def mills(model: ExtendedModel) -> ElasticVariables:
    """Make room in the mills of a province; borrows its need."""
    recipe = model.program.rows["processing"].index["recipe"]
    recipes = model.market.recipes
    province = recipes.province[recipe]
    keys = label_rows((recipes.names, recipe), (model.balance.provinces, province))
    return _of_rows(model, "mill", "processing", keys, mean_need(model).sum(1)[province])


def households(model: ExtendedModel) -> ElasticVariables:
    """Let go of what lies in households: the local share of the opening stock falls, at most to 0."""
    balance, index = model.balance, model.program.rows["local_stock"].index
    place = index["province"], index["commodity"]
    keys = label_rows((balance.provinces, place[0]), (balance.commodities, place[1]))
    opening, share = balance.opening[place], balance.local_share[place]
    local = opening * share
    found = _of_rows(model, "local_stock", "local_stock", keys, local)
    cells = found.cells.assign(old=share, size=opening, scale=local, most=local)
    held = np.flatnonzero(local > 0)
    return elastic_variables(model, cells.iloc[held], csc_array(found.matrix[:, held]))


ROWS: dict[str, Callable[[ExtendedModel], ElasticVariables]] = {
    "arc_capacity": arcs,
    "service_legs": legs,
    "port_throughput": ports,
    "storage": stores,
    "local_stock": households,
    "processing": mills,
    "rules": rules,
}
"""The families whose limits may give way."""


def _of_rows(
    model: ExtendedModel, kind: str, family: str, keys: list[Key], borrowed: Floats
) -> ElasticVariables:
    program, block = model.program, model.program.rows[family]
    upper, lower = program.row_upper[block.span], program.row_lower[block.span]
    at_most = np.isfinite(upper)
    bound = np.where(at_most, upper, lower)
    cells = describe_elastic_variables(
        kind,
        keys,
        period=block.index["period"],
        old=bound,
        scale=np.where(bound > 0, bound, borrowed),
    )
    terms = np.where(at_most, -1.0, 1.0), (block.ids, np.arange(block.size))
    return elastic_variables(
        model, cells, csc_array(terms, shape=(program.matrix.shape[0], block.size))
    )
