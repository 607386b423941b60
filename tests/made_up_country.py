"""A country that planner has never heard of: own outlines, own currency, weeks."""

from pathlib import Path

import pandas as pd

REGIONS = [("NO", 10.0, 60.0), ("MI", 12.0, 58.5), ("SO", 11.0, 57.0)]
SETTINGS = """
[scenario]
title = { id = "Negeri karangan", en = "A made-up country" }
data_date = 2024-12-31
language = "en"
currency = "PHP"
[horizon]
start = "2024-W01"
periods = 8
length = "week"
[policy]
closing = "free"
"""


def write_country(folder: Path) -> Path:
    """Write three regions, of which one has no outline; the south grows what all eat."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = [code for code, _, _ in REGIONS]
    box = "POLYGON (({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))"
    shapes = [
        box.format(w=lon - 0.9, e=lon + 0.9, s=lat - 0.7, n=lat + 0.7) for _, lon, lat in REGIONS
    ]
    provinces = pd.DataFrame(REGIONS, columns=["province", "lon", "lat"])
    ways = [(a, b, "sea", 100.0, 2.0) for a in codes for b in codes if a != b]
    tables = {
        "provinces": provinces.assign(
            name=["North", "Middle", "South"], population=1e6, outlines=[*shapes[:2], ""]
        ),
        "commodities": pd.DataFrame(
            {"commodity": ["rye"], "name": ["Rye"], "tonnes_per_teu": [20.0]}
        ),
        "production": pd.DataFrame(
            {"province": codes, "commodity": "rye", "tonnes": [0.0, 0.0, 9e5]}
        ),
        "need": pd.DataFrame({"province": codes, "commodity": "rye", "kg_per_capita": 100.0}),
        "modes": pd.DataFrame(
            {
                "mode": ["sea"],
                "name": ["Sea"],
                "idr_per_teu_nm": [0.02],
                "idr_fixed_per_teu": [20.0],
            }
        ),
        "arcs": pd.DataFrame(
            ways, columns=["origin", "destination", "mode", "distance_nm", "transit_days"]
        ),
    }
    for name, table in tables.items():
        table.assign(source="x").to_csv(folder / f"{name}.csv", index=False)
    pd.DataFrame({"source": ["x"], "kind": ["assumption"], "title": ["made up"]}).to_csv(
        folder / "sources.csv", index=False
    )
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8")
    return folder
