"""What is offered for laying side by side: a folder, a workbook or a data package."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from planner.errors import InputError, Problem
from planner.exchange.datapackages import read_package
from planner.exchange.merge.written_scenario import WrittenScenario, read_written
from planner.formats.raw_scenario import SETTINGS_FILE

PACKAGE = ".zip"


def read_any(path: Path) -> WrittenScenario:
    """Read a scenario for laying it beside another.

    Parameters
    ----------
    path
        Folder, workbook (`.xlsx`) or data package (`.zip`).

    Raises
    ------
    InputError
        If something cannot be read, or a key stands twice; if a package holds no scenario.
    """
    return (
        _packed(path) if path.suffix.lower() == PACKAGE and path.is_file() else read_written(path)
    )


def _packed(path: Path) -> WrittenScenario:
    """Read a data package; its files are looked at in a place of their own."""
    parcel = read_package(path)
    if SETTINGS_FILE not in parcel.files:
        raise InputError([Problem("merge_no_scenario", str(path), values={"level": parcel.level})])
    with tempfile.TemporaryDirectory() as folder:
        for name, content in parcel.files.items():
            Path(folder, name).write_bytes(content)
        side = read_written(Path(folder))
    tables = {name: rows.assign(_file=f"{path}/{name}.csv") for name, rows in side.tables.items()}
    return replace(side, name=str(path), tables=tables)
