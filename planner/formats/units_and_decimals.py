"""Figures in the writer's own units and way of writing -> figures in ours, still as text.

`tonnes [kuintal]` in the header says that the column counts hundreds of kilograms; how figures are written is
told in `planner.formats.number_style`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from planner.arrays import Integers
from planner.errors import Problem
from planner.formats.number_style import (
    WAY,
    NumberStyle,
    StyleFinding,
    Usual,
    is_decided,
    style_findings,
    to_plain,
)
from planner.i18n.parse import is_plain
from planner.schema.columns import SEPARATOR, Column, Table
from planner.schema.synonyms import find_choice
from planner.units import UnitError

AS_WRITTEN = "_as_written:"
"""Before the name of a column: the cells as they stand in the file."""
TOLD = "\uffff"
"""In place of a figure that cannot be read, and of which that was told."""
LONGEST_NAME = 100
"""Letters of the name of a column with its unit; what is longer is none, and is not looked into."""
_BRACKETS = re.compile(r"(.*?)\s*[\[(]([^\])]*)[\])]\s*")


def split_units(head: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Part "tonnes [kuintal]" into the column and the unit it is counted in."""
    parts = [
        _BRACKETS.fullmatch(cell.strip()) if len(cell) <= LONGEST_NAME else None for cell in head
    ]
    names = [found[1] if found else cell.strip() for found, cell in zip(parts, head, strict=True)]
    units = {name: found[2].strip() for name, found in zip(names, parts, strict=True) if found}
    return names, units


def normalise_figures(
    table: Table,
    raw: pd.DataFrame,
    units: Mapping[str, str],
    problems: list[Problem],
    usual: Usual,
) -> pd.DataFrame:
    """Turn the figures of a table into our units and way of writing.

    Parameters
    ----------
    table
        Declaration of the table.
    raw
        Text cells, with `_file` and `_line`.
    units
        Unit by column, where the file gives one.
    problems
        Receives units that cannot be used, and figures of which nobody can say what they are.
    usual
        How the file writes figures.

    Returns
    -------
    The same cells; of a column that was changed also the cells as written, under `AS_WRITTEN`. Figures that
    cannot be read are `TOLD`.
    """
    frame = raw.copy()
    for column in (column for column in table.columns if column.choices):
        _as_choices(table, frame, column)
    figures = {c.name: pd.factorize(raw[c.name].to_numpy()) for c in table.columns if c.is_figure}
    decided = is_decided((text for _, texts in figures.values() for text in texts), usual)
    scales = _scales(table, raw, NumberStyle(usual, units), problems)
    frame.attrs[WAY] = NumberStyle(usual, {name: units[name] for name in scales})
    for column in (column for column in table.columns if column.is_figure):
        codes, texts = figures[column.name]
        found = [*style_findings(column, _counts(codes, texts), usual, decided=decided)]
        told = {text for finding in found if finding.blocking for text in finding.texts}
        problems += _problems(raw, column, found)
        scale = scales.get(column.name, Decimal(1))
        meant = [TOLD if t in told else _scaled(to_plain(t, usual), scale) for t in texts]
        if meant != list(texts):
            frame[AS_WRITTEN + column.name] = raw[column.name]
            frame[column.name] = np.array(meant, object)[codes]
    return frame


def _counts(codes: Integers, texts: Iterable[str]) -> Counter[str]:
    """Return how often each text that is not blank stands in a column."""
    counted = zip(texts, np.bincount(codes).tolist(), strict=True)
    return Counter({text: count for text, count in counted if text})


def _problems(
    raw: pd.DataFrame, column: Column, found: Iterable[StyleFinding]
) -> Iterator[Problem]:
    """Yield a problem for each cell of a finding; all of one finding read alike, and are told once."""
    for finding in found:
        places = raw.loc[raw[column.name].isin(finding.texts), ["_file", "_line"]]
        for file, line in places.itertuples(index=False, name=None):
            yield Problem(finding.key, file, line, column.name, finding.values, finding.blocking)


def _scales(
    table: Table, raw: pd.DataFrame, way: NumberStyle, problems: list[Problem]
) -> dict[str, Decimal]:
    """Return by column what to multiply its figures with, where its unit can be used."""
    scales = {}
    for column in (column for column in table.columns if column.name in way.units):
        try:
            scales[column.name] = Decimal(repr(way.factor(column)))
        except UnitError as error:
            values = {"value": error.unit, "wanted": column.unit or "-", "nearest": error.nearest}
            file = str(raw["_file"].iloc[0]) if len(raw) else ""
            problems.append(Problem(error.key, file, 1, column.name, values))
    return scales


def _scaled(text: str, scale: Decimal) -> str:
    """Return a figure times the scale; what is no figure stays for the checks."""
    return str(Decimal(text) * scale) if scale != 1 and is_plain(text) else text


def _as_choices(table: Table, frame: pd.DataFrame, column: Column) -> None:
    """Read the Indonesian words for a choice: pangan is food."""
    cells = frame[column.name]
    meant = {cell: _as_choice(cell, table, column) for cell in cells.unique()}
    if any(cell != choice for cell, choice in meant.items()):
        frame[AS_WRITTEN + column.name], frame[column.name] = cells, cells.map(meant)


def _as_choice(cell: str, table: Table, column: Column) -> str:
    parts = column.values(cell)
    meant = [
        part if part in column.choices else find_choice(part, column.name, table.name) or part
        for part in parts
    ]
    return cell if meant == parts else f"{SEPARATOR} ".join(meant)
