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


def write_many_places(folder: Path, count: int = 514) -> Path:
    """Write so many places on a grid without outlines; each trades with its neighbours, one in three has a harvest."""
    write_country(folder)
    codes = [f"P{at:03}" for at in range(count)]
    across = 32
    spots = [(at % across, at // across) for at in range(count)]
    provinces = pd.DataFrame(
        {
            "province": codes,
            "name": [f"Kabupaten {at}" for at in range(count)],
            "lon": [100 + 1.2 * x for x, _ in spots],
            "lat": [-8 + 0.8 * y for _, y in spots],
            "population": [2e5 + 1e3 * at for at in range(count)],
        }
    )
    near = {
        (at, at + step)
        for at in range(count)
        for step in (1, across)
        if at + step < count and (step > 1 or at % across < across - 1)
    }
    ways = [(codes[a], codes[b]) for one, other in near for a, b in ((one, other), (other, one))]
    arcs = pd.DataFrame(sorted(ways), columns=["origin", "destination"])
    tonnes = [1e5 if at % 3 == 0 else 0.0 for at in range(count)]
    tables = {
        "provinces": provinces,
        "production": pd.DataFrame({"province": codes, "commodity": "rye", "tonnes": tonnes}),
        "need": pd.DataFrame({"province": codes, "commodity": "rye", "kg_per_capita": 100.0}),
        # lanes of many lengths: plans that are equally cheap by the thousand take minutes to solve
        "arcs": arcs.assign(
            mode="sea",
            distance_nm=[70.0 + at * 37 % 101 for at in range(len(arcs))],
            transit_days=2.0,
        ),
    }
    for name, table in tables.items():
        table.assign(source="x").to_csv(folder / f"{name}.csv", index=False)
    fewer = SETTINGS.replace("periods = 8", "periods = 2")
    (folder / "scenario.toml").write_text(fewer, encoding="utf-8")
    return folder
