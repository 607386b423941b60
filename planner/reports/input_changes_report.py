"""Changed inputs in words: alike changes share a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from planner.analysis.comparison.input_changes import SETTINGS
from planner.i18n import figure, locale_of, month, percent, signed, text, tonnes
from planner.reports.changes import becomes, tonnes_change
from planner.scenario import TABLES
from planner.schema.columns import translate_unit
from planner.schema.synonyms import translate_choice

MOST_LINES = 5
EXAMPLES = 3

type Line = Mapping[Any, Any]
type Names = Callable[[str], Mapping[str, str]]


def input_changes_report(inputs: pd.DataFrame, names: Names, language: str) -> list[str]:
    """Write what was changed, in a few lines.

    Parameters
    ----------
    inputs
        What `changed_inputs` gives.
    names
        Gives the names of the codes of a table.
    language
        ``"id"`` or ``"en"``.
    """
    rows = inputs.to_dict("records")
    lines: list[Line] = [{**row, "cells": _cells(row, names, language)} for row in rows]
    groups = _alike(lines, _fine)
    if len(groups) > MOST_LINES:
        groups = _alike(lines, _coarse)
    told = [f"  {_sentence(group, language)}" for group in groups[:MOST_LINES]]
    left = sum(map(len, groups[MOST_LINES:]))
    return [*told, text("compare.more_inputs", language, count=left)] if left else told


def _cells(row: Line, names: Names, language: str) -> dict[str, str]:
    """Return the key of a row by column, codes as names where they have one."""
    if row["table"] == SETTINGS:
        return {"": row["key"]}
    table = TABLES[row["table"]]
    columns = [table.column(name) for name in table.key if name != "period"]
    tables = [column.refers or table.name for column in columns]
    codes = row["key"].split("; ")
    return {
        column.name: names(home).get(
            code, translate_choice(code, column.name, table.name, language)
        )
        for column, home, code in zip(columns, tables, codes, strict=False)
    }


def _fine(line: Line) -> tuple[object, ...]:
    good, factor = line["cells"].get("commodity"), f"{line['relative']:.4f}"
    return *_coarse(line), line["periods"], line["by_period"], good, factor


def _coarse(line: Line) -> tuple[object, ...]:
    own = line["key"] if line["table"] == SETTINGS else ""
    return line["table"], own, line["column"], line["change"]


def _alike(lines: Sequence[Line], sort: Callable[[Line], object]) -> list[list[Line]]:
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(sort(line), []).append(line)
    return list(groups.values())


def _sentence(group: Sequence[Line], language: str) -> str:
    """Write where, how many rows, and what they were and are."""
    first = group[0]
    own = [name for name in first["cells"] if len({line["cells"][name] for line in group}) > 1]
    shared = [value for name, value in first["cells"].items() if name not in own]
    file = first["table"] if first["table"] == SETTINGS else f"{first['table']}.csv"
    spans = {line["periods"] for line in group}
    when = _span(first["periods"], language) if len(spans) == 1 else ""
    place = [part for part in (file, first["column"], *shared, when) if part]
    said = [_change(group, language)] if len(group) == 1 else _changes(group, own, language)
    if any(line["by_period"] == "varies" for line in group):
        said.append(text("compare.varies", language))
    return f"{', '.join(place)}: {', '.join(part for part in said if part)}"


def _change(group: Sequence[Line], language: str) -> str:
    """Write the change of one line."""
    line = group[0]
    if line["change"] != "changed":
        amount = line["after"] or line["before"]
        word = text(f"compare.{line['change']}", language)
        return f"{word} ({_value(line, amount, language)})" if amount else word
    old, new = (_value(line, line[side], language) for side in ("before", "after"))
    if old == new:  # as it is written they are the same, but they are not
        old, new = (figure(float(line[side]), language) for side in ("before", "after"))
    if old == new:
        old, new = (f"{float(line[side])!r}" for side in ("before", "after"))
    return becomes(old, new, language, _relative(group, language))


def _changes(group: Sequence[Line], own: Sequence[str], language: str) -> list[str]:
    """Write the change of several lines together."""
    examples = ["-".join(line["cells"][name] for name in own) for line in group[:EXAMPLES]]
    more = ["..."] if len(group) > EXAMPLES else []
    rows = text("compare.rows", language, count=len(group), names=", ".join([*examples, *more]))
    line = group[0]
    if line["change"] != "changed":
        return [text(f"compare.{line['change']}", language), rows]
    if _is_flow(line):
        return [_relative(group, language), rows, _sums(group, language)]
    alike = len({(line["before"], line["after"]) for line in group}) == 1
    return [_change(group[:1], language) if alike else _relative(group, language), rows]


def _relative(group: Sequence[Line], language: str) -> str:
    """Return the relative change, or its range."""
    found = [line["relative"] for line in group if pd.notna(line["relative"])]
    low, high = (min(found), max(found)) if found else (0.0, 0.0)
    ends = [signed(percent(abs(value), language, 1), value) for value in (low, high)]
    if ends[0] == ends[1]:
        return ends[0] if found else ""
    return text("compare.range", language, low=ends[0], high=ends[1])


def _sums(group: Sequence[Line], language: str) -> str:
    """Return the tonnes of all lines together, before and after."""
    old, new = (sum(float(line[side] or 0) for line in group) for side in ("before", "after"))
    return tonnes_change(old, new, language)


def _is_flow(line: Line) -> bool:
    return line["table"] != SETTINGS and line["column"] in TABLES[line["table"]].spread


def _value(line: Line, value: str, language: str) -> str:
    """Write a cell with its unit."""
    if not value:
        return text("compare.blank", language)
    if line["table"] == SETTINGS:
        return translate_choice(value, line["key"].split(".")[-1], "", language)
    column = TABLES[line["table"]].column(line["column"])
    if column.kind != "number":
        return translate_choice(value, column.name, line["table"], language)
    if column.unit == "t":
        return tonnes(float(value), language)
    money = locale_of(language).money_words["money_unit"]
    unit = translate_unit(column.unit, language).replace("IDR", money) if "/" in column.unit else ""
    return f"{figure(float(value), language)} {unit}".strip()


def _span(periods: str, language: str) -> str:
    """Write periods as people do: Jul 2023 - Okt 2023."""
    spans = [[month(end, language) for end in part.split("/")] for part in periods.split(", ")]
    return ", ".join(" - ".join(ends) for ends in spans)
