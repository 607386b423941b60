"""`datapackage.json` of a package: the Data Package standard (https://specs.frictionlessdata.io/data-package/).

Beside what the standard asks for it holds the sharing level, the vintage (date of the data) and the confidence
of each table: how many of its rows rest on official, derived, news and assumed figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.exchange.datapackages.sharing_levels import DECLARED
from planner.formats.datapackage import digest
from planner.scenario import Scenario
from planner.schema.columns import Column, Table

_TYPES = {"text": "string", "period": "string", "number": "number", "month": "integer"}


def descriptor(
    scenario: Scenario, tables: Mapping[str, pd.DataFrame], files: Mapping[str, bytes], level: str
) -> dict[str, Any]:
    """Describe a package.

    Parameters
    ----------
    scenario
        What it was made from.
    tables
        Text cells by table.
    files
        Contents by name of the file: `production.csv`, `scenario.toml`.
    level
        Sharing level.
    """
    settings = scenario.settings
    sources = scenario.tables["sources"]
    kinds = dict(zip(sources["source"], sources["kind"], strict=True))
    resources = [
        _table_resource(DECLARED[name], frame, files[f"{name}.csv"], set(tables), kinds)
        for name, frame in tables.items()
    ]
    others = [_file(name, files[name]) for name in files if not name.endswith(".csv")]
    found = {
        "profile": "data-package",
        "name": f"planner-{scenario.name}".lower().replace("_", "-"),
        "title": settings.scenario.title.en,
        "licenses": [{"name": settings.package.licence}] if settings.package.licence else [],
        "contributors": _contact(settings.package.contact),
        "sources": _sources(tables["sources"]),
        "vintage": settings.scenario.data_date.isoformat(),
        "level": level,
        "resources": resources + others,
    }
    return {key: value for key, value in found.items() if value}


def _contact(contact: str) -> list[dict[str, str]]:
    if not contact:
        return []
    return [{"title": contact, "role": "publisher"}]


def _sources(sources: pd.DataFrame) -> list[dict[str, str]]:
    """Return title and address of each source, as the standard wants them."""
    rows = sources.reindex(columns=["source", "title", "url"], fill_value="").to_dict("records")
    return [
        {"title": row["title"] or row["source"]}
        | ({"path": row["url"]} if str(row["url"]).startswith(("http://", "https://")) else {})
        for row in rows
    ]


def _table_resource(
    table: Table,
    frame: pd.DataFrame,
    content: bytes,
    tables: set[str],
    kinds: Mapping[str, str],
) -> dict[str, Any]:
    columns = [table.column(name) for name in frame.columns]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "primaryKey": [column.name for column in columns if column.key],
        "foreignKeys": [
            _reference(column, table.name)
            for column in columns
            if column.refers in tables and not column.many
        ],
    }
    return {
        **_file(f"{table.name}.csv", content),
        "profile": "tabular-data-resource",
        "description": table.meaning,
        "encoding": "utf-8",
        "schema": {key: value for key, value in schema.items() if value},
        "confidence": _confidence(frame, kinds),
    }


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {
        "name": name.rsplit(".", 1)[0].replace("_", "-"),
        "path": name,
        "bytes": len(content),
        "hash": digest(content),
    }


def _field(column: Column) -> dict[str, Any]:
    limits = {
        "required": column.required or None,
        "minimum": column.low,
        "maximum": column.high,
        "enum": list(column.choices) if column.choices and not column.many else None,
    }
    held = {name: limit for name, limit in limits.items() if limit is not None}
    kind = {"name": column.name, "type": _TYPES[column.kind], "description": column.meaning}
    unit = {"unit": column.unit} if column.unit else {}
    return kind | unit | ({"constraints": held} if held else {})


def _reference(column: Column, own: str) -> dict[str, Any]:
    first = DECLARED[column.refers].columns[0].name
    resource = "" if column.refers == own else column.refers.replace("_", "-")
    return {"fields": column.name, "reference": {"resource": resource, "fields": first}}


def _confidence(frame: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, int]:
    """Count the rows by the kind of their source."""
    if "source" not in frame:
        return {}
    return {
        str(kind): int(count) for kind, count in frame["source"].map(kinds).value_counts().items()
    }
