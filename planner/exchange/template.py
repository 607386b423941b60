"""An empty workbook to fill in: it extends a scenario, so what is left blank stays as it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from planner.errors import OptionError
from planner.exchange.manifest import MANIFEST
from planner.formats.plain_json import as_json
from planner.formats.raw_scenario import Folder
from planner.formats.xlsx.code_lists import collect_codes
from planner.formats.xlsx.writer import write_book, write_sheet
from planner.i18n import LANGUAGES, text
from planner.runs import Target, atomic_file
from planner.scenario import Scenario
from planner.schema.tables import TABLES

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


def write_template(scenario: Scenario, place: Path, out: Target | Path, language: str) -> None:
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
    OptionError
        If it would stand on another drive than the scenario.
    OutputError
        If it cannot be written.
    """
    path = out.path if isinstance(out, Target) else out
    folder = Folder(path, _settings(scenario, place, path, language), None)
    for table in TABLES.values():
        folder.headers[table.name] = list(table.names)
        folder.tables[table.name] = pd.DataFrame(columns=[*table.names, "_file", "_line"])
    declared = collect_codes(scenario.tables, scenario.horizon.labels)
    with atomic_file(out) as file:
        write_book(file, folder, declared, language)


def write_manifest(scenario: Scenario, out: Target | Path, language: str) -> None:
    """Write an empty manifest of what really moved.

    Parameters
    ----------
    scenario
        Whose codes the drop-downs offer.
    out
        The workbook.
    language
        ``"id"`` or ``"en"``: of headings.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    referred = {column.refers for column in MANIFEST.columns} - {""}
    tables = {name: scenario.tables[name] for name in referred}
    with atomic_file(out) as file:
        write_sheet(file, MANIFEST, collect_codes(tables, ()), language)


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
    """Return the way from the workbook, as if it were a folder, to the scenario."""
    try:
        return Path(os.path.relpath(place, out)).as_posix()
    except ValueError:  # another drive of Windows
        raise OptionError("workbook.other_drive", scenario=place, out=out) from None


def _quoted(words: str) -> str:
    return as_json(words)
