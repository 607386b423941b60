"""What the provinces are, grow and eat: provinces, goods, production, need, shapes, prices."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
from words import require

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "figures"
ASSUMED = tomllib.loads((HERE / "assumptions.toml").read_text(encoding="utf-8"))
CAPITAL_A_YEAR = 0.06

RAW_NAME = {
    "beras": "rice",
    "bawang_merah": "shallot",
    "cabai_besar": "chili_large",
    "cabai_rawit": "chili_birdseye",
    "telur": "egg",
    "gula": "sugar",
    "kedelai": "soybean",
    "bawang_putih": "garlic",
}
GOODS = list(RAW_NAME)
PRODUCTION_SOURCE = {
    "beras": "S_DERIV_RICE23",
    "bawang_merah": "turunan_bawang_merah",
    "cabai_besar": "turunan_cabai",
    "cabai_rawit": "turunan_cabai",
    "telur": "turunan_telur",
    "gula": "S_BPS_KEBUN23",
    "kedelai": "S_KEMENTAN_KEDELAI",
    "bawang_putih": "S_KEMENTAN_BAWANG_PUTIH",
}


CODES = [
    "code",
    "province_code",
    "code_34",
    "code_38",
    "parent_code_34",
    "code_in_source",
    "period",
    "year",
    "province",
]
"""Columns that are text although they look like numbers."""


def figure(name: str) -> pd.DataFrame:
    return pd.read_csv(FIGURES / f"{name}.csv", dtype=dict.fromkeys(CODES, str))


def provinces() -> pd.DataFrame:
    raw = figure("provinces")
    return pd.DataFrame(
        {
            "province": raw["code"],
            "iso": raw["iso"],
            "name": raw["name_id"],
            "name_en": raw["name_en"],
            "island_group": raw["island_group"],
            "lat": raw["lat"],
            "lon": raw["lon"],
            "population": raw["population"],
            "outlines": raw["outlines"],
            "source": "S_BPS_POP23",
        }
    )


def commodities() -> pd.DataFrame:
    """Holding a tonne for a month costs the interest on its price and a place in a warehouse."""
    retail = prices().groupby("commodity")["idr_per_kg"].mean()
    rows = []
    for good in GOODS:
        given = ASSUMED[f"asumsi_{good}"]
        price = given.get("price_idr_kg") or retail[good]
        holding = price * 1000 * CAPITAL_A_YEAR / 12 + given["warehouse_idr"]
        columns = [
            "commodity",
            "good",
            "name",
            "name_en",
            "form",
            "priority",
            "tonnes_per_teu",
            "reefer_factor",
            "decay_per_day",
            "max_days",
            "max_stock_periods",
        ]
        row = {column: given.get(column) for column in columns}
        rows.append(row | {"holding_idr_per_t": round(holding, -3), "source": f"asumsi_{good}"})
    return pd.DataFrame(rows)


def conversions() -> pd.DataFrame:
    """Give the rice in a tonne of paddy: dry by the province's published ratio, wet by the national one on top."""
    paddy = figure("paddy").set_index("province")["tonnes"]
    made = production()
    rice = made.loc[made["commodity"] == "beras"].set_index("province")["tonnes"]
    dry = rice / paddy[rice.index]
    wet = dry * ASSUMED["asumsi_gkp"]["gkg_per_gkp"]
    tables = [
        pd.DataFrame(
            {
                "commodity": "beras",
                "form": form,
                "province": rate.index,
                "tonnes_per_tonne": rate.round(6),
                "source": source,
            }
        )
        for form, rate, source in (("gkg", dry, "S_DERIV_RICE23"), ("gkp", wet, "asumsi_gkp"))
    ]
    return pd.concat(tables)


def check_chili(raw: pd.DataFrame) -> None:
    """Large chili already contains curly chili: it must not be added again."""
    by = raw.pivot_table(index="province_code", columns="commodity", values="tonnes")
    parts = by["chili_curly"] + by["chili_large_teropong"]
    require((by["chili_large"] - parts).abs().max() < 1, "large chili is not curly + teropong")


def production() -> pd.DataFrame:
    """Give gross tonnes of a calendar year; `loss` is what never becomes food."""
    raw = figure("production")
    check_chili(raw)
    tables = []
    for good in GOODS:
        rows = raw.loc[raw["commodity"] == RAW_NAME[good]].sort_values("province_code")
        tonnes = rows["tonnes"]
        if good == "telur":
            tonnes = tonnes * ASSUMED["turunan_telur"]["national_t"] / tonnes.sum()
        source = PRODUCTION_SOURCE[good]
        tables.append(
            pd.DataFrame(
                {
                    "province": rows["province_code"],
                    "commodity": good,
                    "period": "",
                    "tonnes": tonnes.round(2),
                    "loss": ASSUMED.get(source, {}).get("loss", 0),
                    "profile": "padi_" + rows["province_code"] if good == "beras" else "",
                    "source": source,
                }
            )
        )
    return pd.concat(tables)


def profiles() -> pd.DataFrame:
    """Shape of the paddy harvest of each province in 2025; December takes the rounding."""
    raw = figure("seasonal")
    raw = raw.loc[(raw["commodity"] == "padi_gkg") & (raw["province_code"] != "ID")]
    year = raw.pivot(index="province_code", columns="month", values="tonnes")
    share = year.div(year.sum(axis=1), axis=0).round(9)
    share[12] = (1 - share.drop(columns=12).sum(axis=1)).round(9)
    require((share >= 0).all(axis=None), "rounding left a negative share")
    long = share.stack().rename("share").reset_index()
    long["profile"] = "padi_" + long["province_code"]
    return long.assign(source="S_BPS_PADI25")[["profile", "month", "share", "source"]]


def kilograms() -> pd.DataFrame:
    """Kilograms a person and year, one column a good, one row a province."""
    raw = figure("consumption")
    people = provinces().set_index("province")["population"]
    household = raw.loc[raw["basis"] == "household_derived"].pivot_table(
        index="province_code", columns="commodity", values="kg_per_capita_year"
    )
    kg = pd.DataFrame(index=people.index)
    kg["beras"] = household["rice"] * ASSUMED["turunan_kebutuhan_beras"]["factor"]
    mean = (household["egg"] * people).sum() / people.sum()
    kg["telur"] = household["egg"] * ASSUMED["turunan_kebutuhan_telur"]["national_kg"] / mean
    national = raw.loc[(raw["province_code"] == "ID") & (raw["basis"] != "household_derived")]
    national = national.set_index("commodity")["kg_per_capita_year"]
    for good in GOODS:
        if good not in kg:
            kg[good] = national[RAW_NAME[good]]
    return kg[GOODS].round(3)


NEED_SOURCE = {
    "beras": "turunan_kebutuhan_beras",
    "bawang_merah": "S_BISNIS_APR23",
    "cabai_besar": "S_DATABOKS_CHILI22",
    "cabai_rawit": "S_DATABOKS_CHILI22",
    "telur": "turunan_kebutuhan_telur",
    "gula": "S_HEADTOPICS_OCT23",
    "kedelai": "S_HEADTOPICS_OCT23",
    "bawang_putih": "S_HEADTOPICS_OCT23",
}


def need() -> pd.DataFrame:
    """Need is even over the days of the year: `profile` stays blank."""
    long = (
        kilograms()
        .rename_axis("province")
        .melt(ignore_index=False, var_name="commodity", value_name="kg")
    )
    return pd.DataFrame(
        {
            "province": long.index,
            "commodity": long["commodity"].to_numpy(),
            "period": "",
            "use": "food",
            "kg_per_capita": long["kg"].to_numpy(),
            "profile": "",
            "source": long["commodity"].map(NEED_SOURCE).to_numpy(),
        }
    )


def yearly() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Production net of loss and need in tonnes a year: provinces in rows, goods in columns."""
    made = production()
    made["net"] = made["tonnes"] * (1 - made["loss"])
    net = made.pivot_table(index="province", columns="commodity", values="net")[GOODS]
    people = provinces().set_index("province")["population"]
    return net, kilograms().mul(people, axis=0) / 1000


def prices() -> pd.DataFrame:
    raw = figure("prices_monthly_2023")
    names = {raw_name: good for good, raw_name in RAW_NAME.items()}
    return pd.DataFrame(
        {
            "province": raw["province_code"],
            "commodity": raw["commodity"].map(names),
            "period": raw["period"],
            "idr_per_kg": raw["idr_per_kg"],
            "level": "retail",
            "source": raw["source_id"],
        }
    )
