"""The tables of a made-up market, drawn at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.arrays import Booleans, Floats, Integers

PAYLOADS = np.array([20.0, 12.0, 9.0, 9.0, 9.0, 20.0, 20.0, 14.0, 10.0])
"""Tonnes in a container, by good."""
EATEN = np.array([115.0, 3.0, 3.5, 2.5, 21.0, 12.0, 9.0, 2.0, 30.0])
"""Kilograms a person and year, by good."""
SPARE = 1.15
"""Production of all places, as a share of the need of all."""
MODES = {
    "sea": {"idr_fixed_per_teu": 3_600_000, "idr_per_teu_nm": 5_000, "handling_idr_per_t": 130_000},
    "ferry": {"idr_per_t_km": 900, "handling_idr_per_t": 40_000},
}
KM_PER_NM = 1.852


@dataclass(frozen=True, slots=True)
class Size:
    """How large a market is.

    `producers` of the places have more than they eat, and send to all that have less; with None every
    place produces and sends to the `nearest`. `room` is the least and the most that the port of a
    place with a surplus can move, as a share of what it has to; None where there are no ports.
    """

    places: int
    goods: int
    months: int = 0
    producers: int | None = None
    nearest: int = 0
    modes: tuple[str, ...] = ("sea",)
    room: tuple[float, float] | None = None


def market_tables(size: Size, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    provinces = _provinces(size, rng)
    need = EATEN[: size.goods] * provinces["population"].to_numpy()[:, None] / 1000
    made = _made(size, need, rng)
    tables = {
        "provinces": provinces,
        "commodities": _commodities(size),
        "need": _by_place(need, "tonnes"),
        "production": _production(size, made, provinces["lon"].to_numpy()),
        "modes": _modes(size),
        "arcs": _arcs(size, provinces),
    }
    if size.months:
        tables["profiles"] = _profiles()
        tables["stocks"] = _by_place(need / 12, "opening_t").round({"opening_t": 1})
    if size.room:
        share = rng.uniform(*size.room, size.places)
        tables["ports"] = _ports(provinces, (made - need) / (size.months or 1), share)
    return tables


def _provinces(size: Size, rng: np.random.Generator) -> pd.DataFrame:
    people = rng.lognormal(np.log(270e6 / size.places), 0.8, size.places)
    return pd.DataFrame(
        {
            "province": [f"{i:03d}" for i in range(size.places)],
            "name": [f"Daerah {i:03d}" for i in range(size.places)],
            "lat": rng.uniform(-10, 5, size.places).round(4),
            "lon": rng.uniform(95, 141, size.places).round(4),
            "population": people.round(),
        }
    )


def _commodities(size: Size) -> pd.DataFrame:
    goods = _goods(size.goods)
    return pd.DataFrame(
        {
            "commodity": goods,
            "name": goods,
            "tonnes_per_teu": PAYLOADS[: size.goods],
            "max_stock_periods": [np.nan if size.months else 0] * size.goods,
            "holding_idr_per_t": 80_000,
        }
    )


def _goods(count: int) -> list[str]:
    return [f"good{k + 1}" for k in range(count)]


def _made(size: Size, need: Floats, rng: np.random.Generator) -> Floats:
    """Return the yearly production of each place and good, t."""
    made = rng.lognormal(0.0, 0.7, need.shape)
    if size.producers is None:
        made *= rng.random(need.shape) > 0.15  # not everything grows everywhere
        return made * need * SPARE * need.sum(0) / (made * need).sum(0)
    some = _producing(size)
    made[some] *= SPARE * need.sum(0) / made[some].sum(0)
    return np.where(some[:, None], need + made * (1 - need[some].sum(0) / need.sum(0)), 0.3 * need)


def _producing(size: Size) -> Booleans:
    """Return which places produce more than they need: the first, whose site is as random as any."""
    return np.arange(size.places) < (size.producers or size.places)


def _by_place(tonnes: Floats, column: str) -> pd.DataFrame:
    place, good = (axis.ravel() for axis in np.indices(tonnes.shape))
    names = np.array(_goods(tonnes.shape[1]), dtype=object)
    codes = [f"{p:03d}" for p in place]
    return pd.DataFrame({"province": codes, "commodity": names[good], column: tonnes.ravel()})


def _production(size: Size, made: Floats, lon: Floats) -> pd.DataFrame:
    """Return production of a year; where there are months, the harvest moves from west to east."""
    frame = _by_place(made.round(1), "tonnes")
    if size.months:
        place, good = (axis.ravel() for axis in np.indices(made.shape))
        frame["profile"] = [
            f"peak{m:.0f}" for m in ((lon[place] - 95) // 12 + 3 * good + 3) % 12 + 1
        ]
    return frame.loc[frame["tonnes"] > 0]


def _profiles() -> pd.DataFrame:
    """Return twelve seasons: most of the harvest around a month, a little in every other."""
    peak, month = (axis.ravel() + 1 for axis in np.indices((12, 12)))
    weight = 0.25 + np.exp(2 * (np.cos(2 * np.pi * (month - peak) / 12) - 1))
    share = weight / weight[:12].sum()
    return pd.DataFrame({"profile": [f"peak{p}" for p in peak], "month": month, "share": share})


def _modes(size: Size) -> pd.DataFrame:
    rates = pd.DataFrame([MODES[mode] for mode in size.modes])
    return rates.assign(mode=size.modes, name=size.modes)


def _arcs(size: Size, provinces: pd.DataFrame) -> pd.DataFrame:
    km = _kilometres(provinces["lat"].to_numpy(), provinces["lon"].to_numpy())
    origin, destination = _joined(size, km)
    codes = provinces["province"].to_numpy()
    far = km[origin, destination].round(1)
    ends = {"origin": codes[origin], "destination": codes[destination]}
    ways = [
        pd.DataFrame(
            {
                **ends,
                "mode": mode,
                "origin_port": ends["origin"] if size.room else "",
                "destination_port": ends["destination"] if size.room else "",
                "distance_km": far,
                "distance_nm": (far / KM_PER_NM).round(1),
                "transit_days": 0,
                "loss": 0.002,
            }
        )
        for mode in size.modes
    ]
    return pd.concat(ways, ignore_index=True)


def _kilometres(lat: Floats, lon: Floats) -> Floats:
    """Return the way between any two places: a fifth longer than the great circle."""
    north, east = np.radians(lat), np.radians(lon)
    half = np.sin((north[:, None] - north) / 2) ** 2
    half += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    distance: Floats = 1.2 * 2 * 6371 * np.arcsin(np.sqrt(half))
    return distance


def _joined(size: Size, km: Floats) -> tuple[Integers, Integers]:
    """Return origin and destination of each pair of places that ships sail between."""
    if size.producers is not None:
        some = _producing(size)
        return np.nonzero(some[:, None] & ~some)
    near = np.argsort(km, axis=1, kind="stable")[:, 1 : size.nearest + 1]
    return np.repeat(np.arange(size.places), size.nearest), near.ravel()


def _ports(provinces: pd.DataFrame, surplus: Floats, share: Floats) -> pd.DataFrame:
    """Return each place a port with room for a share of what it has to move, ample where it lacks more."""
    room = np.abs(surplus).sum(1) * np.where(surplus.sum(1) > 0, share, 1.3)
    places = provinces[["province", "name", "lat", "lon"]]
    return places.assign(port=places["province"], throughput_t=room.round(1))
