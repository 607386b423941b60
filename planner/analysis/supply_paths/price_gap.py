"""Price gap: observed prices between two provinces against what the plan says that bringing the goods costs.

difference  =  price in the destination - price in the origin      retail, mean of the periods in which both are known
cost        =  (freight + handling + holding) / tonnes eaten       of the plan, all ways from origin to destination
lost_goods  =  price in the origin * tonnes lost / tonnes eaten    what is lost must be bought too
gap         =  difference - cost - lost_goods

A gap above zero is what nobody in the model is paid for: margins, market power, better quality, costs that
are not modelled. A gap below zero: at these prices nobody would earn the freight. Neither is proof: prices are
of retail markets in a few towns, the plan is the cheapest one and not what traders did, and its figures may be
of another year.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from planner.analysis.supply_paths.paths import Path
from planner.arrays import Booleans, Floats
from planner.scenario import Scenario

KEY = ["origin", "destination", "commodity"]


def price_gaps(scenario: Scenario, paths: Iterable[Path]) -> pd.DataFrame:
    """Compare prices with costs for everything that one province eats from another: `price_gaps.csv`.

    Parameters
    ----------
    scenario
        Holds the prices; those of level retail are compared.
    paths
        The paths of its plan.

    Returns
    -------
    One row for each origin, destination and commodity, largest gap first; the figures stand on top of this
    file. `periods` counts those in which both prices are known; where there is none the prices, the
    difference and the gap are NaN and the row stands at the end.
    """
    eaten = [path for path in paths if path.use == "need" and path.origin != path.destination]
    rows = [
        (*_key(path), path.tonnes, path.lossless - path.tonnes, _carriage(path)) for path in eaten
    ]
    carried = pd.DataFrame(rows, columns=[*KEY, "tonnes", "lost_t", "idr"])
    table = carried.groupby(KEY, as_index=False).sum()
    retail = _retail(scenario)
    here, there = (_prices_at(retail, table, end) for end in ("origin", "destination"))
    both = ~(np.isnan(here) | np.isnan(there))
    table["periods"] = both.sum(axis=1)
    table["origin_idr_per_kg"] = _mean(here, both)
    table["destination_idr_per_kg"] = _mean(there, both)
    difference = table["destination_idr_per_kg"] - table["origin_idr_per_kg"]
    table["difference_idr_per_kg"] = difference
    table["cost_idr_per_kg"] = table["idr"] / table["tonnes"] / 1000
    lost = table["lost_t"] / table["tonnes"]
    table["lost_goods_idr_per_kg"] = lost * table["origin_idr_per_kg"]
    charged = table["cost_idr_per_kg"] + table["lost_goods_idr_per_kg"]
    table["gap_idr_per_kg"] = difference - charged
    ordered = table.sort_values(["gap_idr_per_kg", *KEY], ascending=[False, True, True, True])
    return ordered.drop(columns=["lost_t", "idr"]).reset_index(drop=True)


def _key(path: Path) -> tuple[str, str, str]:
    return path.origin, path.destination, path.commodity


def _carriage(path: Path) -> float:
    return path.freight + path.handling + path.held


def _retail(scenario: Scenario) -> pd.DataFrame:
    """Return retail prices, IDR/kg, one row for each province and commodity, one column a period."""
    prices = scenario.tables["prices"]
    retail = prices.loc[prices["level"] == "retail"]
    wide = retail.pivot_table("idr_per_kg", ["province", "commodity"], "period")
    return wide.reindex(columns=list(scenario.horizon.labels))


def _prices_at(retail: pd.DataFrame, table: pd.DataFrame, end: str) -> Floats:
    """Return the prices at one end of each row, by period; NaN where there is none."""
    places = pd.MultiIndex.from_frame(table[[end, "commodity"]])
    return np.asarray(retail.reindex(places), dtype=float)


def _mean(prices: Floats, counted: Booleans) -> Floats:
    """Return the mean of the prices that count; NaN where none does."""
    sums, count = np.where(counted, prices, 0.0).sum(axis=1), counted.sum(axis=1)
    mean: Floats = np.divide(sums, count, out=np.full(len(sums), np.nan), where=count > 0)
    return mean
