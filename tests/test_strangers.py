"""Files of strangers that are no files, lead elsewhere, or hold more or deeper than anything that is meant."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from broken_scenarios import copy_of, swap, told_of, write

from planner.brief.extract_text import read_html
from planner.brief.markup import in_quotes, plain, strip_marks
from planner.brief.render import to_html
from planner.errors import Problem
from planner.formats.safe_file import read_json, read_toml
from planner.scenario import read_scenario
from planner.scenario.checks.codes import file_name
from planner.schema.tables import TABLES

BASE_WITH_ADJUST = (
    '\n[[adjust]]\ntable = "need"\ncolumn = "tonnes"\nmultiply = 2\nsource = "rekaan"\n'
)
DEEP = "[" * 3000


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of("dua-pulau", tmp_path)


def first(folder: Path) -> Problem:
    return told_of(folder)[0]


def place(problem: Problem) -> tuple[str, str, int]:
    return problem.key, Path(problem.file).name, problem.line


def overlay(folder: Path, name: str, base: str, text: str = "") -> Path:
    (folder / name).mkdir()
    settings = f'{text}\n[scenario]\nextends = "{base}"\n'
    (folder / name / "scenario.toml").write_text(settings, encoding="utf-8")
    return folder / name


def test_a_number_without_end_is_told_with_its_line(copy: Path) -> None:
    swap("scenario.toml", ("periods = 2", "periods = " + "1" * 5000))(copy)
    assert place(first(copy)) == ("long_number", "scenario.toml", 8)


@pytest.mark.parametrize(
    "line", [f"x = {DEEP}", "x = " + "[" * 40 + "]" * 40, "a" + ".a" * 50_000 + " = 1"]
)
def test_brackets_and_keys_without_end_are_told_with_their_line(copy: Path, line: str) -> None:
    swap("scenario.toml", ("[policy]", f"{line}\n[policy]"))(copy)
    assert place(first(copy)) == ("too_deep", "scenario.toml", 11)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"a":[' * 20_000, "too_deep"),
        ("1" * 5000, "long_number"),
        ('{"a": Infinity}', "json_syntax"),
        ("{\n", "json_syntax"),
        ("[1]", "not_a_table"),
    ],
)
def test_json_that_cannot_be_meant_is_told(text: str, key: str) -> None:
    problems: list[Problem] = []
    assert (read_json(text, Path("x.json"), problems), problems[0].key) == (None, key)


def test_toml_as_people_write_it_is_read() -> None:
    problems: list[Problem] = []
    text = 'a.b.c = 1\nnote = "1.2.3, a.b.c"\nlists = [[1, 2], [3]]\n'
    found = read_toml(text, Path("x.toml"), problems)
    assert (found, problems) == (
        {"a": {"b": {"c": 1}}, "note": "1.2.3, a.b.c", "lists": [[1, 2], [3]]},
        [],
    )


@pytest.mark.parametrize("text", ["adjust = 5\n", 'adjust = "x"\n', "[adjust]\na = 1\n"])
def test_adjust_that_is_no_list_is_told(copy: Path, text: str) -> None:
    content = (copy / "scenario.toml").read_text(encoding="utf-8")
    adjust = text if text.startswith("adjust") else ""
    (copy / "scenario.toml").write_text(f"{adjust}{content}\n{text if not adjust else ''}")
    assert [problem.key for problem in told_of(copy)] == ["adjust_list"]
    assert told_of(copy)[0].line > 0


@pytest.mark.parametrize("text", ['adjust = "x"', "policy = 3", "limits = []"])
def test_what_a_base_in_the_middle_has_wrong_is_told_of_it(copy: Path, text: str) -> None:
    with (copy / "scenario.toml").open("a", encoding="utf-8") as end:
        end.write(BASE_WITH_ADJUST)
    middle = overlay(copy.parent, "middle", "../dua-pulau", text)
    top = overlay(copy.parent, "top", "../middle")
    with (top / "scenario.toml").open("a", encoding="utf-8") as end:
        end.write(f"{BASE_WITH_ADJUST}[policy]\ntolerance = 0.001\n[limits]\nnotes = []\n")
    found = first(top)
    assert (found.file, found.line) == (str(middle / "scenario.toml"), 1)


@pytest.mark.parametrize(
    "extends",
    ["/srv/base", "//server/share", "C:/base", "~/base", "https://x.org/base"],
)
def test_extends_starts_from_the_folder(copy: Path, extends: str) -> None:
    swap("scenario.toml", ("[scenario]", f'[scenario]\nextends = "{extends}"'))(copy)
    assert place(first(copy)) == ("extends_far", "scenario.toml", 2)


@pytest.mark.parametrize("extends", ["a\\u0000b", "..\\nasional", "..\\u0008base"])
def test_a_backslash_in_extends_that_became_another_letter_is_told(
    copy: Path, extends: str
) -> None:
    swap("scenario.toml", ("[scenario]", f'[scenario]\nextends = "{extends}"'))(copy)
    assert place(first(copy)) == ("backslash", "scenario.toml", 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", ["stocks.csv", "scenario.toml"])
def test_a_pipe_is_no_file(copy: Path, name: str) -> None:
    (copy / name).unlink()
    os.mkfifo(copy / name)
    assert place(first(copy)) == ("no_file", name, 0)


@pytest.mark.parametrize("target", ["/dev/zero", "../outside.csv"])
def test_a_link_that_leads_out_is_not_followed(copy: Path, target: str) -> None:
    write("../outside.csv", "secret\n")(copy)
    (copy / "stocks.csv").unlink()
    (copy / "stocks.csv").symlink_to(target)
    assert place(first(copy)) == ("leads_out", "stocks.csv", 0)


def test_a_link_within_the_folder_is_followed(copy: Path) -> None:
    (copy / "stocks.csv").rename(copy / "_kept.csv")
    (copy / "stocks.csv").symlink_to("_kept.csv")
    assert told_of(copy) == []


def test_a_table_larger_than_any_is_not_read(copy: Path) -> None:
    with (copy / "stocks.csv").open("wb") as file:
        file.truncate(300_000_000)
    assert place(first(copy)) == ("file_too_large", "stocks.csv", 0)


def test_a_table_with_more_cells_than_any_is_not_held(copy: Path) -> None:
    write("stocks.csv", ("," * 999 + "\n") * 3_100)(copy)
    assert place(first(copy)) == ("too_many_cells", "stocks.csv", 0)


@pytest.mark.parametrize("heading", ["(" * 120_000, "a" + " " * 120_000 + "(", "[(" * 60_000])
def test_a_heading_without_end_takes_no_time(copy: Path, heading: str) -> None:
    swap("stocks.csv", ("source", heading))(copy)
    start = time.process_time()
    problem = first(copy)
    assert problem.key == "unknown_column"
    assert (len(problem.column) <= 100, time.process_time() - start < 3) == (True, True)


BAD_CODES = [
    "beras/1", "../x", "x\\y", "beras:premium", "beras?", "a*b", '""a""', "a<b", "a>b", "a|b", "beras premium",
    "a\u00a0b", "a\u200bb", "a\u202eb", "a\x0bb", "con", "NUL", "com1", "Lpt9.x", "beras.", "a" * 61,
]  # fmt: skip


@pytest.mark.parametrize("code", BAD_CODES)
def test_a_code_that_no_file_can_be_called_is_told_with_its_cell(copy: Path, code: str) -> None:
    for table in ("commodities", "production", "need", "stocks"):
        file = copy / f"{table}.csv"
        head, *rows = file.read_text(encoding="utf-8").splitlines()
        cell = f'"{code}"' if '"' in code else code
        cells = [[cell if one == "beras" else one for one in row.split(",")] for row in rows]
        file.write_text("\n".join([head, *map(",".join, cells)]) + "\n", encoding="utf-8")
    told = told_of(copy)
    found = told[0]
    assert (*place(found), found.column) == (found.key, "commodities.csv", 2, "commodity")
    assert found.key in {"code_letters", "code_of_device", "code_too_long", "text_unseen"}
    spots = [(one.file, one.line, one.column) for one in told]
    assert spots.count((found.file, found.line, found.column)) == 1


@pytest.mark.parametrize("code", BAD_CODES)
def test_what_is_proposed_can_be_a_file_name(code: str) -> None:
    proposal = file_name(code)
    assert file_name(proposal) == proposal


@pytest.mark.parametrize(
    "code", ["beras", "32", "H-5", "bawang_merah", "Ünïkode", "a.b", "concord"]
)
def test_a_usual_code_stays_as_it_is(code: str) -> None:
    assert file_name(code) == code


def test_settings_of_any_type_end_in_a_message(copy: Path) -> None:
    sound = (copy / "scenario.toml").read_text(encoding="utf-8").splitlines()
    odd = ["5", "[]", '"x"', "{a = 1}", "1e400", "9" * 400, "nan", "[[1]]", "2023-01-01", "true"]
    keys = [n for n, line in enumerate(sound) if " = " in line and not line.startswith("#")]
    every = [(number, value) for number in keys for value in odd]
    for number, value in random.Random(7).sample(every, 25):
        line = f"{sound[number].partition(' = ')[0]} = {value}"
        lines = [*sound[:number], line, *sound[number + 1 :]]
        (copy / "scenario.toml").write_text("\n".join(lines), encoding="utf-8")
        assert all(problem.message("id") for problem in told_of(copy)), line


@pytest.mark.parametrize(
    "name", ['Minyak "Kita" 1 L', "a\\b", "A &lt; B", "$body$", "*x* _y_", "[l](u)"]
)
def test_a_name_reads_back_from_the_words_of_a_picture(name: str) -> None:
    markdown = f'![x](a.png){{alt="{in_quotes(strip_marks(plain(name)))}"}}'
    assert [alt for alt, _ in read_html(to_html(markdown)).alts] == [name]


def test_the_shipped_codes_can_be_file_names() -> None:
    scenario = read_scenario(Path(__file__).parents[1] / "scenarios" / "nasional-2023")
    for name in ("provinces", "commodities", "modes", "ports", "services", "rules", "recipes"):
        codes = scenario.tables[name].iloc[:, 0]
        assert [code for code in codes if file_name(code) != code] == [], TABLES[name].name
