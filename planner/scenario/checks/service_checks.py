"""Checks of vessel services and their calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from planner.errors import Problem

type Frames = dict[str, pd.DataFrame]


def services_make_sense(frames: Frames) -> Iterator[Problem]:
    """Find services that carry nothing, and loops that cannot be sailed as they are written."""
    services, calls = frames["services"], frames["calls"].sort_values(["service", "call"])
    yield from _without_rates(services, frames["modes"])
    if calls["service"].isin(services["service"]).all():
        yield from _going_nowhere(services, calls, frames["ports"])
        yield from _out_of_order(calls)
        yield from _without_distance(calls)


def _without_rates(services: pd.DataFrame, modes: pd.DataFrame) -> Iterator[Problem]:
    rates = modes[["idr_fixed_per_teu", "idr_per_teu_nm"]].sum(axis=1)
    free = services["mode"].isin(modes.loc[rates == 0, "mode"])
    for row in services.loc[free].to_dict("records"):
        yield _of(row, "service_without_rate", "mode", value=row["mode"])


def _going_nowhere(
    services: pd.DataFrame, calls: pd.DataFrame, ports: pd.DataFrame
) -> Iterator[Problem]:
    """Find services with fewer than two calls, or whose calls all lie in one province."""
    home = ports.drop_duplicates("port").set_index("port")["province"]
    known = calls.assign(province=calls["port"].map(home)).groupby("service")
    count, provinces = known.size(), known["province"].nunique(dropna=False)
    for row in services.to_dict("records"):
        service = row["service"]
        if count.get(service, 0) < 2:
            yield _of(row, "service_too_short", "service", value=service)
        elif provinces[service] < 2:
            yield _of(row, "service_in_one_province", "service", value=service)


def _out_of_order(calls: pd.DataFrame) -> Iterator[Problem]:
    """Find the first call of each service whose number does not follow, and calls where the ship is."""
    expected = calls.groupby("service").cumcount() + 1
    wrong = calls.assign(expected=expected).loc[calls["call"] != expected]
    for row in wrong.drop_duplicates("service").to_dict("records"):
        value, due = f"{row['call']:g}", row["expected"]
        yield _of(row, "call_number", "call", value=value, expected=due, service=row["service"])
    there = calls["port"] == calls.groupby("service")["port"].shift()
    for row in calls.loc[there].to_dict("records"):
        yield _of(row, "call_at_same_port", "port", value=row["port"])


def _without_distance(calls: pd.DataFrame) -> Iterator[Problem]:
    first = ~calls.duplicated("service")
    for row in calls.loc[first & calls["nm_from_previous"].notna()].to_dict("records"):
        value = f"{row['nm_from_previous']:g}"
        yield _of(row, "first_call_with_distance", "nm_from_previous", value=value)
    for row in calls.loc[~first & ~(calls["nm_from_previous"] > 0)].to_dict("records"):
        yield _of(row, "call_without_distance", "nm_from_previous")


def _of(row: Mapping[Any, Any], key: str, column: str, **values: object) -> Problem:
    return Problem(key, row["_file"], row["_line"], column, values)
