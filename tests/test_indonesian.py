"""Every command speaks Indonesian to the end: help, output, charts, captions, workbook, brief."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest
from catalogue_words import ENGLISH, plain
from typer.testing import CliRunner

from planner.cli.app import COMMANDS, app

SCENARIO = Path(__file__).parents[1] / "scenarios" / "dua-pulau"
LANE = "--from 01 --to 02 --commodity beras"
LINES = {
    "check": "{scenario}",
    "balance": "{scenario}",
    "run": "{scenario} --out {out}/run --within 1",
    "diagnose": "{out}/sedikit",
    "why": f"{{scenario}} {LANE}",
    "supply": "{scenario} --to 02",
    "lanes": "{scenario} --from 01 --to 02",
    "prices": "{scenario} --commodity beras",
    "frontier": "{out}/sedikit --points 3 --out {out}/frontier",
    "compare": "{out}/run {out}/kurang --out {out}/comparison",
    "brief": "{out}/kurang --against {out}/run --format html",
    "chart": "{out}/run balance_map --commodity beras --out {out}/peta.png",
    "realise": "{out}/run {out}/manifes.csv",
    "workbook": "{out}/run --out {out}/rencana.xlsx",
    "prove": "{out}/neraca.csv",
    "template": "{out}/blank.xlsx --scenario {scenario}",
    "convert": "{scenario} {out}/book.xlsx",
    "pack": "{scenario} {out}/paket.zip --level internal",
    "validate": "{out}/paket.zip",
    "unpack": "{out}/paket.zip {out}/terbuka",
}
"""How each command is heard; `formulation` alone speaks English always, as its help says."""
PUBLISHED = """Uraian;2025
Stok awal;8.148.451
Produksi;32.291.394
Kebutuhan;30.975.843
Stok akhir;9.464.002
"""
MOVED = "date,origin,destination,mode,commodity,tonnes,owner\n2023-01-20,01,02,sea,beras,40,\n"


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """What every command says of the two islands, of which one harvests less in `kurang`."""
    out = tmp_path_factory.mktemp("heard")
    less = copytree(SCENARIO, out / "sedikit")
    harvest = pd.read_csv(less / "production.csv", dtype={"province": str})
    harvest.assign(tonnes=harvest["tonnes"] * 0.6).to_csv(less / "production.csv", index=False)
    (out / "neraca.csv").write_text(PUBLISHED, encoding="utf-8")
    (out / "manifes.csv").write_text(MOVED, encoding="utf-8")
    said = {}
    lines = [*LINES.items(), ("run", f"{less} --out {{out}}/kurang --no-charts")]
    lines.sort(key=lambda line: line[0] != "run")
    for command, line in lines:
        words = [word.format(scenario=SCENARIO, out=out) for word in line.split()]
        done = CliRunner().invoke(app, [command, *words], env={"PLANNER_LANGUAGE": "id"})
        assert done.exit_code == 0, f"{command}: {done.output}"
        said[command] = said.get(command, "") + done.output.replace(str(out), "")
    return out, said


def english_in(text: str) -> set[str]:
    return plain(text.replace(str(SCENARIO), "")) & ENGLISH


@pytest.mark.parametrize("command", LINES)
def test_a_command_says_no_english_word(command: str, heard: tuple[Path, dict[str, str]]) -> None:
    assert len(heard[1][command]) > 20
    assert english_in(heard[1][command]) == set()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_a_command_holds_no_english_word(command: str) -> None:
    words = [command, "--help"] if command else ["--help"]
    page = CliRunner().invoke(app, words, env={"COLUMNS": "120"}).output
    told = re.sub(r"\(English: .*\)|<\w+>|│|\[[^]]*\]|\b[A-Z]{3,}\b", " ", page)
    assert english_in(told) == set()


def test_charts_hold_no_english_word(heard: tuple[Path, dict[str, str]]) -> None:
    drawings = [file.read_text(encoding="utf-8") for file in heard[0].rglob("*.svg")]
    texts = [
        t for drawing in drawings for t in re.findall(r">([^<]+)</(?:text|title|desc)>", drawing)
    ]
    assert len(texts) > 200
    assert english_in(" ".join(texts)) == set()


def test_captions_hold_no_english_word(heard: tuple[Path, dict[str, str]]) -> None:
    tables = [pd.read_csv(file) for file in heard[0].rglob("captions.csv")]
    assert len(tables) >= 3
    assert english_in(" ".join(pd.concat(tables)[["title", "alt", "caption"]].stack())) == set()


def test_a_brief_holds_no_english_word(heard: tuple[Path, dict[str, str]]) -> None:
    written = [file.read_text(encoding="utf-8") for file in heard[0].rglob("brief.md")]
    assert written
    assert [english_in(re.sub(r"\{[^}]*\}|\([^)]*\.png\)", "", text)) for text in written] == [
        set()
    ]


def test_the_workbook_of_a_plan_holds_no_english_word(heard: tuple[Path, dict[str, str]]) -> None:
    """But for its last sheet, which quotes what the scenario says of its sources."""
    sheets = pd.read_excel(heard[0] / "rencana.xlsx", sheet_name=None, header=None, dtype=str)
    del sheets["Sumber"]
    cells = [str(cell) for sheet in sheets.values() for cell in sheet.stack()]
    assert len(cells) > 40
    assert english_in(" ".join([*sheets, *cells])) == set()
