"""Vessel services: every loop of calls as arcs, and the legs whose room these arcs share.

Calls 1..n of a service make legs 1..n-1; leg c sails from call c to call c + 1. Each call is joined to each
later call in another province by one arc, which uses every leg between the two:

distance_nm   = sum over its legs of  nm * idr_per_teu_nm_factor            the miles that freight is paid for
transit_days  = days_per_voyage * nm of its legs / nm of the loop           sailing, with the calls on the way
                + days of a period / voyages_per_period / 2                 waiting, half the time between ships
room of a leg = capacity_teu * voyages_per_period                           TEU a period

Nothing stays on board from one voyage to the next: what is to go on from the last call is loaded anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from planner.arrays import Floats
from planner.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Legs:
    """The legs of all services.

    Parameters
    ----------
    service, ways
        Service of each leg, and the two ports it joins.
    names
        Service, number and ports of each leg.
    capacity
        Room of each leg, TEU a period.
    uses
        1 where an arc (column) uses a leg (row).
    """

    service: list[str]
    ways: list[str]
    names: list[str]
    capacity: Floats
    uses: csr_array


def build_service_arcs(scenario: Scenario) -> pd.DataFrame:
    """Return the arcs of all services; the formulas stand on top of this file.

    Returns
    -------
    The columns of the table `arcs` without `source`, and `service`, `first_leg` and `end_leg`: the arc
    uses the legs from the first up to, but without, the end, counted over all services.
    """
    calls = _calls(scenario)
    pairs = calls.merge(calls, on="service", suffixes=("", "_to"))
    apart = (pairs["call"] < pairs["call_to"]) & (pairs["province"] != pairs["province_to"])
    services = scenario.tables["services"].drop(columns=["name", "source"])
    pairs = pairs.loc[apart].merge(services, on="service")
    loop = pairs["service"].map(calls.groupby("service")["sailed"].max())
    sailing = pairs["days_per_voyage"] * (pairs["sailed_to"] - pairs["sailed"]) / loop
    waiting = scenario.horizon.days / pairs["voyages_per_period"] / 2
    return pd.DataFrame(
        {
            "origin": pairs["province"],
            "destination": pairs["province_to"],
            "mode": pairs["mode"],
            "origin_port": pairs["port"],
            "destination_port": pairs["port_to"],
            "distance_km": 0.0,
            "distance_nm": pairs["charged_to"] - pairs["charged"],
            "idr_per_t": np.nan,
            "capacity": np.nan,
            "capacity_unit": "TEU",
            "transit_days": sailing + waiting,
            "loss": pairs["loss"],
            "service": pairs["service"],
            "first_leg": pairs["legs_before"],
            "end_leg": pairs["legs_before_to"],
        }
    )


def build_legs(scenario: Scenario, arcs: pd.DataFrame) -> Legs:
    """Return the legs of all services, and which arcs use them.

    Parameters
    ----------
    scenario
        Its services and calls.
    arcs
        All arcs of the network, `first_leg` and `end_leg` blank where they belong to no service.
    """
    calls = _calls(scenario)
    ends, numbers = calls.loc[calls["call"] > 1], calls["call"] - 1
    ways = calls["port"].shift() + "-" + calls["port"]
    names = calls["service"] + " leg " + numbers.astype(int).astype(str) + " " + ways
    services = scenario.tables["services"].set_index("service")
    room = ends["service"].map(services["capacity_teu"] * services["voyages_per_period"])
    leg = np.arange(len(ends))[:, None]
    used = (arcs["first_leg"].to_numpy() <= leg) & (leg < arcs["end_leg"].to_numpy())
    return Legs(
        service=list(ends["service"]),
        ways=list(ways[ends.index]),
        names=list(names[ends.index]),
        capacity=room.to_numpy(dtype=float),
        uses=csr_array(used * 1.0),
    )


def _calls(scenario: Scenario) -> pd.DataFrame:
    """Return the calls in their order, and what lies behind each: miles sailed, miles charged, legs."""
    calls = scenario.tables["calls"].sort_values(["service", "call"], ignore_index=True)
    ports = scenario.tables["ports"].set_index("port")
    nm = calls["nm_from_previous"].where(calls["call"] > 1, 0.0)
    charged = nm * calls["idr_per_teu_nm_factor"]
    return pd.DataFrame(
        {
            "service": calls["service"],
            "call": calls["call"],
            "port": calls["port"],
            "province": calls["port"].map(ports["province"]),
            "sailed": nm.groupby(calls["service"]).cumsum(),
            "charged": charged.groupby(calls["service"]).cumsum(),
            "legs_before": (calls["call"] > 1).cumsum(),
        }
    )
