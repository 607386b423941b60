"""What a message shows of the input, how much of it, and which remedy it offers for which cause."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from catalogue_words import entries
from processes import SCENARIOS, planner

from planner.errors import MOST_TOLD, InputError, OutputError, Problem, format_problems
from planner.i18n import LANGUAGES
from planner.i18n.visible_text import MOST_LETTERS, UNWANTED, quoted, visible
from planner.scenario import examine

FIRST = SCENARIOS / "dua-pulau"
REMEDIES = {
    "--solver": {"solve.", "algorithm."},
    "Notepad": {"problem.not_utf8_text"},
    "free some room": {"command.no_room"},
    "kosongkan ruang": {"command.no_room"},
    "CSV UTF-8": {
        "problem.not_utf8",
        "problem.separator",
        "problem.zip_as_text",
        "problem.passed_over",
    },
}
"""Remedies of one cause, and the sentences (or families of them) that are about that cause."""
STEERING = "\x1b[2J\x1b[31m"


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(FIRST, folder)
    written = (folder / file).read_text(encoding="utf-8")
    assert old in written
    (folder / file).write_text(written.replace(old, new, 1), encoding="utf-8")
    return folder


def keys_of(folder: Path) -> list[str]:
    return [problem.key for problem in examine(folder)[1] if problem.blocking]


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_remedy_is_offered_for_its_cause_only(remedy: str) -> None:
    places = {
        key
        for key, entry in entries().items()
        if any(remedy in entry[language] for language in LANGUAGES) and not key.startswith("help.")
    }
    strangers = {key for key in places if not key.startswith(tuple(REMEDIES[remedy]))}
    assert places
    assert strangers == set()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "it is not allowed"),
        (errno.EROFS, "it is not allowed"),
        (errno.ENAMETOOLONG, "is too long"),
        (errno.ENOTDIR, "a file stands where a folder should be"),
        (errno.EIO, "choose another folder"),
    ],
)
def test_what_cannot_be_written_has_the_remedy_of_its_reason(number: int, said: str) -> None:
    message = OutputError.of(Path("out"), OSError(number, os.strerror(number))).message("en")
    assert said in message
    assert ("free some room" in message) == (number == errno.ENOSPC)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"PK\x03\x04\x14\x00\xff\xfe workbook", "zip_as_text"),
        (b"\x00\x01\x02\xff\xfe\x00", "not_text"),
        ("Banyuwangi é".encode("latin-1"), "not_utf8"),
        ("a,b".encode("utf-16"), "not_utf8"),
    ],
)
def test_a_file_in_no_letters_of_ours_is_told_by_what_it_is(
    tmp_path: Path, content: bytes, key: str
) -> None:
    folder = tmp_path / "bad"
    shutil.copytree(FIRST, folder)
    (folder / "stocks.csv").write_bytes(content)
    assert key in keys_of(folder)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("01\x1b[2J", r"01\x1b[2J"),
        ("02\u202e", "02<U+202E>"),
        ("01\u200b", "01<U+200B>"),
        ("\ufeff01", "<U+FEFF>01"),
        ("Jawa\u00a0Barat", "Jawa<U+00A0>Barat"),
        ("a\tb\nc", r"a\tb\nc"),
        ("a\x0bb\x00", r"a\x0bb\x00"),
        ("Kabupaten Pañé 中", "Kabupaten Pañé 中"),
    ],
)
def test_what_cannot_be_seen_is_named(words: str, shown: str) -> None:
    assert (visible(words), quoted(words)) == (shown, shown)


def test_a_long_value_is_cut() -> None:
    message = Problem("not_a_number", "f.csv", 2, "tonnes", {"value": "x" * 100_000}).message("en")
    assert "x" * MOST_LETTERS + '..." is not a number' in message
    assert "x" * (MOST_LETTERS + 1) not in message


def test_a_column_of_a_stranger_is_cut_too() -> None:
    column = "y" * 100_000 + STEERING
    assert len(Problem("unknown_column", "f.csv", 1, column, {"hint": ""}).message("en")) < 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_input_steers_the_terminal(tmp_path: Path, language: str) -> None:
    folder = changed(tmp_path / "bad", "production.csv", "01,beras", f"01{STEERING},beras")
    done = planner("check", folder, "--language", language)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert r"01\x1b[2J\x1b[31m" in done.stderr


@pytest.mark.parametrize("sign", ["\x0b", "\x1b", "\x07", "\u202e", "\u200b", "\u2028", "\x85"])
def test_a_name_holds_nothing_that_is_not_seen(tmp_path: Path, sign: str) -> None:
    folder = changed(tmp_path / "bad", "provinces.csv", "Pulau Barat", f"Pulau{sign}Barat")
    (problem,) = [problem for problem in examine(folder)[1] if problem.blocking]
    assert (problem.key, problem.line, problem.column) == ("text_unseen", 2, "name")
    assert visible(sign) in problem.message("id")


def test_a_title_holds_nothing_that_is_not_seen(tmp_path: Path) -> None:
    folder = changed(tmp_path / "bad", "scenario.toml", "Two islands", r"Two\u001b[2J islands")
    (problem,) = [problem for problem in examine(folder)[1] if problem.blocking]
    assert (problem.key, problem.column) == ("text_unseen", "scenario.title.en")
    assert r"\x1b" in problem.message("en")


@pytest.mark.parametrize("command", ["check", "run", "template", "convert", "balance"])
def test_every_command_refuses_what_a_workbook_cannot_hold(tmp_path: Path, command: str) -> None:
    folder = changed(tmp_path / "bad", "provinces.csv", "Pulau Barat", "Pulau\x0bBarat")
    out = tmp_path / "out.xlsx"
    words = {
        "run": (folder, "--out", tmp_path / "out"),
        "template": (out, "--scenario", folder),
        "convert": (folder, out),
    }
    done = planner(command, *words.get(command, (folder,)), "--language", "en")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert r"Pulau\x0bBarat" in done.stderr


def test_a_note_may_have_lines_and_letters_of_any_language() -> None:
    assert UNWANTED.search("baris satu\nbaris\tdua\r\nتجارة 中文 é") is None


def many(count: int, key: str = "not_a_number") -> list[Problem]:
    return [Problem(key, "f.csv", i, "tonnes", {"value": f"x{i}"}) for i in range(1, count + 1)]


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (20, 20), (21, 21), (500, 21)])
def test_at_most_twenty_of_a_kind_are_told_and_the_rest_counted(count: int, lines: int) -> None:
    said = format_problems(many(count), "en")
    assert len(said) == lines
    assert (f"and {count - MOST_TOLD} more of one kind" in said[-1]) == (count > MOST_TOLD)


def test_each_kind_has_its_own_twenty() -> None:
    said = format_problems(many(30) + many(3, "not_whole"), "en")
    assert sum("whole number" in line for line in said) == 3


def test_the_count_of_problems_is_that_of_all() -> None:
    assert (
        InputError(many(500))
        .message("en")
        .endswith("500 problem(s) in 1 file(s). Nothing was solved.")
    )


def test_check_shows_them_all_where_asked(tmp_path: Path) -> None:
    rows = "".join(f"X{i},beras,2023-01,1,,rekaan\n" for i in range(30))
    folder = tmp_path / "bad"
    shutil.copytree(FIRST, folder)
    with (folder / "production.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    few, everything = (planner("check", folder, *more).stderr for more in ((), ("--all",)))
    assert few.count("tidak ada di provinces.csv") == MOST_TOLD
    assert "--all" in few
    assert everything.count("tidak ada di provinces.csv") == 30


@pytest.mark.parametrize(
    "extends",
    [r'"..\nasional-2023"', r'"..\base"', r'"C:\Users\budi\nasional"', r"'..\dua-pulau'", r'"..\data"',
     r'"C:\temp\rencana"', r'"D:\xyz"'],
)  # fmt: skip
def test_a_path_of_windows_in_extends_gets_one_sentence(tmp_path: Path, extends: str) -> None:
    (tmp_path / "scenario.toml").write_text(f"[scenario]\nextends = {extends}\n", encoding="utf-8")
    problems = examine(tmp_path)[1]
    assert [(problem.key, problem.line) for problem in problems] == [("backslash", 2)]
    assert "/" in problems[0].message("id")
