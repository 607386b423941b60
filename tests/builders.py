"""Small scenario folders, written from rows, for tests."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from planner import Scenario, read_scenario

type Row = Mapping[str, object]

JANUARY, FEBRUARY, MARCH = "2023-01", "2023-02", "2023-03"
SOURCE = "made_up"
_PLACE = {"lat": 0, "lon": 0}
_USUAL: dict[str, Row] = {
    "provinces": _PLACE,
    "ports": _PLACE,
    "sources": {"kind": "assumption", "title": "Made up for a test"},
}
_GIVEN: dict[str, list[Row]] = {
    "commodities": [{"commodity": "rice"}],
    "modes": [{"mode": "ship"}],
    "sources": [{"source": SOURCE}],
}


def made(province: str, tonnes: float, period: str = JANUARY, commodity: str = "rice") -> Row:
    return {"province": province, "commodity": commodity, "period": period, "tonnes": tonnes}


needed = made
"""A row of need looks like a row of production."""


def arc(origin: str, destination: str, idr_per_t: float | str, **more: object) -> Row:
    ends = {"origin": origin, "destination": destination, "mode": "ship"}
    return {**ends, "idr_per_t": idr_per_t, "transit_days": 0, **more}


def store(province: str, opening: float, commodity: str = "rice", **more: object) -> Row:
    return {"province": province, "commodity": commodity, "opening_t": opening, **more}


def provinces(*codes: str) -> list[Row]:
    return [{"province": code} for code in codes]


def write_scenario(
    folder: Path,
    *,
    horizon: tuple[str, int, str] = (JANUARY, 1, "month"),
    closing: str = "free",
    freight: str = "central",
    **tables: Iterable[Row],
) -> Path:
    """Write a folder; names, places and sources that a test does not care for are filled in."""
    folder.mkdir(parents=True, exist_ok=True)
    start, periods, length = horizon
    lines = [
        '[scenario]\ntitle = { id = "Uji", en = "Test" }\ndata_date = 2023-01-01',
        f'[horizon]\nstart = "{start}"\nperiods = {periods}\nlength = "{length}"',
        f'[policy]\nclosing = "{closing}"\nfreight = "{freight}"',
    ]
    (folder / "scenario.toml").write_text("\n".join(lines), encoding="utf-8")
    for name, rows in {**_GIVEN, **tables}.items():
        write_table(folder, name, list(rows))
    return folder


def write_table(folder: Path, name: str, rows: list[Row]) -> None:
    filled = [_filled(name, row) for row in rows]
    columns = list(dict.fromkeys(column for row in filled for column in row))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(filled)


def _filled(table: str, row: Row) -> dict[str, object]:
    usual = dict(_USUAL.get(table, {}))
    if table in {"provinces", "commodities", "modes", "ports"}:
        usual["name"] = next(iter(row.values()))
    if table != "sources":
        usual["source"] = SOURCE
    return {**row, **{column: value for column, value in usual.items() if column not in row}}


def scenario_of(folder: Path, **what: object) -> Scenario:
    return read_scenario(write_scenario(folder, **what))  # type: ignore[arg-type]


def with_policy(scenario: Scenario, **keys: object) -> Scenario:
    """Return a scenario with other keys of `[policy]`."""
    settings = scenario.settings
    policy = settings.policy.model_copy(update=keys)
    return scenario.replace(settings=settings.model_copy(update={"policy": policy}))
