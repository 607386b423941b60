"""How much of a plan rests on assumptions instead of published figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.arrays import Booleans, Floats
from planner.given import require_kind
from planner.market.balance import need_tonnes, net_tonnes
from planner.market.network import Network
from planner.scenario import Scenario
from planner.solution import Solution


def assumption_shares(solution: Solution) -> dict[str, float]:
    """Return the share of production, need, freight cost and processing that rests on an assumption.

    Returns
    -------
    Fractions by tonnes of production and of need, and by rupiah of freight and handling; by tonnes used
    of processing, where there are recipes. Freight is as sure as the least sure figure in it: the rate
    of the mode, the arc (or the service with all its calls), and the payload of the container where
    there is one.

    Raises
    ------
    OptionError
        If this is no plan.
    """
    require_kind(solution, Solution, "planner.analysis.assumption_shares")
    scenario = solution.scenario
    shares = {
        "production": _share(net_tonnes(scenario), _assumed(scenario, "production")),
        "need": _share(need_tonnes(scenario), _assumed(scenario, "need")),
        "freight": _share(*_freight(solution)),
    }
    if len(scenario.tables["recipes"]):
        shares["processing"] = _share(*_processing(solution))
    return shares


def _assumed(scenario: Scenario, table: str) -> Booleans:
    """Return of each row of a table whether its source is an assumption."""
    sources = scenario.tables["sources"]
    names = sources.loc[sources["kind"] == "assumption", "source"]
    return scenario.tables[table]["source"].isin(names).to_numpy()


def _freight(solution: Solution) -> tuple[Floats, Booleans]:
    scenario, network = solution.scenario, solution.network
    modes = dict(zip(scenario.tables["modes"]["mode"], _assumed(scenario, "modes"), strict=True))
    by_mode = np.array([modes[mode] for mode in network.mode], dtype=bool)
    by_arc = _assumed_arcs(scenario, network) | by_mode
    in_container = np.array(network.service, dtype=object) != ""
    in_container[~in_container] = scenario.tables["arcs"]["distance_nm"] > 0
    by_good = _assumed(scenario, "commodities")
    lane = solution.column("flow").index["lane"]
    arc, good = network.lane_arc[lane], network.lane_commodity[lane]
    idr = solution.value("flow") * network.freight[lane]
    return idr, by_arc[arc] | (in_container[arc] & by_good[good])


def _processing(solution: Solution) -> tuple[pd.Series[float], Booleans]:
    scenario = solution.scenario
    recipes = scenario.tables["recipes"].assign(assumed=_assumed(scenario, "recipes"))
    used = solution.processing().merge(recipes[["recipe", "province", "assumed"]], how="left")
    return used["used_t"], used["assumed"].to_numpy(dtype=bool)


def _assumed_arcs(scenario: Scenario, network: Network) -> Booleans:
    """Return of each arc whether its row, or any row of its service, is an assumption."""
    rows = [
        scenario.tables[table].loc[_assumed(scenario, table)] for table in ("services", "calls")
    ]
    service = pd.Series(network.service, dtype=object)
    assumed = service.isin(pd.concat(rows)["service"]).to_numpy(copy=True)
    assumed[service == ""] = _assumed(scenario, "arcs")
    return assumed


def _share(weight: pd.Series[float] | Floats, assumed: Booleans) -> float:
    values = np.asarray(weight, dtype=float)
    total = float(values.sum())
    return float(values[assumed].sum()) / total if total else 0.0
