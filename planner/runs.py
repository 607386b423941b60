"""The run folder: written whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from planner.errors import OptionError, OutputError

SUMMARY_FILE = "summary.json"

DECIMALS = {"coverage": 6, "days_of_cover": 1}
"""Decimals of columns that are neither tonnes nor rupiah."""


def require_free(folder: Path, scenario: Path, *, force: bool) -> None:
    """Refuse a folder that must not be written to, before any work is done.

    Raises
    ------
    OptionError
        If it exists and `force` is not given, if it exists and is no run folder, or if it is or
        holds the scenario or lies in it.
    """
    here, source = folder.resolve(), scenario.resolve()
    if here == source or here in source.parents or source in here.parents:
        raise OptionError("command.out_inside_scenario", folder=folder)
    if not _exists(folder):
        return
    if not force:
        raise OptionError("command.out_exists", folder=folder)
    if not (folder / SUMMARY_FILE).is_file():
        raise OptionError("command.out_is_no_run", folder=folder)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write into that takes the name `folder` only when all has gone well.

    Parameters
    ----------
    folder
        The run folder; what is there under that name is replaced in the last step.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then, nor after Ctrl-C.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        yield partial
        _take_place(partial, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write each table as CSV: t to 0.001, whole IDR, IDR/kg to 0.01, blank where there is no figure."""
    for name, table in tables.items():
        rounded(table).to_csv(
            folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8"
        )


def write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Write nested mappings as JSON a person can read."""
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table with its numbers rounded as they are written."""
    result = table.copy()
    for name in map(str, table.select_dtypes("float").columns):
        if name.endswith(("idr", "idr_per_t")) or name == "congestion_rent":
            result[name] = table[name].round().astype("Int64")
        else:
            decimals = 2 if name.endswith("idr_per_kg") else DECIMALS.get(name, 3)
            result[name] = table[name].round(decimals) + 0.0
    return result


def _exists(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _take_place(partial: Path, folder: Path) -> None:
    partial.chmod(0o755)
    if not folder.exists():
        partial.rename(folder)
        return
    old = partial.with_name(partial.name + "-old")
    folder.rename(old)
    try:
        partial.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _cannot_write(folder: Path, error: OSError) -> OutputError:
    return OutputError("command.cannot_write", folder=folder, detail=error.strerror or str(error))
