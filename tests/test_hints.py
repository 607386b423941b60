"""A hint names what is near and of the same kind, or what people call so; it never guesses."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import SCENARIOS

import planner
from planner.charts import MENU
from planner.formats.hints import (
    hint,
    hint_of_choice,
    hint_of_code,
    hint_of_column,
    hint_of_period,
    hint_of_sheet,
    hint_of_table,
)
from planner.i18n import LANGUAGES, Phrase
from planner.i18n.similar_words import most_similar
from planner.scenario import TABLES, Scenario
from planner.scenario.lookup import find_code
from planner.schema.synonyms import find_choice, translate_choice
from planner.units import UnitError, factor

TYPED = [
    (row["where"], row["typed"], row["hint"])
    for row in csv.DictReader(
        (Path(__file__).parent / "hints.csv").read_text(encoding="utf-8").splitlines()
    )
]
"""Where it was typed, what, and what is hinted at: a name, or the kind of what is said instead."""
SETTINGS = {
    "length": ["week", "month", "quarter", "year"],
    "closing": ["opening", "free", "closing_t"],
    "freight": ["low", "central", "high"],
}


@pytest.fixture(scope="module")
def nation() -> Scenario:
    return planner.read_scenario(SCENARIOS / "nasional-2023")


def said(phrase: Phrase) -> str:
    """Return what a hint names, or else its kind."""
    if phrase.key == "hint.meant":
        return str(phrase.values["nearest"]).strip('"')
    return phrase.key.removeprefix("hint.") or "none"


def of_unit(typed: str) -> Phrase:
    with pytest.raises(UnitError) as caught:
        factor(typed, "t")
    nearest = caught.value.nearest
    return Phrase("hint.meant", {"nearest": nearest}) if nearest else Phrase()


def asked(nation: Scenario, where: str) -> Callable[[str], Phrase]:
    table, _, column = where.partition(".")
    if table == "settings":
        return lambda typed: hint_of_choice(typed, SETTINGS[column], column)
    if table == "columns":
        return lambda typed: hint_of_column(typed, TABLES[column].names)
    if column:
        choices = TABLES[table].column(column).choices
        return lambda typed: hint_of_choice(typed, choices, column, table)
    ways: dict[str, Callable[[str], Phrase]] = {
        "tables": hint_of_table,
        "sheets": hint_of_sheet,
        "units": of_unit,
        "periods": lambda typed: hint_of_period(typed, nation.horizon.labels),
        "charts": lambda typed: hint(typed, MENU, listed=False),
    }
    return ways.get(table, lambda typed: hint_of_code(typed, table, nation.tables[table]))


def test_there_are_many_of_each_kind() -> None:
    assert len(TYPED) >= 150
    assert len({where for where, _, _ in TYPED}) >= 15


@pytest.mark.parametrize(("where", "typed", "wanted"), TYPED)
def test_what_was_typed_gets_the_right_hint_or_none(
    nation: Scenario, where: str, typed: str, wanted: str
) -> None:
    assert said(asked(nation, where)(typed)) == wanted


def test_no_province_is_a_slip_of_another(nation: Scenario) -> None:
    names = list(nation.tables["provinces"]["name"])
    others = {
        name: most_similar(name, [other for other in names if other != name]) for name in names
    }
    assert {name: found for name, found in others.items() if found} == {}


def test_a_code_is_never_a_slip_of_another(nation: Scenario) -> None:
    for table in ("provinces", "sources", "ports", "modes"):
        codes = list(nation.tables[table].iloc[:, 0])
        numbered = [code for code in codes if any(letter.isdigit() for letter in code)]
        digits = [code.translate(str.maketrans("123456789", "234567891")) for code in numbered]
        strangers = [code for code in digits if code not in codes]
        assert [code for code in strangers if most_similar(code, codes)] == []


@pytest.mark.parametrize("name", ["Jatim", "DIY", "NAD", "Babel", "jakarta", "kepri"])
def test_a_short_name_is_an_answer_where_a_province_is_asked_for(
    nation: Scenario, name: str
) -> None:
    assert find_code(nation, "provinces", name) in nation.provinces


def test_a_made_up_place_is_not_taken_for_a_province_of_indonesia() -> None:
    provinces = planner.read_scenario(SCENARIOS / "dua-pulau").tables["provinces"]
    assert said(hint_of_code("NTT", "provinces", provinces)) == "known"
    assert said(hint_of_code("95", "provinces", provinces)) == "known"
    assert said(hint_of_code("1", "provinces", provinces)) == "Pulau Barat (01)"
    assert said(hint_of_code("2.0", "provinces", provinces)) == "Pulau Timur (02)"


def test_the_words_for_a_choice_go_both_ways() -> None:
    for table in TABLES.values():
        for column in table.columns:
            for choice in column.choices:
                word = translate_choice(choice, column.name, table.name, "id")
                back = find_choice(word, column.name, table.name)
                assert word == choice or back == choice


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_is_a_sentence_of_the_language(nation: Scenario, language: str) -> None:
    told = hint_of_code("Papua Tengah", "provinces", nation.tables["provinces"]).told(language)
    assert told.startswith(" Papua Tengah")
    assert told.endswith(".")
