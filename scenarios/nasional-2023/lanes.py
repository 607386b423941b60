"""The arcs: trucks on each island, ferries between neighbours, ships, and the sea toll."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pandas as pd
from words import require, slug

type Assumed = dict[str, dict]

COLUMNS = [
    "origin",
    "destination",
    "mode",
    "origin_port",
    "destination_port",
    "distance_km",
    "distance_nm",
    "idr_per_t",
    "capacity",
    "capacity_unit",
    "transit_days",
    "loss",
    "source",
]
LOSS = 0.002
HULL_TEU = 100
VOYAGES = 120 / 8 / 12
"""Voyages a month of one route: 120 made in 2024 on eight routes."""

STANDS_FOR = {
    "ID-AC": ["Lhokseumawe", "Malahayati", "Sinabang"],
    "ID-SU": ["Belawan", "Gunung Sitoli"],
    "ID-SB": ["Teluk Bayur", "Mentawai"],
    "ID-RI": ["Meranti"],
    "ID-BE": ["Pulau Baai"],
    "ID-KR": ["Tanjung Uban", "Letung", "Tarempa", "Selat Lampa", "Subi", "Serasan", "Midai"],
    "ID-JK": ["Tanjung Priok"],
    "ID-JI": ["Tanjung Perak"],
    "ID-NT": ["Kupang", "Rote", "Sabu", "Larantuka", "Lembata", "Kalabahi"],
    "ID-KU": ["Nunukan"],
    "ID-SA": ["Tahuna"],
    "ID-ST": ["Luwuk"],
    "ID-SN": ["Makassar"],
    "ID-MA": ["Tual", "Dobo"],
    "ID-MU": ["Tidore", "Jailolo", "Morotai", "Galela", "Maba", "Weda", "Bobong (Taliabu)"],
    "ID-PD": ["Sorong", "Oransbari", "Fakfak", "Kaimana"],
    "ID-PA": ["Jayapura", "Waren", "Sarmi", "Korido (Biak)"],
    "ID-PS": ["Merauke", "Agats", "Timika", "Timika (Pomako)"],
}
"""Calls of the sea toll, by the port of the sea-distance matrix that stands for them."""

CALLS = {call: port for port, calls in STANDS_FOR.items() for call in calls}


def arcs(
    assumed: Assumed,
    figure: Callable[[str], pd.DataFrame],
    provinces: pd.DataFrame,
    ports: pd.DataFrame,
) -> tuple[pd.DataFrame, dict[str, dict]]:
    """Give all arcs, and what the sources of ferries and sea toll say."""
    ferries, ferry_notes = ferry_arcs(assumed, figure("ferries"))
    matrix = figure("sea_distance_matrix_nm").set_index("iso")
    docks = figure("ports").assign(port=lambda raw: raw["port"].map(slug)).set_index("iso")
    people = figure("provinces_38").set_index("iso")["population"]
    ships = sea_arcs(assumed, matrix, docks, main_ports(docks, people))
    links = route_links(figure("tol_laut_routes"), docks)
    toll = sea_toll_arcs(assumed, matrix, docks, links)
    parts = [truck_arcs(assumed, provinces), ferries, ships, toll]
    frame = pd.concat([part.reindex(columns=COLUMNS).astype(object) for part in parts])
    require(
        set(frame["origin_port"].dropna()) <= set(ports["port"]), "an arc names an unknown port"
    )
    return frame, ferry_notes | sea_toll_sources(toll, links)


def great_circle_km(one: pd.Series, other: pd.Series) -> float:
    lat1, lon1, lat2, lon2 = np.radians([one["lat"], one["lon"], other["lat"], other["lon"]])
    half = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    )
    return float(2 * 6371.0 * np.arcsin(np.sqrt(half)))


def road_days(assumed: Assumed, km: float) -> float:
    truck = assumed["asumsi_truk"]
    return km / truck["km_per_day"] + truck["loading_days"]


def truck_arcs(assumed: Assumed, provinces: pd.DataFrame) -> pd.DataFrame:
    """Every ordered pair of one island directly, so that no chain of trucks is needed."""
    capitals = provinces.set_index("province")
    rows = []
    for island in ("sumatera", "jawa", "kalimantan", "sulawesi"):
        source = f"asumsi_jalan_{island}"
        for origin, destination in permutations(assumed[source]["provinces"], 2):
            straight = great_circle_km(capitals.loc[origin], capitals.loc[destination])
            km = round(straight * assumed[source]["factor"])
            rows.append(
                {
                    "origin": origin,
                    "destination": destination,
                    "mode": "truck",
                    "distance_km": km,
                    "transit_days": round(road_days(assumed, km), 2),
                    "loss": LOSS,
                    "source": source,
                }
            )
    return pd.DataFrame(rows)


def ferry_arcs(assumed: Assumed, tariffs: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, dict]]:
    """Tariff of a class VI-B truck over its load, and the road on both sides at the truck rate."""
    truck = assumed["asumsi_truk"]
    ratio = class_ratio(tariffs)
    rows, notes = [], {}
    for source in (
        "turunan_feri_merak",
        "turunan_feri_ketapang",
        "turunan_feri_padangbai",
        "asumsi_feri_sape",
    ):
        way = assumed[source]
        paid = [truck_tariff(tariffs, line, ratio) for line in way["lines"]]
        freight = round(sum(paid) / truck["tonnes"] + way["road_km"] * truck["idr_per_t_km"], -2)
        days = round(road_days(assumed, way["road_km"]) + way["extra_days"], 2)
        notes[source] = {
            "tariff": " + ".join(str(round(one)) for one in paid),
            "idr_per_t": round(freight),
            "class_ratio": round(ratio, 2),
        }
        for origin, destination in permutations((way["origin"], way["destination"]), 2):
            rows.append(
                {
                    "origin": origin,
                    "destination": destination,
                    "mode": "ferry",
                    "distance_km": way["road_km"],
                    "distance_nm": way["nm"],
                    "idr_per_t": freight,
                    "transit_days": days,
                    "loss": LOSS,
                    "source": source,
                }
            )
    return pd.DataFrame(rows), notes


def line_tariff(tariffs: pd.DataFrame, line: list[str], vehicle: str) -> float:
    rows = tariffs.loc[(tariffs["port_a"] == line[0]) & (tariffs["port_b"] == line[1])]
    rows = rows.loc[rows["class"].str.startswith(vehicle)]
    return float(rows["tariff"].iloc[0]) if len(rows) else 0.0


def class_ratio(tariffs: pd.DataFrame) -> float:
    """Truck VI-B over pickup IV-B where both are published near Sape."""
    lines = (["Padangbai", "Lembar"], ["Kayangan", "Poto Tano"])
    return float(
        np.mean([line_tariff(tariffs, a, "VI-B") / line_tariff(tariffs, a, "IV-B") for a in lines])
    )


def truck_tariff(tariffs: pd.DataFrame, line: list[str], ratio: float) -> float:
    published = line_tariff(tariffs, line, "VI-B")
    return published or round(line_tariff(tariffs, line, "IV-A") * ratio, -3)


def main_ports(docks: pd.DataFrame, people: pd.Series) -> dict[str, str]:
    """ISO code of the one port of each province of 2023 that serves most of its people today."""
    place = list(zip(docks["lat"], docks["lon"], strict=True))
    served = docks.assign(people=people.reindex(docks.index), place=place)
    served["served"] = served.groupby(["code_34", "place"])["people"].transform("sum")
    own = served.loc[~served["port"].str.startswith("no_port")].sort_values("served", kind="stable")
    return own.reset_index().groupby("code_34")["iso"].last().to_dict()


def sea_days(assumed: Assumed, nm: float) -> float:
    sea = assumed["asumsi_laut"]
    return nm / (sea["knots"] * 24) + sea["port_days"]


def sea_arcs(
    assumed: Assumed, matrix: pd.DataFrame, docks: pd.DataFrame, home: dict[str, str]
) -> pd.DataFrame:
    """Every ordered pair of provinces with a port."""
    rows = []
    for origin, destination in permutations(sorted(home), 2):
        a, b = home[origin], home[destination]
        nm = int(matrix.loc[a, b])
        rows.append(
            {
                "origin": origin,
                "destination": destination,
                "mode": "sea",
                "origin_port": docks.loc[a, "port"],
                "destination_port": docks.loc[b, "port"],
                "distance_nm": nm,
                "transit_days": round(sea_days(assumed, nm), 2),
                "loss": LOSS,
                "source": "turunan_laut",
            }
        )
    return pd.DataFrame(rows)


def route_links(routes: pd.DataFrame, docks: pd.DataFrame) -> pd.DataFrame:
    """Base port to each other province of a route, with an even part of the ship.

    H-1 of 2022 is left out: the route of 2025 of that name has all its calls and one more.
    """
    rows = []
    for route in routes.loc[(routes["year"] != "2022") | (routes["route"] != "H-1")].itertuples():
        calls = list(dict.fromkeys(route.ports.split("|")))
        base, reached = CALLS[calls[0]], {}
        for call in calls[1:]:
            if docks.loc[CALLS[call], "code_34"] != docks.loc[base, "code_34"]:
                reached.setdefault(CALLS[call], []).append(call)
        hull = HULL_TEU if pd.isna(route.capacity_teu) else route.capacity_teu
        for end, names in reached.items():
            pair = "_".join(sorted([docks.loc[base, "code_34"], docks.loc[end, "code_34"]]))
            teu = hull * VOYAGES / len(reached)
            said = f"{route.route} ({route.year}) calls {', '.join(names)}, {teu:.1f} TEU"
            rows.append(
                {"source": f"tol_laut_{pair}", "base": base, "end": end, "teu": teu, "said": said}
            )
    return pd.DataFrame(rows)


def sea_toll_arcs(
    assumed: Assumed, matrix: pd.DataFrame, docks: pd.DataFrame, links: pd.DataFrame
) -> pd.DataFrame:
    """Both directions of each pair of provinces; the routes that join them add up.

    The route with most room says which ports stand for the two provinces.
    """
    rows = []
    for source, group in links.groupby("source"):
        first = group.sort_values("teu", ascending=False, kind="stable").iloc[0]
        nm = int(matrix.loc[first["base"], first["end"]])
        days = sea_days(assumed, nm) + assumed["tarif_tol_laut"]["interval_days"]
        for a, b in permutations((first["base"], first["end"]), 2):
            rows.append(
                {
                    "origin": docks.loc[a, "code_34"],
                    "destination": docks.loc[b, "code_34"],
                    "mode": "sea_toll",
                    "origin_port": docks.loc[a, "port"],
                    "destination_port": docks.loc[b, "port"],
                    "distance_nm": nm,
                    "capacity": round(group["teu"].sum(), 2),
                    "capacity_unit": "TEU",
                    "transit_days": round(days, 2),
                    "loss": LOSS,
                    "source": source,
                }
            )
    return pd.DataFrame(rows)


def sea_toll_sources(toll: pd.DataFrame, links: pd.DataFrame) -> dict[str, dict]:
    """One source for each pair of provinces, with the calls that stand for them."""
    note = (
        "{said} a month. An outlying call stands for its whole province; distance between {a} "
        "and {b}. Capacity (half to double) = 100 TEU a hull, or what is known of the ship, x 1.25 "
        "voyages a month (120 voyages of 8 routes in 2024), shared evenly among the provinces that "
        "the route calls at. Days = nautical miles / 240 + 4.5 + 7, half the time between calls. "
        "Loss 0.002."
    )
    said = links.groupby("source")["said"].agg("; ".join)
    return {
        row.source: {
            "kind": "derived",
            "publisher": "Ministry of Transport, routes of the sea toll (news)",
            "title": f"Sea toll between {row.origin} and {row.destination}",
            "note": note,
            "said": said[row.source],
            "a": row.origin_port,
            "b": row.destination_port,
        }
        for row in toll.drop_duplicates("source").itertuples()
    }
