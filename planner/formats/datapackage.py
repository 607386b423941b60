"""`datapackage.json`: the files of a run folder, their columns, and a digest of each.

A Frictionless data package (https://specs.frictionlessdata.io/data-package/). It tells a reader which
columns are text, so that the province "11" stays a code, and whether a file was changed since.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from planner.formats import raw_scenario as files

PACKAGE_FILE = "datapackage.json"
SUMMARY_FILE = files.SUMMARY_FILE
INPUTS = "inputs"
SETTINGS_FILE = "settings.json"

_TYPES = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}
_READ_AS = {"boolean": "boolean", "integer": "Int64", "number": "float64", "string": "object"}


class Resource(NamedTuple):
    """One file of a run.

    Parameters
    ----------
    path
        Where, within the folder.
    digest
        What its content has to give.
    types
        The pandas type of each column; empty for what is no table.
    """

    path: str
    digest: str
    types: dict[str, str]


def describe_folder(folder: Path, frames: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Describe the files of a folder as they stand there now.

    Parameters
    ----------
    folder
        The run folder.
    frames
        What was written as CSV, by path within the folder.
    """
    tables = [
        {**_resource(folder, path), "schema": {"fields": _fields(frame)}}
        for path, frame in frames.items()
    ]
    others = [_resource(folder, path) for path in (f"{INPUTS}/{SETTINGS_FILE}", SUMMARY_FILE)]
    return {"name": "planner-run", "resources": tables + others}


def digest(content: bytes) -> str:
    """Return the digest of a file as a data package states it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def described_files(content: Mapping[str, Any]) -> list[Resource]:
    """Return the files that a package describes.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        If it is no package of ours.
    """
    return [
        Resource(_inside(entry["path"]), entry["hash"], _types(entry.get("schema", {"fields": []})))
        for entry in content["resources"]
    ]


def _inside(path: str) -> str:
    """Return the path of a file of the folder, and refuse any other."""
    if not re.fullmatch(r"(inputs/)?\w[\w.-]*\.(csv|json)", path):
        raise ValueError(path[:80])
    return path


def _types(schema: Mapping[str, Any]) -> dict[str, str]:
    return {field["name"]: _READ_AS[field["type"]] for field in schema["fields"]}


def _resource(folder: Path, path: str) -> dict[str, Any]:
    name = path.rsplit(".", 1)[0].replace("/", ".")
    return {"name": name, "path": path, "hash": digest((folder / path).read_bytes())}


def _fields(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {"name": str(name), "type": _TYPES.get(dtype.kind, "string")}
        for name, dtype in frame.dtypes.items()
    ]
