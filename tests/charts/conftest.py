"""Tables of a made-up run over the real provinces."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.charts import flow_map

NATIONAL = Path(__file__).parents[2] / "scenarios" / "nasional-2023"
PERIODS = ["2023-01", "2023-02", "2023-03"]


@pytest.fixture(scope="session")
def provinces() -> pd.DataFrame:
    return pd.read_csv(NATIONAL / "provinces.csv", dtype={"province": str}, keep_default_na=False)


@pytest.fixture(scope="session")
def commodities() -> pd.DataFrame:
    rows = [("beras", "Beras", "Rice"), ("gula", "Gula", "Sugar"), ("telur", "Telur", "Eggs")]
    return pd.DataFrame(rows, columns=["commodity", "name", "name_en"])


@pytest.fixture(scope="session")
def modes() -> pd.DataFrame:
    rows = [("truck", "Truk", "Truck"), ("sea", "Kapal niaga", "Commercial sea")]
    return pd.DataFrame(rows, columns=["mode", "name", "name_en"])


@pytest.fixture(scope="session")
def flows(provinces, commodities) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    rows = []
    for commodity in commodities["commodity"]:
        for sender in ("12", "18", "33", "35", "73"):
            for receiver in rng.choice(provinces["province"], 9, replace=False):
                mode = "truck" if sender[0] == receiver[0] else "sea"
                size = float(rng.lognormal(8, 1.4))
                lane = (sender, receiver, mode, commodity)
                rows += [(*lane, period, size, 0.98 * size, 900.0 * size) for period in PERIODS]
    header = ["origin", "destination", "mode", "commodity", "period", "tonnes", "received_t", "idr"]
    table = pd.DataFrame(rows, columns=header)
    return table[table["origin"] != table["destination"]].reset_index(drop=True)


@pytest.fixture(scope="session")
def balance(provinces) -> pd.DataFrame:
    net = np.linspace(400_000, -300_000, len(provinces))
    return pd.DataFrame(
        {
            "province": provinces["province"],
            "commodity": "beras",
            "period": "2023",
            "surplus": net.clip(0),
            "shortage": (-net).clip(0),
        }
    )


@pytest.fixture(scope="session")
def needs(provinces) -> pd.DataFrame:
    """A need of 1,000 t a month everywhere; three provinces run short."""
    rows = [(code, "beras", period) for code in provinces["province"] for period in PERIODS]
    table = pd.DataFrame(rows, columns=["province", "commodity", "period"])
    unmet = {("36", "2023-03"): 600.0, ("11", "2023-02"): 150.0}
    unmet |= {("94", period): 300.0 for period in PERIODS}
    keys = zip(table["province"], table["period"], strict=True)
    return table.assign(need_t=1000.0, unmet_t=[unmet.get(key, 0.0) for key in keys])


@pytest.fixture(scope="session")
def nodes(provinces) -> pd.DataFrame:
    """Stocks that fall by a tenth of the opening stock a month, the more the later in the table."""
    rows = [
        (code, "beras", period, held * (1 - 0.1 * month), held * (0.9 - 0.1 * month))
        for held, code in enumerate(provinces["province"], start=1)
        for month, period in enumerate(PERIODS)
    ]
    table = pd.DataFrame(rows, columns=["province", "commodity", "period", "opening", "closing"])
    return table.assign(need=10.0)


@pytest.fixture(scope="session")
def prices(provinces) -> pd.DataFrame:
    rows = [
        (code, "beras", period, "short" if code == "94" and period == "2023-03" else "delivered", p)
        for place, code in enumerate(provinces["province"][:-2])
        for period, p in zip(PERIODS, (1e6 + 4e4 * place,) * 3, strict=True)
    ]
    rows += [("94", "beras", period, "short", 9e7) for period in PERIODS]
    return pd.DataFrame(rows, columns=["province", "commodity", "period", "kind", "idr_per_t"])


@pytest.fixture(scope="session")
def delivered_costs() -> pd.DataFrame:
    lane = ("33", "94", "beras", "33>35>94", "truck>sea")
    small = ("73", "94", "gula", "73>94", "sea")
    whole, rice = ("", "", "", "", ""), ("", "", "beras", "", "")
    rows = [
        (*lane, 1, "purchase", "", 50_000.0, 0.0),
        (*lane, 2, "handling", "", 50_000.0, 6.5e9),
        (*lane, 3, "freight", "33>35 truck", 50_000.0, 12.4e9),
        (*lane, 4, "freight", "35>94 sea", 50_000.0, 61.7e9),
        (*lane, 5, "loss", "", 50_000.0, 2.1e9),
        (*small, 1, "purchase", "", 9_000.0, 0.0),
        (*small, 2, "freight", "73>94 sea", 9_000.0, 4.5e9),
        (*whole, 1, "purchase", "", 59_000.0, 0.0),
        (*whole, 2, "freight", "sea", 59_000.0, 66.2e9),
        (*whole, 3, "left_over", "", 59_000.0, 8.8e9),
        (*rice, 1, "purchase", "", 50_000.0, 0.0),
        (*rice, 2, "freight", "sea", 50_000.0, 61.7e9),
    ]
    key = ["origin", "destination", "commodity", "path", "modes"]
    table = pd.DataFrame(rows, columns=[*key, "step", "part", "leg", "tonnes", "idr"])
    return table.assign(idr_per_kg=table["idr"] / table["tonnes"] / 1000)


@pytest.fixture(scope="session")
def tables(
    flows, balance, needs, nodes, prices, delivered_costs, provinces, commodities, modes
) -> dict[str, pd.DataFrame]:
    return {
        "flows": flows,
        "balance_totals": balance,
        "coverage": needs,
        "nodes": nodes,
        "capacities": pd.DataFrame(columns=["kind", "name", "period", "used", "capacity"]),
        "prices": prices,
        "delivered_costs": delivered_costs,
        "provinces": provinces,
        "commodities": commodities,
        "modes": modes,
        "ports": pd.DataFrame(columns=["port", "name"]),
    }


@pytest.fixture
def draw(flows, provinces, commodities, modes):
    def drawn(table=None, **options):
        names = {"provinces": provinces, "commodities": commodities, "modes": modes}
        return flow_map(flows if table is None else table, **(names | options))

    return drawn
