"""A scenario -> a data package: one zip that others can read, check and plan with."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import tomli_w

from planner.errors import InputError, OptionError, Problem
from planner.exchange.datapackages.descriptor import descriptor
from planner.exchange.datapackages.sharing_levels import LEVELS, tables_to_share
from planner.exchange.merge.written_scenario import read_written
from planner.formats.datapackage import PACKAGE_FILE
from planner.formats.plain_json import as_json
from planner.formats.raw_scenario import SETTINGS_FILE
from planner.runs import Target, atomic_file
from planner.scenario import Scenario, read_scenario

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the same scenario gives the same bytes."""


def pack(path: str | Path, out: Target | str | Path, level: str) -> Scenario:
    """Write a scenario as a data package.

    Parameters
    ----------
    path
        Folder or workbook; what it extends is packed with it.
    out
        The zip to write.
    level
        ``"public"``, ``"partner"`` or ``"internal"``: see `planner.exchange.datapackages.sharing_levels`.

    Returns
    -------
    The scenario that was packed.

    Raises
    ------
    OptionError
        If there is no such level.
    InputError
        If the scenario cannot be used, or lacks the licence or contact that others need.
    OutputError
        If the file cannot be written.
    """
    if level not in LEVELS:
        raise OptionError("parcel.unknown_level", asked=level, known=", ".join(LEVELS))
    scenario = read_scenario(path)
    _require_terms(scenario, Path(path), level)
    side = read_written(Path(path))
    written = {name: frame[side.columns[name]] for name, frame in side.tables.items()}
    tables = tables_to_share(written, scenario, level)
    files = {f"{name}.csv": _csv(frame) for name, frame in tables.items()}
    if level != "public":
        files[SETTINGS_FILE] = _settings(side.text, side.settings, level)
    described = descriptor(scenario, tables, files, level)
    files[PACKAGE_FILE] = (as_json(described, indent=2) + "\n").encode()
    with atomic_file(out if isinstance(out, Target) else Path(out)) as file:
        _zip(file, files)
    return scenario


def _require_terms(scenario: Scenario, path: Path, level: str) -> None:
    """Nothing leaves the office without a licence and somebody to ask."""
    terms = scenario.settings.package
    lacking = [key for key in ("licence", "contact") if not getattr(terms, key)]
    if level != "internal" and lacking:
        place = str(path / SETTINGS_FILE), 0
        raise InputError([Problem("parcel_terms", *place, f"package.{key}") for key in lacking])


def _settings(text: str, settings: Mapping[str, Any], level: str) -> bytes:
    """Return the settings; below internal without comments and a writer's own words."""
    if level == "internal":
        return (text or tomli_w.dumps(settings)).encode()
    return tomli_w.dumps({key: part for key, part in settings.items() if key != "brief"}).encode()


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


def _zip(file: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED)
