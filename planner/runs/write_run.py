"""The files of a run folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from planner.errors import OptionError
from planner.formats.atomic import Target, exists, inspect_target
from planner.formats.datapackage import (
    INPUTS,
    PACKAGE_FILE,
    SETTINGS_FILE,
    SUMMARY_FILE,
    describe_folder,
)
from planner.formats.plain_json import as_json
from planner.runs.run import Run

DECIMALS = {"coverage": 6, "relative": 6, "floor": 6, "lowest_coverage": 6, "days_of_cover": 1}
"""Decimals of columns that are neither tonnes nor rupiah, by how their name begins."""


def require_new_output(folder: Path, scenario: Path, *, force: bool) -> Target:
    """Refuse a folder that must not be written to, before any work is done.

    Returns
    -------
    Where the result goes, for `atomic_folder`.

    Raises
    ------
    OptionError
        If it exists and `force` is not given, if it exists and is no run folder, or if it is or
        holds the scenario or lies in it.
    """
    here, source = folder.resolve(), scenario.resolve()
    if here == source or here in source.parents or source in here.parents:
        raise OptionError("command.out_inside_scenario", folder=folder)
    if exists(folder) and not force:
        raise OptionError("command.out_exists", folder=folder)
    return replaced_run(folder)


def replaced_run(folder: Path) -> Target:
    """Return where a run goes, in the place of another run if there is one.

    Raises
    ------
    OptionError
        If something else is there.
    """
    if not exists(folder):
        return Target(folder)
    if not (folder / SUMMARY_FILE).is_file():
        raise OptionError("command.out_is_no_run", folder=folder)
    return inspect_target(folder, SUMMARY_FILE)


def write_run(folder: Path, run: Run) -> None:
    """Write a run: its tables, its facts, and all that it was made from.

    Parameters
    ----------
    folder
        Where to; an existing folder, see `whole_folder`.
    run
        What `planner.read_run` gives back.
    """
    (folder / INPUTS).mkdir()
    write_tables(folder, run.tables, run.scenario.settings.scenario.money_decimals)
    for name, frame in run.scenario.tables.items():
        _write_csv(folder / INPUTS / f"{name}.csv", frame)
    settings = run.scenario.settings.model_dump_json(indent=2)
    (folder / INPUTS / SETTINGS_FILE).write_text(settings + "\n", encoding="utf-8")
    write_json(folder / SUMMARY_FILE, run.facts)
    written = {f"{name}.csv": frame for name, frame in run.tables.items()}
    inputs = {f"{INPUTS}/{name}.csv": frame for name, frame in run.scenario.tables.items()}
    write_json(folder / PACKAGE_FILE, describe_folder(folder, written | inputs))


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame], money_decimals: int = 0) -> None:
    """Write each table as CSV: t to 0.001, whole IDR, IDR/kg to 0.01, blank where there is no figure.

    Parameters
    ----------
    folder
        Where to.
    tables
        By the name of the file.
    money_decimals
        Decimals of money, more where a currency is worth more than the rupiah; see `Head.money_decimals`.
    """
    for name, table in tables.items():
        _write_csv(folder / f"{name}.csv", round_for_output(table, money_decimals))


def write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Write nested mappings as JSON a person can read."""
    written = as_json(content, indent=2) + "\n"
    file.write_text(
        written, encoding="utf-8", errors="backslashreplace"
    )  # names that are no Unicode


def round_for_output(table: pd.DataFrame, money_decimals: int = 0) -> pd.DataFrame:
    """Return a table with its numbers rounded as they are written; counts stay whole."""
    result = table.copy()
    for name in map(str, table.select_dtypes("float").columns):
        decimals = _decimals(name, money_decimals)
        figures = table[name].round(decimals) + 0.0
        result[name] = figures if decimals else figures.astype("Int64")
    return result


def _write_csv(file: Path, table: pd.DataFrame) -> None:
    table.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


def _decimals(name: str, money: int) -> int:
    """Return the decimals of a column: rupiah are whole, but not by the kilogram."""
    if "idr_per_kg" in name:
        return money + 2
    if "idr" in name.split("_") or name == "congestion_rent":
        return money
    return next((digits for stem, digits in DECIMALS.items() if name.startswith(stem)), 3)
