"""A made-up country with weeks and pesos goes through the commands: nothing speaks of rupiah or of Indonesia."""

import pickle
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from in_process import planner
from made_up_country import write_country

import planner as library
from planner.i18n import Locale, money, text
from planner.schema.settings import PlaceWords

ABROAD = re.compile(r"\bRp\b|Rp\d|rupiah|IDR\b|Indonesia|Java")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_country(tmp_path_factory.mktemp("country") / "land")


@pytest.fixture(scope="module")
def runs(folder, tmp_path_factory) -> tuple[Path, Path]:
    """Run the country, and again with freight at twice its rates."""
    dear = folder.parent / "dear"
    shutil.copytree(folder, dear)
    modes = dear / "modes.csv"
    modes.write_text(modes.read_text(encoding="utf-8").replace(",20.0,", ",40.0,"), "utf-8")
    made = folder.parent / "run", folder.parent / "dearer"
    for scenario, out, charts in ((folder, made[0], "--charts"), (dear, made[1], "--no-charts")):
        ended = planner("run", scenario, "--out", out, charts)
        assert ended.returncode == 0, ended.stderr
        (out.parent / f"{out.name}.txt").write_text(ended.stdout, encoding="utf-8")
    return made


def spoken(ended) -> str:
    assert ended.returncode == 0, ended.stderr
    assert ABROAD.findall(ended.stdout) == []
    return ended.stdout


def test_its_tables_have_no_problem(folder):
    assert "no problems" in spoken(planner("check", folder))


@pytest.mark.slow
def test_the_report_counts_in_pesos(runs):
    told = (runs[0].parent / "run.txt").read_text(encoding="utf-8")
    assert "Cost: ₱33,661" in told
    assert "₱0.0011/kg" in told
    assert ABROAD.findall(told) == []


@pytest.mark.slow
def test_files_keep_prices_below_one(runs):
    run = library.read_run(runs[0])
    assert run.facts["units"]["money"] == "PHP"
    assert set(run.tables["prices"]["idr_per_t"]) == {0.0, 1.1}


@pytest.mark.slow
def test_the_brief_speaks_of_pesos_and_every_numeral_is_traced(runs):
    spoken(planner("brief", runs[0], "--format", "html"))
    brief = (runs[0] / "brief" / "brief.md").read_text(encoding="utf-8")
    assert "₱33,661" in brief
    assert ABROAD.findall(brief) == []
    page = (runs[0] / "brief" / "brief.html").read_text(encoding="utf-8")
    assert ABROAD.findall(re.sub(r"data:[^\"']+", "", page)) == []
    spoken(planner("brief", runs[0], "--check"))


@pytest.mark.slow
def test_two_runs_are_compared_in_pesos(runs, tmp_path):
    said = spoken(planner("compare", *runs, "--out", tmp_path / "compared"))
    assert "₱" in said


@pytest.mark.slow
def test_the_workbook_of_the_plan_counts_in_pesos_with_cents(runs, tmp_path):
    spoken(planner("workbook", runs[0], "--out", tmp_path / "plan.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    words = " ".join(cell.value for cell in cells if isinstance(cell.value, str))
    assert "Philippine pesos" in words
    assert ABROAD.findall(words) == []
    assert "#,##0.00" in {cell.number_format for cell in cells}


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        ["prices", "--commodity", "rye"],
        ["supply", "--to", "NO", "--commodity", "rye"],
        ["why", "--from", "SO", "--to", "NO", "--commodity", "rye"],
        ["lanes", "--from", "SO", "--to", "NO"],
        ["frontier"],
    ],
    ids=lambda asked: asked[0],
)
def test_answers_count_in_pesos(folder, asked):
    spoken(planner(asked[0], folder, *asked[1:]))


def test_runs_of_two_currencies_are_not_compared(folder):
    scenario = library.read_scenario(folder)
    head = scenario.settings.scenario.model_copy(update={"currency": "USD"})
    other = scenario.replace(settings=scenario.settings.model_copy(update={"scenario": head}))
    runs = [library.make_run(library.solve(each)) for each in (scenario, other)]
    with pytest.raises(library.InputError, match="USD"):
        library.compare(*runs)


@pytest.mark.parametrize(
    ("cell", "told", "remedy"),
    [
        ("ID-XX", "ID-XX", "ISO 3166-2"),
        ("POLYGON ((10 60, 11 60", "cannot be read as WKT", "longitude first"),
        ("LINESTRING (10 60, 11 60)", "LINESTRING", "POLYGON or MULTIPOLYGON"),
        ("POLYGON ((60 10, 61 10, 61 11, 60 10))", "far from lon and lat", "before latitude"),
    ],
)
def test_an_outline_that_cannot_be_drawn_is_told_with_its_place(tmp_path, cell, told, remedy):
    folder = write_country(tmp_path / "land")
    provinces = folder / "provinces.csv"
    lines = provinces.read_text(encoding="utf-8").splitlines()
    start, _, _ = lines[1].partition('"')
    lines[1] = f'{start}"{cell}",x'
    provinces.write_text("\n".join(lines), encoding="utf-8")
    ended = planner("check", folder, "--language", "en")
    assert ended.returncode == 0
    [line] = [line for line in ended.stdout.splitlines() if "outlines" in line]
    assert "provinces.csv, line 2" in line
    assert told in line
    assert remedy in line


def test_what_is_usual_in_rupiah_is_not_asked_of_pesos(tmp_path):
    folder = write_country(tmp_path / "land")
    codes = [f"R{at}" for at in range(9)]
    places = "\n".join(f"{c},{10 + at},57,{c},1000000,,x" for at, c in enumerate(codes))
    (folder / "provinces.csv").write_text(
        f"province,lon,lat,name,population,outlines,source\n{places}\n", "utf-8"
    )
    ways = "\n".join(f"{a},{b},sea,100,2,x" for a in codes for b in codes if a != b)
    (folder / "arcs.csv").write_text(
        f"origin,destination,mode,distance_nm,transit_days,source\n{ways}\n", "utf-8"
    )
    for name, head, row in (
        ("production", "tonnes", 1e5),
        ("need", "kg_per_capita", 100),
        ("prices", "level,idr_per_kg", "producer,0.4"),
    ):
        rows = "\n".join(f"{code},rye,{row},x" for code in codes)
        (folder / f"{name}.csv").write_text(
            f"province,commodity,{head},source\n{rows}\n", encoding="utf-8"
        )
    said = planner("check", folder, "--language", "en").stdout
    assert [words for words in ("staple food", "rate", "price") if words in said] == []


def test_a_sentence_takes_the_currency_of_its_locale():
    assert text("plan_book.title.costs", Locale("en", "PHP")) == (
        "Cost of the plan, Philippine pesos"
    )
    assert text("plan_book.title.costs", "en") == "Cost of the plan, rupiah"


@pytest.mark.parametrize(
    ("currency", "value", "written"),
    [("IDR", 0.4, "Rp0"), ("IDR", 12345.6, "Rp12,346"), ("PHP", 0.034, "₱0.034")],
)
def test_rupiah_are_whole_and_other_money_keeps_the_digits_that_count(currency, value, written):
    assert money(value, Locale("en", currency)) == written


def test_places_are_called_as_the_scenario_calls_them(folder):
    scenario = library.read_scenario(folder)
    place = PlaceWords(id="kabupaten", en="regency", en_many="regencies")
    head = scenario.settings.scenario.model_copy(update={"place": place})
    renamed = scenario.replace(settings=scenario.settings.model_copy(update={"scenario": head}))
    assert renamed.digest() != scenario.digest()
    flow, bars = "chart.flow_map.title", "chart.balance_bars.title"
    assert text(flow, renamed.locale("en")) == ("Planned flows of staple goods between regencies")
    assert text(bars, renamed.locale("en"), commodity="rye") == (
        "Surplus and shortage of rye by regency"
    )
    assert "kabupaten" in text(bars, renamed.locale("id"), commodity="rye")
    assert text(bars, scenario.locale("en"), commodity="rye").endswith("by province")


def test_a_name_that_holds_the_word_province_is_kept():
    told = text(
        "chart.price_map.title", Locale("en", "PHP", ("state", "states")), commodity="province"
    )
    assert told.endswith("province")


def test_no_file_or_blank_is_renamed_with_the_places():
    locale = Locale("en", "PHP", ("state", "states"))
    kept = "Provinces {province} of {provinces_count}: provinces.csv"
    assert locale.with_its_places(kept) == "States {province} of {provinces_count}: provinces.csv"


@pytest.mark.slow
def test_what_a_locale_knows_goes_to_other_processes():
    locale = Locale("en", "PHP", ("state", "states"))
    there = pickle.loads(pickle.dumps(locale))
    assert (there, there.currency, there.place) == ("en", "PHP", ("state", "states"))
