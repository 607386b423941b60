"""How full the ships of vessel services are, out and back, in one line."""

from __future__ import annotations

import pandas as pd

from planner.i18n import number, text
from planner.solution import Solution

SERVICES = 2
"""Services that one line can tell of."""


def service_lines(solution: Solution, language: str) -> list[str]:
    """Report the mean TEU a period on each leg of the fullest services; nothing where there are none."""
    legs = solution.network.legs
    if not legs.names:
        return []
    rooms = solution.capacities().query("kind == 'service'")
    used = rooms.groupby("name")["used"].mean().reindex(legs.names).to_numpy(dtype=float)
    table = pd.DataFrame({"service": legs.service, "way": legs.ways, "used": used})
    table["room"] = legs.capacity
    fullest = table.groupby("service")["used"].sum().nlargest(SERVICES).index
    told = [_told(name, table.loc[table["service"] == name], language) for name in fullest]
    return [text("report.services", language, services="; ".join(told))]


def _told(service: str, legs: pd.DataFrame, language: str) -> str:
    pairs = zip(legs["way"], legs["used"], strict=True)
    ways = ", ".join(f"{way} {number(used, language)}" for way, used in pairs)
    room = number(legs["room"].iloc[0], language)
    return text("report.service", language, service=service, legs=ways, room=room)
