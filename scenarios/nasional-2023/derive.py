"""Make every table of this scenario from `figures/` and `assumptions.toml`.

Run `python derive.py [OUTDIR]`; without OUTDIR the tables of this folder are written anew.
Published rows are in `figures/` as they were found; nothing else enters.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from goods import (
    ASSUMED,
    GOODS,
    HERE,
    commodities,
    conversions,
    figure,
    need,
    prices,
    production,
    profiles,
    provinces,
    yearly,
)
from lanes import arcs
from words import KINDS, require, slug, source_rows, text

DAYS = 365.25


def share(values: pd.Series) -> pd.Series:
    return values / values.sum()


def bulog(need_t: pd.Series) -> pd.Series:
    """Bulog's stock of 29 February 2024: regions split by need, gaps at the mean ratio."""
    codes = provinces().set_index("name")["province"].to_dict()
    extra = {"Kalimantan Timur": ["64", "65"], "Maluku": ["81", "82"], "Papua": ["91", "94"]}
    stock = pd.Series(dtype=float)
    for row in figure("stocks_bulog_20240229").dropna(subset=["thousand_tonnes"]).itertuples():
        members = extra.get(row.region) or [codes[name] for name in row.region.split(" + ")]
        stock = pd.concat([stock, share(need_t[members]) * row.thousand_tonnes])
    ratio = stock.sum() / need_t[stock.index].sum()
    return stock.reindex(need_t.index).fillna(need_t * ratio)


def rice_stocks(net: pd.Series, need_t: pd.Series) -> pd.DataFrame:
    given = ASSUMED["turunan_stok_beras"]
    home = given["national_t"] * given["household_share"] * share(need_t)
    rest = given["national_t"] * (1 - given["household_share"])
    traded = rest * (
        given["bulog_share"] * share(bulog(need_t))
        + (1 - given["bulog_share"]) / 2 * (share(net) + share(need_t))
    )
    opening = (home + traded).round(1)
    return pd.DataFrame(
        {
            "province": need_t.index,
            "commodity": "beras",
            "opening_t": opening,
            "local_share": (home / opening).round(6),
            "source": "turunan_stok_beras",
        }
    )


def reserves() -> pd.Series:
    """Reserve of the provincial governments, 31 January 2025, in the provinces of 2023."""
    raw = figure("stocks_provincial_government_2025")
    parent = figure("provinces_38").set_index("code")["parent_code_34"]
    return raw.groupby(raw["province_code"].map(parent))["tonnes"].sum().round(2)


def pipeline_stocks(
    good: str, net: pd.Series, need_t: pd.Series, ways: pd.DataFrame
) -> pd.DataFrame:
    """Days of need in the markets, and the daily shortage times the days it takes to come."""
    entries = ports().set_index("port")["province"]
    open_ports = ASSUMED.get(f"asumsi_impor_{good}", {}).get("ports", {})
    rich = set(net.index[net > need_t]) | {entries[port] for port in open_ports}
    nearest = ways.loc[ways["origin"].isin(rich)].groupby("destination")["transit_days"].min()
    days = nearest.reindex(need_t.index).fillna(0).where(~need_t.index.isin(rich), 0)
    on_the_way = (need_t - net).clip(lower=0) / DAYS * days
    in_markets = need_t / DAYS * ASSUMED["asumsi_stok_awal"]["days"][good]
    return pd.DataFrame(
        {
            "province": need_t.index,
            "commodity": good,
            "opening_t": (in_markets + on_the_way).round(1),
            "local_share": None,
            "source": "asumsi_stok_awal",
        }
    )


def stocks(ways: pd.DataFrame) -> pd.DataFrame:
    net, need_t = yearly()
    tables = [rice_stocks(net["beras"], need_t["beras"])]
    tables += [
        pipeline_stocks(good, net[good], need_t[good], ways) for good in GOODS if good != "beras"
    ]
    frame = pd.concat([table.astype(object) for table in tables])
    rice = frame["commodity"] == "beras"
    frame["reserve_t"] = frame["province"].map(reserves()).where(rice)
    return frame[["province", "commodity", "opening_t", "reserve_t", "local_share", "source"]]


def imports() -> pd.DataFrame:
    """The national gap of a year times a margin, over the ports of entry."""
    net, need_t = yearly()
    rows = []
    for good in ("gula", "kedelai", "bawang_putih"):
        given = ASSUMED[f"asumsi_impor_{good}"]
        gap = (need_t[good].sum() - net[good].sum()) * given["margin"]
        require(abs(sum(given["ports"].values()) - 1) < 1e-9, f"ports of {good} do not sum to 1")
        rows += [
            {
                "port": port,
                "commodity": good,
                "period": "",
                "max_tonnes": round(gap * part, -2),
                "idr_per_t": given["idr_per_t"],
                "source": f"asumsi_impor_{good}",
            }
            for port, part in given["ports"].items()
        ]
    return pd.DataFrame(rows)


def modes() -> pd.DataFrame:
    truck, sea, toll = ASSUMED["asumsi_truk"], ASSUMED["asumsi_laut"], ASSUMED["tarif_tol_laut"]
    ferry, handling = ASSUMED["turunan_feri"], ASSUMED["asumsi_laut"]["handling_idr_per_t"]
    per_box = {name: toll[name] * sea["ratio"] for name in ("idr_fixed_per_teu", "idr_per_teu_nm")}
    rows = [
        {
            "mode": "truck",
            "name": "Truk",
            "name_en": "Truck",
            "idr_per_t_km": truck["idr_per_t_km"],
            "km_per_day": truck["km_per_day"],
            "idr_low": truck["low"],
            "idr_high": truck["high"],
            "source": "asumsi_truk",
        },
        {
            "mode": "ferry",
            "name": "Feri penyeberangan",
            "name_en": "Ferry",
            "idr_low": ferry["low"],
            "idr_high": ferry["high"],
            "source": "turunan_feri",
        },
        {
            "mode": "sea",
            "name": "Kapal niaga",
            "name_en": "Commercial ship",
            **per_box,
            "handling_idr_per_t": handling,
            "idr_low": sea["low"],
            "idr_high": sea["high"],
            "source": "asumsi_laut",
        },
        {
            "mode": "sea_toll",
            "name": "Tol laut",
            "name_en": "Sea toll",
            "idr_fixed_per_teu": toll["idr_fixed_per_teu"],
            "idr_per_teu_nm": toll["idr_per_teu_nm"],
            "handling_idr_per_t": handling,
            "idr_low": 0.9,
            "idr_high": 1.1,
            "source": "tarif_tol_laut",
        },
    ]
    columns = [
        "mode",
        "name",
        "name_en",
        "idr_per_t_km",
        "idr_fixed_per_teu",
        "idr_per_teu_nm",
        "handling_idr_per_t",
        "km_per_day",
        "idr_low",
        "idr_high",
        "source",
    ]
    return pd.DataFrame(rows, columns=columns).round(3)


def ports() -> pd.DataFrame:
    raw = figure("ports")
    raw = raw.loc[~raw["port"].str.startswith("(no port)")]
    kinds = {
        "searoute": "koordinat_searoute",
        "github": "koordinat_opticargo",
        "GeoNames": "koordinat_geonames",
        "analyst": "asumsi_lembar",
    }
    return pd.DataFrame(
        {
            "port": raw["port"].map(slug),
            "province": raw["code_34"],
            "name": raw["port"],
            "lat": raw["lat"],
            "lon": raw["lon"],
            "throughput_t": "",
            "source": raw["coord_source"].str.split().str[0].map(kinds),
        }
    )


def sources(tables: dict[str, pd.DataFrame], ways: dict[str, dict[str, str]]) -> pd.DataFrame:
    """Only the rows that a table names."""
    used = {name for table in tables.values() for name in table["source"]}
    given = {
        name: entry | entry.get("text", {}) | ways.get(name, {}) for name, entry in ASSUMED.items()
    }
    toll = {name: entry for name, entry in ways.items() if name not in given}
    rows = source_rows(figure("sources"), given | toll)
    missing, idle = used - set(rows["source"]), (set(given) | set(KINDS)) - used
    require(not missing | idle, f"sources missing {missing}, not used {idle}")
    return rows.loc[rows["source"].isin(used)]


KEYS = {
    "provinces": 1,
    "commodities": 0,
    "production": 0,
    "need": 0,
    "profiles": 2,
    "stocks": 0,
    "conversions": 0,
    "imports": 0,
    "modes": 0,
    "arcs": 3,
    "ports": 1,
    "prices": 3,
    "sources": 0,
}
"""How many leading columns order the rows; 0 keeps the order in which they were made."""


def tables() -> dict[str, pd.DataFrame]:
    ways, notes = arcs(ASSUMED, figure, provinces(), ports())
    made = {
        "provinces": provinces(),
        "commodities": commodities(),
        "production": production(),
        "need": need(),
        "profiles": profiles(),
        "stocks": stocks(ways),
        "conversions": conversions(),
        "imports": imports(),
        "modes": modes(),
        "arcs": ways,
        "ports": ports(),
        "prices": prices(),
    }
    return made | {"sources": sources(made, notes)}


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in tables().items():
        keys = list(frame.columns[: KEYS[name]])
        ordered = frame.sort_values(keys, kind="stable") if keys else frame
        (out / f"{name}.csv").write_bytes(text(ordered).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
