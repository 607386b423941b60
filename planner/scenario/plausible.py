"""Figures that are allowed and yet hardly true: a wrong unit, a lost separator, a slip of columns.

Only what can be nothing but kilograms stops a run; all else are remarks, for a figure may be odd and right.
Where a figure is held against those of other provinces there must be eight of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.arrays import Floats
from planner.errors import Problem
from planner.scenario.checks import Frames, cells_of
from planner.scenario.never import never_paid

OTHERS = 8
"""Rows that are enough to say what is usual."""
LOW_FREIGHT = 5_000
"""IDR/t: less than this for a tonne is rather the rate of a kilogram."""
HEAVIEST_BOX = 30
"""Tonnes that no 20-foot container carries."""
SLOWEST = 90
"""Days within which every ship has arrived."""
FAR = 1_000
"""Kilometres from a capital to a port of its province."""
EARTH = 6_371
_KM_PER_NM = 1.852


def implausible(frames: Frames) -> list[Problem]:
    """Find figures of all tables that are hardly true.

    Parameters
    ----------
    frames
        Typed tables, not yet spread over periods.

    Returns
    -------
    Remarks, in the order of the tables.
    """
    return [problem for look in LOOKS for problem in look(frames)]


def _kilograms(frames: Frames) -> Iterator[Problem]:
    """Find need or stock of more than two tonnes a person, and harvests beyond all measure."""
    absurd = {
        ("need", "tonnes"): frames["need"]["tonnes"] > 2 * _people_of(frames, "need"),
        ("stocks", "opening_t"): frames["stocks"]["opening_t"] > 2 * _people_of(frames, "stocks"),
        ("production", "tonnes"): _absurd_harvest(frames),
    }
    for (table, column), rows in absurd.items():
        for file, line, value in cells_of(frames[table], rows, column):
            yield Problem("looks_like_kg", file, line, column, {"value": f"{float(value):.0f}"})


def _absurd_harvest(frames: Frames) -> pd.Series[bool]:
    """Say where more than five tonnes a person, and twenty times the need of the nation, are produced."""
    made, need = frames["production"], _need_tonnes(frames).groupby("commodity").sum(skipna=False)
    many = made["tonnes"] > 5 * _people_of(frames, "production")
    return many & (made["tonnes"] > 20 * made["commodity"].map(need))


def _people(frames: Frames) -> Iterator[Problem]:
    provinces = frames["provinces"]
    usual = f"{provinces['population'].median():.0f}"
    yield from _remarks("few_people", provinces, _few(provinces), "population", usual=usual)
    twice = provinces.duplicated("name") & (provinces["name"] != "")
    yield from _remarks("doubled_name", provinces, twice, "name")


def _few(provinces: pd.DataFrame) -> pd.Series[bool]:
    """Say which populations are less than a hundredth of what is usual."""
    people = provinces["population"]
    return (people < people.median() / 100) & (people > 0) & (len(provinces) >= OTHERS)


def _need_of_a_person(frames: Frames) -> Iterator[Problem]:
    """Find need of a person that is three times, or a third of, what is usual elsewhere."""
    need = frames["need"]
    person, usual = _person_and_usual(frames)
    odd = (person > 3 * usual) | (person < usual / 3)
    for column in ("kg_per_capita", "tonnes"):
        rows = odd & need[column].notna()
        yield from _remarks("need_unlike", need, rows, column, usual=_shown(usual[rows]))


def _person_and_usual(frames: Frames) -> tuple[pd.Series[float], pd.Series[float]]:
    """Give what a person eats in a year by row of need, and the median of the provinces, kg.

    The median is NaN where there are too few provinces, or where the use is not food.
    """
    need = frames["need"]
    people = _people_of(frames, "need")
    person = need["kg_per_capita"].fillna(need["tonnes"] / people * 1000)
    group = person.groupby([need["commodity"], need["use"], need["period"]])
    enough = (group.transform("count") >= OTHERS) & (need["use"] == "food")
    return person, group.transform("median").where(enough)


def _more_than_the_nation(frames: Frames) -> Iterator[Problem]:
    """Find provinces that produce three times what the whole nation needs."""
    made, need = frames["production"], _need_tonnes(frames).groupby("commodity").sum(skipna=False)
    many = (made["tonnes"] > 3 * made["commodity"].map(need)) & ~_absurd_harvest(frames)
    yield from _remarks("more_than_nation", made, many, "tonnes")


def _nation(frames: Frames) -> Iterator[Problem]:
    """Find goods of which the nation has two and a half times what it needs, or the other way round.

    Figures that are odd by themselves count only as far as they may be true.
    """
    need = _need_tonnes(frames).groupby("commodity").sum(skipna=False)
    most = {name: frames[name]["commodity"].map(need) for name in ("production", "stocks")}
    made, stocks, imports = frames["production"], frames["stocks"], frames["imports"]
    parts = [
        (made["tonnes"].clip(upper=most["production"]) * (1 - made["loss"]), made),
        (stocks["opening_t"].clip(upper=most["stocks"] / OTHERS), stocks),
        (imports["max_tonnes"], imports),
    ]
    sums = [tonnes.groupby(frame["commodity"]).sum() for tonnes, frame in parts]
    have = pd.concat(sums).groupby(level=0).sum().reindex(need.index)
    rows = frames["need"].drop_duplicates("commodity").set_index("commodity")
    odd = need.index[(have > 2.5 * need) | (need > 2.5 * have)]
    for commodity in odd.intersection(_whole_years(frames)):
        place = str(rows["_file"][commodity]), int(rows["_line"][commodity])
        values = {
            "value": commodity,
            "need": f"{need[commodity]:.0f}",
            "have": f"{have[commodity]:.0f}",
        }
        yield Problem("nation_unbalanced", *place, "commodity", values, blocking=False)


def _whole_years(frames: Frames) -> pd.Index[str]:
    """Give the commodities needed in many provinces and counted by calendar years alone."""
    need, made = frames["need"], frames["production"]
    many = need.groupby("commodity")["province"].nunique() >= OTHERS
    dated = {
        *need.loc[need["period"] != "", "commodity"],
        *made.loc[made["period"] != "", "commodity"],
    }
    return many.index[many].difference(list(dated))


def _prices(frames: Frames) -> Iterator[Problem]:
    prices = frames["prices"]
    group = prices.groupby(["commodity", "level"])["idr_per_kg"]
    usual, enough = group.transform("median"), group.transform("count") >= OTHERS
    odd = enough & ((prices["idr_per_kg"] > 5 * usual) | (prices["idr_per_kg"] < usual / 5))
    yield from _remarks("price_unlike", prices, odd, "idr_per_kg", usual=_shown(usual[odd]))


def _stocks(frames: Frames) -> Iterator[Problem]:
    """Find opening stocks of more than two years of need and harvest of the province."""
    stocks, made = frames["stocks"], frames["production"]
    key = ["province", "commodity"]
    flow = _need_tonnes(frames).add(made.groupby(key)["tonnes"].sum(skipna=False), fill_value=0)
    years = stocks["opening_t"] / flow.reindex(pd.MultiIndex.from_frame(stocks[key])).to_numpy()
    many = (years > 2) & np.isfinite(years)
    many &= ~(stocks["opening_t"] > 2 * _people_of(frames, "stocks"))
    yield from _remarks("stock_of_years", stocks, many, "opening_t")


def _boxes(frames: Frames) -> Iterator[Problem]:
    goods = frames["commodities"]
    heavy = goods["tonnes_per_teu"] > HEAVIEST_BOX
    yield from _remarks("box_too_heavy", goods, heavy, "tonnes_per_teu", most=HEAVIEST_BOX)


def _ways(frames: Frames) -> Iterator[Problem]:
    """Find arcs shorter than the straight line, weeks too slow, or paid by the kilogram.

    Where the freight is given, a distance only informs: that of a ferry may leave out the road.
    """
    arcs = frames["arcs"]
    rated = arcs[arcs["idr_per_t"].isna()]
    roads, routes = rated[rated["distance_km"] > 0], rated[rated["distance_nm"] > 0]
    capitals = [_of_province(frames, roads[end], place) for end, place in _ENDS]
    quays = [_of_port(frames, routes[f"{end}_port"], place) for end, place in _ENDS]
    kinds = ("distance_km", 1.0, roads, capitals), ("distance_nm", _KM_PER_NM, routes, quays)
    for column, km, rows, ends in kinds:
        short = rows[column] * km < 0.9 * _straight(*ends)
        yield from _remarks("too_short", rows, short, column)
    slow = arcs["transit_days"] > SLOWEST
    yield from _remarks("too_slow", arcs, slow, "transit_days", most=SLOWEST)
    cheap = (arcs["idr_per_t"] < LOW_FREIGHT) & (arcs["idr_per_t"] > 0)
    if len(arcs) >= OTHERS:
        yield from _remarks("freight_per_kg", arcs, cheap, "idr_per_t")


_ENDS = (("origin", "lat"), ("origin", "lon"), ("destination", "lat"), ("destination", "lon"))


def _ports(frames: Frames) -> Iterator[Problem]:
    """Find ports far from the capital of their province."""
    yield from _remarks("port_far", frames["ports"], _far_off(frames), "lat", km=FAR)


def _far_off(frames: Frames) -> pd.Series[bool]:
    ports = frames["ports"]
    home = [_of_province(frames, ports["province"], place) for place in ("lat", "lon")]
    return pd.Series(_straight(*home, ports["lat"], ports["lon"]) > FAR, index=ports.index)


LOOKS = (
    _kilograms,
    _people,
    _need_of_a_person,
    _more_than_the_nation,
    _nation,
    _prices,
    _stocks,
    _boxes,
    _ways,
    _ports,
    never_paid,
)


def _need_tonnes(frames: Frames) -> pd.Series[float]:
    """Give the need of each province and commodity, all its rows together; odd rows count as usual."""
    need = frames["need"]
    person, usual = _person_and_usual(frames)
    sure = person.where(usual.isna() | person.between(usual / 3, 3 * usual), usual)
    people = _people_of(frames, "need")
    tonnes = (sure / 1000 * people).fillna(need["tonnes"])
    return tonnes.groupby([need["province"], need["commodity"]]).sum(skipna=False)


def _people_of(frames: Frames, table: str) -> pd.Series[float]:
    """Give the inhabitants of the province of each row; NaN, above which nothing lies, if unknown.

    Where they seem to be given in thousands, thousands they are: one mistake is told once.
    """
    provinces = frames["provinces"]
    meant = provinces["population"].where(~_few(provinces), 1000 * provinces["population"])
    sure = {**frames, "provinces": provinces.assign(population=meant)}
    return _of_province(sure, frames[table]["province"], "population")


def _of_province(frames: Frames, codes: pd.Series[str], column: str) -> pd.Series[float]:
    return codes.map(frames["provinces"].drop_duplicates("province").set_index("province")[column])


def _of_port(frames: Frames, codes: pd.Series[str], column: str) -> pd.Series[float]:
    sure = frames["ports"].loc[~_far_off(frames)].drop_duplicates("port")
    return codes.map(sure.set_index("port")[column])


def _straight(*places: pd.Series[float]) -> Floats:
    """Give the great-circle distance of two places (lat, lon, lat, lon), km; haversine formula."""
    lat, lon, to_lat, to_lon = (np.radians(place.to_numpy(dtype=float)) for place in places)
    lat, to_lat = (np.where(np.abs(side) <= np.pi / 2, side, np.nan) for side in (lat, to_lat))
    half = np.sin((to_lat - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(half))


def _shown(values: pd.Series[float]) -> list[str]:
    return [f"{value:.4g}" for value in values]


def _remarks(
    key: str, frame: pd.DataFrame, rows: pd.Series[bool], column: str, **more: object
) -> Iterator[Problem]:
    """Yield a remark for each of the rows; a value that is a list has one entry a row."""
    for at, (file, line, value) in enumerate(cells_of(frame, rows, column)):
        own = {name: part[at] if isinstance(part, list) else part for name, part in more.items()}
        shown = f"{value:.10g}" if isinstance(value, float) else value
        yield Problem(key, file, line, column, {"value": shown, **own}, blocking=False)
