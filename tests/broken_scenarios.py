"""One way to break a scenario folder for every kind of problem, and what has to be said of it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Problem
from planner.market.reachability import reach_problems
from planner.market.rules import rule_problems
from planner.scenario import examine

SCENARIOS = Path(__file__).parents[1] / "scenarios"
type Change = Callable[[Path], None]


def way_to(base: Path, folder: Path) -> str:
    """Write the way from a scenario to what it extends."""
    return Path(os.path.relpath(base, folder)).as_posix()


def copy_of(name: str, folder: Path) -> Path:
    """Copy a scenario; the copy may be broken."""
    copy = folder / name
    shutil.copytree(SCENARIOS / name, copy)
    return copy


def told_of(folder: Path) -> list[Problem]:
    """Return all that `planner check` finds."""
    scenario, problems = examine(folder)
    if scenario is None:
        return problems
    return problems + reach_problems(scenario) + rule_problems(scenario)


@dataclass(frozen=True)
class Breakage:
    """A change of `dua-pulau`, and the place and words of the problem it has to make."""

    key: str
    change: Change
    file: str
    line: int
    column: str
    indonesian: str
    english: str
    also: tuple[str, ...] = ()

    def of(self, problems: list[Problem]) -> Problem:
        """Pick the first problem of this kind."""
        return next(problem for problem in problems if problem.key == self.key)


def swap(file: str, *pairs: tuple[str, str]) -> Change:
    """Replace texts, each of which must be in the file; only the first place changes."""

    def change(folder: Path) -> None:
        content = (folder / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in content
            content = content.replace(old, new, 1)
        (folder / file).write_text(content, encoding="utf-8")

    return change


def add(file: str, *lines: str) -> Change:
    """Put lines at the end of a file, or into a new one."""

    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")

    return change


def write(file: str, content: str | bytes) -> Change:
    """Write a file anew."""
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / file).write_bytes(raw) and None


def drop(file: str) -> Change:
    """Take a file away."""
    return lambda folder: (folder / file).unlink()


def each(*changes: Change) -> Change:
    """Build several changes."""
    return lambda folder: [change(folder) for change in changes] and None


def _folder_instead(file: str) -> Change:
    return each(drop(file), lambda folder: (folder / file).mkdir())


def _recoded(file: str, recode: Callable[[bytes], bytes]) -> Change:
    return lambda folder: (folder / file).write_bytes(recode((folder / file).read_bytes())) and None


def _misspelt(file: str, text: str, latin: str) -> Change:
    return _recoded(file, lambda raw: raw.replace(text.encode(), latin.encode("latin-1")))


def _adjust(**keys: str) -> Change:
    usual = {"table": '"production"', "column": '"tonnes"', "source": '"rekaan"'}
    lines = [f"{key} = {value}" for key, value in {**usual, **keys}.items()]
    return add("scenario.toml", "[[adjust]]", *lines)


def _profile(*months: object, share: float = 1 / 12) -> Change:
    rows = [f"panen,{month},{share},rekaan" for month in months]
    return add("profiles.csv", "profile,month,share,source", *rows)


def _tonnes(old: str, new: str, key: str, indonesian: str, english: str) -> Breakage:
    change = swap("production.csv", (f"2023-01,{old},", f"2023-01,{new},"))
    return Breakage(key, change, "production.csv", 2, "tonnes", indonesian, english)


def _setting(key: str, old: str, new: str, place: str, words: tuple[str, str]) -> Breakage:
    """Break a key of `scenario.toml`; the place is its line and its dotted name."""
    line, column = place.split()
    change = swap("scenario.toml", (old, new))
    return Breakage(key, change, "scenario.toml", int(line), column, *words)


def _wrong_adjust(key: str, indonesian: str, english: str, line: int = 19, **keys: str) -> Breakage:
    change = _adjust(**keys)
    return Breakage(key, change, "scenario.toml", line, "adjust 1", indonesian, english)


def _rule(cells: str, key: str, column: str, *words: str, also: tuple[str, ...] = ()) -> Breakage:
    """Add a rule with some cells, such as `measure=teu mode=sea`; the others are as usual."""
    usual = {"rule": "janji", "sense": "<=", "bound": "10", "measure": "tonnes", "source": "rekaan"}
    row = usual | dict(cell.split("=", 1) for cell in cells.split())
    change = add("rules.csv", ",".join(row), ",".join(row.values()))
    return Breakage(key, change, "rules.csv", 2, column, *words, also=also)


_RECIPES = ["recipe,province,input,output,yield,source", "giling,,gkg,beras,0.64,rekaan"]
_paddy = add("commodities.csv", "gkg,beras,Gabah,Paddy,gkg,1,15,0,10000,rekaan")


def _loop(*rows: str) -> Change:
    """Add a service and its calls, each row a number, a port and the miles from the one before."""
    calls = [f"H-5,{row},rekaan" for row in rows or ("1,barat,", "2,timur,100", "3,barat,100")]
    return each(
        add("services.csv", "service,name,mode,capacity_teu,voyages_per_period,days_per_voyage,source",
            "H-5,Kapal H-5,sea,2,1,20,rekaan"),
        add("calls.csv", "service,call,port,nm_from_previous,source", *calls),
    )  # fmt: skip


_KG_HEAD = "province,commodity,period,use,tonnes,kg_per_capita,source"

CELLS = [
    _tonnes("130", "banyak", "not_a_number", '"banyak" bukan angka', '"banyak" is not a number'),
    _tonnes("130", '"1.234,5"', "number_format", "Tulis 1234.5", "Write 1234.5"),
    _tonnes("130", '"1,234.5"', "number_format", "Tulis 1234.5", "Write 1234.5"),
    _tonnes("130", "1.234.567", "number_format", "Tulis 1234567", "Write 1234567"),
    _tonnes("130", '"Rp 1.234,5"', "number_format", "Tulis 1234.5", "Write 1234.5"),
    _tonnes("130", '"1,234"', "figures_of_two_meanings", "berarti 1.234 atau 1234", "may be 1.234 or 1234"),
    _tonnes("130", "(130)", "figure_not_taken", "tampaknya berarti -130", "seems to mean -130"),
    _tonnes("130", "13O", "figure_with_letters", "O untuk nol", "O for nought"),
    _tonnes("130", "5 kwintal", "figure_with_words", '"kwintal" tidak terbaca', '"kwintal" cannot be read'),
    Breakage(
        "figure_in_parentheses",
        swap("provinces.csv", ("West Island,-6", "West Island,(6)")),
        "provinces.csv", 2, "lat",
        "tulis -6; jika bukan", "write -6; if not",
    ),
    Breakage(
        "figures_foreign",
        swap("production.csv", (",130,", ",1.234.567,"), (",30,", ',"3,5",')),
        "production.csv", 2, "tonnes",
        "untuk desimal: 1234567", "before decimals: 1234567",
    ),
    Breakage(
        "figures_mixed",
        swap("production.csv", (",130,", ",1.234,"), (",30,", ',"3,5",')),
        "production.csv", 2, "tonnes",
        'salah satunya "3,5"), sehingga "1.234" dapat berarti 1.234 atau 1234',
        'one of them "3,5"), so that "1.234" may be 1.234 or 1234',
    ),
    _tonnes("130", "-200", "too_low", '"-200" kurang dari 0', '"-200" is below 0'),
    _tonnes("130", "", "blank_cell", "sel kosong", "if it is zero, write 0"),
    Breakage(
        "blank_text",
        swap("provinces.csv", ("01,Pulau Barat", "01,")),
        "provinces.csv", 2, "name",
        "sel kosong. Isi sel ini", "the cell is blank. Fill it in",
    ),
    Breakage(
        "dot_groups",
        swap("production.csv", (",130,", ",1.300,"), (",30,", ",1.030,"), (",10,", ",1.010,"),
             (",10,", ",1.010,")),
        "production.csv", 2, "tonnes",
        "titik memisahkan ribuan, hapus titiknya", "If the dot separates thousands, remove it",
        also=("need_not_covered",),
    ),
    Breakage(
        "not_above",
        swap("commodities.csv", ("beras,1,20,", "beras,1,0,")),
        "commodities.csv", 2, "tonnes_per_teu",
        '"0" harus lebih dari 0', '"0" has to be above 0',
    ),
    Breakage(
        "too_high",
        swap("provinces.csv", ("West Island,-6", "West Island,96")),
        "provinces.csv", 2, "lat",
        '"96" lebih dari 90. Tulis 90 atau kurang', '"96" is above 90. Write 90 or less',
    ),
    Breakage(
        "not_a_share",
        swap("production.csv", (",130,0,", ",130,35,")),
        "production.csv", 2, "loss",
        "pecahan: 0.35, bukan 35", "a fraction: 0.35, not 35",
    ),
    Breakage(
        "all_lost",
        swap("production.csv", (",130,0,", ",130,1,")),
        "production.csv", 2, "loss",
        "berarti 100 persen: tidak ada yang tersisa", "means 100 percent: nothing is left",
    ),
    Breakage(
        "much_lost",
        swap("arcs.csv", ("15.21875,0,", "15.21875,0.6,")),
        "arcs.csv", 2, "loss",
        "0.6 berarti 60 persen hilang. Jika maksudnya 0.6 persen, tulis 0.006",
        "0.6 means that 60 percent is lost. If 0.6 percent is meant, write 0.006",
    ),
    Breakage(
        "nothing_lasts",
        swap("commodities.csv", ("beras,1,20,0,", "beras,1,20,0.7,")),
        "commodities.csv", 2, "decay_per_day",
        "Apakah maksudnya 0.007 (0.7 persen sehari)?", "Was 0.007 (0.7 percent a day) meant?",
    ),
    Breakage(
        "beyond_counting",
        swap("arcs.csv", ("15.21875,", "1e300,")),
        "arcs.csv", 2, "transit_days",
        '"1e300" lebih besar daripada apa pun', '"1e300" is larger than anything counted',
    ),
    Breakage(
        "next_to_nothing",
        swap("commodities.csv", ("beras,1,20,", "beras,1,1e-300,")),
        "commodities.csv", 2, "tonnes_per_teu",
        '"1e-300" hampir nol: dalam satuan ini paling sedikit 0.01',
        '"1e-300" is next to nothing: in this unit it is at least 0.01',
    ),
    Breakage(
        "arc_too_long",
        each(
            swap("modes.csv", ("handling_idr_per_t,", "handling_idr_per_t,km_per_day,"),
                 ("20000,", "20000,0.1,")),
            swap("arcs.csv", ("loss,source", "loss,distance_km,source"),
                 ("15.21875,0,rekaan", ",0,40000,rekaan"),
                 ("15.21875,0,rekaan", "15.21875,0,0,rekaan")),
        ),
        "arcs.csv", 2, "distance_km",
        "makan waktu lebih dari 3650 hari", "take more than 3650 days",
    ),
    Breakage(
        "not_whole",
        _profile(1.5, *range(2, 13)),
        "profiles.csv", 2, "month",
        '"1.5" harus bilangan bulat', '"1.5" has to be a whole number',
    ),
    Breakage(
        "not_a_choice",
        swap("need.csv", ("food", "fod")),
        "need.csv", 2, "use",
        'Maksud Anda "food"? Pilihan: pangan (food), pakan (feed)', 'Did you mean "food"? Choices: food, feed',
    ),
    Breakage(
        "unknown_code",
        swap("production.csv", ("02,beras", "Pulau Timr,beras")),
        "production.csv", 4, "province",
        '"Pulau Timr" tidak ada di provinces.csv. Maksud Anda Pulau Timur (02)?',
        '"Pulau Timr" is not in provinces.csv. Did you mean Pulau Timur (02)?',
    ),
    Breakage(
        "empty_table",
        drop("ports.csv"),
        "arcs.csv", 2, "origin_port",
        '"barat" tidak ada: ports.csv tidak punya baris', "ports.csv has no rows. Add one",
    ),
    Breakage(
        "period_format",
        swap("production.csv", ("2023-01", "Jan 2023")),
        "production.csv", 2, "period",
        "dari 2023-01 sampai 2023-02", "run from 2023-01 to 2023-02",
    ),
    Breakage(
        "period_outside",
        swap("production.csv", ("2023-01", "2024-01")),
        "production.csv", 2, "period",
        '"2024-01" di luar rentang', '"2024-01" is outside 2023-01 to 2023-02',
    ),
]  # fmt: skip

ROWS = [
    Breakage(
        "doubled_key",
        add("production.csv", "02,beras,2023-02,10,0,rekaan"),
        "production.csv", 6, "province",
        "02, beras, 2023-02 sudah ada di baris 5", "for 02, beras, 2023-02 on line 5",
    ),
    Breakage(
        "year_and_period",
        add("production.csv", "01,beras,,500,0,rekaan"),
        "production.csv", 2, "period",
        "2023-01 diisi dua kali", "2023-01 is given twice",
    ),
    Breakage(
        "profile_months",
        _profile(*range(1, 12)),
        "profiles.csv", 2, "month",
        'profil "panen" tidak punya bulan [12]', 'profile "panen" lacks the months [12]',
    ),
    Breakage(
        "profile_sum",
        _profile(*range(1, 13), share=0.09),
        "profiles.csv", 2, "share",
        "berjumlah 1.080000, seharusnya 1", "sum to 1.080000 instead of 1",
    ),
    Breakage(
        "need_twice",
        write("need.csv", f"{_KG_HEAD}\n01,beras,2023-01,food,40,90,rekaan\n"),
        "need.csv", 2, "kg_per_capita",
        "Kosongkan salah satu", "Leave one blank",
    ),
    Breakage(
        "need_missing",
        swap("need.csv", ("food,40", "food,")),
        "need.csv", 2, "tonnes",
        "Isi tonnes atau kg_per_capita", "Fill in tonnes or kg_per_capita",
    ),
    Breakage(
        "no_population",
        each(
            write("need.csv", f"{_KG_HEAD}\n01,beras,2023-01,food,,90,rekaan\n"),
            swap("provinces.csv", ("106,5000", "106,")),
        ),
        "need.csv", 2, "kg_per_capita",
        "jumlah penduduk 01 kosong", "the population of 01 is blank",
    ),
    Breakage(
        "arc_to_itself",
        swap("arcs.csv", ("02,01,sea,timur,barat", "02,02,sea,timur,timur")),
        "arcs.csv", 3, "destination",
        "asal dan tujuan sama (02)", "origin and destination are the same (02)",
    ),
    Breakage(
        "arc_without_time",
        swap("arcs.csv", ("15.21875", "")),
        "arcs.csv", 2, "transit_days",
        "Isi transit_days di sini", "Fill in transit_days here",
    ),
    Breakage(
        "arc_without_freight",
        swap("modes.csv", ("1000000,1000,20000", "0,0,0")),
        "arcs.csv", 2, "idr_per_t",
        "Isi idr_per_t di sini", "Fill in idr_per_t here",
    ),
    Breakage(
        "port_elsewhere",
        swap("arcs.csv", ("barat,timur", "timur,timur")),
        "arcs.csv", 2, "origin_port",
        'pelabuhan "timur" menurut ports.csv ada di provinsi 02', 'port "timur" is in province 02',
    ),
    Breakage(
        "recipe_to_itself",
        each(_paddy, add("recipes.csv", *_RECIPES, "sosoh,,beras,beras,1,rekaan")),
        "recipes.csv", 3, "output",
        "membuat bahannya sendiri (beras)", "the recipe makes what it uses (beras)",
    ),
    Breakage(
        "recipe_circle",
        each(
            _paddy,
            add("recipes.csv", *_RECIPES, "balik,02,beras,gkg,0.5,rekaan"),
        ),
        "recipes.csv", 3, "output",
        "berputar: gkg > beras > gkg", "in a circle: gkg > beras > gkg",
    ),
    Breakage(
        "looks_like_kg",
        swap("need.csv", (",40,", ",40000000,")),
        "need.csv", 2, "tonnes",
        "40000000 ton terlalu banyak", "40000000 tonnes is far too much",
    ),
    Breakage(
        "looks_like_kg",
        swap("stocks.csv", (",20,", ",20000000,")),
        "stocks.csv", 3, "opening_t",
        "20000000 ton terlalu banyak", "20000000 tonnes is far too much",
    ),
    Breakage(
        "looks_like_kg",
        swap("production.csv", (",130,", ",130000,")),
        "production.csv", 2, "tonnes",
        "130000 ton terlalu banyak", "probably kilograms. Divide by 1000",
    ),
    Breakage(
        "passed_over",
        add("stocks.csv.txt", "province,commodity,opening_t,source", "01,beras,5,contoh"),
        "stocks.csv.txt", 0, "",
        "berkas ini tidak dibaca", "this file is not read: the table of a scenario is called stocks.csv",
    ),
    Breakage(
        "hardly_anybody",
        swap("provinces.csv", (",5000,", ",5.000,")),
        "provinces.csv", 2, "population",
        "5 jiwa terlalu sedikit", "5 people is too few for the need of this province",
    ),
    Breakage(
        "unreachable_province",
        each(
            add("provinces.csv", "03,Pulau Jauh,Far Island,-6,126,5000,rekaan"),
            add("need.csv", "03,beras,2023-01,food,5,rekaan"),
        ),
        "provinces.csv", 4, "province",
        "provinsi Pulau Jauh (03) punya kebutuhan", "no arc leads to it. Add one to arcs.csv",
        also=("no_supply",),
    ),
    Breakage(
        "no_supply",
        each(
            add("commodities.csv", "gula,gula,Gula,Sugar,,1,20,0,10000,rekaan"),
            add("need.csv", "02,gula,2023-01,food,5,rekaan"),
        ),
        "need.csv", 6, "province",
        "gula dibutuhkan di Pulau Timur (02)", "gula is needed in Pulau Timur (02)",
        also=("need_not_covered",),
    ),
    Breakage(
        "closing_not_covered",
        each(
            swap("scenario.toml", ('closing = "free"', 'closing = "opening"')),
            swap("need.csv", (",60,", ",90,")),
        ),
        "dua-pulau", 0, "",
        "stok akhir yang diminta 20 ton tidak tertutup", "the closing stock asked for, 20 t",
    ),
]  # fmt: skip

SERVICES = [
    Breakage(
        "service_without_rate",
        each(_loop(), swap("modes.csv", ("1000000,1000,20000", "0,0,20000"))),
        "services.csv", 2, "mode",
        'moda "sea" tidak punya tarif peti kemas', 'mode "sea" has no rate for containers',
    ),
    Breakage(
        "service_too_short",
        _loop("1,barat,"),
        "services.csv", 2, "service",
        'layanan "H-5" singgah kurang dari dua kali', 'service "H-5" has fewer than two calls',
    ),
    Breakage(
        "service_too_short",
        each(_loop(), drop("calls.csv")),
        "services.csv", 2, "service",
        "Tambahkan persinggahannya di calls.csv", "Add them to calls.csv",
    ),
    Breakage(
        "service_in_one_province",
        each(
            add("ports.csv", "utara,01,Pelabuhan Utara,-6,106,rekaan"),
            _loop("1,barat,", "2,utara,90"),
        ),
        "services.csv", 2, "service",
        "hanya singgah di satu provinsi", "calls in one province only",
    ),
    Breakage(
        "call_number",
        _loop("1,barat,", "2,timur,100", "4,barat,100"),
        "calls.csv", 4, "call",
        'persinggahan 4 tertulis di tempat persinggahan 3 layanan "H-5"',
        'call 4 stands where call 3 of service "H-5" should be',
    ),
    Breakage(
        "call_at_same_port",
        _loop("1,barat,", "2,timur,100", "3,timur,100"),
        "calls.csv", 4, "port",
        'kapal sudah ada di "timur"', 'the ship already is at "timur"',
    ),
    Breakage(
        "first_call_with_distance",
        _loop("1,barat,250", "2,timur,100"),
        "calls.csv", 2, "nm_from_previous",
        "tetapi jaraknya 250. Kosongkan", "but a distance of 250. Leave it blank",
    ),
    Breakage(
        "call_without_distance",
        _loop("1,barat,", "2,timur,"),
        "calls.csv", 3, "nm_from_previous",
        "kosong atau nol. Isi dalam mil laut", "blank or zero. Fill it in, in nautical miles",
    ),
    Breakage(
        "unknown_code",
        _loop("1,barat,", "2,timr,100", "3,barat,100"),
        "calls.csv", 3, "port",
        "Maksud Anda Pelabuhan Timur (timur)?", "Did you mean Pelabuhan Timur (timur)?",
    ),
    Breakage(
        "unknown_code",
        each(_loop(), swap("calls.csv", ("H-5,2", "H5,2"))),
        "calls.csv", 3, "service",
        "Maksud Anda Kapal H-5 (H-5)?", "Did you mean Kapal H-5 (H-5)?",
    ),
    Breakage(
        "not_a_number",
        _loop("1,barat,", "dua,timur,100", "3,barat,100"),
        "calls.csv", 3, "call",
        '"dua" bukan angka', '"dua" is not a number',
    ),
    Breakage(
        "adjust_column",
        each(_loop(), _adjust(table='"calls"', column='"call"', add="1")),
        "scenario.toml", 19, "adjust 1",
        "bukan kolom angka atau kunci dari calls.csv", "is not such a column of calls.csv",
    ),
    Breakage(
        "doubled_key",
        _loop("1,barat,", "2,timur,100", "2,barat,100"),
        "calls.csv", 4, "service",
        "sudah ada di baris 3", "on line 3",
    ),
]  # fmt: skip

SETTINGS = [
    Breakage(
        "no_settings",
        drop("scenario.toml"),
        "scenario.toml", 0, "",
        "salin dari skenario lain", "copy one from another scenario",
    ),
    Breakage(
        "toml_syntax",
        swap("scenario.toml", ("periods = 2", "periods = = 2")),
        "scenario.toml", 8, "",
        "tidak dapat dibaca sebagai TOML", "cannot be read as TOML",
    ),
    _setting("setting_missing", "data_date = 2023-01-01\n", "", "1 scenario.data_date",
             ("kunci ini tidak ada", "this key is missing")),
    _setting("setting_unknown", "closing =", "closng =", "13 policy.closng",
             ('Maksud Anda "closing"?', 'Did you mean "closing"?')),
    _setting("setting_unknown", "[limits]", "[limit]", "15 limit",
             ('Maksud Anda "limits"?', 'Did you mean "limits"?')),
    _setting("setting_list", '["cost"]', '"coverage, cost"', "12 policy.stages",
             ('kurung siku: ["coverage", "cost"]', 'square brackets: ["coverage", "cost"]')),
    _setting("setting_share", 'closing = "free"', "tolerance = 5", "13 policy.tolerance",
             ("Tulis sebagai pecahan, paling banyak 0.1", "Write a fraction, at most 0.1")),
    _setting("setting_table", "[limits]", "[brief]\nopening = 3\n[limits]", "16 brief.opening",
             ('"3" bukan bagian dengan kunci dan nilai', '"3" is no part with keys and values')),
    _setting("text_unseen", "Two islands", r"Two\u200bislands", "2 scenario.title.en",
             ("huruf yang tidak terlihat: <U+200B>", "letters that cannot be seen: <U+200B>")),
    _setting("setting_text", 'start = "2023-01"', "start = 2023", "7 horizon.start",
             ("Tulis di antara tanda kutip", "Write it between quotation marks")),
    _setting("setting_number", "periods = 2", 'periods = "2"', "8 horizon.periods",
             ("Tulis tanpa tanda kutip", "without quotation marks")),
    _setting("setting_date", "2023-01-01", '"2023-01-01"', "3 scenario.data_date",
             ("Tulis seperti 2023-12-31", "Write it like 2023-12-31")),
    _setting("setting_start", '"2023-01"', '"2023-13"', "7 horizon.start",
             ('"2023-13" bukan label periode', '"2023-13" is no label')),
    _setting("setting_currency", "data_date", 'currency = "Rp"\ndata_date', "3 scenario.currency",
             ('"Rp" bukan kode mata uang', '"Rp" is no code of a currency')),
    _setting("too_low", "periods = 2", "periods = 0", "8 horizon.periods",
             ('"0" kurang dari 1', '"0" is below 1')),
    _setting("not_a_choice", '"free"', '"openin"', "13 policy.closing",
             ('Maksud Anda "opening"?', 'Did you mean "opening"?')),
    _setting("not_a_choice", '["cost"]', '["fairnes", "cost"]', "12 policy.stages.0",
             ('Maksud Anda "fairness"?', 'Did you mean "fairness"?')),
    _setting("stages_order", '["cost"]', '["cost", "fairness"]', "12 policy.stages",
             ('Tulis ["fairness", "cost"]', 'Write ["fairness", "cost"]')),
    _setting("stages_order", '["cost"]', '["coverage", "coverage", "cost"]', "12 policy.stages",
             ('Tulis ["coverage", "cost"]', 'Write ["coverage", "cost"]')),
    _setting("stages_order", '["cost"]', '["calm"]', "12 policy.stages",
             ('Tulis ["cost", "calm"]', 'Write ["cost", "calm"]')),
    _setting("signed_plan_missing", '["cost"]', '["cost", "calm"]', "12 policy.stages",
             ("tabel signed_plan.csv tidak ada atau kosong", "there is no table signed_plan.csv")),
    _setting("unknown_code", "[limits]", '[scope]\nfocus = ["0Z"]\n[limits]', "16 scope.focus",
             ('"0Z" tidak ada di provinces.csv', '"0Z" is not in provinces.csv')),
    _setting("extends_itself", "[scenario]", '[scenario]\nextends = "."', "2 extends",
             ("memperluas dirinya sendiri", "the scenario extends itself")),
    _setting("extends_no_scenario", "[scenario]", '[scenario]\nextends = ".."', "2 extends",
             ('".." tidak ada scenario.toml', '".." holds no scenario.toml')),
    Breakage(
        "no_base",
        each(
            swap("scenario.toml", ("[scenario]", '[scenario]\nextends = "../nasioal"')),
            lambda folder: (folder.parent / "nasional").mkdir(),
        ),
        "scenario.toml", 2, "extends",
        'Maksud Anda "../nasional"?', 'there is no folder "../nasioal". Did you mean',
    ),
]  # fmt: skip

ADJUSTS = [
    _wrong_adjust("adjust_change", "tepat satu dari multiply", "exactly one of multiply"),
    _wrong_adjust("adjust_table", 'Maksud Anda "production"?', 'Did you mean "production"?',
                  table='"produksion"', multiply="2"),
    _wrong_adjust("adjust_column", 'Maksud Anda "tonnes"?', 'Did you mean "tonnes"?',
                  column='"tons"', multiply="2"),
    _wrong_adjust("adjust_column", 'Maksud Anda "province"?', 'Did you mean "province"?',
                  where='{ provinsi = "01" }', multiply="2"),
    _wrong_adjust("adjust_value", 'dengan commodity = "bras". Maksud Anda Beras (beras)?',
                  'has commodity = "bras". Did you mean Beras (beras)?',
                  where='{ commodity = "bras" }', multiply="2"),
    _wrong_adjust("adjust_nothing", "tidak ada baris arcs.csv", "no row of arcs.csv", table='"arcs"',
                  column='"idr_per_t"', where='{ origin = "01", destination = "01" }', multiply="2"),
    _wrong_adjust("adjust_blank", "semua sel", "all cells of max_days in these rows",
                  table='"commodities"', column='"max_days"', multiply="2"),
    _wrong_adjust("adjust_bound", "membuat tonnes menjadi -130, di luar 0 sampai ∞",
                  "makes tonnes -130, outside 0 to ∞", multiply="-1"),
    _wrong_adjust("adjust_all_lost", "membuat loss menjadi 1, yaitu 100 persen",
                  "makes loss 1, which is 100 percent", column='"loss"', set="1"),
    _wrong_adjust("adjust_too_late", "jadi adjust ini tidak berpengaruh", "so this one has no effect",
                  table='"profiles"', column='"share"', multiply="2"),
    _wrong_adjust("unknown_code", "Maksud Anda rekaan?", "Did you mean rekaan?",
                  multiply="2", source='"reka"'),
    _wrong_adjust("setting_text", '"3" bukan teks', '"3" is not a text',
                  multiply="2", where="{ province = 3 }", line=24),
    Breakage(
        "setting_too_many",
        each(*[_adjust(multiply="1")] * 1001),
        "scenario.toml", 19, "adjust",
        "1001 bagian terlalu banyak; paling banyak 1000", "1001 entries are too many; at most 1000",
    ),
]  # fmt: skip

FILES = [
    Breakage(
        "no_table",
        drop("arcs.csv"),
        "arcs.csv", 0, "",
        "Buat dengan kolom: origin,destination,mode", "Make it with the columns: origin,",
    ),
    Breakage(
        "no_table",
        write("production.csv", "province,commodity,period,tonnes,source\n"),
        "production.csv", 0, "",
        "tidak ada atau kosong", "is missing or has no rows",
    ),
    Breakage(
        "no_file",
        _folder_instead("production.csv"),
        "production.csv", 0, "",
        "bukan berkas biasa", "this is no ordinary file",
    ),
    Breakage(
        "no_file",
        _folder_instead("scenario.toml"),
        "scenario.toml", 0, "",
        "bukan berkas biasa", "this is no ordinary file",
    ),
    Breakage(
        "not_utf8",
        _misspelt("provinces.csv", "Pulau Timur", "Pulau Tim\xfcr"),
        "provinces.csv", 3, "",
        'di dekat "02,Pulau Tim\xfcr', "are not UTF-8. In Excel save as",
    ),
    Breakage(
        "not_utf8",
        _recoded("provinces.csv", lambda raw: raw.decode().encode("utf-16")),
        "provinces.csv", 1, "",
        'simpan sebagai "CSV UTF-8', 'save as "CSV UTF-8',
    ),
    *[
        Breakage(
            "not_utf8",
            _recoded("provinces.csv", lambda raw, code=code: raw.decode().encode(code)),
            "provinces.csv", 1, "",
            'simpan sebagai "CSV UTF-8', 'save as "CSV UTF-8',
        )
        for code in ("utf-16-le", "utf-16-be")
    ],
    Breakage(
        "not_utf8_text",
        _misspelt("scenario.toml", "Dua pulau", "D\xfca pulau"),
        "scenario.toml", 2, "",
        'di dekat "= { id = "D\xfca', "are not UTF-8",
    ),
    Breakage(
        "not_text",
        write("stocks.csv", b"\x00\x01\x02\xff\xfe\x00"),
        "stocks.csv", 1, "",
        "ini bukan berkas teks", "this is no text file",
    ),
    Breakage(
        "csv_syntax",
        _recoded("sources.csv", lambda raw: raw.replace(b"Round", b'"Round')),
        "sources.csv", 2, "",
        "terputus atau tanda kutipnya tidak ditutup", "a quotation mark is not closed",
    ),
    Breakage(
        "cut_row",
        _recoded("need.csv", lambda raw: raw[: raw.index(b"2023-02,food,60") + 9]),
        "need.csv", 5, "",
        "punya 4 sel, judulnya 6", "has 4 cells, the header has 6",
    ),
    Breakage(
        "cut_row",
        swap("provinces.csv", ("Pulau Barat", "Pulau Barat, besar")),
        "provinces.csv", 2, "",
        "sebuah sel memuat koma", "a cell holds a comma: put text in quotation marks",
    ),
    Breakage(
        "empty_file",
        write("production.csv", ""),
        "production.csv", 0, "",
        "Baris pertama harus berisi: province,commodity", "Its first line should be: province,",
    ),
    Breakage(
        "separator",
        _recoded("need.csv", lambda raw: raw.replace(b",", b"\t")),
        "need.csv", 1, "",
        "dipisahkan dengan tab", "separated by tabs",
    ),
    Breakage(
        "point_among_commas",
        _recoded("need.csv", lambda raw: b"\xef\xbb\xbf" + raw.replace(b",", b";").replace(b";40;", b";40.5;")),
        "need.csv", 2, "tonnes",
        "Tulis 40,5", "Write 40,5",
    ),
    Breakage(
        "figures_undecided",
        _recoded("need.csv", lambda raw: re.sub(rb";(40|60);", rb";4.000;", raw.replace(b",", b";"))),
        "need.csv", 2, "tonnes",
        "ribuan atau desimal: 4 atau 4000?", "thousands or decimals: is it 4 or 4000?",
    ),
    Breakage(
        "unit_unknown",
        _recoded("need.csv", lambda raw: raw.replace(b"tonnes", b"tonnes [ember]")),
        "need.csv", 1, "tonnes",
        'satuan "ember" tidak dikenal. Kolom ini', 'unit "ember" is not known. This column',
    ),
    Breakage(
        "unit_nearly",
        _recoded("need.csv", lambda raw: raw.replace(b"tonnes", b"tonnes [kwintall]")),
        "need.csv", 1, "tonnes",
        'Maksud Anda "kwintal"?', 'Did you mean "kwintal"?',
    ),
    Breakage(
        "unit_of_other_kind",
        _recoded("need.csv", lambda raw: raw.replace(b"tonnes", b"tonnes [TEU]")),
        "need.csv", 1, "tonnes",
        "tidak dapat diubah menjadi t", "cannot be turned into t",
    ),
    Breakage(
        "text_is_formula",
        swap("provinces.csv", ("Pulau Timur", "=1+1")),
        "provinces.csv", 3, "name",
        "akan dijalankan Excel", "Excel would run",
    ),
    Breakage(
        "unknown_table",
        write("produktion.csv", "a,b\n"),
        "produktion.csv", 0, "",
        'Maksud Anda "production.csv"?', 'Did you mean "production.csv"?',
    ),
    Breakage(
        "unknown_column",
        swap("production.csv", ("loss", "los")),
        "production.csv", 1, "los",
        'Maksud Anda "loss"?', 'Did you mean "loss"?',
    ),
    Breakage(
        "missing_column",
        swap("production.csv", ("tonnes", "tons")),
        "production.csv", 1, "tonnes",
        "kolom ini tidak ada. Tambahkan", "this column is missing. Add it; the sheet Guide",
        also=("unknown_column",),
    ),
    Breakage(
        "doubled_column",
        swap("production.csv", ("loss", "tonnes")),
        "production.csv", 1, "tonnes",
        "Hapus salah satu", "stands there twice. Remove one",
    ),
]  # fmt: skip

RULES = [
    _rule("origin=01;3", "unknown_code", "origin",
          '"3" tidak ada di provinces.csv', '"3" is not in provinces.csv'),
    _rule("good=bras", "unknown_code", "good",
          "Maksud Anda Beras (beras)?", '"bras" is not in commodities.csv'),
    _rule("period=2023-01;2023-05", "period_outside", "period",
          '"2023-05" di luar rentang', '"2023-05" is outside 2023-01 to 2023-02'),
    _rule("per=origin;destinatio", "not_a_choice", "per",
          'Maksud Anda "destination"?', 'Did you mean "destination"?'),
    _rule("sense==<", "not_a_choice", "sense",
          "Pilihan: paling banyak (<=), paling sedikit (>=), tepat (=)", "Choices: <=, >=, ="),
    _rule("sense==>", "not_a_choice", "sense", 'Maksud Anda ">="?', 'Did you mean ">="?'),
    _rule("measure=share bound=60% per=origin", "number_format", "bound", "Tulis 0.6", "Write 0.6"),
    _rule("penalty_idr=0", "not_above", "penalty_idr",
          "Tulis angka di atas 0", "Write a number above 0"),
    _rule("measure=share bound=60 per=origin", "not_a_share", "bound",
          "pecahan: 0.35, bukan 35", "a fraction: 0.35, not 35"),
    _rule("measure=share bound=0.6 destination=02", "rule_share_of_all", "measure",
          'aturan "janji" membatasi bagian dari seluruh kiriman', "or name one of them in per"),
    _rule("origin=02 destination=02", "rule_no_lane", "destination",
          'tidak ada "02". Yang ada: 01', 'none has "02". There are: 01'),
    Breakage(
        "rule_in_no_market",
        each(
            swap("commodities.csv", ("tonnes_per_teu", "max_days"), ("beras,1,20,", "beras,1,5,")),
            add("rules.csv", "rule,sense,bound,measure,source", "janji,<=,9,tonnes,rekaan"),
        ),
        "rules.csv", 2, "rule",
        "tidak ada komoditas yang dapat dikirim", "no commodity can travel on any arc",
    ),
    _rule("per=service", "rule_per_nothing", "per",
          "tidak ada jalur yang memilikinya", "is written for each service, but no lane has one"),
    _rule("sense=>= origin=01;02 destination=01;02 per=origin;destination", "rule_row_missing",
          "per", "meminta kiriman untuk 01 01, 02 02", "asks for cargo for 01 01, 02 02"),
    Breakage(
        "rule_without_payload",
        each(
            write("arcs.csv", "origin,destination,mode,idr_per_t,transit_days,source\n"
                  "01,02,sea,5,5,rekaan\n"),
            swap("commodities.csv", ("beras,1,20,", "beras,1,,")),
            add("rules.csv", "rule,sense,bound,measure,source", "muatan,<=,9,teu,rekaan"),
        ),
        "rules.csv", 2, "measure",
        "tonnes_per_teu dari beras kosong", "tonnes_per_teu of beras is blank",
    ),
    _rule("measure=tests", "rule_without_tests", "measure",
          "tests_per_t dari beras kosong", "tests_per_t of beras is blank or zero"),
    Breakage(
        "rule_out_of_scope",
        each(
            add("commodities.csv", "gula,gula,Gula,Sugar,,1,20,0,10000,rekaan"),
            swap("scenario.toml", ("[policy]", '[scope]\ncommodities = ["beras"]\n[policy]')),
            add("rules.csv", "rule,sense,bound,measure,commodity,source",
                "manis,<=,9,tonnes,gula;beras,rekaan"),
        ),
        "rules.csv", 2, "commodity",
        'tidak menghitung "gula"', 'does not count "gula": outside the [scope]',
    ),
]  # fmt: skip

BREAKAGES = [*CELLS, *ROWS, *RULES, *SERVICES, *SETTINGS, *ADJUSTS, *FILES]
