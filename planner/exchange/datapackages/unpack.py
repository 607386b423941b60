"""A data package -> its files, each as its descriptor says, or every reason why not."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.errors import InputError, OptionError, Problem
from planner.exchange.datapackages.sharing_levels import DECLARED, LEVELS
from planner.formats.csv_records import read_records
from planner.formats.datapackage import PACKAGE_FILE, digest
from planner.formats.number_style import default_style
from planner.formats.raw_scenario import SETTINGS_FILE, Folder, add_table
from planner.formats.safe_file import read_json, read_toml
from planner.formats.safe_zip import read_zip
from planner.runs import atomic_folder, exists, write_json
from planner.scenario import TABLES, examine
from planner.scenario.inheritance import read_extends
from planner.scenario.parse_cells import parse_table

_SUMS = {f"{name}.csv" for name in DECLARED if name not in TABLES}
"""Files of a package that are no part of a scenario."""


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """A package that is what it says.

    Parameters
    ----------
    descriptor
        `datapackage.json`.
    files
        Contents by name, without the descriptor.
    remarks
        What is worth knowing of the scenario in it.
    """

    descriptor: dict[str, Any]
    files: dict[str, bytes]
    remarks: list[Problem]

    @property
    def level(self) -> str:
        """Sharing level."""
        return str(self.descriptor["level"])


def read_package(path: str | Path) -> ReadPackage:
    """Read a package and check all of it.

    Parameters
    ----------
    path
        The zip.

    Raises
    ------
    InputError
        If it is no package of ours, if a file is missing, was changed or is not described, or if
        its tables hold problems.
    """
    place, files = Path(path), read_zip(Path(path))
    described = _descriptor(place, files)
    own = {name: content for name, content in files.items() if name != PACKAGE_FILE}
    problems = _unlike(place, described, own) or _extends(place, own)
    if problems:
        raise InputError(problems)
    remarks = _checked(place, own)
    blocking = [problem for problem in remarks if problem.blocking]
    if blocking:
        raise InputError(blocking)
    return ReadPackage(described, own, remarks)


def unpack(parcel: ReadPackage, out: str | Path) -> None:
    """Write the files of a package into a new folder.

    Raises
    ------
    OptionError
        If the folder is there already.
    OutputError
        If it cannot be written.
    """
    folder = Path(out)
    if exists(folder):
        raise OptionError("convert.folder_exists", out=folder)
    with atomic_folder(folder) as place:
        _write(place, parcel.files)
        write_json(place / PACKAGE_FILE, parcel.descriptor)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _descriptor(path: Path, files: dict[str, bytes]) -> dict[str, Any]:
    problems: list[Problem] = []
    written = files.get(PACKAGE_FILE, b"{}")
    found = read_json(written, Path(f"{path}/{PACKAGE_FILE}"), problems)
    if found is None:
        raise InputError(problems)
    listed = found.get("resources")
    entries = listed if isinstance(listed, list) else [None]
    known = found.get("level") in LEVELS and all(
        isinstance(entry, dict)
        and isinstance(entry.get("path"), str)
        and isinstance(entry.get("hash"), str)
        for entry in entries
    )
    if not known:
        raise InputError([Problem("parcel_unknown", str(path / PACKAGE_FILE))])
    return found


def _unlike(path: Path, described: dict[str, Any], files: dict[str, bytes]) -> list[Problem]:
    """Find files that are missing, changed or not described, and tables nobody knows."""
    promised = {entry["path"]: entry["hash"] for entry in described["resources"]}
    allowed = {f"{name}.csv" for name in DECLARED} | {SETTINGS_FILE}
    found = [("parcel_missing", name) for name in promised if name not in files]
    found += [("parcel_extra", name) for name in files if name not in promised]
    found += [
        ("parcel_changed", name)
        for name, hashed in promised.items()
        if name in files and digest(files[name]) != hashed
    ]
    found += [("parcel_extra", name) for name in promised if name in files and name not in allowed]
    return [Problem(key, str(path), values={"value": name}) for key, name in found]


def _extends(path: Path, files: dict[str, bytes]) -> list[Problem]:
    """Find a scenario that rests on another: what was packed was laid together, and nothing else is read."""
    if SETTINGS_FILE not in files:
        return []
    file, problems = Path(f"{path}/{SETTINGS_FILE}"), list[Problem]()
    content = files[SETTINGS_FILE].decode("utf-8-sig", "replace")
    settings = read_toml(content, file, problems) or {}
    if read_extends(Folder(file.parent, content, settings)):
        problems.append(Problem("parcel_extends", str(file), column="extends"))
    return problems


def _checked(path: Path, files: dict[str, bytes]) -> list[Problem]:
    """Check the scenario as `planner check` does, and each table that is no part of one by itself."""
    runs = SETTINGS_FILE in files
    alone = {name for name in files if name in _SUMS or not runs}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write(place, {name: files[name] for name in set(files) - alone})
        problems = examine(place)[1] if runs else []
        _write(place, {name: files[name] for name in alone})
        for name in sorted(alone):
            problems += _alone(place / name)
        return [_of_package(problem, path) for problem in problems]


def _alone(file: Path) -> list[Problem]:
    problems: list[Problem] = []
    table, place = DECLARED[file.stem], Folder(file.parent, "", None)
    if (found := read_records(file, problems)) is not None:
        records, separator = found
        add_table(place, table, records, problems, default_style(separator))
    if table.name in place.tables:
        parse_table(table, place.tables[table.name], problems)
    return problems


def _of_package(problem: Problem, path: Path) -> Problem:
    """Name the package rather than the folder it was looked at in."""
    return replace(problem, file=f"{path}/{Path(problem.file).name}")
