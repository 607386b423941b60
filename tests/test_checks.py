"""Every kind of problem is found where it is, said with its remedy, and nothing else is said."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from broken_scenarios import BREAKAGES, SCENARIOS, Breakage, add, copy_of, drop, swap, told_of
from planted_errors import FORTY, UNLIKE
from pydantic import ValidationError
from pydantic_core import InitErrorDetails
from typing_slips import TOLD_BY

import planner
from planner import InputError
from planner.errors import Problem, format_problems
from planner.formats.raw_scenario import Folder
from planner.i18n import keys
from planner.scenario import examine
from planner.scenario.settings_problems import setting_problems

type Broken = tuple[Breakage, list[Problem]]

OWN = {
    "no_folder",
    "nation_unbalanced",
    "setting_wrong",
    "unreadable",
    *TOLD_BY,
    *(error.key for error in [*FORTY, *UNLIKE]),
}
"""Kinds that need no change of `dua-pulau`: see below, `test_bad_files.py` and `test_forty_errors.py`."""

ELSEWHERE = (
    "frame_",
    "doubled_row",
    "run_",
    "no_run",
    "compare_",
    "merge_",
    "proof_",
    "certificate_",
    "parcel_",
    "zip_",
    "sheet_too",
    "not_a_day",
    "brief_",
    "no_brief",
    "never_",
    "manifest_",
    "outline_",
    "weight_",
)
"""Kinds of run folders, merging, published balances, traders, outlines and prices for never: see their own tests."""

OF_STRANGERS = {
    "adjust_list", "backslash", "code_letters", "code_of_device", "code_too_long", "extends_far", "file_too_large",
    "is_run", "json_syntax", "leads_out", "long_number", "not_a_table", "too_deep", "too_many_cells",
}  # fmt: skip
"""Kinds of files made elsewhere: see `test_strangers.py`, `test_messages.py`, `test_run_folder_asked.py`."""

OF_OFFICES = {
    "adjust_blank", "curly_quotes", "hidden_row", "need_not_covered", "no_figure", "no_figure_blank",
    "no_figure_or_nought", "no_limit", "no_limit_here", "not_above_or_blank", "signed_nowhere", "title_above",
    "too_low_or_blank",
}  # fmt: skip
"""Kinds of what offices write for a figure, a month or a heading: see `test_as_offices_write.py`, `test_answers.py`."""

OF_BOOKS = {
    "book_broken", "book_kind", "cell_error", "date_for_number", "doubled_sheet",
    "figures_as_text", "formula_without_value", "hidden_sheet", "merged_cells", "nameless_column", "no_book", "no_cell",
    "no_head", "no_sheet", "no_such_sheet", "number_as_text", "too_many_rows", "unknown_sheet",
}  # fmt: skip
"""Kinds that are wrong with workbooks: see `test_workbook.py`, `test_figures.py`, `test_published_balances.py`."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(b, id=f"{b.key}: {b.english[:20]}") for b in BREAKAGES],
)
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """A breakage, and all that is told of it."""
    folder = copy_of("dua-pulau", tmp_path_factory.mktemp("broken"))
    request.param.change(folder)
    return request.param, told_of(folder)


def test_a_problem_names_its_file_line_and_column(broken: Broken) -> None:
    breakage, problems = broken
    problem = breakage.of(problems)
    place = Path(problem.file).name, problem.line, problem.column
    assert place == (breakage.file, breakage.line, breakage.column)


def test_a_problem_is_said_in_indonesian(broken: Broken) -> None:
    breakage, problems = broken
    assert breakage.indonesian in breakage.of(problems).message("id")


def test_a_problem_is_said_in_english(broken: Broken) -> None:
    breakage, problems = broken
    assert breakage.english in breakage.of(problems).message("en")


def test_one_mistake_raises_no_other_alarm(broken: Broken) -> None:
    breakage, problems = broken
    assert {problem.key for problem in problems} == {breakage.key, *breakage.also}


def test_every_kind_of_problem_has_its_breakage() -> None:
    known = {key.removeprefix("problem.") for key in keys() if key.startswith("problem.")}
    of_scenarios = {key for key in known if not key.startswith(ELSEWHERE)}
    assert {
        breakage.key for breakage in BREAKAGES
    } | OWN | OF_BOOKS | OF_STRANGERS | OF_OFFICES == of_scenarios


def test_the_place_is_written_out_in_the_message(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", ("130", "-200"))(folder)
    place = f"{folder / 'production.csv'}, baris 2, kolom tonnes: "
    assert told_of(folder)[0].message("id").startswith(place)


@pytest.mark.parametrize("name", sorted(p.name for p in SCENARIOS.iterdir() if p.is_dir()))
def test_a_scenario_of_ours_has_no_problem(name: str) -> None:
    assert not [problem.key for problem in told_of(SCENARIOS / name) if problem.blocking]


def test_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("need.csv", ("food", "fod"))(folder)
    swap("arcs.csv", ("01,02", "01,09"))(folder)
    swap("scenario.toml", ("closing", "closng"))(folder)
    swap("production.csv", ("loss", "los"), (",130,", ",abc,"))(folder)
    found = {(Path(problem.file).stem, problem.key) for problem in told_of(folder)}
    cells = {("need", "not_a_choice"), ("arcs", "unknown_code"), ("production", "not_a_number")}
    heads = {("production", "unknown_column"), ("scenario", "setting_unknown")}
    assert found == cells | heads


@pytest.mark.parametrize("code", ["", "=cmd()"])
def test_a_wrong_code_is_told_where_it_is_declared_and_not_where_it_is_used(
    tmp_path: Path, code: str
) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("provinces.csv", ("02,Pulau Timur", f"{code},Pulau Timur"))(folder)
    assert [(Path(p.file).name, p.line) for p in told_of(folder)] == [("provinces.csv", 3)]


def test_an_unreadable_toml_does_not_hide_wrong_cells(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    drop("scenario.toml")(folder)
    swap("production.csv", ("130", "abc"))(folder)
    assert [problem.key for problem in told_of(folder)] == ["no_settings", "not_a_number"]


def test_a_missing_base_does_not_hide_wrong_cells(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("scenario.toml", ("[scenario]", '[scenario]\nextends = "nowhere"'))(folder)
    swap("production.csv", ("130", "abc"))(folder)
    assert [problem.key for problem in told_of(folder)] == ["no_base", "not_a_number"]


def test_a_scenario_with_a_problem_is_not_read(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", ("130", "abc"))(folder)
    with pytest.raises(InputError, match="Nothing was solved"):
        planner.read_scenario(folder)


def test_a_remark_does_not_stop_a_scenario(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    next(b for b in BREAKAGES if b.key == "dot_groups").change(folder)
    assert examine(folder)[0] is not None


def test_the_same_mistake_in_many_rows_is_told_once(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", *[("rekaan", "rekan")] * 4)(folder)
    assert len(format_problems(told_of(folder))) == 1


def test_a_mistake_told_once_names_its_lines(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", *[("rekaan", "rekan")] * 4)(folder)
    assert ", baris 2, 3, 4, 5, kolom source: " in format_problems(told_of(folder))[0]


def test_of_very_many_lines_only_the_first_are_named(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    add("sources.csv", *[f"s{i},guess,,t,,," for i in range(30)])(folder)
    assert (
        "lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 ... (30 lines)"
        in format_problems(told_of(folder), "en")[0]
    )


def test_the_last_line_counts_problems_and_files(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("production.csv", ("130", "abc"), ("2023-02,30", "2023-02,xyz"))(folder)
    swap("need.csv", ("food", "fod"))(folder)
    with pytest.raises(InputError) as caught:
        planner.read_scenario(folder)
    assert caught.value.message("id").splitlines()[-1].startswith("3 masalah dalam 2 berkas.")


def test_a_mistake_in_a_base_is_told_of_the_base(tmp_path: Path) -> None:
    base, top = copy_of("dua-pulau", tmp_path), tmp_path / "overlay"
    swap("production.csv", ("130", "abc"))(base)
    top.mkdir()
    head = '[scenario]\nextends = "../dua-pulau"\ntitle = { id = "a", en = "a" }'
    add("scenario.toml", head)(top)
    assert Path(told_of(top)[0].file).resolve() == base / "production.csv"


@pytest.mark.parametrize("where", ["3", "{ province = 3 }"])
def test_a_wrong_setting_of_a_base_is_told_once(tmp_path: Path, where: str) -> None:
    base, top = copy_of("dua-pulau", tmp_path), tmp_path / "overlay"
    entry = f'[[adjust]]\ntable = "production"\ncolumn = "tonnes"\nwhere = {where}\nmultiply = 2'
    add("scenario.toml", entry, 'source = "rekaan"')(base)
    top.mkdir()
    head = '[scenario]\nextends = "../dua-pulau"\ntitle = { id = "a", en = "a" }'
    add("scenario.toml", head)(top)
    assert [(Path(p.file).resolve().parent, p.line) for p in told_of(top)] == [(base, 22)]


def test_a_wrong_setting_that_no_sentence_is_made_for_is_told_all_the_same() -> None:
    fault = InitErrorDetails(type="bool_type", loc=("scenario", "language"), input=3)
    error = ValidationError.from_exception_data("Settings", [fault])
    folder = Folder(Path("here"), "[scenario]\nlanguage = 3\n", {})
    (problem,) = setting_problems(error, [folder])
    assert (problem.key, problem.line) == ("setting_wrong", 2)
    assert 'the value "3" cannot be used' in problem.message("en")


def test_an_error_survives_pickling(tmp_path: Path) -> None:
    error = InputError(told_of(tmp_path / "nowhere"))
    assert pickle.loads(pickle.dumps(error)).message("en") == error.message("en")


def test_a_wrong_adjust_is_told_together_with_wrong_cells_elsewhere(tmp_path: Path) -> None:
    folder = copy_of("dua-pulau", tmp_path)
    swap("need.csv", (",60,", ",-60,"))(folder)
    entry = '[[adjust]]\ntable = "arcs"\ncolumn = "capacity"\nwhere = { mode = "kapall" }\n'
    with (folder / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write(f'{entry}multiply = 2\nsource = "rekaan"\n')
    assert {problem.key for problem in examine(folder)[1]} == {"too_low", "adjust_value"}
