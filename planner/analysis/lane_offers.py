"""What every way between two provinces costs: the offer, whether the plan uses it or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from rich.table import Table

from planner.given import require_kind
from planner.i18n import bare_money, number, text
from planner.market.network import build_network
from planner.scenario import Scenario
from planner.scenario.lookup import find_code


def lanes(scenario: Scenario, origin: str, destination: str) -> pd.DataFrame:
    """Return the lanes from one province straight to another.

    Parameters
    ----------
    scenario
        Its arcs and vessel services, freight in the band of its policy.
    origin, destination
        Provinces, by code, name or initials.

    Returns
    -------
    One row for each arc or pair of calls and each commodity that may travel there. `idr_per_kg` is
    freight and handling of a kilogram that arrives, `transit_days` with the wait for the ship, `room` the
    most cargo of all commodities a period in `unit`; infinite where there is no limit.

    Raises
    ------
    OptionError
        If this is no scenario, or there is no such province.
    """
    require_kind(scenario, Scenario, "planner.analysis.lanes")
    network, provinces = build_network(scenario), scenario.provinces
    ends = [
        provinces.index(find_code(scenario, "provinces", asked)) for asked in (origin, destination)
    ]
    chosen = (network.lane_origin == ends[0]) & (network.lane_destination == ends[1])
    lane = np.flatnonzero(chosen)
    arc = network.lane_arc[lane]
    labels = ("mode", "service", "origin_port", "destination_port")
    frame = {name: np.array(getattr(network, name), dtype=object)[arc] for name in labels}
    received = network.received(lane, np.zeros_like(lane))
    goods = np.array(scenario.commodities, dtype=object)[network.lane_commodity[lane]]
    return pd.DataFrame(
        {
            **frame,
            "arc": arc,
            "transit_days": network.transit_days[arc],
            "room": network.room[arc],
            "unit": np.array(network.capacity_unit, dtype=object)[arc],
            "commodity": goods,
            "loss": 1 - received,
            "idr_per_kg": network.freight[lane] / received / 1000,
        }
    )


def lane_view(scenario: Scenario, origin: str, destination: str, language: str) -> Table:
    """Tabulate the lanes between two provinces: ways down, commodities across, IDR a kilogram."""
    names, modes = scenario.names("provinces", language), scenario.names("modes", language)
    title = text(
        "command.lanes_title", language, origin=names[origin], destination=names[destination]
    )
    view = Table(title=title, title_justify="left", box=None, pad_edge=False)
    view.add_column("", no_wrap=True)
    view.add_column(text("command.lanes_days", language), justify="right")
    view.add_column(text("command.lanes_room", language), justify="right")
    for commodity in scenario.commodities:
        view.add_column(scenario.names("commodities", language)[commodity], justify="right")
    for _, way in lanes(scenario, origin, destination).groupby("arc"):
        first, paid = way.iloc[0], way.set_index("commodity")["idr_per_kg"]
        days, room = number(first["transit_days"], language, 1), _amount(first, language)
        cells = [bare_money(paid[k], language) if k in paid else "-" for k in scenario.commodities]
        view.add_row(_way(first, modes), days, room, *cells)
    return view


def _way(lane: pd.Series[Any], modes: dict[str, str]) -> str:
    ports = "-".join(filter(None, [lane["origin_port"], lane["destination_port"]]))
    return " ".join(filter(None, [modes[lane["mode"]], lane["service"], ports]))


def _amount(lane: pd.Series[Any], language: str) -> str:
    return "" if np.isinf(lane["room"]) else f"{number(lane['room'], language)} {lane['unit']}"
