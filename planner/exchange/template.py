"""An empty workbook to fill in: it extends a scenario, so what is left blank stays as it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from planner.exchange.book import write_book
from planner.exchange.declared import declared_of
from planner.language import LANGUAGES, text
from planner.plain_json import as_json
from planner.runs import whole_file
from planner.scenario import Scenario
from planner.scenario.files import Folder
from planner.scenario.schema import TABLES

_SETTINGS = """\
[scenario]
title.id = {title_id}
title.en = {title_en}
extends = {extends}
data_date = {date}
language = {language}

[horizon]
# start =
# periods =
# length =

[scope]
# commodities =
# focus =

[policy]
# stages =
# closing =
# freight =
"""


def write_template(scenario: Scenario, place: Path, out: Path, language: str) -> None:
    """Write a workbook with one empty sheet a table.

    Parameters
    ----------
    scenario
        Whose codes the drop-downs offer and whose rows the examples show.
    place
        Where it stands; the workbook extends it.
    out
        The workbook.
    language
        ``"id"`` or ``"en"``: of sheets and headings.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    folder = Folder(out, _settings(scenario, place, out, language), None)
    for table in TABLES.values():
        folder.headers[table.name] = list(table.names)
        folder.tables[table.name] = pd.DataFrame(columns=[*table.names, "_file", "_line"])
    declared = declared_of(scenario.tables, scenario.horizon.labels)
    with whole_file(out) as file:
        write_book(file, folder, declared, language)


def _settings(scenario: Scenario, place: Path, out: Path, language: str) -> str:
    titles = {
        f"title_{spoken}": _quoted(text("workbook.filled", spoken, title=scenario.title(spoken)))
        for spoken in LANGUAGES
    }
    return _SETTINGS.format(
        **titles,
        extends=_quoted(_seen_from(place, out)),
        date=scenario.settings.scenario.data_date.isoformat(),
        language=_quoted(language),
    )


def _seen_from(place: Path, out: Path) -> str:
    """Give the way from the workbook, as if it were a folder, to the scenario."""
    try:
        return Path(os.path.relpath(place, out)).as_posix()
    except ValueError:  # another drive of Windows
        return place.resolve().as_posix()


def _quoted(words: str) -> str:
    return as_json(words)
