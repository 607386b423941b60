"""What people call things: short and former names, sums and titles, Indonesian words for a choice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from planner.i18n.similar_words import plain

_FORMULA = re.compile(r"\W?[A-Za-z.]+\(\$?[A-Za-z]{1,3}\$?[0-9].*\)")


class NewProvince(NamedTuple):
    """A province that was cut from another in 2022.

    Parameters
    ----------
    name, parent
        In Indonesian.
    bps, home_affairs
        Its code in the tables of BPS, and in those of the Ministry of Home Affairs.
    called
        Other names.
    """

    name: str
    parent: str
    bps: str
    home_affairs: str
    called: tuple[str, ...]


def find_province(asked: str) -> str:
    """Return the name of the province that has `asked` as its short or former name; "" for none."""
    return str(_aliases().get(plain(asked), ""))


def remainder_of_split(asked: str) -> str:
    """Return the province that is left of a former larger one of that name; "" for none."""
    found = {plain(old): new for old, new in _called()["wider"].items()}
    return str(found.get(plain(asked), ""))


def find_new_province(asked: str) -> NewProvince | None:
    """Return the province of 2022 that is called so; by a code only that of BPS, or 93."""
    for entry in _called()["founded"]:
        found = NewProvince(**{**entry, "called": tuple(entry["called"])})
        codes = {found.bps} | ({found.home_affairs} - _codes_of_bps())
        if plain(asked) in {plain(name) for name in (found.name, *found.called)} | codes:
            return found
    return None


def ministry_code(code: str) -> str:
    """Return the province of Papua that the Ministry of Home Affairs gives a code; "" for none."""
    names = {entry["home_affairs"]: entry["name"] for entry in _called()["founded"]}
    return str({**_called()["home_affairs"], **names}.get(code, ""))


def is_sum(asked: str) -> bool:
    """Return whether a row of that name adds up others; a formula of a spreadsheet such as SUM(A1) is no name."""
    if _FORMULA.fullmatch(asked.strip()):
        return False
    sums, said = _called()["sums"], plain(asked)
    if said in {*sums["names"], *sums["codes"]} or said.removeprefix("pulau ") in sums["names"]:
        return True
    return any(said == word or said.startswith(f"{word} ") for word in sums["words"])


def is_title(asked: str) -> bool:
    """Return whether a row that begins so is the heading of a table, or a note below it."""
    first = plain(asked).split()[:1]
    numbered = asked.strip().startswith("(") and asked.strip("() ").isdigit()
    return numbered or (bool(first) and first[0] in _called()["titles"]["words"])


def says_no_figure(cell: str) -> bool:
    """Return whether a cell says in words or signs that there is no figure: a dash, n/a, nihil."""
    return cell.strip().casefold() in _called()["figures"]["none"]


def says_no_limit(cell: str) -> bool:
    """Return whether a cell says in words that there is no limit."""
    return cell.strip().casefold() in _called()["figures"]["unlimited"]


def find_mode(asked: str, codes: Mapping[str, str]) -> str:
    """Return the one of `codes` that an Indonesian word for a mode stands for; "" for none or two."""
    found = [code for code in _called()["modes"].get(plain(asked), []) if code in codes]
    return found[0] if len(found) == 1 else ""


def find_choice(asked: str, where: str, table: str = "") -> str:
    """Return the choice that an Indonesian word stands for in a column or setting; "" for none."""
    choices = _called()["choices"]
    words = choices.get(f"{table}.{where}", choices.get(where, {}))
    return str(
        {word.casefold(): choice for word, choice in words.items()}.get(asked.casefold(), "")
    )


def translate_choice(choice: str, where: str, table: str, language: str) -> str:
    """Return a choice in the words of a language; what is no choice stays as it is."""
    choices = _called()["choices"]
    words = choices.get(f"{table}.{where}", choices.get(where, {})) if language == "id" else {}
    return next((word for word, meant in words.items() if meant == choice), choice)


def find_columns(asked: str) -> list[str]:
    """Return the columns that an Indonesian heading may stand for."""
    return [*_called()["columns"].get(plain(asked), [])]


@cache
def _called() -> dict[str, Any]:
    file = resources.files(__package__) / "synonyms.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _aliases() -> dict[str, str]:
    names = _called()["provinces"]
    return {plain(alias): name for name, aliases in names.items() for alias in aliases}


@cache
def _codes_of_bps() -> set[str]:
    return {entry["bps"] for entry in _called()["founded"]}
