"""What is meant by a name that stands for nothing: a hint at what there is, in one place.

A hint never guesses: it names what is near in spelling and of the same kind, or what people call so, or
says that a row is a sum or a title. Else it lists what there is, if that is short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import get_month_names

from planner.i18n import LANGUAGES, NAME, OTHER_NAMES, Phrase, text
from planner.i18n.similar_words import most_similar, plain
from planner.i18n.visible_text import quoted as cut
from planner.schema.synonyms import (
    find_choice,
    find_columns,
    find_mode,
    find_new_province,
    find_province,
    is_sum,
    is_title,
    ministry_code,
    remainder_of_split,
    translate_choice,
)
from planner.schema.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

CALLED = ("iso", NAME, *OTHER_NAMES)
"""The columns that say what a code is called, beside the code itself."""
MOST_LISTED = 12
"""Above so many known names none is listed."""
_NAME = 8
"""Words above which nothing is a name."""
_OTHER_MONTHS = {"agt": 8, "ags": 8, "peb": 2, "pebruari": 2, "nop": 11, "nopember": 11}
"""How else months are written in Indonesian offices."""
_NONE = Phrase()
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T][\d:.]+)?")
_ISO_DAY = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[ T][\d:.]+)?")
_MONTH_OF_CENTURY = re.compile(r"(\d{1,2})[-/.](\d{2})")
"""Days as people and Excel write them, and 01/23."""


def hint(
    asked: str,
    known: Iterable[str],
    *,
    listed: bool = True,
    told: Callable[[str], str] = str,
) -> Phrase:
    """Return the known name that is meant, or what there is.

    Parameters
    ----------
    asked
        What was typed.
    known
        All names of the same kind.
    listed
        Whether to list a few names where none is near.
    told
        Writes a name as the reader would.
    """
    names = list(dict.fromkeys(known))
    if found := most_similar(asked, names):
        return _meant(f'"{told(found)}"')
    return _listing([told(name) for name in names]) if listed else _NONE


def hint_of_choice(asked: str, choices: Iterable[str], where: str, table: str = "") -> Phrase:
    """Return the choice that is meant, also by its Indonesian word.

    Parameters
    ----------
    asked
        What was typed.
    choices
        The choices of a column or setting, which the message lists itself.
    where, table
        The column and its table, or the setting.
    """
    called = find_choice(asked, where, table)
    found = called or most_similar(asked, choices)
    return _meant(f'"{found}"') if found else Phrase("hint.choose")


@dataclass(frozen=True, slots=True)
class Choices(Phrase):
    """The choices of a column or setting, each as the reader's language writes it and, where it differs, as here.

    Parameters
    ----------
    choices
        As they are declared.
    where, table
        The column and its table, or the setting.
    """

    choices: tuple[str, ...] = ()
    where: str = ""
    table: str = ""

    def told(self, language: str) -> str:
        """Return the list, with a blank in front."""
        words = [
            translate_choice(choice, self.where, self.table, language) for choice in self.choices
        ]
        pairs = zip(words, self.choices, strict=True)
        both = [word if word == choice else f"{word} ({choice})" for word, choice in pairs]
        return f" {', '.join(both)}"


def hint_of_column(asked: str, names: Iterable[str]) -> Phrase:
    """Return the column that is meant, also by its Indonesian name."""
    known = list(names)
    called = next((name for name in find_columns(asked) if name in known), "")
    return _meant(f'"{called}"') if called else hint(asked, known)


def hint_of_table(asked: str) -> Phrase:
    """Return the table whose file is meant, also by the name of its sheet."""
    called = {text(f"sheet.{name}", other): name for name in TABLES for other in LANGUAGES}
    called |= {name: name for name in TABLES}
    found = most_similar(asked, [*TABLES]) or most_similar(asked, called) or _within(asked, called)
    return _meant(f'"{found}.csv"') if found else Phrase("hint.notes")


def hint_of_sheet(asked: str, there: Iterable[str] = ()) -> Phrase:
    """Return the sheet that is meant, by its name in either language, that of its file, or a longer name.

    Parameters
    ----------
    asked
        The name of a sheet that nobody knows.
    there
        The names of all sheets of its workbook.
    """
    kinds = (*TABLES, "scenario")
    titles = {text(f"sheet.{name}", other): name for name in kinds for other in LANGUAGES}
    called = {title.casefold(): title for title in titles}
    found = most_similar(asked, called) or most_similar(asked, [*kinds])
    found = found or _within(asked, called | {kind: kind for kind in kinds})
    if not found:
        return _NONE
    same = {found} | {title for title, kind in titles.items() if kind == titles.get(found, found)}
    if taken := next((title for title in there if title.strip() in same), ""):
        return Phrase("hint.belongs", {"sheet": taken})
    return _meant(f'"{found}"')


def _within(asked: str, called: Mapping[str, str]) -> str:
    """Return the one thing whose name is among the words of a longer one: Produksi Beras, stocks (1)."""
    words = f" {plain(asked).replace('_', ' ')} "
    found = {
        meant for name, meant in called.items() if f" {plain(name).replace('_', ' ')} " in words
    }
    return found.pop() if len(found) == 1 else ""


def hint_of_code(
    asked: str, table: str, rows: pd.DataFrame, name: str = "", *, of_row: bool = True
) -> Phrase:
    """Return the code that is meant, by its name, short or former name, or written as a number.

    Parameters
    ----------
    asked
        What stands in the place of a code.
    table
        The table that declares such codes.
    rows
        Its rows.
    name
        Its column of the codes; "" for the first.
    of_row
        Whether it stands in a row of a table, and was not asked for.
    """
    codes = [str(code) for code in (rows[name] if name else rows.iloc[:, 0])]
    labels = _labels(codes, rows)
    if alone := next((code for code in codes if asked.strip() == labels[code] != code), ""):
        return Phrase("hint.code_alone", {"code": alone})
    if found := _code_meant(asked, table, codes, rows):
        return _meant(labels[found])
    found_out = (
        _no_code(asked, rows, of_row=of_row) if table in {"provinces", "commodities"} else _NONE
    )
    if found_out != _NONE:
        return found_out
    listing = _listing([labels[code] for code in dict.fromkeys(codes)], quoted=False)
    if listing == _NONE:
        return Phrase("hint.declare") if of_row else Phrase("hint.see", {"table": table})
    return listing


def _code_meant(asked: str, table: str, codes: list[str], rows: pd.DataFrame) -> str:
    """Return the code that a name stands for; "" where none is sure."""
    known: dict[str, str] = {code: code for code in codes}
    for column in CALLED:
        if column in rows:
            for called, code in zip(rows[column].astype(str), codes, strict=True):
                known.setdefault(called, code)
    if found := _as_number(asked, codes) or _beside_name(asked, known):
        return found
    said = asked.strip()
    if table == "provinces" and not said.isdigit():
        said = re.sub(
            r"^(provinsi|propinsi|prov|prop)\b\.?\s*|\s*(\d\)|\*)+$", "", said, flags=re.IGNORECASE
        )
        if called := find_province(said):
            return most_similar(called, known)
    if table == "modes" and (called := find_mode(said, known)):
        return called
    if table in {"provinces", "commodities"} and is_sum(said):
        return ""
    return most_similar(said, known) or _of_initials(said, codes, rows)


def _no_code(asked: str, rows: pd.DataFrame, *, of_row: bool) -> Phrase:
    """Return what a row is that stands for no province or commodity of its own."""
    groups = {plain(str(group)) for group in rows.get("island_group", []) if group}
    if is_sum(asked) or plain(asked) in groups:
        return Phrase("hint.sum" if of_row else "hint.sum_asked")
    names = {plain(str(name)) for name in rows.get("name", [])}
    entry = find_new_province(asked)
    if entry and plain(entry.parent) in names:
        other = ministry_code(asked.strip()) if asked.strip().isdigit() else ""
        values = {"name": entry.name, "bps": entry.bps, "parent": entry.parent, "other": other}
        return Phrase(
            "hint.founded_code" if other and other != entry.name else "hint.founded", values
        )
    wider = remainder_of_split(asked)
    if wider and plain(wider) in names:
        return Phrase("hint.wider", {"asked": asked.strip(), "name": wider})
    if of_row and (is_title(asked) or len(asked.split()) > _NAME):
        return Phrase("hint.title")
    return _NONE


def hint_of_period(asked: str, labels: Iterable[str], *, listed: bool = True) -> Phrase:
    """Return the period that is meant by Januari 2023, Jan-23 or a day; both by 2/1/2023; else their span."""
    known = list(labels)
    if found := [label for label in _months_meant(asked) if label in known]:
        values = {"first": found[0], "other": found[-1]}
        return _meant(found[0]) if len(found) == 1 else Phrase("hint.either", values)
    if not _month_of(asked) and (alike := most_similar(asked, known)):
        return _meant(alike)
    return Phrase("hint.span", {"first": known[0], "last": known[-1]}) if listed else _NONE


def _months_meant(asked: str) -> list[str]:
    """Return the months that a text may mean, as 2023-01: two for 2/1/2023, where a day may come first or last."""
    said = asked.strip()
    if day := _DAY.fullmatch(said):
        year, months = day[3], [day[2], day[1]]
    elif day := _ISO_DAY.fullmatch(said):
        year, months = day[1], [day[2]]
    elif short := _MONTH_OF_CENTURY.fullmatch(said):
        year, months = short[2], [short[1]]
    else:
        years = re.findall(r"(?<!\d)\d{4}(?!\d)", said) or re.findall(r"\D(\d{2})$", said)
        year, months = years[0] if len(years) == 1 else "", [str(_month_of(said))]
    full = f"20{year}" if len(year) == 2 else year
    found = [f"{full}-{int(month):02d}" for month in months if 1 <= int(month) <= 12]
    return list(dict.fromkeys(found))


def _month_of(asked: str) -> int:
    """Return the number of the month that a text names, in either language or in digits; 0 for none."""
    said = plain(asked).split()
    for language in LANGUAGES:
        for number, name in get_month_names("wide", locale=language).items():
            if any(len(word) >= 3 and plain(name).startswith(word) for word in said):
                return int(number)
    for word in said:
        if word in _OTHER_MONTHS:
            return _OTHER_MONTHS[word]
    small = [int(part) for part in said if part.isdigit() and len(part) <= 2]
    return small[0] if len(small) == 1 and 1 <= small[0] <= 12 else 0


def _labels(codes: list[str], rows: pd.DataFrame) -> dict[str, str]:
    """Return how a hint writes each code: with its name where there is one."""
    if "name" not in rows:
        return {code: code for code in codes}
    pairs = zip(codes, rows["name"].astype(str), strict=True)
    return {code: f"{name} ({code})" if name not in {"", code} else code for code, name in pairs}


def _as_number(asked: str, codes: Iterable[str]) -> str:
    """Return the code that a spreadsheet turned into a number: 1 or 1.0 for 01, 31.0 for 31."""
    number = re.fullmatch(r"0*(\d+)([.,]0*)?", asked.strip())
    found = [code for code in codes if number and re.fullmatch(rf"0*{number[1]}", code)]
    return found[0] if len(found) == 1 else ""


def _beside_name(asked: str, known: Mapping[str, str]) -> str:
    """Return the code that stands beside its own name: 31 - DKI Jakarta, Bali (51)."""
    code = re.search(r"\d+", asked)
    if not code or plain(asked) == code[0]:
        return ""
    name = plain(asked.replace(code[0], " "))
    named = most_similar(find_province(name) or name, known)
    return named if named == code[0] else ""


def _of_initials(asked: str, codes: list[str], rows: pd.DataFrame) -> str:
    """Return the code of the one name with these initials, three at least."""
    if "name" not in rows or len(asked) < 3:
        return ""
    letters = zip(initials(rows["name"].astype(str)), codes, strict=True)
    found = [code for said, code in letters if said.casefold() == asked.casefold()]
    return found[0] if len(found) == 1 else ""


def initials(names: pd.Series[str]) -> pd.Series[str]:
    """Return the first letters of each name."""
    return names.str.findall(r"\b\w").str.join("")


def _meant(told: str) -> Phrase:
    return Phrase("hint.meant", {"nearest": told})


def _listing(names: list[str], *, quoted: bool = True) -> Phrase:
    """List what there is, if that is short."""
    if not names or len(names) > MOST_LISTED:
        return _NONE
    return Phrase(
        "hint.known", {"known": ", ".join(f'"{cut(n)}"' if quoted else cut(n) for n in names)}
    )
