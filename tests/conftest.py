"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_scenarios import way_to
from builders import FEBRUARY, JANUARY, MARCH, Row, made, store, write_table

import planner
from planner import Scenario, Solution

MONTHS = (JANUARY, FEBRUARY, MARCH)
BASE = Path(__file__).parents[1] / "scenarios" / "jabar-ntb"
SETTINGS = """
[scenario]
title = {{ id = "Tiga bulan, semua kendala", en = "Three months, every row family" }}
extends = "{base}"
data_date = 2023-12-31

[horizon]
start = "2023-01"
periods = 3
length = "month"

[scope]
commodities = ["gkg", "beras", "bawang_merah", "cabai_rawit", "gula"]

{adjusts}
"""
ADJUST = '[[adjust]]\ntable = "{}"\ncolumn = "{}"\nwhere = {{ {} }}\n{}\nsource = "asumsi_beras"\n'
CHANGES = [
    (
        "ports",
        "throughput_t",
        'port = ["tanjung_priok", "tanjung_perak", "makassar"]',
        "set = 30000",
    ),
    ("production", "tonnes", 'commodity = "cabai_rawit", period = "2023-01"', "multiply = 3"),
    ("production", "tonnes", 'commodity = "cabai_rawit", period = "2023-02"', "multiply = 0.3"),
    ("stocks", "local_share", 'commodity = "beras", province = ["35", "73", "52"]', "set = 1"),
    ("arcs", "transit_days", 'mode = "sea_toll"', "add = 20"),
]
PADDY = {"commodity": "gkg", "good": "beras", "priority": 2, "tonnes_per_teu": 15}
HARVEST = {"35": 900_000, "52": 200_000, "73": 300_000}
MILLS: list[Row] = [
    {"recipe": "giling", "input": "gkg", "output": "beras", "yield": 0.64, "fee_idr_per_t": 200_000},
    {"recipe": "giling", "province": "35", "input": "gkg", "output": "beras", "yield": 0.65,
     "capacity_t": 50_000},
]  # fmt: skip
SHIP = {"service": "H-5", "name": "H-5", "mode": "sea_toll", "capacity_teu": 60, "loss": 0.002}
CALLS = [("tanjung_perak", ""), ("merauke", 1719), ("lembar", 1534), ("tanjung_perak", 234)]
RULES = [
    "janji,>=,500,tonnes,52,32,,bawang_merah,,period,9000000",
    "ongkos,<=,9000000000,idr,,32,truck;ferry,,,period,",
    "terbesar,<=,0.5,share,,32,,beras;bawang_merah,,origin;good,",
    "tepat,=,300,tonnes,52,61;62,,bawang_merah,2023-02,destination,90000",
    "kotak,<=,2500,teu,35,,sea;sea_toll,,2023-01;2023-02,,50000",
    "kapal,>=,50,tonnes,,,,bawang_merah,,service,9000000",
    "pelabuhan,<=,15000,tonnes,,,,gula,,port,200000",
]
ROOM = {"32": 400_000, "52": 60_000, "73": 100_000}

SLOW = {
    "test_age.py::test_the_textbook_by_month_of_harvest_finds_the_same_cost",
    "test_brief_command.py", "test_compare_command.py", "test_documents.py", "test_fuzz.py",
    "test_memory.py::test_a_spoilt_cell_is_refused_with_its_place_or_means_a_blank",
    "test_typing_slips.py", "test_strangers.py::test_settings_of_any_type_end_in_a_message",
    "test_tampered.py",
}  # fmt: skip
"""Files and tests that take seconds; what needs the plan of the nation or a process is slow anyway."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts a process, runs notebooks or is slow."""
    for item in items:
        file, test = item.path.name, getattr(item, "originalname", item.name)
        fixtures, used = (
            getattr(item, "fixturenames", ()),
            vars(getattr(item, "module", None) or pytest),
        )
        process = any(getattr(thing, "__module__", "") == "processes" for thing in used.values())
        notebook = test == "test_a_notebook_runs_from_top_to_bottom"
        marks = {"process": process, "notebook": notebook}
        slow = {file, f"{file}::{test}"} & SLOW or "national" in fixtures or process or notebook
        for name, applies in {**marks, "slow": slow}.items():
            if applies:
                item.add_marker(name)


@pytest.fixture(scope="session")
def three_months(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """A quarter of the national market in which every row family binds somewhere."""
    folder = tmp_path_factory.mktemp("three-months")
    adjusts = "\n".join(ADJUST.format(*change) for change in CHANGES)
    settings = SETTINGS.format(base=way_to(BASE, folder), adjusts=adjusts)
    (folder / "scenario.toml").write_text(settings, encoding="utf-8")
    write_table(folder, "sources", [{"source": "made_up"}])
    write_table(folder, "storage", [{"province": p, "capacity_t": t} for p, t in ROOM.items()])
    head = (
        "rule,sense,bound,measure,origin,destination,mode,commodity,period,per,penalty_idr,source"
    )
    rules = "\n".join([head, *(f"{rule},made_up" for rule in RULES)])
    (folder / "rules.csv").write_text(rules, encoding="utf-8")
    farm_gate = {"province": "32", "commodity": "beras", "period": "", "level": "producer"}
    write_table(folder, "prices", [{**farm_gate, "idr_per_kg": 0.4}])
    write_table(folder, "commodities", [PADDY])
    paddy = [
        made(place, tonnes, month, "gkg") for place, tonnes in HARVEST.items() for month in MONTHS
    ]
    write_table(folder, "production", paddy)
    write_table(folder, "stocks", [store("52", 90_000, "gkg", local_share=1)])
    write_table(folder, "recipes", MILLS)
    write_table(folder, "services", [{**SHIP, "voyages_per_period": 1.25, "days_per_voyage": 24}])
    calls = [
        {"service": "H-5", "call": number, "port": port, "nm_from_previous": nm}
        for number, (port, nm) in enumerate(CALLS, start=1)
    ]
    write_table(folder, "calls", calls)
    return planner.read_scenario(folder)


@pytest.fixture(scope="session")
def national() -> Solution:
    """The plan of the nation."""
    return planner.solve(planner.read_scenario(BASE.parent / "nasional-2023"))
